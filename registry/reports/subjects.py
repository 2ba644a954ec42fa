"""What a report is about, where it is about one thing: written as a kind and a key, such as "recipient:17"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry import models
from registry.record.loader import Register
from registry.reference import countries, safeguards
from registry.reports.errors import ReportError

ACTIVITY = "activity"
COUNTRY = "country"
SAFEGUARD = "safeguard"

ENTRIES: Mapping[str, type[Any]] = {
    "recipient": models.Recipient,
    "system": models.System,
    "data-category": models.DataCategory,
    "data-subject": models.DataSubjectCategory,
    "legal-basis": models.LegalBasis,
    "retention-schedule": models.RetentionSchedule,
    "security-measure": models.SecurityMeasure,
    "organisation": models.Organisation,
    "unit": models.OrganisationUnit,
}
"""The kinds of things that records refer to, by the model that holds them."""

CLOSED_LISTS: Mapping[str, Mapping[str, str]] = {
    COUNTRY: dict(countries.CHOICES),
    SAFEGUARD: dict(safeguards.CHOICES),
}
"""The kinds that are codes of a closed list, with what each code means."""


@dataclass(frozen=True)
class Subject:
    """One thing of the register: its kind and its key there."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the subject that a text names; raises ReportError where it is no kind and key."""
        kind, colon, key = text.partition(":")
        if not (kind and colon and key):
            said = _("“%(text)s” names no subject. Write a kind and a key, such as recipient:17.")
            raise ReportError("subject", said % {"text": text})
        return cls(kind, key)

    @classmethod
    def of(cls, entry: Any) -> Self:
        """Return the subject that an object of a model of ``ENTRIES``, or an activity, is."""
        kinds = {model: kind for kind, model in ENTRIES.items()} | {models.ProcessingActivity: ACTIVITY}
        return cls(kinds[type(entry)], str(entry.pk))

    @property
    def pk(self) -> int:
        """The key as a number, 0 where it is none."""
        return int(self.key) if self.key.isascii() and self.key.isdigit() else 0

    @property
    def kind_in_words(self) -> str:
        """What kind of thing it is, as a heading."""
        return kind_title(self.kind)

    def entry(self, register: Register) -> Any:
        """Return the entry as the register has it, None for codes of closed lists.

        Raises ReportError where the register has none of that kind and key.
        """
        model = ENTRIES.get(self.kind)
        if model is not None and self.pk in register.entries[model.__name__]:
            return register.entries[model.__name__][self.pk]
        if self.key in CLOSED_LISTS.get(self.kind, ()):
            return None
        said = _("“%(subject)s” is not in the register at this moment. Choose another one, or a later moment.")
        raise ReportError("subject", said % {"subject": self})

    def name(self, register: Register) -> str:
        """Return what it is called; raises ReportError as ``entry`` does."""
        entry = self.entry(register)
        return str(CLOSED_LISTS[self.kind][self.key] if entry is None else entry.label)


def kind_title(kind: str) -> str:
    """Return what a kind of subject is called."""
    if kind in ENTRIES:
        return str(capfirst(ENTRIES[kind]._meta.verbose_name))
    return {COUNTRY: _("Country"), SAFEGUARD: _("Safeguard")}.get(kind, _("Processing activity"))


def subjects(register: Register) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each kind of subject with what there is of it, as (subject, name) by name; closed lists in their order."""
    for kind, model in ENTRIES.items():
        found = [(str(Subject(kind, str(pk))), entry.label) for pk, entry in register.entries[model.__name__].items()]
        yield kind_title(kind), sorted(found, key=lambda pair: (pair[1].casefold(), pair[0]))
    for kind, labels in CLOSED_LISTS.items():
        yield kind_title(kind), [(str(Subject(kind, code)), label) for code, label in labels.items()]


def subject_names(texts: Iterable[str]) -> dict[str, str]:
    """Return what subjects, as they are written, are called now; of a deleted one what it was called last.

    Those that name nothing are left out. One query for each kind of thing, and one more where some were deleted.
    """
    found: dict[str, str] = {}
    keys: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        kind, _colon, key = text.partition(":")
        subject = Subject(kind, key)
        if key in CLOSED_LISTS.get(kind, ()):
            found[text] = str(CLOSED_LISTS[kind][key])
        elif subject.pk:
            keys[kind].add(subject.pk)
    for kind, some in keys.items():
        model: Any = {**ENTRIES, ACTIVITY: models.ProcessingActivity}.get(kind)
        if model is None:
            continue
        named = {pk: str(entry) for pk, entry in model.objects.in_bulk(some).items()}
        if gone := some - named.keys():
            versions = model.history.model.objects.filter(id__in=gone).order_by("history_id")
            named |= {version.id: str(version.instance) for version in versions}
        found |= {str(Subject(kind, str(pk))): name for pk, name in named.items()}
    return found


def find_subject(text: str, register: Register) -> Subject:
    """Return the subject that a person names: "recipient:17", or "recipient:" and its name, whatever its case.

    Raises ReportError where nothing is called so, or more than one thing, and names what there is.
    """
    named = Subject.read(text)
    if named.kind not in {*ENTRIES, *CLOSED_LISTS}:
        known = ", ".join((*ENTRIES, *CLOSED_LISTS))
        said = _("There is no kind “%(kind)s”. Write one of: %(known)s.")
        raise ReportError("subject", said % {"kind": named.kind, "known": known})
    if named.kind in CLOSED_LISTS:
        there = list(CLOSED_LISTS[named.kind].items())
    else:
        entries = register.entries[ENTRIES[named.kind].__name__]
        there = [(str(pk), entry.label) for pk, entry in entries.items()]
        there += [(str(pk), entry.code) for pk, entry in entries.items() if hasattr(entry, "code")]
    wanted = named.key.casefold().strip()
    keys = [key for key, _name in there if key.casefold() == wanted]
    keys = keys or list(dict.fromkeys(key for key, name in there if name.casefold() == wanted))
    if len(keys) == 1:
        return Subject(named.kind, keys[0])
    if keys:
        said = _("Several entries are called “%(name)s”. Name one by its key: %(keys)s.")
        alike = ", ".join(str(Subject(named.kind, key)) for key in keys)
        raise ReportError("subject", said % {"name": named.key, "keys": alike})
    near = ", ".join(f"“{name}”" for _key, name in there if wanted in name.casefold())
    said = _(
        "“%(text)s” names nothing in the register at this moment. Near it: %(near)s. Write the whole name, or a key "
        "such as %(example)s."
    )
    example = Subject(named.kind, there[0][0] if there else "17")
    raise ReportError("subject", said % {"text": text, "near": near or "–", "example": example})
