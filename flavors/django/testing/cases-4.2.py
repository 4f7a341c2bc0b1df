from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now


class Person(models.Model):
    id = models.BigAutoField(primary_key=True)
    full_name = models.CharField(
        max_length=80,
        unique=True,
        db_column="full name",
        db_comment="the person's name",
    )
    age = models.IntegerField(null=True, blank=True)
    # Left out: twice is generated as age * 2

    class Meta:
        db_table = "person"
        db_table_comment = 'People; "all" of them'
        constraints = [
            models.CheckConstraint(check=models.Q(age__gte=0), name="person_age_check"),
        ]


class Order(models.Model):
    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    price = models.DecimalField(max_digits=10, decimal_places=2, default=0)

    class Meta:
        db_table = "order"


class EveryType(models.Model):
    class Mood(models.TextChoices):
        SAD = "sad"
        OK = "ok"
        IT_S = "it's", "it's"

    # The table has no primary key that Django can use: Django adds a field id of its
    # own.
    b = models.BooleanField(default=True)
    int8 = models.SmallIntegerField(null=True, blank=True)
    int16 = models.SmallIntegerField(null=True, blank=True)
    int32 = models.IntegerField(null=True, blank=True)
    int64 = models.BigIntegerField(null=True, blank=True)
    uint8 = models.PositiveSmallIntegerField(null=True, blank=True)
    uint16 = models.PositiveIntegerField(null=True, blank=True)
    uint32 = models.PositiveBigIntegerField(null=True, blank=True)
    uint64 = models.DecimalField(max_digits=20, decimal_places=0, null=True, blank=True)
    float32 = models.FloatField(null=True, blank=True)
    float64 = models.FloatField(null=True, blank=True)
    decimal_plain = models.DecimalField(
        max_digits=65,
        decimal_places=30,
        null=True,
        blank=True,
    )
    decimal_12_4 = models.DecimalField(
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        default=Decimal("-1.5"),
    )
    char_3 = models.CharField(max_length=3, null=True, blank=True)
    varchar_40 = models.CharField(max_length=40, default="it's")
    text = models.TextField(null=True, blank=True)
    blob = models.BinaryField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    interval = models.DurationField(null=True, blank=True)
    uuid = models.UUIDField(null=True, blank=True)
    json = models.JSONField(null=True, blank=True)
    xml = models.TextField(null=True, blank=True)
    inet = models.GenericIPAddressField(null=True, blank=True)
    geometry = models.TextField(null=True, blank=True)
    binary_16 = models.BinaryField(max_length=16, null=True, blank=True)
    varbinary_20 = models.BinaryField(max_length=20, null=True, blank=True)
    bit_8 = models.BinaryField(max_length=1, null=True, blank=True)
    time_3 = models.TimeField(null=True, blank=True)
    timestamp_6 = models.DateTimeField(null=True, blank=True)
    timestamptz_plain = models.DateTimeField(default=now)
    mood = models.CharField(
        max_length=4,
        choices=Mood.choices,
        null=True,
        blank=True,
        default="ok",
    )
    tags = ArrayField(models.TextField(), null=True, blank=True)
    scores = models.JSONField(null=True, blank=True)
    point = models.JSONField(null=True, blank=True)

    class Meta:
        db_table = "every type"
        constraints = [
            models.CheckConstraint(
                check=models.Q(mood__in=["sad", "ok", "it's"]),
                name="every type_mood_choices",
            ),
        ]


class Visit(models.Model):
    # The primary key is (clinic, number): before 5.2 Django knows no such key, so the
    # first field stands for it.
    clinic = models.IntegerField(primary_key=True)
    number = models.IntegerField()
    follows_clinic = models.IntegerField(null=True, blank=True)
    follows_number = models.IntegerField(null=True, blank=True)
    code = models.CharField(
        max_length=20,
        unique=True,
        null=True,
        blank=True,
        db_comment="shown on the badge",
    )
    # Default in the database: CURRENT_DATE
    day = models.DateField()
    # Foreign key (follows_clinic, follows_number) to care.visit (clinic, number):
    # Django has none over several fields.

    class Meta:
        db_table = '"care"."visit"'
        indexes = [models.Index(fields=["day"], name="visit_day_idx")]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "number"],
                name="visit_clinic_number_key",
            ),
            models.CheckConstraint(check=models.Q(number__gt=0), name="visit_check"),
        ]
