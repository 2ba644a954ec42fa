"""Switches simple-history's command of this name off: no version is a duplicate."""

from registry.management.switched_off import SwitchedOff


class Command(SwitchedOff):
    """Fails, and says why."""

    help = "Switched off: no version is a duplicate."
    WHY = (
        "The history is append-only, and a version is written only where something changed: there are no duplicates to "
        "remove. Nothing was done."
    )
