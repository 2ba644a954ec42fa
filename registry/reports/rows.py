"""The lists of a record as text: what each row is called, and what it says besides, a column for each particular."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow, RecipientRow
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.entries import (
    DataCategoryEntry,
    DataSubjectCategoryEntry,
    RecipientEntry,
    SecurityMeasureEntry,
    SystemEntry,
)
from registry.record.organisations import OrganisationRecord
from registry.record.words import is_blank, labelled, not_stated, quoted, say
from registry.reference.answers import Answer
from registry.reference.roles import RecipientRole
from registry.reference.special_category import DataSensitivity
from registry.reports import organisations

_RECIPIENT = facts(RecipientEntry)


@dataclass(frozen=True, slots=True)
class Column:
    """One particular of every row of a list. ``expected`` says that a row which lacks it is shown to lack it."""

    title: str
    texts: tuple[str, ...]
    expected: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether any row says it."""
        return any(self.texts)


def name_of(row: Any, between: str = "\n") -> str:
    """Return what a row is called: its entry, then the source's words as a quotation; words alone as they stand."""
    main, words = main_fact(type(row)), words_fact(type(row))
    value = getattr(row, main.key)
    if isinstance(value, OrganisationRecord):
        said = organisations.in_short(value) if between == "\n" else value.name
    else:
        said = say(main, value) + _nature_of(value)
    stated = str(getattr(row, words.key)) if words else ""
    return f"{said}{between}{quoted(stated)}" if said and stated else said or stated


def _nature_of(value: Any) -> str:
    """Say where a category isn't an ordinary one: Arts. 9, 10 and 87 turn on the data's, Art. 35 on the people's."""
    if isinstance(value, DataCategoryEntry) and value.sensitivity not in {"", DataSensitivity.ORDINARY}:
        return f" ({say(facts(DataCategoryEntry)['sensitivity'], value.sensitivity)})"
    if isinstance(value, DataSubjectCategoryEntry) and value.vulnerable == Answer.YES:
        return " (" + _("vulnerable") + ")"
    return ""


def columns(fact: Fact, record: ActivityRecord) -> list[Column]:
    """Return what the rows of a list say, without columns that no row fills; the first one holds the names.

    Particulars come in the order of their declaration, what is known of the entry itself directly behind the name.
    """
    rows = getattr(record, fact.key)
    assert fact.row is not None  # noqa: S101 only called for lists
    found = [Column(main_fact(fact.row).title, tuple(map(name_of, rows)))]
    added = [
        Column(str(title), tuple(text(row) for row in rows)) for title, text in _KNOWN_OF_ENTRIES.get(fact.key, ())
    ]
    own = [
        _declared(fact, inner, rows, record)
        for inner in facts(fact.row).values()
        if not inner.main and not inner.words and inner.key not in _MERGED.get(fact.key, ())
    ]
    return [*found, *(column for column in (*added, *own) if column.expected or column.is_stated)]


def _declared(fact: Fact, inner: Fact, rows: Sequence[Any], record: ActivityRecord) -> Column:
    special = _SPECIAL.get((fact.key, inner.key))
    if special is not None:
        texts = tuple(special(row, record) for row in rows)
    else:
        texts = tuple(_text(inner, getattr(row, inner.key), record) for row in rows)
    if fact.key == "data_categories" and any(texts):
        texts = _fill(inner, texts, record)
    return Column(inner.title, texts, (fact.key, inner.key) in _EXPECTED)


def _text(fact: Fact, value: Any, record: ActivityRecord) -> str:
    if is_blank(fact, value):
        return ""
    if fact.kind is Kind.SIBLING:
        siblings = getattr(record, fact.entry)
        return (
            name_of(value, " – ")
            if fact.entry != "purposes"
            else _("no. %(number)d") % {"number": siblings.index(value) + 1}
        )
    return say(fact, value)


