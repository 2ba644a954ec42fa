"""Organisations whose register is kept or that appear in it, the people to contact, and their units."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.columns import answer_column, country_column
from registry.reference.roles import ContactKind
from registry.versioning.base import Part, Versioned


class Organisation(Versioned):
    """A legal entity: one of our own, whose register is kept, or a partner (client controller, joint controller)."""

    PARTS = ("contacts",)

    name = models.CharField(max_length=250)
    legal_form = models.CharField(max_length=100, blank=True)
    registration_number = models.CharField(max_length=100, blank=True)
    address = models.TextField(blank=True)
    country = country_column()
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    website = models.URLField(blank=True)
    is_own = models.BooleanField(default=True)
    public_authority = answer_column()
    supervisory_authority = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = (models.UniqueConstraint(Lower("name"), name="organisation_name_once"),)


class Contact(Part):
    """A person or office to turn to: data protection officer (Art. 37), representative (Art. 27), others."""

    ROOT = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=30, choices=ContactKind)
    name = models.CharField(max_length=250)
    company = models.CharField(max_length=250, blank=True)
    address = models.TextField(blank=True)
    country = country_column()
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class OrganisationUnit(Versioned):
    """A department or branch of an organisation, perhaps within another unit."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=250)
    head = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("organisation", "name")
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = (models.UniqueConstraint("organisation", Lower("name"), name="unit_name_once_per_organisation"),)


class ReferenceCounter(models.Model):
    """The last number given out for references of an organisation, so that a number is never given twice."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reference counter")
        verbose_name_plural = _("reference counters")

    def __str__(self) -> str:
        return f"{self.last}"
