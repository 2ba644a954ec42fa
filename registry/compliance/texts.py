"""The texts of a record, each with where it stands: what the rules about quality read."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts
from registry.record.remembered import remembered

_PLACES_OF_PROOF = frozenset(
    {"document", "assessment_document", "arrangement", "external_reference", "reference", "tags"}
)
"""Facts that say where something is kept or what it is filed under: a link or a number is what belongs there."""

_REMARKS = frozenset({"dpo_remark", "unplaced"})
"""Facts in which anything may stand."""


_ASSESSMENT = facts(ActivityRecord)["impact_assessments"].row
_OF_AN_ASSESSMENT = frozenset(key for key in facts(_ASSESSMENT) if key != "title")  # type: ignore[arg-type]
"""What is said in an assessment speaks of the processing, mostly of what it isn't: it must not suggest its own answers."""


class Text(NamedTuple):
    """One text: the list and the row that it stands in ("" and None for the record itself), its fact, what it says."""

    list: str
    row: Any
    key: str
    said: str


def texts_of(record: ActivityRecord) -> list[Text]:
    """Return every text of the record that says something of the processing, in the order of declaration."""
    found = [Text("", None, key, said) for key, said in _taken(record) if said]
    for key, _row in _LISTS:
        for row in getattr(record, key):
            found += [Text(key, row, inner, said) for inner, said in _taken(row) if said]
    return found


def words_of(record: ActivityRecord) -> list[str]:
    """Return the same texts alone, blank ones among them: what all rules search is taken quickly."""
    said = list(_take(ActivityRecord)(record))
    for place, take, is_one in _taken_from_lists().values():
        rows: Any = record[place]
        if rows:
            said += map(take, rows) if is_one else chain.from_iterable(map(take, rows))
    return said


def said_in(record: ActivityRecord, lists: Iterable[str]) -> Iterator[str]:
    """Yield the texts of some lists of the record alone, blank ones among them."""
    for key in lists:
        place, take, is_one = _taken_from_lists()[key]
        rows: Any = record[place]
        yield from map(take, rows) if is_one else chain.from_iterable(map(take, rows))


@remembered
def _taken_from_lists() -> dict[str, tuple[int, Callable[[Any], Any], bool]]:
    """Return the place of each list with texts in a record, what takes these out of a row of it, and whether that is one."""
    found: dict[str, tuple[int, Callable[[Any], Any], bool]] = {}
    for key, row in _LISTS:
        places = [row._fields.index(inner) for inner in _keys(row)]
        if places:
            found[key] = ActivityRecord._fields.index(key), itemgetter(*places), len(places) == 1
    return found


_LISTS = [(fact.key, fact.row) for fact in facts(ActivityRecord).values() if fact.row is not None]


def _taken(one: Any) -> list[tuple[str, str]]:
    return list(zip(_keys(type(one)), _take(type(one))(one), strict=True))


@remembered
def _keys(kind: type[Any]) -> tuple[str, ...]:
    return tuple(
        fact.key
        for fact in facts(kind).values()
        if fact.kind in {Kind.TEXT, Kind.PROSE}
        and fact.key not in _PLACES_OF_PROOF | _REMARKS
        and not (kind is _ASSESSMENT and fact.key in _OF_AN_ASSESSMENT)
    )


@remembered
def _take(kind: type[Any]) -> Callable[[Any], tuple[str, ...]]:
    places = [kind._fields.index(key) for key in _keys(kind)]
    return itemgetter(*places) if len(places) > 1 else lambda one: tuple([one[place] for place in places])


def says(text: str) -> bool:
    """Say whether a field that asks for something names any: “none” is as little as nothing."""
    return bool(text) and (len(text) > _LONGEST_NO or text.strip(" .").casefold() not in _NONE)


_NONE = frozenset(
    {
        "", "none", "no", "n/a", "nil", "-", "–", "—", "not yet", "keine", "keiner", "keines", "kein", "nein", "noch nicht", "entfällt",
        "aucun", "aucune", "non", "néant", "pas encore",
    }
)  # fmt: skip
_LONGEST_NO = 16


def folded(text: str) -> str:
    """Return the text as it is compared: without case, doubled blanks and a full stop at its end."""
    return " ".join(text.casefold().split()).rstrip(".")
