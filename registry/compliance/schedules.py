"""What a retention schedule says by itself: each is judged once, however many records use it (Art. 5(1)(e))."""

import re

from registry.compliance.periods import longest_allowed, months_of, periods_in, refers_elsewhere
from registry.record.entries import RetentionScheduleEntry


def has_no_start(schedule: RetentionScheduleEntry) -> bool:
    """Say whether it has a period, and nothing says from when that runs."""
    return schedule.period is not None and not schedule.trigger


def is_empty_reference(schedule: RetentionScheduleEntry) -> bool:
    """Say whether it only refers to other rules, without any period."""
    return schedule.period is None and not schedule.permanent and refers_elsewhere(schedule.text)


def ends_in_nothing(schedule: RetentionScheduleEntry) -> bool:
    """Say whether neither the disposal nor the words of the schedule say what happens at its end."""
    return not (schedule.disposal or schedule.permanent or _DISPOSED.search(schedule.text))


def is_kept_for_good(schedule: RetentionScheduleEntry) -> bool:
    """Say whether it keeps data for good, and names no law that asks for it."""
    return schedule.permanent and not schedule.legal_source


def is_longer(schedule: RetentionScheduleEntry) -> bool:
    """Say whether its period is longer than its legal source allows."""
    allowed = longest_allowed(schedule.legal_source)
    kept = months_of(schedule.period, schedule.unit)
    return allowed is not None and kept is not None and kept > allowed


def contradicts_itself(schedule: RetentionScheduleEntry) -> bool:
    """Say whether its period is none of those that its name or its words tell."""
    kept = months_of(schedule.period, schedule.unit)
    named = periods_in(schedule.name) or periods_in(schedule.text)
    return kept is not None and bool(named) and kept not in named


_DISPOSED = re.compile(
    r"delet|eras|destr|shred|purg|anonymi[sz]|archiv|overwrit|lösch|loesch|vernicht|geschredder|überschr|aussonder"
    r"|effac|suppr|détrui|écras|borr|elimin|suprim|cancell|distru",
    re.IGNORECASE,
)
