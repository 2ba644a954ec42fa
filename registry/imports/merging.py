"""Puts together what the rows of a record say: lists grow, what differs is kept, and what stands side by side belongs
together."""

from collections.abc import Sequence

from registry.imports.fragments import ANSWER_OF, FACTS, Fragment, Reading
from registry.imports.values import Value
from registry.record.definition import Kind
from registry.record.messages import Message
from registry.reference.answers import Answer

_BESIDE = (("data_categories", "data_subject", "data_subjects"), ("legal_bases", "purpose", "purposes"))
"""A list, the fact of its rows that points to a row of another list, and that list."""


def merge(fragments: Sequence[Fragment], reading: Reading) -> None:
    """Write into ``reading`` what the rows say together."""
    _scalars(fragments, reading)
    _periods(fragments, reading)
    _lists(fragments, reading)
    for rows, answer in ANSWER_OF.items():
        if reading.values.get(rows) and reading.values.get(answer) == str(Answer.NO):
            reading.values[answer] = str(Answer.YES)
            cell = reading.cells.get(rows)
            if cell is not None:
                reading.remark(cell, "note", Message("Another row says that there is none; this one names some."))


def _scalars(fragments: Sequence[Fragment], reading: Reading) -> None:
    answers = set(ANSWER_OF.values())
    for fragment in fragments:
        for key, value in fragment.values.items():
            cell = fragment.cells.get(key)
            if cell is not None:
                reading.cells.setdefault(key, cell)
            before = reading.values.get(key)
            if before in (None, "", [], str(Answer.NOT_ASSESSED)) or key in answers:
                if key not in answers or before != str(Answer.YES):
                    reading.values[key] = value
            elif value in (None, "", [], before) or cell is None:
                continue
            elif FACTS[key].kind is Kind.PROSE:
                reading.values[key] = f"{before}\n{value}"
            else:
                reading.keep(cell, Message("Another row of the same record says something else, which is read."))


def _periods(fragments: Sequence[Fragment], reading: Reading) -> None:
    """One period for all is the record's; where rows differ, each is the period of the data in its row."""
    stated = [(fragment, text) for fragment in fragments if (text := _period(fragment))]
    if not stated:
        return
    reading.cells["retention"] = stated[0][0].period[0]
    texts = list(dict.fromkeys(text for _, text in stated))
    if len(texts) == 1:
        reading.values["retention_stated_as"] = texts[0]
        return
    left: list[str] = []
    for fragment, text in stated:
        rows = fragment.lists.get("data_categories", [])
        for row in rows:
            row["retention_stated_as"] = row["retention_stated_as"] or text
        if not rows:
            left.append(text)
    if left:
        reading.values["retention_stated_as"] = "\n".join(dict.fromkeys(left))


def _period(fragment: Fragment) -> str:
    """Return how long a row says that data is kept: its words, then a number with its unit and beginning."""
    texts: dict[str, list[str]] = {}
    for cell in fragment.period:
        texts.setdefault(cell.key, []).append(cell.text.strip())
    numbers = [text for key in _PERIOD_IN_PARTS for text in texts.get(key, ())]
    return "; ".join(dict.fromkeys(filter(None, [*texts.get("retention", ()), " ".join(numbers)])))


_PERIOD_IN_PARTS = ("retention_number", "retention_unit", "retention_start")


def _lists(fragments: Sequence[Fragment], reading: Reading) -> None:
    merged: dict[str, list[dict[str, Value]]] = {}
    keys = list(dict.fromkeys(key for fragment in fragments for key in fragment.lists))
    order = [key for key in FACTS if key in keys]
    several = {
        target: len({_identity(row) for fragment in fragments for row in fragment.lists.get(target, ())}) > 1
        for _, _, target in _BESIDE
    }
    for key in order:
        rows = merged.setdefault(key, [])
        pointers = [(inner, target) for name, inner, target in _BESIDE if name == key]
        for fragment in fragments:
            for row in fragment.lists.get(key, ()):
                for inner, target in pointers:
                    beside = fragment.lists.get(target, ())
                    if len(beside) == 1 and several[target] and len(fragments) > 1:
                        row[inner] = _place(beside[0], merged.get(target, []))
                if not any(_identity(row) == _identity(other) or _joined(key, other, row) for other in rows):
                    rows.append(row)
            cell = fragment.cells.get(key)
            if cell is not None:
                reading.cells.setdefault(key, cell)
    reading.values.update(merged)


_LISTED = {"controllers": "categories_of_processing", "data_categories": "items"}
"""Facts in which lines that are otherwise the same tell one list."""


def _joined(key: str, row: dict[str, Value], further: dict[str, Value]) -> bool:
    """Add to a row what another says beyond it, where they differ in one list of words alone; say whether they did."""
    listed = _LISTED.get(key)
    if listed is None or not row[listed] or not further[listed]:
        return False
    if any(row[name] != further[name] for name in row if name != listed):
        return False
    if further[listed] not in row[listed].split("; "):
        row[listed] = f"{row[listed]}; {further[listed]}"
    return True


def _place(row: dict[str, Value], rows: Sequence[dict[str, Value]]) -> int | None:
    return next((place for place, other in enumerate(rows) if _identity(other) == _identity(row)), None)


def _identity(row: dict[str, Value]) -> tuple[tuple[str, str], ...]:
    return tuple((key, repr(value)) for key, value in row.items())
