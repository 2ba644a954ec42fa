"""The facts of a section as lines and tables: a list whose rows say little is a line, one with particulars a table."""

from collections.abc import Iterator, Sequence, Set

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.sections import Section
from registry.record.words import State, is_blank, labelled, not_stated, say, state_of_block
from registry.reference.answers import Answer
from registry.reference.roles import ActivityRole
from registry.reports import time_limits
from registry.reports.document import Grid, Line
from registry.reports.rows import Column, columns

FACTS = facts(ActivityRecord)
MOST_COLUMNS = 5
LONGEST_CELL = 240
"""A table with more columns, or with longer text in a narrow one, is unreadable: such rows become entries of a line."""

_NARROWEST, _WIDEST = 12, 40
SHORT = 60
"""Particulars up to so many characters stand side by side in an entry."""

WHERE_STATED = frozenset(
    {
        "external_reference", "ends_on", "tags", "dpo_remark", "unplaced", "profiling_logic", "profiling_consequences",
        "human_intervention", "consents", "segments", "segment_data", "impact_assessments", "privacy_notice",
        "privacy_notice_on", "rights", "rights_limits",
    }
)  # fmt: skip
"""What is printed only where there is something: that an activity hasn't ended, or has no tags, leaves nothing open."""

ASKED_AFTER = {
    "profiling_logic": ("profiling", "automated_decisions"),
    "profiling_consequences": ("profiling", "automated_decisions"),
    "human_intervention": ("automated_decisions",),
}
"""What is left open all the same where one of these is answered with yes (Arts. 13(2)(f), 22(3))."""


def section_lines(
    section: Section, record: ActivityRecord, unrecorded: Set[str] = frozenset()
) -> Iterator[Line | Grid]:
    """Yield the lines of one section of a record, nothing left out: what isn't stated says so.

    ``unrecorded`` are the keys of facts that nobody was asked for when the record was written: they say that.
    """
    if section.key == "retention" and not unrecorded >= set(section.keys):
        yield from time_limits.lines(record)
        return
    for key in section.keys:
        fact = FACTS[key]
        if key in unrecorded:
            yield Line(fact.title, not_recorded(), "not_stated")
            continue
        if key == section.answer or key in HEAD or is_left_out(key, record):
            continue
        yield list_block(fact, section, record) if fact.kind is Kind.ROWS else plain_line(fact, record)


def not_recorded() -> str:
    """Return the words for a fact that didn't exist yet when the record was written."""
    return _("not recorded at that time")


HEAD = (
    "organisation", "unit", "role", "status", "owner", "contact", "began_on", "ends_on", "external_reference", "tags",
    "is_public", "reference", "name",
)  # fmt: skip
"""What stands at the head of a card, in this order; reference and name are its title."""


def is_left_out(key: str, record: ActivityRecord) -> bool:
    """Return whether a fact isn't printed: it is blank, and being blank it leaves no question open."""
    if key not in WHERE_STATED or not is_blank(FACTS[key], getattr(record, key)):
        return False
    return all(getattr(record, one) != Answer.YES for one in ASKED_AFTER.get(key, ()))


def plain_line(fact: Fact, record: ActivityRecord) -> Line:
    """Return the line of a fact that is no list. "No" is an answer; a question that nobody has assessed has none."""
    value = getattr(record, fact.key)
    if fact.kind is not Kind.FLAG and is_blank(fact, value):
        return Line(fact.title, state="not_stated")
    return Line(fact.title, say(fact, value))


def list_block(fact: Fact, section: Section, record: ActivityRecord) -> Line | Grid:
    """Return a list as a line or a table; without rows it says whether that is an answer."""
    if not getattr(record, fact.key):
        return _without_rows(fact, section, record)
    found = columns(fact, record)
    if len(found) == 1:
        return Line(fact.title, found[0].texts, numbered=_is_numbered(fact, record))
    if len(found) <= MOST_COLUMNS and fact.key not in _ALWAYS_ENTRIES and _is_narrow(found):
        rows = tuple(zip(*(column.texts for column in found), strict=True))
        return Grid(fact.title, tuple(column.title for column in found), rows, tuple(map(_width, found)))
    return Line(fact.title, tuple(_entries(found)), numbered=_is_numbered(fact, record), named=True)


_ALWAYS_ENTRIES = frozenset({"purposes", "legal_bases", "joint_controllers", "controllers"})
"""Lists whose rows are paragraphs rather than rows of a table."""


def _without_rows(fact: Fact, section: Section, record: ActivityRecord) -> Line:
    if section.rows == fact.key:
        if state_of_block(section, record) is State.NONE:
            return Line(fact.title, state="none")
        if getattr(record, section.answer) == Answer.YES:
            return Line(fact.title, _("not stated, although it is answered that there are some"), "not_stated")
    if fact.key == "joint_controllers" and record.role != ActivityRole.JOINT_CONTROLLER:
        role = say(FACTS["role"], record.role)
        return Line(fact.title, _("none (our role is “%(role)s”)") % {"role": role}, "none")
    return Line(fact.title, state="not_stated")


def _is_numbered(fact: Fact, record: ActivityRecord) -> bool:
    """Whether rows bear numbers: purposes do where there are several, or where a legal basis points to one."""
    if fact.key != "purposes":
        return False
    return len(record.purposes) > 1 or any(row.purpose is not None for row in record.legal_bases)


def _is_narrow(found: Sequence[Column]) -> bool:
    longest = LONGEST_CELL * 2 // len(found)
    return all(len(text) <= longest for column in found for text in column.texts)


def _width(column: Column) -> float:
    """Relative width: by the longest text, and wide enough for the longest word of the heading."""
    words = max(len(word) for word in column.title.split())
    return float(
        min(max(_NARROWEST, words * 1.5, *(len(line) for text in column.texts for line in text.splitlines())), _WIDEST)
    )


def _entries(found: Sequence[Column]) -> Iterator[str]:
    """Yield each row as a text: its name, then short particulars side by side and long ones below each other."""
    names, *others = found
    for place, name in enumerate(names.texts):
        lines = [name or not_stated()]
        short: list[str] = []
        for column in others:
            text = column.texts[place] or (not_stated() if column.expected else "")
            if not text:
                continue
            said = labelled(column.title, text)
            if len(said) <= SHORT and "\n" not in text:
                short.append(said)
                continue
            if short:
                lines.append(" · ".join(short))
                short = []
            lines.append(said)
        if short:
            lines.append(" · ".join(short))
        yield "\n".join(lines)
