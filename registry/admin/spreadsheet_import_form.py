"""The forms of an import: the file with what the person says about it, and those choices once more at the preview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.imports.plan import BlankCell, Existing, HiddenRows, Newer, SameName
from registry.imports.reading import ENCODINGS
from registry.imports.terms import CREATE, WORDS
from registry.imports.uploaded import limits
from registry.models import Organisation

ENDINGS = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"
BLANKS = (
    (BlankCell.LEAVE.value, _("Leave the field of an existing record as it is")),
    (BlankCell.CLEAR.value, _("Clear the field of an existing record")),
)


EXISTING = (
    (Existing.UPDATE.value, _("Change the record")),
    (Existing.SKIP.value, _("Leave the row out")),
)
NEWER = (
    (Newer.KEEP.value, _("Keep what the register says now")),
    (Newer.REPLACE.value, _("Go back to what the file says")),
)
NEW_TERMS = (
    (WORDS, _("Keep them as words")),
    (CREATE, _("Add them to the catalogue")),
)
SAME_NAMES = (
    (SameName.KNOWN.value, _("They are that record where such a file has made it, and another one otherwise")),
    (SameName.MATCH.value, _("They are that record")),
    (SameName.ADD.value, _("They are another record")),
)
HIDDEN_ROWS = (
    (HiddenRows.READ.value, _("Read them like any other")),
    (HiddenRows.LEAVE_OUT.value, _("Leave them out")),
)
AS_FOUND = _("as found")
DELIMITERS = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
"""What separates the cells of a text file, in words."""
OF_TEXT = ("encoding", "delimiter")
"""What is asked of text files alone."""
_GIVEN = ("sheet", "header_row", *OF_TEXT, "blank_cell", "create_units")
_USUAL = {
    "existing": Existing.UPDATE.value,
    "same_name": SameName.KNOWN.value,
    "newer": Newer.KEEP.value,
    "new_terms": WORDS,
    "hidden_rows": HiddenRows.READ.value,
}


class ChoicesForm(forms.Form):
    """What becomes of the rows of a file, and which sheet and header row it has, where they can't be told."""

    blank_cell = forms.ChoiceField(
        label=_("An empty cell means"),
        choices=BLANKS,
        initial=BlankCell.LEAVE.value,
        widget=forms.RadioSelect,
        help_text=_("For rows whose reference exists already. New records have nothing to leave or clear."),
    )
    existing = forms.ChoiceField(
        label=_("Rows whose record exists already"),
        choices=EXISTING,
        initial=Existing.UPDATE.value,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Single rows can be taken or left out in the list of rows."),
    )
    same_name = forms.ChoiceField(
        label=_("Rows without a reference that have the name of a record"),
        choices=SAME_NAMES,
        initial=SameName.KNOWN.value,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("A file that is imported once more then adds no doubles. You can decide for single rows."),
    )
    newer = forms.ChoiceField(
        label=_("What the register has changed since the file was exported from it"),
        choices=NEWER,
        initial=Newer.KEEP.value,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("For exports of this register: they say as at which change set they were made."),
    )
    new_terms = forms.ChoiceField(
        label=_("Words that are no entry of a catalogue"),
        choices=NEW_TERMS,
        initial=WORDS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("What resembles an entry, and long texts, stay words unless you decide otherwise for each."),
    )
    hidden_rows = forms.ChoiceField(
        label=_("Rows that are hidden in the file"),
        choices=HIDDEN_ROWS,
        initial=HiddenRows.READ.value,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("By hand or by a filter. Those left out are listed, and single ones can be taken there."),
    )
    create_units = forms.BooleanField(
        label=_("Add units that the organisation doesn’t have yet"),
        required=False,
        help_text=_("Otherwise their names are reported, or kept with the record as words of the source."),
    )
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

    encoding = forms.ChoiceField(
        label=_("Encoding of a text file"),
        required=False,
        choices=[("", AS_FOUND), *((key, _(name)) for key, name in ENCODINGS.items())],
        help_text=_("Only if letters look wrong: which one it is in."),
    )
    delimiter = forms.ChoiceField(
        label=_("What separates the cells of a text file"),
        required=False,
        choices=[("", AS_FOUND), *DELIMITERS.items()],
    )

    def offer(self, sheets: Sequence[str], *, is_text: bool, has_hidden_rows: bool) -> None:
        """Leave out what doesn't matter to a file that was read: it holds ``sheets``, or is one of text."""
        self.offer_sheets(sheets)
        for name in (*(() if is_text else OF_TEXT), *(() if has_hidden_rows else ("hidden_rows",))):
            del self.fields[name]

    def offer_sheets(self, names: Sequence[str]) -> None:
        """Let the sheet be picked from those that the file holds, where there are several."""
        if len(names) < 2:
            del self.fields["sheet"]
        else:
            pairs = [("", _t("as found")), *((name, name) for name in names)]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), required=False, choices=pairs)

    def as_json(self) -> dict[str, Any]:
        """Return the choices as they are kept with the import; what isn't asked has its usual value."""
        given = {key: self.cleaned_data.get(key, "") for key in _GIVEN}
        return given | {key: self.cleaned_data.get(key) or usual for key, usual in _USUAL.items()}


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
    field_order = (
        "file", "organisation", "blank_cell", "existing", "same_name", "new_terms", "create_units", "sheet",
        "header_row", *OF_TEXT,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["hidden_rows"]  # asked where there are any
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
