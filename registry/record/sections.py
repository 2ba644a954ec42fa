"""The sections of a record in the order of Article 30: one list for controllers, one for processors."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as n

from registry.reference.citations import cite
from registry.reference.roles import ActivityRole


@dataclass(frozen=True)
class Section:
    """A section: its key, its heading, the article that asks for it, and the facts in it, by key and in order.

    ``answer`` names the fact that says whether a block exists at all, ``rows`` the list that the answer is about.
    """

    key: str
    label: str
    article: str
    keys: tuple[str, ...]
    answer: str = ""
    rows: str = ""

    @property
    def title(self) -> str:
        """The heading in the language in force."""
        return gettext(self.label)

    @property
    def cited(self) -> str:
        """The article as the language in force cites it."""
        return cite(self.article)


_IDENTITY = Section(
    "activity",
    n("The activity"),
    "",
    (
        "organisation",
        "unit",
        "reference",
        "external_reference",
        "name",
        "description",
        "role",
        "status",
        "owner",
        "contact",
        "began_on",
        "ends_on",
        "tags",
        "is_public",
    ),
)
_REVIEW = Section(
    "review",
    n("Review and remarks"),
    "",
    ("review_interval", "last_reviewed_on", "next_review_on", "dpo_remark", "unplaced"),
)
_JOINT = Section("joint-controllers", n("Joint controllers"), "GDPR Art. 30(1)(a)", ("joint_controllers",))
_PURPOSES = Section("purposes", n("Purposes of the processing"), "GDPR Art. 30(1)(b)", ("purposes",))
_BASES = Section("legal-bases", n("Legal bases"), "GDPR Arts. 6, 9, 10", ("legal_bases",))
_SUBJECTS = Section("data-subjects", n("Categories of data subjects"), "GDPR Art. 30(1)(c)", ("data_subjects",))
_DATA = Section(
    "data", n("Categories of personal data"), "GDPR Art. 30(1)(c)", ("special_categories", "data_categories")
)
_RECIPIENTS = Section(
    "recipients",
    n("Recipients"),
    "GDPR Art. 30(1)(d)",
    ("recipients_answer", "recipients"),
    answer="recipients_answer",
    rows="recipients",
)


def _transfers(article: str) -> Section:
    return Section(
        "transfers",
        n("Transfers to third countries or international organisations"),
        article,
        ("transfers_answer", "transfers"),
        answer="transfers_answer",
        rows="transfers",
    )


def _security(article: str) -> Section:
    return Section("security", n("Technical and organisational measures"), article, ("measures", "systems"))


_RETENTION = Section(
    "retention", n("Time limits for erasure"), "GDPR Art. 30(1)(f)", ("retention_schedule", "retention_stated_as")
)
_AUTOMATED = Section(
    "automated",
    n("Profiling and automated decisions"),
    "GDPR Arts. 13(2)(f), 22",
    ("profiling", "automated_decisions", "profiling_logic", "profiling_consequences", "human_intervention"),
)
_CONSENTS = Section("consents", n("Consent mechanisms"), "GDPR Art. 7", ("consents",))
_SEGMENTS = Section("segments", n("Customer segments"), "GDPR Arts. 4(4), 21", ("segments", "segment_data"))
_ASSESSMENT = Section("assessment", n("Impact assessment"), "GDPR Arts. 35, 36", ("impact_assessments",))
_NOTICE = Section(
    "notice",
    n("Privacy notice and rights"),
    "GDPR Arts. 12-22",
    ("privacy_notice", "privacy_notice_on", "rights", "rights_limits"),
)
_SERVED = Section(
    "controllers",
    n("Controllers served and categories of processing"),
    "GDPR Art. 30(2)(a)-(b)",
    ("controllers",),
)

CONTROLLER = (
    _IDENTITY,
    _JOINT,
    _PURPOSES,
    _BASES,
    _SUBJECTS,
    _DATA,
    _RECIPIENTS,
    _transfers("GDPR Art. 30(1)(e)"),
    _RETENTION,
    _security("GDPR Art. 30(1)(g)"),
    _AUTOMATED,
    _CONSENTS,
    _SEGMENTS,
    _ASSESSMENT,
    _NOTICE,
    _REVIEW,
)
"""A controller's record: Art. 30(1), with the legal bases that Art. 30 does not ask for but every authority does."""

PROCESSOR = (_IDENTITY, _SERVED, _transfers("GDPR Art. 30(2)(c)"), _security("GDPR Art. 30(2)(d)"), _REVIEW)
"""A processor's record: Art. 30(2), which asks for no purposes, data subjects, data categories or time limits."""

PROCESSOR_FURTHER = (
    _PURPOSES,
    _BASES,
    _SUBJECTS,
    _DATA,
    _RECIPIENTS,
    _RETENTION,
    _AUTOMATED,
    _JOINT,
    _CONSENTS,
    _SEGMENTS,
    _ASSESSMENT,
    _NOTICE,
)
"""What a processor's record may hold beyond Art. 30(2): printed where it is stated, never called missing."""

FORM = (
    _IDENTITY,
    _JOINT,
    _SERVED,
    _PURPOSES,
    _BASES,
    _SUBJECTS,
    _DATA,
    _RECIPIENTS,
    _transfers("GDPR Art. 30(1)(e), (2)(c)"),
    _RETENTION,
    _security("GDPR Art. 30(1)(g), (2)(d)"),
    _AUTOMATED,
    _CONSENTS,
    _SEGMENTS,
    _ASSESSMENT,
    _NOTICE,
    _REVIEW,
)
"""Every section, as the form shows them."""


def sections_for(role: str) -> tuple[Section, ...]:
    """Return the sections that the law asks of a record in this role (Art. 30(1) or 30(2))."""
    return PROCESSOR if role == ActivityRole.PROCESSOR else CONTROLLER
