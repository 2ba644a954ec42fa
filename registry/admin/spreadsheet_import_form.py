"""The forms of an import: the file with what the person says about it, and those choices once more at the preview."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.imports.importing import Choices
from registry.imports.plan import BlankCell
from registry.imports.reading import DEFAULT_LIMITS, Limits
from registry.models import Organisation

ENDINGS = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"
BLANKS = (
    (BlankCell.LEAVE.value, _("Leave the field of an existing record as it is")),
    (BlankCell.CLEAR.value, _("Clear the field of an existing record")),
)


def limits() -> Limits:
    """Return how large a file may be here: the importer's own limits, and what this installation sets otherwise."""
    return replace(DEFAULT_LIMITS, **settings.IMPORT_LIMITS)


class ChoicesForm(forms.Form):
    """How a file is to be read: what a blank means, and which sheet and header row, where they can't be told."""

    sheet = forms.CharField(
        label=_("Sheet"),
        required=False,
        max_length=100,
        help_text=_("Only if the preview asks for it: the name of the sheet."),
    )
    header_row = forms.IntegerField(
        label=_("Header row"),
        required=False,
        min_value=1,
        help_text=_("Only if the preview asks for it: the number of the row that holds the headings."),
    )
    blank_cell = forms.ChoiceField(
        label=_("An empty cell means"),
        choices=BLANKS,
        initial=BlankCell.LEAVE.value,
        widget=forms.RadioSelect,
        help_text=_("For rows whose reference exists already. New records have nothing to leave or clear."),
    )
    create_units = forms.BooleanField(
        label=_("Add units that the organisation doesn’t have yet"),
        required=False,
        help_text=_("Otherwise their names are reported, or kept with the record as words of the source."),
    )

    def offer_sheets(self, names: Sequence[str]) -> None:
        """Let the sheet be picked from those that the file holds, where there are several."""
        if len(names) < 2:
            del self.fields["sheet"]
        else:
            pairs = [("", _t("as found")), *((name, name) for name in names)]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), required=False, choices=pairs)

    def as_json(self) -> dict[str, Any]:
        """Return the choices as they are kept with the import."""
        keys = ("sheet", "header_row", "blank_cell", "create_units")
        return {key: self.cleaned_data.get(key, "") for key in keys}


class UploadForm(ChoicesForm):
    """The file and whose register it belongs to, with the choices."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # the reader says more about an empty file than the form field would
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), help_text=_("Whose register the activities belong to.")
    )
    field_order = ("file", "organisation", "blank_cell", "create_units", "sheet", "header_row")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(is_own=True).order_by("name")
        self.fields["organisation"].queryset = own
        first_two = list(own[:2])
        if len(first_two) == 1:
            self.fields["organisation"].initial = first_two[0]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        upload = self.cleaned_data["file"]
        most = limits().max_bytes
        if upload.size > most:
            said = _t("The file has %(size)s; at most %(most)s are read. Split it, or remove pictures from it.")
            raise forms.ValidationError(said % {"size": filesizeformat(upload.size), "most": filesizeformat(most)})
        return upload


def choices_of(stored: dict[str, Any]) -> Choices:
    """Return the choices that are kept with an import in the importer's own terms."""
    return Choices(
        sheet=stored.get("sheet", ""),
        header_row=stored.get("header_row"),
        encoding=stored.get("encoding", ""),
        blank_cell=BlankCell(stored.get("blank_cell", BlankCell.LEAVE.value)),
        create_units=bool(stored.get("create_units")),
    )
