"""Registers made up by hypothesis from the declarations of their facts, so that a new fact is in them by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models as db
from hypothesis import strategies as st

from registry import models
from registry.imports.reading.cells import clean
from registry.record.activity import ActivityRecord
from registry.record.classes import CATALOGUES, record_class
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.reference.answers import Answer
from registry.versioning.writing import change_set
from tests.reports.registers import AWKWARD

MORE_AWKWARD = (
    "Straße", "STRASSE", "strasse", "École", "ﬁnance", "İstanbul", "Σίσυφος", "Отдел кадров", "数据", "😀 pay", "x" * 1000, "trailing ",
    " leading", "  both \n", "line\n\n\nlines", "\u2028", "a\u2028b", "_x000D_", "_x0041_", "\ufeffmarked", "a\x0bb", "a\x01b", "no\xa0break",
    "[a; b] (c; d)", "(((", "00123", "0.10", "1e5", "1,5", "TRUE", "31/12/1999", "nil", "TBD", "unknown", "N/A", "[À COMPLÉTER]", "a | whose: #1",
    "#1\n#2", "entry:", 'x"y', '""a""', "key:", "| |", ";;", "\\n", "a\r\nb\rc", "=\n1", "'", "'' =", "-1", "‑", "•", "\ufffe", "Change set", "Name",
)  # fmt: skip
TEXTS = st.sampled_from(AWKWARD + MORE_AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30
)
"""What people type or paste: everything a separator, a spreadsheet or a recogniser of blanks might stumble over."""

ANSWERED = {"recipients": "recipients_answer", "transfers": "transfers_answer"}
FACTS = facts(ActivityRecord)
LISTS = {key: fact for key, fact in FACTS.items() if fact.row is not None}
MOST_ROWS = 2
NEEDED = (
    "LegalBasis",
    "DataSubjectCategory",
    "DataCategory",
    "RetentionSchedule",
    "Recipient",
    "SecurityMeasure",
    "System",
)


@dataclass(frozen=True)
class MadeUp:
    """A register as values: the names of entries, units and organisations, and of each activity its values by fact.

    An entry, unit or account stands as its place among the names; another row of the same record as its place.
    """

    names: Mapping[str, Sequence[str]]
    activities: Sequence[Mapping[str, Any]]


def one_line(text: str) -> str:
    """The text as a form's line of text would give it."""
    return " ".join(clean(text).split())


ALIKE = (("Straße", "Strasse"), ("Σίσυφος", "Σίσυφοσ"), ("ﬁnance", "finance"), ("maße", "masse"))
"""Names that a comparison without case might take for the same, and no constraint does."""


def names(count: int) -> st.SearchStrategy[list[str]]:
    """Names for entries of one kind: none is blank, and no two are the same but for their case."""
    some = TEXTS.map(one_line).map(lambda text: text[:100].strip()).filter(bool)
    drawn = st.lists(some, min_size=count, max_size=count, unique_by=str.lower)
    return drawn | st.sampled_from(ALIKE).map(lambda pair: [*pair, "Third"][:count])


def _values(fact: Fact, column: "db.Field[Any, Any]") -> st.SearchStrategy[Any]:
    """Values that a column may hold."""
    kind = fact.kind
    if kind in {Kind.TEXT, Kind.PROSE}:
        texts = TEXTS.map(lambda text: text[: column.max_length]).filter(says_something)
        return st.just("") | texts if column.blank else texts
    if kind is Kind.DATE:
        return st.none() | st.dates(date(1, 1, 1))
    if kind is Kind.NUMBER:
        most = {"PositiveSmallIntegerField": 120, "PositiveBigIntegerField": 2**53}
        return st.none() | st.integers(1, most.get(column.get_internal_type(), 2**31 - 1))
    if kind is Kind.FLAG:
        return st.booleans()
    codes = [code for code, _ in fact.choice_pairs()]
    return st.sampled_from([*codes, ""] if column.blank else codes)


