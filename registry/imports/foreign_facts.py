"""Cells of a table that isn't ours that hold a single fact of the record, or one about the rows of a list."""

import re

from registry.imports.foreign_words import BARE_NONE, bare_answer, row_named, spelt
from registry.imports.fragments import FACTS, Fragment, Reading, Sources
from registry.imports.layouts.ticks import SPECIAL, tick
from registry.imports.parsing.answers import after_yes, parse_answer
from registry.imports.parsing.blank_words import Blank
from registry.imports.parsing.connecting_words import SPEAKS_AGAINST
from registry.imports.parsing.lists import split_list
from registry.imports.parsing.recipient_roles import parse_recipient_role
from registry.imports.problems import BadValue, ImpossibleDate
from registry.imports.serial_days import ANOTHER_FORMAT, read_serial
from registry.imports.source import SourceCell
from registry.imports.values import blank
from registry.record.definition import Kind, facts, words_fact
from registry.record.messages import Message
from registry.reference.answers import Answer
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus

_REASON = re.compile(r"\s*([(\[,:]|\s[–—-]\s)")
_UNITS = Message("the name of a unit, or your choice that units are added which the organisation doesn't have yet")
_WHERE_OR_WHICH = frozenset({"privacy_notice", "rights", "rights_limits"})
"""Facts that ask for more than whether: a bare yes or no says neither where people read of it nor which rights."""


