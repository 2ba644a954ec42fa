"""What one activity adds to the tallies of the register: the numbers and the pictures of the overview are these."""

from collections.abc import Iterable, Iterator
from datetime import date

from registry.compliance.gap import Gap
from registry.compliance.held import Told
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.reference import countries
from registry.reference.activity import ActivityStatus
from registry.standing.questions import asked

Counted = tuple[str, str]
"""A dimension and a key in it."""

QUESTION = "question"
"""The dimension whose keys are the questions that are true of the activity."""

WORDS = "~"
"""The key of what has no entry: words of the source, whatever they are."""

NONE = ""
"""The key of what isn't stated."""

LAW = "law"
"""The dimension whose keys are organisations, each with a law that an activity of theirs is under."""

HELD = "held"
"""The dimension whose keys are systems that say what they hold, with the organisation whose record tells something of
one, and what it tells."""

ARROW = "→"
"""Between the two ends of a part of the flow."""

FLOW = ("flow-in", "flow-out", "flow-on")
"""The dimensions of the flow's parts, in the order in which data flow. They have many keys."""

COUNTING = 5
"""Which form of counting this is: one more whenever what is counted changes, so that all is counted anew."""


def counted(
    record: ActivityRecord,
    laws: Iterable[Law],
    open_gaps: Iterable[Gap],
    accepted: Iterable[Gap],
    on: date,
    told: Iterable[Told] = (),
) -> list[Counted]:
    """Return what the activity under these laws counts towards, each once; a retired one by its status and the
    questions alone. ``told`` is what it tells of systems that say what they hold."""
    found = {("all", "all"), ("status", record.status), *_organisation(record)}
    questions = asked(record, on)
    found |= {(QUESTION, key) for key in questions}
    if record.status != ActivityStatus.RETIRED:
        found |= {("living", "all"), ("role", record.role), ("unit", str(record.unit.pk) if record.unit else NONE)}
        found |= {(LAW, f"{record.organisation.pk}{ARROW}{law.name}") for law in laws}
        found |= set(_bases(record)) | set(_transfers(record, on)) | set(_flow(record))
        if record.next_review_on is not None and record.organisation.is_own:
            found.add(("review", record.next_review_on.isoformat()))
        found |= {("special", "yes")} if "special" in questions else set()
        found |= {("severity", str(gap.severity)) for gap in open_gaps}
        found |= {("rule", gap.rule.id) for gap in open_gaps}
        found |= {("severity", "accepted") for _ in accepted}
        found |= {(HELD, ARROW.join((str(system), str(record.organisation.pk), said))) for system, said in told}
        if not any(True for _ in open_gaps):
            found.add(("severity", "none"))
    return sorted(found)


def _organisation(record: ActivityRecord) -> Iterator[Counted]:
    yield "organisation", str(record.organisation.pk)


def _bases(record: ActivityRecord) -> Iterator[Counted]:
    if not record.legal_bases:
        yield "basis", NONE
    for row in record.legal_bases:
        yield "basis", str(row.legal_basis.pk) if row.legal_basis is not None else WORDS


def _transfers(record: ActivityRecord, on: date) -> Iterator[Counted]:
    for row in record.transfers:
        if row.country and not countries.is_eea(row.country, on):
            yield "country", row.country
            yield "safeguard", row.safeguard or NONE


def _flow(record: ActivityRecord) -> Iterator[Counted]:
    """Yield the parts of the flow from data subjects to the units that use their data, to recipients, to countries.

    Its stations are counted beside its parts: an activity that has several parts at a station counts there once.
    """
    unit = str(record.unit.pk) if record.unit else NONE
    for subject in record.data_subjects:
        whose = str(subject.category.pk) if subject.category is not None else WORDS
        yield "subject", whose
        yield "flow-in", f"{whose}{ARROW}{unit}"
    for row in record.recipients:
        kind = row.role or getattr(row.recipient, "kind", "") or NONE
        yield "recipients", kind
        yield "flow-out", f"{unit}{ARROW}{kind}"
        if country := getattr(row.recipient, "country", ""):
            yield "seat", country
            yield "flow-on", f"{kind}{ARROW}{country}"
