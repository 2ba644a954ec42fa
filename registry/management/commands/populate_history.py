"""Switches simple-history's command of this name off: versions are written by change sets alone."""

from registry.management.switched_off import SwitchedOff


class Command(SwitchedOff):
    """Fails, and says why."""

    help = "Switched off: versions are written by change sets alone."
    WHY = (
        "Versions are written by change sets alone, which seal them; one from elsewhere would be reported as added. "
        "Nothing was done. Write the rows inside `with change_set(…)`."
    )