def read_scalar(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Read a single fact; of two columns that say it, the first counts, and texts are joined."""
    fact = FACTS[cell.key]
    if cell.key in _WHERE_OR_WHICH and bare_answer(cell.text) is not None:
        reading.keep(cell, Message("This says no more than yes or no."))
        return
    if kind is Blank.NONE_STATED and cell.key not in {"reference", "name"}:
        fragment.say(cell.key, blank(fact), cell)
        return
    if cell.key == "tags":
        cell = cell._replace(text=", ".join(split_list(cell.text)))
    before = fragment.values.get(cell.key)
    try:
        value = sources.scalars[cell.key](cell.text, sources.organisation)
    except BadValue as error:
        counted = read_serial(fact, cell.text, sources.day_zero)
        if counted is None:
            if isinstance(error, ImpossibleDate):
                reading.remark(cell, "error", error.message, error.accepted)
            else:
                reading.keep(cell, error.message, _UNITS if cell.key == "unit" else error.accepted)
            return
        value, said = counted
        reading.remark(cell, "warning", said, ANOTHER_FORMAT)
    if before in (None, "", value) or fact.kind not in {Kind.TEXT, Kind.PROSE}:
        if before not in (None, "", value):
            reading.keep(cell, Message("Another column says something else, which is read."))
            return
        fragment.say(cell.key, value, cell)
    else:
        joint = "\n" if fact.kind is Kind.PROSE else ", "
        fragment.values[cell.key] = f"{before}{joint}{value}"


def read_answer(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Read a yes or no; anything else is kept as words."""
    try:
        answer = parse_answer(cell.text)
    except ValueError:
        if kind is Blank.NONE_STATED:
            answer = Answer.NO
        elif cell.key == "special_categories" and _special_categories(cell, fragment, sources):
            return
        elif (more := after_yes(cell.text)) is not None:
            answer = Answer.YES
            if cell.key != "special_categories" or not _special_categories(cell._replace(text=more), fragment, sources):
                reading.keep(cell, Message("This begins with a yes and goes on."), severity="note")
        else:
            reading.keep(cell, Message("This reads neither yes nor no."), FACTS[cell.key].accepted)
            return
    fragment.say(cell.key, str(answer), cell)


def _special_categories(cell: SourceCell, fragment: Fragment, sources: Sources) -> bool:
    """Read a list of nothing but special categories, such as "health data; genetic data", as these and as a yes."""
    named = [tick(part) for part in split_list(cell.text.replace(",", ";"))]
    if not all(found and found[1] in SPECIAL for found in named):
        return False
    fact = FACTS["data_categories"]
    fragment.add("data_categories", [row_named(fact, found[1], sources) for found in named if found], cell)
    fragment.say("special_categories", str(Answer.YES), cell)
    return True


def read_retention(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Note a cell that says how long data are kept: what its cells say together is read once the record is whole."""
    if kind is Blank.NONE_STATED:
        reading.remark(cell, "note", Message("This says that there is none; the field is left empty."))
        if len(cell.text) > BARE_NONE:
            reading.keep(cell, Message("It says why there is none."), severity="note")
        return
    fragment.period.append(cell)


def read_about(
    cell: SourceCell,
    key: str,
    inner: str,
    kind: Blank | None,
    fragment: Fragment,
    reading: Reading,
    sources: Sources,
) -> None:
    """A fact of a list's rows that stands in a column of its own."""
    row = FACTS[key].row
    assert row is not None  # noqa: S101 the mapping's keys were checked
    fact = facts(row)[inner]
    if kind is Blank.NONE_STATED and fact.kind is not Kind.ANSWER:
        if len(cell.text) > BARE_NONE:
            reading.keep(cell, Message("It says why there is none."), severity="note")
        return
    if fact.kind in {Kind.TEXT, Kind.PROSE}:
        fragment.tell(key, inner, cell.text, cell)
        return
    try:
        value = sources.inner[key][inner](cell.text, sources.organisation)
    except BadValue as error:
        words = words_fact(row)
        if counted := read_serial(fact, cell.text, sources.day_zero):
            reading.remark(cell, "warning", counted[1], ANOTHER_FORMAT)
            fragment.tell(key, inner, counted[0], cell)
        elif isinstance(error, ImpossibleDate):
            reading.remark(cell, "error", error.message, error.accepted)
        elif fact.main and words is not None:
            fragment.tell(key, words.key, cell.text, cell)
        else:
            reading.keep(cell, error.message, error.accepted)
        return
    fragment.tell(key, inner, value, cell)


def read_recipient_role(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Read what the row's recipients are to us; words that name no role are theirs."""
    if kind is Blank.NONE_STATED:
        return
    role = parse_recipient_role(spelt(cell.text))
    if role is not None:
        fragment.tell("recipients", "role", role, cell)
    else:
        fragment.tell("recipients", "stated_as", cell.text, cell)


def read_data_retention(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Read the time limit of the row's data: a schedule of the catalogue, or words."""
    if kind is Blank.NONE_STATED:
        return
    schedule = sources.lookups.entry("RetentionSchedule", cell.text)
    if schedule is not None:
        fragment.tell("data_categories", "retention_schedule", schedule, cell)
    else:
        fragment.tell("data_categories", "retention_stated_as", cell.text, cell)


def read_conclusion(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Whether an impact assessment is required: yes, no, one of the choices, or words that are the reason for it."""
    answer = bare_answer(cell.text)
    if answer is not None:
        required = AssessmentConclusion.REQUIRED if answer is Answer.YES else AssessmentConclusion.NOT_REQUIRED
        fragment.tell("impact_assessments", "conclusion", str(required), cell)
        return
    try:
        value = sources.inner["impact_assessments"]["conclusion"](cell.text, sources.organisation)
    except BadValue:
        if kind is None:
            fragment.tell("impact_assessments", "conclusion_reason", cell.text, cell)
            reading.remark(
                cell, "note", Message("Whether one is required is left open; the words are kept as the reason.")
            )
        return
    fragment.tell("impact_assessments", "conclusion", value, cell)


def _choice_before_reason(text: str, sources: Sources) -> str | None:
    """Return the state of an assessment with which a text begins, before a bracket or dash, if no no follows."""
    head, mark, rest = (*_REASON.split(text, maxsplit=1), "", "")[:3]
    if not mark or SPEAKS_AGAINST.search(rest):
        return None
    try:
        return str(sources.inner["impact_assessments"]["status"](head, sources.organisation))
    except BadValue:
        return None


def read_state(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """How far an impact assessment is: one of the choices, or a yes to whether one was carried out."""
    if bare_answer(cell.text) is Answer.YES:
        fragment.tell("impact_assessments", "status", str(AssessmentStatus.COMPLETED), cell)
    elif bare_answer(cell.text) is Answer.NO:
        reading.keep(cell, Message("Whether one is needed is left open."), severity="note")
    elif (head := _choice_before_reason(cell.text, sources)) is not None:
        fragment.tell("impact_assessments", "status", head, cell)
        reading.keep(cell, Message("It goes on behind the choice."), severity="note")
    else:
        read_about(cell, "impact_assessments", "status", kind, fragment, reading, sources)
