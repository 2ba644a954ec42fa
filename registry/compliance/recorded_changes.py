"""What a change that is still to be told was about, in a few words: the section that it is in, and what was added."""

from registry.record.consequence import ConsequenceRecord
from registry.record.sections import FORM

_ABOUT = {
    "new-purpose-notice": "purposes",
    "new-legal-basis-notice": "legal_bases",
    "new-data-notice": "data_categories",
    "new-data-subjects-notice": "data_subjects",
    "new-recipient-notice": "recipients",
    "new-transfer-notice": "transfers",
    "time-limit-notice": "retention_schedule",
    "new-profiling-notice": "profiling",
    "new-segment-notice": "segments",
    "segment-contact-basis-notice": "segments",
    "changed-logic-notice": "profiling_logic",
    "new-joint-controller-notice": "joint_controllers",
}
"""By the kind of consequence, a fact whose change it follows."""


def say_change(one: ConsequenceRecord) -> str:
    """Return what has changed, such as "Recipients (Cloudy Ltd)", in the language in force."""
    about = _ABOUT.get(one.key)
    if about is None:
        return one.sentence
    section = next(section for section in FORM if about in section.keys)
    names = ", ".join(one.names.split("\n"))
    return f"{section.title} ({names})" if names else section.title
