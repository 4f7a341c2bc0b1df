import datetime
from decimal import Decimal

from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length, Lower, Now
from django.db.models.lookups import GreaterThan, LessThanOrEqual


class Person(models.Model):
    id = models.BigAutoField(primary_key=True)
    full_name = models.CharField(
        max_length=80,
        db_column="full name",
        db_comment="the person's name",
    )
    born = models.DateField(null=True, blank=True)
    visits = models.IntegerField(db_default=0)
    points = models.IntegerField(db_default=10)
    total = models.GeneratedField(
        expression=models.F("visits") * (models.F("points") + 1),
        output_field=models.IntegerField(),
        db_persist=True,
        null=True,
    )
    from_field = models.DateTimeField(db_default=Now(), db_column="from")

    class Meta:
        db_table = "person"
        indexes = [
            models.Index(Lower("full_name"), name="person_by_name"),
            models.Index(
                models.F("born").desc(nulls_last=True),
                name="person_born_idx",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["full_name", "born"],
                name="person_once",
                condition=models.Q(born__isnull=False) & ~models.Q(visits=0),
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(visits__gte=0)
                    & (models.Q(points__lt=90) | models.Q(points__gt=99))
                ),
                name="person_check",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    LessThanOrEqual(models.F("visits") + models.F("points"), 1000),
                ),
                name="person_sum",
            ),
            models.CheckConstraint(
                condition=~models.Q(visits=models.F("points")),
                name="person_differs",
            ),
        ]


class Ward(models.Model):
    class WardKind(models.TextChoices):
        IN_PATIENT = "in patient"
        OUT = "out"
        VALUE_24H = "24h", "24h"
        EMPTY = "", "(empty)"

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    parent_ward = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        db_column="parentWardId",
    )
    class_field = models.CharField(
        max_length=10,
        choices=WardKind.choices,
        db_default="out",
        db_column="class",
    )

    class Meta:
        db_table = "Ward"
        constraints = [
            models.UniqueConstraint(
                fields=["parent_ward", "name"],
                name="Ward_parentWardId_name_key",
            ),
            models.CheckConstraint(
                condition=models.Q(class_field__in=["in patient", "out", "24h", ""]),
                name="Ward_class_choices",
            ),
        ]


class Doctor(models.Model):
    id = models.UUIDField(primary_key=True, db_default=RawSQL("gen_random_uuid()", ()))
    ward = models.ForeignKey(Ward, on_delete=models.RESTRICT)
    email = models.CharField(max_length=120, unique=True)
    visit = models.TextField(null=True, blank=True, db_comment='hours of "visits"')
    hired = models.DateField(db_default=RawSQL("CURRENT_DATE", ()))
    check_field = models.BooleanField(db_default=False, db_column="check")
    salary = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        db_default=Decimal("0.00"),
    )

    class Meta:
        db_table = '"staff"."doctor"'
        db_table_comment = "Who treats; the ward's own."
        indexes = [
            models.Index(
                fields=["-hired", "email"],
                name="doctor_by_day_of_hire_59478f0e",
                condition=models.Q(salary__gt=1000),
                include=["salary"],
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(GreaterThan(Length("email"), 3))
                    & (models.Q(salary__gte=0) | models.Q(salary__isnull=True))
                    & models.Q(hired__gt=datetime.date(1900, 1, 1))
                ),
                name="doctor_sane",
            ),
            models.CheckConstraint(
                condition=RawSQL(
                    "email LIKE '%%@%%'",
                    (),
                    output_field=models.BooleanField(),
                ),
                name="doctor_email",
            ),
        ]


class Insurance(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    doctor = models.ForeignKey(
        Doctor,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        db_column="doctor",
    )

    class Meta:
        db_table = "insurance"


class Visit(models.Model):
    pk = models.CompositePrimaryKey("person_id", "day")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    doctor = models.ForeignKey(
        Doctor,
        on_delete=models.DO_NOTHING,
        related_name="visit_doctor_set",
        db_index=False,
    )
    stand_in = models.ForeignKey(
        Doctor,
        on_delete=models.SET_NULL,
        related_name="visit_stand_in_set",
        null=True,
        blank=True,
        db_index=False,
        db_column="stand_in",
    )
    insurance = models.ForeignKey(
        Insurance,
        on_delete=models.DO_NOTHING,
        to_field="number",
        null=True,
        blank=True,
        db_index=False,
        db_column="insurance",
        db_comment="number of the card",
    )
    outside_id = models.IntegerField(null=True, blank=True)
    # Foreign key (outside_id) to elsewhere.thing (id): its table is not in the model.

    class Meta:
        db_table = "visit"


class StaffVisit(models.Model):
    pk = models.CompositePrimaryKey("person_id", "day", "doctor_id")
    person_id = models.BigIntegerField()
    day = models.DateField()
    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE, db_index=False)
    # Foreign key (person_id, day) to visit (person_id, day): Django has none over
    # several fields.

    class Meta:
        db_table = '"staff"."visit"'
