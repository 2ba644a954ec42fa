"""Puts the rules to the register, now or as at a past moment, and tells the gaps that they find."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.compliance.accepted import Accepted
from registry.compliance.gap import Severity
from registry.compliance.whole import Checked, check_whole
from registry.management import options as asked
from registry.record.acceptance import AcceptanceRecord
from registry.record.activity import ActivityRecord
from registry.record.decided import load_acceptances
from registry.record.entries import SystemEntry
from registry.record.loader import Register, load_register
from registry.record.organisations import OrganisationRecord

CHECKED, FAILED, NOT_CHECKED = 0, 1, 2
"""Exit codes: checked; checked, with a gap that ``--fail-on`` names; could not be checked."""


class Command(BaseCommand):
    """``check_register [--organisation NAME] [--as-at MOMENT] [--json] [--fail-on SEVERITY]``.

    Exit code 0: the register was checked. 1: there is a gap as grave as ``--fail-on`` says, or graver, which nobody has
    accepted. 2: it could not be checked, since an option names something that isn't there.
    """

    help = "Tells the gaps of the register: what is wrong, where the law asks for it, and what to do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--organisation", default="", help="whose register, by its full name; all where left out")
        parser.add_argument(
            "--as-at", default="", help="a past moment: 2026-03-31T12:00, or a date for the end of that day"
        )
        parser.add_argument("--json", action="store_true", help="print the gaps as JSON")
        parser.add_argument(
            "--fail-on",
            choices=[severity.value for severity in Severity],
            help="exit with 1 where there is a gap of this severity or a graver one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, tell, and fail where that was asked for."""
        register = _load(options["organisation"], options["as_at"])
        accepted = _accepted(register)
        counted: Counter[Severity] = Counter()
        checked = _counting(check_whole(register), counted, accepted)
        tell = _as_json if options["json"] else _as_text
        for line in tell(register, checked, counted, accepted):
            self.stdout.write(line)
        limit = Severity(options["fail_on"]).rank if options["fail_on"] else -1
        grave = sum(number for severity, number in counted.items() if severity.rank <= limit)
        if grave:
            told = "1 gap is" if grave == 1 else f"{grave} gaps are"
            graver = " or graver" if limit else ""
            raise CommandError(f"{told} {options['fail_on']}{graver}.", returncode=FAILED)


def _accepted(register: Register) -> Accepted:
    """Return what is accepted on the day of the register."""
    on = timezone.localdate(register.as_at)
    return Accepted(load_acceptances(register.change_set), on)


def _counting(checked: Iterable[Checked], counted: "Counter[Severity]", accepted: Accepted) -> Iterator[Checked]:
    """Count the gaps that are open as they go by."""
    for subject, gaps in checked:
        counted.update(gap.severity for gap in gaps if gap not in accepted)
        yield subject, gaps


def _as_text(
    register: Register, checked: Iterable[Checked], counted: "Counter[Severity]", accepted: Accepted
) -> Iterator[str]:
    whose = register.organisation.name if register.organisation else "all organisations"
    moment = timezone.localtime(register.as_at)
    yield f"Register of {whose} as at {moment:%Y-%m-%d %H:%M} (change set {register.change_set})"
    where: Counter[type] = Counter()
    apart = 0
    for subject, gaps in checked:
        if not gaps:
            continue
        is_record = isinstance(subject, ActivityRecord)
        where[type(subject)] += any(gap not in accepted for gap in gaps)
        apart += sum(gap in accepted for gap in gaps)
        yield ""
        yield subject.label if is_record else f"{subject.label}: {_WHOLE[type(subject)]}"
        for gap in sorted(gaps, key=lambda one: one.severity.rank):
            yield f"  {gap.severity.value:<8}  {gap.what}"
            yield f"            {gap.article} · {gap.rule.id}"
            yield f"            → {gap.remedy}"
            if one := accepted.of(gap):
                yield f"            accepted by {one.accepted_by} until {one.valid_until}: {one.reason}"
    yield ""
    told = ", ".join(f"{counted[severity]} {severity.value}" for severity in Severity)
    kinds = {OrganisationRecord: "organisation", SystemEntry: "system"}
    others = [_number(where[kind], called) for kind, called in kinds.items() if where[kind]]
    some = " and ".join([_number(where[ActivityRecord], "record"), *others])
    yield f"{_number(len(register), 'record')} checked. Gaps: {told}, in {some}."
    if apart:
        yield f"Beside these {_number(apart, 'gap')} {'is' if apart == 1 else 'are'} accepted."


_WHOLE = {OrganisationRecord: "the organisation as a whole", SystemEntry: "the system"}


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _as_json(
    register: Register, checked: Iterable[Checked], counted: "Counter[Severity]", accepted: Accepted
) -> Iterator[str]:
    """Yield one JSON object line by line, each gap on a line of its own, so that a large register streams."""
    organisation = register.organisation.name if register.organisation else None
    head = {"as_at": register.as_at.isoformat(), "change_set": register.change_set, "head": register.head}
    yield json.dumps({**head, "organisation": organisation}, ensure_ascii=False)[:-1] + ', "gaps": ['
    before = ""
    for _subject, gaps in checked:
        for gap in gaps:
            if before:
                yield f"{before},"
            before = json.dumps(gap.as_json() | {"accepted": _decision(accepted.of(gap))}, ensure_ascii=False)
    if before:
        yield before
    counts = {severity.value: counted[severity] for severity in Severity}
    yield f'], "records": {len(register)}, "counts": {json.dumps(counts)}}}'


def _decision(one: AcceptanceRecord | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {"by": one.accepted_by, "on": f"{one.accepted_on}", "until": f"{one.valid_until}", "reason": one.reason}


def _load(name: str, as_at: str) -> Register:
    """Load the register of the organisation that bore this name then, or bears it now; of all where none is named."""
    whole = load_register(as_at=asked.as_at(as_at, returncode=NOT_CHECKED))
    pk = asked.organisation(name, whole, returncode=NOT_CHECKED)
    return whole if pk is None else whole.of_organisation(pk)
