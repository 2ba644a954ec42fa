"""The stock register: twenty-five columns and six many-to-many fields with stock history."""

from django.db import models
from simple_history.models import HistoricalRecords


class Named(models.Model):
    """An entry that has a name."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Organisation(Named):
    """An organisation."""


class Unit(Named):
    """A unit."""


class Schedule(Named):
    """A retention schedule."""


class Subject(Named):
    """Data subjects."""


class Data(Named):
    """A data category."""


class Basis(Named):
    """A legal basis."""


class Recipient(Named):
    """A recipient."""


class System(Named):
    """A system."""


class Measure(Named):
    """A measure."""


class Activity(models.Model):
    """A processing activity."""

    reference = models.CharField(max_length=60, unique=True)
    external_reference = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    role = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    contact = models.CharField(max_length=250, blank=True)
    began_on = models.DateField(null=True)
    review_interval = models.IntegerField(null=True)
    last_reviewed_on = models.DateField(null=True)
    next_review_on = models.DateField(null=True)
    tags = models.CharField(max_length=300, blank=True)
    purposes = models.TextField(blank=True)
    special_categories = models.CharField(max_length=20, blank=True)
    recipients_answer = models.CharField(max_length=20, blank=True)
    transfers = models.TextField(blank=True)
    transfers_answer = models.CharField(max_length=20, blank=True)
    retention = models.ForeignKey(Schedule, on_delete=models.PROTECT)
    ends_on = models.DateField(null=True)
    is_public = models.BooleanField(default=False)
    dpo_remark = models.TextField(blank=True)
    profiling = models.CharField(max_length=20, blank=True)
    automated_decisions = models.CharField(max_length=20, blank=True)
    subjects = models.ManyToManyField(Subject)
    data = models.ManyToManyField(Data)
    bases = models.ManyToManyField(Basis)
    recipients = models.ManyToManyField(Recipient)
    systems = models.ManyToManyField(System)
    measures = models.ManyToManyField(Measure)

    history = HistoricalRecords(m2m_fields=[subjects, data, bases, recipients, systems, measures])

    def __str__(self):
        return self.reference
