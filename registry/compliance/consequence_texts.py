"""What a change may require, in words: for each key its kind, its article, what to do and why."""

from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as n

from registry.reference.requirements import CHANGED_BY_OWNER, Requirement


class Told(NamedTuple):
    """One line of the checklist as it is said; the texts are English, and marked for translation."""

    requirement: Requirement
    article: str
    sentence: str
    reason: str

    def what(self, names: tuple[str, ...]) -> str:
        """Return what to do, in the language in force."""
        said = gettext(self.sentence) % {"names": ", ".join(names)}
        return said[:-1] if said.endswith("..") else said  # a name such as “Cloudy Inc.” ends a sentence by itself

    @property
    def why(self) -> str:
        """Why, in the language in force."""
        return gettext(self.reason)


TOLD: dict[str, Told] = {
    "entry-recipient-country-safeguard": Told(
        Requirement.SAFEGUARD,
        "GDPR Arts. 44, 46",
        n("Find out what protects the data in the new country, and list the transfer in the records: %(names)s."),
        n("A recipient in a third country may only get data under an adequacy decision, a safeguard or a derogation."),
    ),
    "entry-recipient-country-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(1)(f), 14(1)(f)",
        n("Say in the notices that data go to the new country of: %(names)s."),
        n("People are told that their data go to a third country, and what protects them there."),
    ),
    "entry-contract-ends": Told(
        Requirement.CONTRACT,
        "GDPR Arts. 26, 28(3)",
        n("Renew or replace the contract before it ends, or end the disclosure: %(names)s."),
        n("Nobody may process on your behalf without a contract, and its end is now known, or earlier than it was."),
    ),
    "entry-contract-gone": Told(
        Requirement.CONTRACT,
        "GDPR Art. 28(3)",
        n("Conclude another contract, or end the disclosure: %(names)s."),
        n("A processor may only be used under a contract with the content of Art. 28(3)."),
    ),
    "entry-sub-processor": Told(
        Requirement.CONTRACT,
        "GDPR Art. 28(2), (4)",
        n("Accept the new sub-processor or object to it, and see that it is bound: %(names)s."),
        n("A processor informs of another one that it wants to engage, so that you can object."),
    ),
    "entry-time-limit-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(2)(a), 14(2)(a)",
        n("Correct the time limit in the notices, and see that data are erased by the new one: %(names)s."),
        n("People are told how long their data are kept."),
    ),
    "entry-sensitive-condition": Told(
        Requirement.REVIEW,
        "GDPR Arts. 9(2), 10",
        n("Name in each record the condition or the law that allows it: %(names)s."),
        n("These data are sensitive now, and prohibited without a condition or a law."),
    ),
    "entry-sensitive-assessment": Told(
        Requirement.ASSESSMENT,
        "GDPR Art. 35(3)(b), (11)",
        n("Decide anew whether the records need an impact assessment: %(names)s."),
        n("Sensitive data change the risk; on a large scale they need an assessment."),
    ),
    "entry-system-country-safeguard": Told(
        Requirement.SAFEGUARD,
        "GDPR Arts. 44, 46",
        n("Find out what protects the data where the system is hosted now, and list the transfer: %(names)s."),
        n("Hosting in a third country is a transfer, and needs a safeguard."),
    ),
    "entry-system-country-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(1)(f), 14(1)(f)",
        n("Say in the notices that data go to the country where it is hosted now: %(names)s."),
        n("People are told that their data go to a third country, and what protects them there."),
    ),
    "entry-notice-ends": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13, 14",
        n("Give people another notice, and name it in the records: %(names)s is withdrawn or ends."),
        n("A notice that no longer holds informs nobody."),
    ),
    "entry-notice-renewed": Told(
        Requirement.REVIEW,
        "GDPR Arts. 12(1), 13, 14",
        n("Check that the notice says what the records say, and enter its name and date in them: %(names)s."),
        n("Records name the notice by its words and its date: one with others is another notice."),
    ),
    CHANGED_BY_OWNER: Told(
        Requirement.REVIEW,
        "GDPR Arts. 5(2), 24(1)",
        n("Compare the record with what was approved, and confirm or correct what its owner has changed: %(names)s."),
        n("The record stays approved, but whoever approved it hasn't seen this. An owner changes what is hers."),
    ),
    "new-purpose-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(3), 14(4)",
        n("Tell people about the new purpose: %(names)s."),
        n("Before data are processed for another purpose, people are told of it."),
    ),
    "new-purpose-compatible": Told(
        Requirement.ASSESSMENT,
        "GDPR Art. 6(4)",
        n("Assess whether data that you already have may be used for: %(names)s."),
        n("Without consent or a law, a new purpose has to be compatible with that of the collection."),
    ),
    "new-purpose-consent": Told(
        Requirement.CONSENT,
        "GDPR Arts. 4(11), 6(1)(a)",
        n("Ask for consent again, for: %(names)s."),
        n("Consent is given for specific purposes and covers no other."),
    ),
    "new-legal-basis-notice": Told(
        Requirement.NOTICE,
        "GDPR Art. 13(1)(c)",
        n("Name the new legal basis in the notice: %(names)s."),
        n("Notices name purposes together with their legal basis."),
    ),
    "new-interest-assessment": Told(
        Requirement.ASSESSMENT,
        "GDPR Art. 6(1)(f)",
        n("Weigh the interest against the rights of the people concerned: %(names)s."),
        n("Legitimate interests only hold where those rights don't override them."),
    ),
    "new-consent-mechanism": Told(
        Requirement.CONSENT,
        "GDPR Art. 7",
        n("Ask for consent, and keep the evidence: %(names)s."),
        n("Whoever relies on consent has to be able to show it, and how it is withdrawn."),
    ),
    "new-data-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13, 14(1)(d)",
        n("Name the new data in the notice: %(names)s."),
        n("People are told which data are processed, above all where they come from somebody else."),
    ),
    "new-sensitive-data-assessment": Told(
        Requirement.ASSESSMENT,
        "GDPR Arts. 9, 10, 35(11)",
        n("Name the condition that allows it, and assess the risks anew: %(names)s."),
        n("Sensitive data change the risk, and are prohibited without a condition."),
    ),
    "new-data-subjects-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13, 14",
        n("See that these people are told too: %(names)s."),
        n("Everybody whose data are processed is informed."),
    ),
    "new-vulnerable-subjects-assessment": Told(
        Requirement.ASSESSMENT,
        "GDPR Art. 35(11)",
        n("Assess the risks anew: %(names)s are vulnerable."),
        n("An assessment is reviewed when the risk changes."),
    ),
    "new-recipient-notice": Told(
        Requirement.NOTICE,
        "GDPR Art. 13(1)(e)",
        n("Name the new recipients in the notice: %(names)s."),
        n("People are told to whom their data are disclosed."),
    ),
    "new-transfer-safeguard": Told(
        Requirement.SAFEGUARD,
        "GDPR Arts. 44, 46",
        n("Have a safeguard in force before the data go: %(names)s."),
        n(
            "Without an adequacy decision, a safeguard or a derogation the transfer is unlawful; a contractual one needs a transfer impact assessment."
        ),
    ),
    "new-transfer-notice": Told(
        Requirement.NOTICE,
        "GDPR Art. 13(1)(f)",
        n("Name the transfer in the notice, and how to get a copy of the safeguard: %(names)s."),
        n("People are told that their data go to a third country, and what protects them there."),
    ),
    "time-limit-notice": Told(
        Requirement.NOTICE,
        "GDPR Art. 13(2)(a)",
        n("Correct the time limits in the notice, and see that data are erased by the new ones."),
        n("People are told how long their data are kept."),
    ),
    "new-profiling-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(2)(f), 21(4)",
        n(
            "Tell people about profiling and automated decisions, their logic and consequences, and the right to object."
        ),
        n("People are told of both, and of what it means for them."),
    ),
    "new-profiling-assessment": Told(
        Requirement.ASSESSMENT,
        "GDPR Arts. 22, 35(3)(a)",
        n("Decide anew whether an impact assessment is needed, and who intervenes when a decision is contested."),
        n("Evaluating people systematically is the first case for which the law asks for an assessment."),
    ),
    "reworded-consent": Told(
        Requirement.CONSENT,
        "GDPR Arts. 4(11), 7(1)",
        n("Decide whether those who agreed to the former words have to be asked again: %(names)s."),
        n("Consent is given to words, and covers what they said."),
    ),
    "assessment-to-review": Told(
        Requirement.REVIEW,
        "GDPR Art. 35(11)",
        n("Check whether the impact assessment still holds: %(names)s."),
        n("It is reviewed at least when the risk changes."),
    ),
    "new-processor-contract": Told(
        Requirement.CONTRACT,
        "GDPR Art. 28(3)",
        n("Conclude a contract with the processor before it gets data: %(names)s."),
        n("A processor may only be used under a contract with the content of Art. 28(3)."),
    ),
    "new-sub-processor-authorisation": Told(
        Requirement.CONTRACT,
        "GDPR Art. 28(2), (4)",
        n("Authorise the sub-processor, and see that it is bound: %(names)s."),
        n("A processor may not engage another one without prior authorisation."),
    ),
    "own-sub-processor-authorisation": Told(
        Requirement.CONTRACT,
        "GDPR Art. 28(2), (4)",
        n("Have the controllers authorise it, and bind it by a contract, before it gets their data: %(names)s."),
        n("A processor may not engage another one without prior authorisation."),
    ),
    "new-controller-contract": Told(
        Requirement.CONTRACT,
        "GDPR Art. 28(3)",
        n("Have a contract with the controller before its data come in: %(names)s."),
        n("A processor processes under a contract with the content of Art. 28(3), and on instructions alone."),
    ),
    "new-segment-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(1)(c), 21(4)",
        n("Say in the notice that people are put into this segment, and how they leave it: %(names)s."),
        n("People are told what they are sorted for, and may object to it at any time."),
    ),
    "segment-to-consent": Told(
        Requirement.CONSENT,
        "GDPR Arts. 6(1)(a), 7(1)",
        n("Contact nobody in the segment before they have consented, and keep the evidence: %(names)s."),
        n("Consent comes before the first message; who was reached on another basis hasn't given it."),
    ),
    "segment-contact-basis-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 6(1), 13(1)(c)-(d)",
        n(
            "Check that the people in the segment may be contacted on the new basis, and say so in the notice: %(names)s."
        ),
        n("A basis can't be exchanged unnoticed: people rely on what they were told, above all who had consented."),
    ),
    "segment-data-added": Told(
        Requirement.REVIEW,
        "GDPR Art. 5(1)(b)-(c)",
        n("Check that the segments need these data, and that they may be used for that: %(names)s."),
        n("Only data that the purpose needs may be used, and only for what they were collected for."),
    ),
    "changed-logic-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(2)(f), 22(3)",
        n(
            "Correct what the notice says of profiling and automated decisions: their logic, consequences, and who intervenes."
        ),
        n("People are told by which logic they are evaluated, and how they contest it."),
    ),
    "measure-dropped": Told(
        Requirement.REVIEW,
        "GDPR Art. 32(1)-(2)",
        n("Check whether what is left protects the data well enough, without: %(names)s."),
        n("Security has to fit the risk all the time, and contracts or assessments may have promised the measure."),
    ),
    "new-joint-controller-notice": Told(
        Requirement.NOTICE,
        "GDPR Arts. 13(1)(a), 26(2)",
        n("Name the joint controller in the notice, and make the essence of the arrangement available: %(names)s."),
        n("People are told who decides on their data, and may turn to each of them."),
    ),
    "new-joint-controller-arrangement": Told(
        Requirement.CONTRACT,
        "GDPR Art. 26(1)",
        n("Make an arrangement with the joint controller: %(names)s."),
        n("Joint controllers lay down who does what, and make its essence available."),
    ),
}
"""By key, which is permanent: it is kept with the change."""


def worded(one: Any) -> str:
    """Return what a kept consequence asks for, in the language in force; in its own words if its kind is known no more.

    ``one`` has a ``key``, its ``names`` one a line, and the ``sentence`` of its day.
    """
    told = TOLD.get(one.key)
    return told.what(tuple(filter(None, one.names.split("\n")))) if told else str(one.sentence)


def reason_of(one: Any) -> str:
    """Return why it is required, in the language in force; empty where its kind is known no more."""
    told = TOLD.get(one.key)
    return told.why if told else ""