def says_something(text: str) -> bool:
    """Whether anything is left of a text once what no file can hold is taken off."""
    return bool(clean(text).strip())


@st.composite
def _rows(
    draw: Callable[..., Any], fact: Fact, record: Mapping[str, Any], entries: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    assert fact.row is not None
    part = models.ProcessingActivity._meta.get_field(fact.key).related_model
    found = []
    for _ in range(draw(st.integers(0, MOST_ROWS))):
        row = {}
        for inner in facts(fact.row).values():
            row[inner.key] = draw(_value(inner, part, record, entries))
        words = words_fact(fact.row)
        said = [value for key, value in row.items() if words is None or key != words.key]
        if any(value not in (None, "", False, Answer.NOT_ASSESSED) for value in said) or (
            words and says_something(row[words.key])
        ):
            found.append(row)
    return found


def _value(
    fact: Fact, model: Any, record: Mapping[str, Any], entries: Mapping[str, Sequence[str]]
) -> st.SearchStrategy[Any]:
    if fact.kind is Kind.SIBLING:
        rows = record[fact.entry]
        return st.none() | st.integers(0, len(rows) - 1) if rows else st.none()
    if fact.kind is Kind.ENTRY:
        return st.none() | st.integers(0, len(entries[fact.entry]) - 1)
    if fact.kind is Kind.ACCOUNT:
        return st.none() | st.just(0)
    return _values(fact, model._meta.get_field(fact.key))


@st.composite
def registers(draw: Callable[..., Any], most: int = 2) -> MadeUp:
    """A register of an organisation: catalogues with awkward names, and activities that say anything anywhere."""
    found: dict[str, list[str]] = {kind: draw(names(2)) for kind in (*NEEDED, "OrganisationUnit")}
    found["Organisation"] = draw(names(3))
    references = draw(
        st.lists(
            TEXTS.map(one_line).map(lambda text: text[:60].strip()).filter(bool),
            min_size=most,
            max_size=most,
            unique=True,
        )
    )
    activities = []
    for reference in references[: draw(st.integers(1, most))]:
        record: dict[str, Any] = {"reference": reference}
        for key, fact in FACTS.items():
            if fact.row is not None:
                record[key] = draw(_rows(fact, record, found))
            elif key not in {"reference", "organisation"}:
                record[key] = draw(_value(fact, models.ProcessingActivity, record, found))
        for rows, answer in ANSWERED.items():
            if record[rows] and record[answer] == Answer.NO:
                record[answer] = Answer.YES
        activities.append(record)
    return MadeUp(found, activities)


@dataclass(frozen=True)
class Stored:
    """A made-up register in the database: the organisation whose it is, and another that has the same units."""

    organisation: models.Organisation
    twin: models.Organisation


def store(made: MadeUp) -> Stored:
    """Write a made-up register in one change set."""
    owner, _ = get_user_model().objects.get_or_create(username="ann.b'org", defaults={"is_active": False})
    with change_set(reason="for a test"):
        keys = {
            model.__name__: _entries(model, made.names[model.__name__])
            for model in CATALOGUES
            if model.__name__ in NEEDED
        }
        organisations = [models.Organisation.objects.create(name=name) for name in made.names["Organisation"]]
        keys["Organisation"] = [one.pk for one in organisations]
        for one in organisations[:2]:
            units = [
                models.OrganisationUnit.objects.create(organisation=one, name=name)
                for name in made.names["OrganisationUnit"]
            ]
            keys.setdefault("OrganisationUnit", [unit.pk for unit in units])
        for record in made.activities:
            _activity(organisations[0], record, keys, owner)
    return Stored(organisations[0], organisations[1])


def _entries(model: Any, some: Sequence[str]) -> list[int]:
    if model is models.LegalBasis:
        codes = [f"{name[:30].strip()}{place}" for place, name in enumerate(some)]
        basis = {"regime": "eu", "kind": "lawful_basis"}
        given = [{"code": code, "title": name, **basis} for code, name in zip(codes, some, strict=True)]
    else:
        given = [{model.LABEL: name} for name in some]
    return [model.objects.create(**one).pk for one in given]


def _activity(organisation: Any, record: Mapping[str, Any], keys: Mapping[str, Sequence[int]], owner: Any) -> None:
    columns = {}
    for key, value in record.items():
        fact = FACTS[key]
        if fact.row is None:
            columns.update(_column(fact, value, keys, {}, owner))
    activity = models.ProcessingActivity.objects.create(organisation=organisation, **columns)
    stored: dict[str, list[int]] = {}
    for key, fact in LISTS.items():
        part = models.ProcessingActivity._meta.get_field(key).related_model
        stored[key] = []
        for place, row in enumerate(record[key]):
            columns = {}
            for inner in facts(fact.row).values():
                columns.update(_column(inner, row[inner.key], keys, stored, owner))
            stored[key].append(part.objects.create(activity=activity, position=place, **columns).pk)


def _column(
    fact: Fact, value: Any, keys: Mapping[str, Sequence[int]], stored: Mapping[str, Sequence[int]], owner: Any
) -> dict[str, Any]:
    if fact.kind is Kind.ACCOUNT:
        return {fact.key: None if value is None else owner}
    if fact.kind is Kind.ENTRY:
        return {f"{fact.key}_id": None if value is None else keys[fact.entry][value]}
    if fact.kind is Kind.SIBLING:
        return {f"{fact.key}_id": None if value is None else stored[fact.entry][value]}
    return {fact.key: value}


CATALOGUED = (*CATALOGUES, models.Organisation, models.OrganisationUnit)


@st.composite
def catalogues(draw: Callable[..., Any]) -> dict[str, list[dict[str, Any]]]:
    """Entries of every catalogue, organisations and units, by model name: what they say by fact, references as places.

    An entry refers to those before it alone, as nobody is part of a part of itself.
    """
    made: dict[str, list[dict[str, Any]]] = {}
    for model in CATALOGUED:
        made[model.__name__] = some = []
        for name in draw(names(2)):
            entry = {key: draw(_of_entry(fact, model, made)) for key, fact in facts(record_class(model)).items()}
            entry[model.LABEL] = name
            if model is models.LegalBasis:
                entry["code"] = f"{name[:30].strip()}{len(some)}"
            if model is models.OrganisationUnit:
                entry["organisation"] = 0
            some.append(entry)
    return made


def _of_entry(fact: Fact, model: Any, made: Mapping[str, Sequence[Any]]) -> st.SearchStrategy[Any]:
    if fact.row is not None:
        part = model._meta.get_field(fact.key).related_model
        row = {key: _of_entry(inner, part, made) for key, inner in facts(fact.row).items()}
        naming = [one.key for one in (main_fact(fact.row), words_fact(fact.row)) if one is not None]
        rows = st.fixed_dictionaries(row).filter(lambda row: any(row[key] not in (None, "") for key in naming))
        return st.lists(rows, max_size=MOST_ROWS)
    if fact.kind is Kind.ENTRY:
        known = len(made.get(fact.entry, ()))
        return st.none() | st.integers(0, known - 1) if known else st.none()
    return _values(fact, model._meta.get_field(fact.key))


def store_entries(made: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write made-up entries in one change set."""
    keys: dict[str, list[int]] = {}
    with change_set(reason="for a test"):
        for model in CATALOGUED:
            declared = facts(record_class(model))
            keys[model.__name__] = []
            for entry in made.get(model.__name__, ()):
                columns: dict[str, Any] = {}
                for key, value in entry.items():
                    if declared[key].row is None:
                        columns.update(_column(declared[key], value, keys, {}, None))
                stored = model.objects.create(**columns)
                keys[model.__name__].append(stored.pk)
                for key, rows in entry.items():
                    inner = declared[key].row
                    for place, row in enumerate(rows if inner is not None else ()):
                        columns = {}
                        for name, value in row.items():
                            columns.update(_column(facts(inner)[name], value, keys, {}, None))
                        getattr(stored, key).create(position=place, **columns)
