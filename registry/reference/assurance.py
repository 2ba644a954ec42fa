"""How it is looked after that what the register says is true: kinds of audits, weights of findings, due diligence."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditKind(TextChoices):
    """Who audits whom."""

    INTERNAL = "internal", _("Internal")
    EXTERNAL = "external", _("External")
    AUTHORITY = "authority", _("By a supervisory authority (Art. 58(1)(b))")
    RECIPIENT = "recipient", _("Of a recipient (Art. 28(3)(h))")


class FindingWeight(TextChoices):
    """How much a finding weighs, the gravest first; the words are those of ISO 19011 and of management systems."""

    MAJOR = "major", _("Major non-conformity")
    MINOR = "minor", _("Minor non-conformity")
    OBSERVATION = "observation", _("Observation")


class DiligenceKind(TextChoices):
    """By what a recipient's guarantees were examined (Art. 28(1))."""

    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    EVIDENCE = "evidence", _("Certificate or audit report")
    CONTRACT = "contract", _("Contract and instructions")
    ON_SITE = "on_site", _("Inspection on site")
    OTHER = "other", _("Other")


class DiligenceOutcome(TextChoices):
    """What came of it."""

    SUFFICIENT = "sufficient", _("Sufficient guarantees")
    CONDITIONAL = "conditional", _("Sufficient under conditions")
    INSUFFICIENT = "insufficient", _("Not sufficient")


class SampleAmong(TextChoices):
    """Out of which activities a sample is drawn."""

    IN_USE = "in_use", _("All activities but retired ones")
    APPROVED = "approved", _("Approved activities")


class ActionState(TextChoices):
    """How far corrective actions are, the most pressing first; none where nobody has decided on any."""

    OVERDUE = "overdue", _("overdue")
    TO_BE_DONE = "to-be-done", _("to be done")
    NONE = "none", _("none decided")
    TO_BE_VERIFIED = "to-be-verified", _("to be verified")
    VERIFIED = "verified", pgettext_lazy("a corrective action", "verified")
