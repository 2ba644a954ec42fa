"""One record as a card: a controller's in the order of Art. 30(1)(a)-(g), a processor's of Art. 30(2)(a)-(d)."""

from collections.abc import Iterator, Set

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.sections import PROCESSOR_FURTHER, sections_for
from registry.record.words import say
from registry.reference.roles import ActivityRole
from registry.reports.blocks import FACTS, HEAD, is_left_out, not_recorded, section_lines
from registry.reports.document import Card, Grid, Line, Section

_TITLE = ("reference", "name")
_HEADS = frozenset(HEAD)


def make_card(record: ActivityRecord, unrecorded: Set[str] = frozenset()) -> Card:
    """Return a record as a card, in the language in force. Its key is the record's own.

    ``unrecorded`` are the keys of facts that didn't exist yet when the record was written (``Register.unrecorded``).
    """
    return Card(
        key=str(record.pk),
        title=record.name,
        facts=tuple(
            (FACTS[key].title, not_recorded() if key in unrecorded else say(FACTS[key], getattr(record, key)))
            for key in HEAD
            if key not in _TITLE and (key in unrecorded or not is_left_out(key, record))
        ),
        sections=(*_asked(record, unrecorded), *_further(record)),
        reference=record.reference,
    )


def _asked(record: ActivityRecord, unrecorded: Set[str]) -> Iterator[Section]:
    for section in sections_for(record.role):
        lines = tuple(section_lines(section, record, unrecorded - _HEADS))
        if lines:
            yield Section(section.title, section.cited, lines)


def _further(record: ActivityRecord) -> Iterator[Section]:
    """What a processor states beyond Art. 30(2): only what there is, and under a heading that says so."""
    if record.role != ActivityRole.PROCESSOR:
        return
    lines = [line for section in PROCESSOR_FURTHER for line in section_lines(section, record) if _says_something(line)]
    if lines:
        yield Section(_("Further particulars, not required by Art. 30(2)"), "", tuple(lines))


def _says_something(line: Line | Grid) -> bool:
    """Whether a line states something. That there are no joint controllers is clear from a processor's role."""
    if isinstance(line, Grid):
        return True
    return line.state == "stated" or (line.state == "none" and line.label != FACTS["joint_controllers"].title)