def _fill(fact: Fact, texts: tuple[str, ...], record: ActivityRecord) -> tuple[str, ...]:
    """What an empty place means in a row of data: its declaration says that the whole record's own word holds."""
    filling = ""
    if fact.key == "data_subject":
        filling = _("all")
    elif fact.key == "retention_schedule" and (record.retention_schedule or record.retention_stated_as):
        filling = _("as for all other categories")
    return tuple(text or filling for text in texts)


def _kept_for(row: DataCategoryRow, record: ActivityRecord) -> str:
    """The category's own time limit by name; the section on time limits has the rule itself."""
    name, words = row.retention_schedule.name if row.retention_schedule else "", row.retention_stated_as
    return "\n".join(filter(None, (name, quoted(words) if name and words else words)))


def _role(row: RecipientRow) -> str:
    kind = row.role or (row.recipient.kind if row.recipient else "")
    said = say(_RECIPIENT["kind"], kind)
    above = row.recipient.sub_processor_of if row.recipient else None
    if above is None:
        return said
    below = f"{_RECIPIENT['sub_processor_of'].title} {above.name}"
    return below if kind in {"", RecipientRole.SUB_PROCESSOR} else f"{said} ({below})"


def _established(row: RecipientRow) -> str:
    entry = row.recipient
    if entry is None:
        return ""
    lines = [*entry.address.splitlines(), say(_RECIPIENT["country"], entry.country)]
    return ", ".join(line.strip(" ,") for line in lines if line.strip(" ,"))


def _contract(row: RecipientRow) -> str:
    entry = row.recipient
    if entry is None:
        return ""
    keys = ("contract_signed_on", "contract_ends_on", "contract_document", "sub_processor_authorisation")
    particulars = [
        labelled(_RECIPIENT[key].title, said) for key in keys if (said := say(_RECIPIENT[key], getattr(entry, key)))
    ]
    kind = say(_RECIPIENT["contract_kind"], entry.contract_kind) or (not_stated() if particulars else "")
    return "; ".join(filter(None, (kind, *particulars)))


def _of_measure(key: str) -> Callable[[Any], str]:
    return lambda row: say(facts(SecurityMeasureEntry)[key], getattr(row.measure, key)) if row.measure else ""


def _of_system(key: str) -> Callable[[Any], str]:
    return lambda row: say(facts(SystemEntry)[key], getattr(row.system, key)) if row.system else ""


def _destination(row: Any, record: ActivityRecord) -> str:
    country = say(facts(type(row))["country"], row.country)
    return ", ".join(filter(None, (country, row.international_organisation)))


_KNOWN_OF_ENTRIES: Mapping[str, tuple[tuple[Any, Callable[[Any], str]], ...]] = {
    "recipients": (
        (gettext_lazy("Role"), _role),
        (gettext_lazy("Established in"), _established),
        (gettext_lazy("Contract"), _contract),
    ),
    "measures": (
        (gettext_lazy("How it is done"), _of_measure("description")),
        (gettext_lazy("Aim"), _of_measure("group")),
    ),
    "systems": (
        (gettext_lazy("Hosted in"), _of_system("hosting_country")),
        (gettext_lazy("Provider"), _of_system("provider")),
    ),
}
"""What a reader wants to know of the entry itself, by list."""

_SPECIAL: Mapping[tuple[str, str], Callable[[Any, ActivityRecord], str]] = {
    ("data_categories", "retention_schedule"): _kept_for,
    ("transfers", "country"): _destination,
}
_MERGED: Mapping[str, tuple[str, ...]] = {
    "data_categories": ("retention_stated_as",),
    "recipients": ("role",),
    "transfers": ("international_organisation",),
}
"""Particulars that another column says too."""

_EXPECTED = frozenset(
    {("transfers", "country"), ("transfers", "safeguard"), ("controllers", "categories_of_processing")}
)
"""What the law asks of every row: Arts. 30(1)(e), 30(2)(b) and (c)."""
