"""Switches simple-history's command of this name off: the history is never shortened."""

from registry.management.switched_off import SwitchedOff


class Command(SwitchedOff):
    """Fails, and says why."""

    help = "Switched off: the history is never shortened."
    WHY = (
        "The history is append-only and proves itself by being whole: versions are not removed when they grow old. "
        "Nothing was done. `verify_history` says whether it is whole."
    )
