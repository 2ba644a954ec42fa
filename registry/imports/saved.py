"""Saved mappings: one that somebody corrected is kept under a name and used for the next file of that shape."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from registry import models
from registry.imports.mapping import BadMapping, Mapping
from registry.imports.reading import Workbook
from registry.imports.shape import fingerprint, fitted
from registry.versioning.account import name_of

TEXT = "text"
"""Where the encoding and the delimiter stand beside a saved mapping."""


@dataclass(frozen=True)
class Saved:
    """A saved mapping as it applies to a file."""

    name: str
    mapping: Mapping
    text: "Text" = ("", "")
    """The encoding and the delimiter that a text file was read with, where they had to be named."""


Text = tuple[str, str]
"""An encoding and a delimiter, each empty where it is found out."""


def saved_for(workbook: Workbook, organisation: models.Organisation | None) -> Saved | None:
    """Return the saved mapping for files of this shape: the organisation's own before everybody's; None where none."""
    usable = models.SavedMapping.objects.filter(Q(organisation=None) | Q(organisation=organisation))
    if not usable.exists():
        return None
    for saved in usable.filter(fingerprint=fingerprint(workbook)).order_by(
        F("organisation").asc(nulls_last=True), "-saved_at"
    ):
        found = as_applied(saved, workbook)
        if found is not None:
            return found
    return None


def as_applied(saved: models.SavedMapping, workbook: Workbook) -> Saved | None:
    """Return a saved mapping as it applies to a file; None where the file hasn't got its shape."""
    try:
        mapping = fitted(Mapping.from_json(saved.mapping), workbook)
    except BadMapping:
        return None
    return Saved(saved.name, mapping, text_of(saved)) if mapping else None


def text_of(saved: models.SavedMapping) -> Text:
    """Return how the text files had to be read that a saved mapping was made for."""
    said = saved.mapping.get(TEXT) or ["", ""]
    return str(said[0]), str(said[1])


def texts_of(organisation: models.Organisation | None) -> list[Text]:
    """Return how the text files had to be read that saved mappings of an organisation were made for. One query."""
    usable = models.SavedMapping.objects.filter(Q(organisation=None) | Q(organisation=organisation))
    return [text for text in dict.fromkeys(map(text_of, usable)) if any(text)]


def save_mapping(
    name: str,
    mapping: Mapping,
    workbook: Workbook,
    *,
    organisation: models.Organisation | None,
    by: Any,
    text: Text = ("", ""),
) -> models.SavedMapping:
    """Keep a mapping under a name, for files of an organisation or (None) of all; one of that name is replaced.

    ``text`` is how a text file had to be read, so that the next one is read so as well.
    """
    who = name_of(by) if by is not None else ""
    values = {
        "organisation": organisation,
        "fingerprint": fingerprint(workbook),
        "mapping": {**mapping.as_json(), TEXT: list(text)},
        "saved_by_name": who,
    }
    saved, _ = models.SavedMapping.objects.update_or_create(name=name.strip(), defaults=values)
    return saved
