import datetime
from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length, Lower
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils.timezone import now


class Person(models.Model):
    id = models.BigAutoField(primary_key=True)
    full_name = models.CharField(
        max_length=80,
        db_column="full name",
        db_comment="the person's name",
    )
    born = models.DateField(null=True, blank=True)
    visits = models.IntegerField(default=0)
    points = models.IntegerField(default=10)
    # Left out: total is generated as visits * (points + 1)
    from_field = models.DateTimeField(default=now, db_column="from")

    class Meta:
        managed = False
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
                check=(
                    models.Q(visits__gte=0)
                    & (models.Q(points__lt=90) | models.Q(points__gt=99))
                ),
                name="person_check",
            ),
            models.CheckConstraint(
                check=models.Q(
                    LessThanOrEqual(models.F("visits") + models.F("points"), 1000),
                ),
                name="person_sum",
            ),
            models.CheckConstraint(
                check=~models.Q(visits=models.F("points")),
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
        db_column="parentWardId",
    )
    class_field = models.CharField(
        max_length=10,
        choices=WardKind.choices,
        default="out",
        db_column="class",
    )

    class Meta:
        managed = False
        db_table = "Ward"
        constraints = [
            models.UniqueConstraint(
                fields=["parent_ward", "name"],
                name="Ward_parentWardId_name_key",
            ),
        ]


class Doctor(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    ward = models.ForeignKey(Ward, on_delete=models.RESTRICT)
    email = models.CharField(max_length=120, unique=True)
    visit = models.TextField(null=True, blank=True, db_comment='hours of "visits"')
    # Default in the database: CURRENT_DATE
    hired = models.DateField()
    check_field = models.BooleanField(default=False, db_column="check")
    salary = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        default=Decimal("0.00"),
    )

    class Meta:
        managed = False
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
                check=(
                    models.Q(GreaterThan(Length("email"), 3))
                    & (models.Q(salary__gte=0) | models.Q(salary__isnull=True))
                    & models.Q(hired__gt=datetime.date(1900, 1, 1))
                ),
                name="doctor_sane",
            ),
            models.CheckConstraint(
                check=RawSQL(
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
        db_column="doctor",
    )

    class Meta:
        managed = False
        db_table = "insurance"


class Visit(models.Model):
    # The primary key is (person_id, day): before 5.2 Django knows no such key, so the
    # first field stands for it.
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    day = models.DateField()
    doctor = models.ForeignKey(
        Doctor,
        on_delete=models.DO_NOTHING,
        related_name="visit_doctor_set",
    )
    stand_in = models.ForeignKey(
        Doctor,
        on_delete=models.SET_NULL,
        related_name="visit_stand_in_set",
        null=True,
        blank=True,
        db_column="stand_in",
    )
    insurance = models.ForeignKey(
        Insurance,
        on_delete=models.DO_NOTHING,
        to_field="number",
        null=True,
        blank=True,
        db_column="insurance",
        db_comment="number of the card",
    )
    outside_id = models.IntegerField(null=True, blank=True)
    # Foreign key (outside_id) to elsewhere.thing (id): its table is not in the model.

    class Meta:
        managed = False
        db_table = "visit"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="visit_person_id_day_key",
            ),
        ]


class StaffVisit(models.Model):
    # The primary key is (person_id, day, doctor_id): before 5.2 Django knows no such
    # key, so the first field stands for it.
    person_id = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE)
    # Foreign key (person_id, day) to visit (person_id, day): Django has none over
    # several fields.

    class Meta:
        managed = False
        db_table = '"staff"."visit"'
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "day", "doctor"],
                name="visit_person_id_day_doctor_id_key",
            ),
        ]
