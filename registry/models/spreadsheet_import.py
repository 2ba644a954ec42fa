"""The import: a file that was uploaded, what was found in it, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.job import Job
from registry.models.organisation import Organisation
from registry.versioning.change_set import ChangeSet


class ImportState(models.TextChoices):
    """Where an import stands."""

    PLANNED = "planned", _("to review")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")


class Import(models.Model):
    """A spreadsheet on its way into the register. The file belongs to the account that uploaded it.

    The file's bytes are kept until it is applied or discarded; name and SHA-256 stay as evidence. ``choices`` is what
    the person chose (sheet, header row, columns, what a blank cell means). ``counts`` is empty until the file was read
    and planned. ``job`` is the last work on it that was left to a worker.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(blank=True, default=b"")
    choices = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.PLANNED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="imports"
    )
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    change_set = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_by = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-uploaded_at",)
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row of an import to review: kept so that any page of thousands is there at once; gone when it is decided.

    ``view`` is the list in which it is shown, ``severity`` the worst that was said of it (3 an error, 0 nothing),
    ``key`` by what a decision names it, ``content`` its values as JSON.
    """

    upload = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=150)
    view = models.CharField(max_length=10)
    is_outrun = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(default=0)
    reference = models.TextField(blank=True)
    name = models.TextField(blank=True)
    content = models.TextField(blank=True)

    class Meta:
        ordering = ("place",)
        indexes = (models.Index(fields=("upload", "view", "place"), name="import_row_by_view"),)
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")

    def __str__(self) -> str:
        return f"{self.number}"


class ImportTerm(models.Model):
    """Words in an import to review that no catalogue entry stands behind: ``model`` names the catalogue.

    ``has_double`` tells that an entry is called so much alike that it may well be the same.
    """

    upload = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="terms")
    place = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    words = models.TextField()
    count = models.PositiveIntegerField()
    has_double = models.BooleanField(default=False)

    class Meta:
        ordering = ("place",)
        indexes = (models.Index(fields=("upload", "place"), name="import_term_in_order"),)
        verbose_name = _("words of an import")
        verbose_name_plural = _("words of an import")

    def __str__(self) -> str:
        return self.words
