"""When an impact assessment is due: the nine criteria of WP248 rev.01, the three cases of GDPR Art. 35(3)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as n

from registry.reference.source import SourcedRow


class AssessmentStatus(TextChoices):
    """How far an assessment has come."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    NOT_REQUIRED = "not_required", _("Not required")


class AssessmentConclusion(TextChoices):
    """Whether the activity needs an impact assessment (GDPR Art. 35(1))."""

    REQUIRED = "required", _("Required")
    NOT_REQUIRED = "not_required", _("Not required")


class ResidualRisk(TextChoices):
    """What is left of the risk once the measures are taken; a high one asks for prior consultation (GDPR Art. 36)."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


@dataclass(frozen=True, kw_only=True)
class DpiaCriterion(SourcedRow):
    """One question that decides whether an impact assessment is needed."""

    code: str
    title: str

    @property
    def name(self) -> str:
        """The title in the language in force."""
        return gettext(self.title)


def _criterion(number: int, title: str) -> DpiaCriterion:
    return DpiaCriterion(code=f"WP248-{number}", title=title, source=f"WP248 rev.01, III.B, criterion {number}")


def _case(letter: str, title: str) -> DpiaCriterion:
    return DpiaCriterion(code=f"A35-3-{letter}", title=title, source=f"GDPR Art. 35(3)({letter})")


WP248_CRITERIA: tuple[DpiaCriterion, ...] = (
    _criterion(1, n("Evaluation or scoring")),
    _criterion(2, n("Automated decision-making with legal or similarly significant effect")),
    _criterion(3, n("Systematic monitoring")),
    _criterion(4, n("Sensitive data or data of a highly personal nature")),
    _criterion(5, n("Data processed on a large scale")),
    _criterion(6, n("Matching or combining datasets")),
    _criterion(7, n("Vulnerable data subjects, employees among them")),
    _criterion(8, n("Innovative use or new technological or organisational solutions")),
    _criterion(9, n("The processing itself prevents people from exercising a right or using a service or contract")),
)
ARTICLE_35_3_CASES: tuple[DpiaCriterion, ...] = (
    _case(
        "a",
        n(
            "Systematic and extensive automated evaluation, profiling included, with legal or similarly significant "
            "effect"
        ),
    ),
    _case("b", n("Special categories or criminal-offence data on a large scale")),
    _case("c", n("Systematic monitoring of a publicly accessible area on a large scale")),
)
