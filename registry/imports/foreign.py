"""From the cells of a table that isn't ours to content values: prose stays as words, and nothing is guessed or lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.imports.lookups import Lookups
from registry.imports.parsing.answers import parse_answer
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.legal_basis import recognise_legal_bases
from registry.imports.parsing.lists import split_list
from registry.imports.problems import BadValue
from registry.imports.values import Scalar, Value, blank
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, facts, main_fact, words_fact
from registry.reference.answers import Answer
from registry.reference.countries import find_country

FACTS = facts(ActivityRecord)


@dataclass
class Reading:
    """What one row of a foreign table says: values by fact, text that no field holds, and remarks on cells by column.

    ``kept`` are (heading, text) pairs in the order of the columns; ``remarks`` are (column key, severity, message,
    accepted).
    """

    values: dict[str, Value] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str, str, str]] = field(default_factory=list)

    def remark(self, key: str, severity: str, message: str, accepted: str = "") -> None:
        """Note something about the cell that was read for ``key``."""
        self.remarks.append((key, severity, message, accepted))

    def keep(self, key: str, heading: str, text: str, why: str, accepted: str = "", severity: str = "warning") -> None:
        """Keep the text with the record, since no field can hold it, and say so."""
        self.kept.append((heading, text))
        self.remark(
            key, severity, f"{why} The text is kept with the record, under “Other words of the source”.", accepted
        )


@dataclass(frozen=True)
class Sources:
    """What cells are read against: the catalogues, the readers of single facts, and whose record it is."""

    lookups: Lookups
    scalars: Mapping[str, Scalar]
    organisation: int | None


def words_row(fact: Fact, **given: Value) -> dict[str, Value]:
    """Return a row of a list with the given facts, everything else blank."""
    assert fact.row is not None  # noqa: S101 only called for lists
    return {key: given.get(key, blank(inner)) for key, inner in facts(fact.row).items()}


def read_cell(key: str, heading: str, text: str, reading: Reading, sources: Sources) -> None:
    """Read one cell into ``reading``. ``key`` is a fact of the activity, or what the heading says beyond them."""
    text = text.strip()
    if not text:
        return
    kind = classify(text)
    if kind is Blank.TEMPLATE:
        reading.remark(key, "warning", "This is a template's own text, not an answer; it is left out.")
        return
    if kind is Blank.UNKNOWN and key not in _ANSWERS:
        reading.remark(key, "warning", "This says that the answer isn't known; the field is left empty.")
        return
    special = _SPECIAL.get(key)
    if special is not None:
        special(key, heading, text, kind, reading, sources)
    elif key in _PROSE_LISTS:
        _list(key, heading, text, kind, reading, sources)
    elif key in FACTS:
        _scalar(key, heading, text, kind, reading, sources)
    else:
        reading.keep(key, heading, text, "No field holds this.", severity="note")


_PROSE_LISTS = frozenset(
    {
        "purposes",
        "data_subjects",
        "data_categories",
        "recipients",
        "systems",
        "measures",
        "joint_controllers",
        "controllers",
    }
)
_ANSWERED_BY = {"recipients": "recipients_answer"}
_ANSWERS = frozenset({"special_category_data", "profiling", "automated_decisions"})


def _list(key: str, heading: str, text: str, kind: Blank | None, reading: Reading, sources: Sources) -> None:
    """A list in prose: each part that is called exactly like an entry becomes that entry, all others stay words."""
    answer = _ANSWERED_BY.get(key)
    if kind is Blank.NONE_STATED:
        if answer:
            reading.values[answer] = str(Answer.NO)
            reading.values[key] = []
        else:
            reading.remark(key, "note", "This says that there is none; the list is left empty.")
            reading.values[key] = []
        if len(text) > _BARE_NONE:
            reading.keep(key, heading, text, "It says why there is none.", severity="note")
        return
    fact = FACTS[key]
    assert fact.row is not None  # noqa: S101 these facts are lists
    main, words = main_fact(fact.row), words_fact(fact.row)
    rows = []
    for part in split_list(text):
        found = sources.lookups.entry(main.entry, part) if main.entry else None
        if words is None:
            rows.append(words_row(fact, **{main.key: part}))
        elif found is not None:
            rows.append(words_row(fact, **{main.key: found}))
        else:
            rows.append(words_row(fact, **{words.key: part}))
    reading.values[key] = reading.values.get(key, []) + rows
    if answer:
        reading.values[answer] = str(Answer.YES)


_BARE_NONE = 20
"""A none-word longer than this carries a reason that is worth keeping."""


def _scalar(key: str, heading: str, text: str, kind: Blank | None, reading: Reading, sources: Sources) -> None:
    fact = FACTS[key]
    if kind is Blank.NONE_STATED and key not in {"reference", "name"}:
        reading.values[key] = blank(fact)
        return
    try:
        reading.values[key] = sources.scalars[key](text, sources.organisation)
    except BadValue as error:
        if key in _DATES:
            reading.remark(key, "error", error.message, error.accepted)
        else:
            reading.keep(key, heading, text, error.message, error.accepted)


_DATES = frozenset({"began_on", "ends_on", "last_reviewed_on", "next_review_on"})


def _legal_bases(key: str, heading: str, text: str, kind: Blank | None, reading: Reading, sources: Sources) -> None:
    fact = FACTS[key]
    if kind is Blank.NONE_STATED:
        reading.values[key] = []
        reading.remark(key, "warning", "This says that there is no legal basis; the list is left empty.")
        return
    found = recognise_legal_bases(text)
    known = [sources.lookups.codes.get(code.casefold()) for code in found.codes]
    if None in known:
        missing = ", ".join(code for code, pk in zip(found.codes, known, strict=True) if pk is None)
        reading.remark(
            key,
            "warning",
            f"The catalogue has no {missing}; the words are kept.",
            "run seed_catalogues to add the law's own",
        )
        rows = [words_row(fact, stated_as=text)]
    else:
        rows = [words_row(fact, legal_basis=pk) for pk in known]
        if found.remainder:
            rows.append(words_row(fact, stated_as=found.remainder))
    for note in found.notes:
        reading.remark(key, "note", note)
    if not found.codes:
        reading.remark(key, "note", "No legal basis could be recognised; the words are kept as they stand.")
    reading.values[key] = reading.values.get(key, []) + rows


def _retention(key: str, heading: str, text: str, kind: Blank | None, reading: Reading, sources: Sources) -> None:
    schedule = sources.lookups.entry("RetentionSchedule", text)
    reading.values["retention_schedule"] = schedule
    reading.values["retention_stated_as"] = "" if schedule else text


def _transfers(key: str, heading: str, text: str, kind: Blank | None, reading: Reading, sources: Sources) -> None:
    """Transfers: an explicit none is an answer; a country is a country; everything else stays in its words."""
    fact = FACTS["transfers"]
    if kind is Blank.NONE_STATED:
        reading.values["transfers_answer"] = str(Answer.NO)
        reading.values.setdefault("transfers", [])
        if len(text) > _BARE_NONE:
            reading.keep(key, heading, text, "It says why there is none.", severity="note")
        return
    if _is_bare_yes(text):
        reading.values["transfers_answer"] = str(Answer.YES)
        reading.values.setdefault("transfers", [])
        reading.remark(key, "warning", "There are transfers, but not to where.", "the countries and safeguards")
        return
    countries = [find_country(part) for part in split_list(text.replace(",", ";"))]
    if countries and all(countries):
        rows = [words_row(fact, country=country.code) for country in countries if country]
    else:
        rows = [words_row(fact, stated_as=text)]
        reading.remark(key, "note", "No country could be read; the words are kept as they stand.")
    reading.values["transfers"] = reading.values.get("transfers", []) + rows
    if _starts_negative(text):
        reading.remark(
            key, "warning", "This begins with a no and goes on: whether there are transfers is left unanswered."
        )
    else:
        reading.values["transfers_answer"] = str(Answer.YES)


def _is_bare_yes(text: str) -> bool:
    try:
        return parse_answer(text) is Answer.YES
    except ValueError:
        return False


def _starts_negative(text: str) -> bool:
    first = text.split()[0].strip(".,;:–—-()").casefold()
    return classify(first) is Blank.NONE_STATED


def _answer(key: str, heading: str, text: str, kind: Blank | None, reading: Reading, sources: Sources) -> None:
    target = _ANSWER_FACTS.get(key, key)
    try:
        answer = parse_answer(text)
    except ValueError:
        if kind is Blank.NONE_STATED:
            answer = Answer.NO
        else:
            reading.keep(key, heading, text, "This reads neither yes nor no.", FACTS[target].accepts)
            return
    reading.values[target] = str(answer)


_ANSWER_FACTS = {"special_category_data": "special_categories"}

_Special = Callable[[str, str, str, Blank | None, Reading, Sources], None]
_SPECIAL: Mapping[str, _Special] = {
    "legal_bases": _legal_bases,
    "retention": _retention,
    "transfers": _transfers,
    "countries": _transfers,
    "special_category_data": _answer,
    "profiling": _answer,
    "automated_decisions": _answer,
}


def unplaced_text(reading: Reading) -> str:
    """Return what no field could hold, a line each with its heading."""
    return "\n".join(f"{heading}: {text}" for heading, text in reading.kept)


def facts_of(columns: Mapping[int, Any]) -> set[str]:
    """Return the facts that a table with these columns speaks about: only these are compared with the register."""
    keys = set(columns.values())
    spoken = {key for key in keys if key in FACTS}
    spoken |= {"unplaced"}
    if "retention" in keys:
        spoken |= {"retention_schedule", "retention_stated_as"}
    if keys & {"transfers", "countries"}:
        spoken |= {"transfers", "transfers_answer"}
    if "recipients" in keys:
        spoken.add("recipients_answer")
    if "special_category_data" in keys:
        spoken.add("special_categories")
    return spoken
