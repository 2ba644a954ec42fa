"""The closed lists of the California Consumer Privacy Act: categories, sensitive categories and business purposes."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as n

from registry.reference.source import SourcedRow

CODE_URL = "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=CIV&sectionNum=1798.140."


class CcpaCategory(TextChoices):
    """Categories of personal information, Cal. Civ. Code 1798.140(v)(1)(A)-(L); the value is the letter."""

    IDENTIFIERS = "A", _("A: Identifiers")
    CUSTOMER_RECORDS = "B", _("B: Customer records information, 1798.80(e)")
    PROTECTED_CHARACTERISTICS = "C", _("C: Characteristics of protected classifications")
    COMMERCIAL = "D", _("D: Commercial information")
    BIOMETRIC = "E", _("E: Biometric information")
    NETWORK_ACTIVITY = "F", _("F: Internet or other electronic network activity")
    GEOLOCATION = "G", _("G: Geolocation data")
    SENSORY = "H", _("H: Audio, electronic, visual, thermal, olfactory or similar information")
    PROFESSIONAL = "I", _("I: Professional or employment-related information")
    EDUCATION = "J", _("J: Education information")
    INFERENCES = "K", _("K: Inferences")
    SENSITIVE = "L", _("L: Sensitive personal information")


class CcpaBusinessPurpose(TextChoices):
    """Business purposes, Cal. Civ. Code 1798.140(e)(1)-(8)."""

    AUDITING = "auditing", _("Auditing ad impressions, (e)(1)")
    SECURITY = "security", _("Security and integrity, (e)(2)")
    DEBUGGING = "debugging", _("Debugging, (e)(3)")
    TRANSIENT_USE = "transient_use", _("Short-term, transient use, (e)(4)")
    PERFORMING_SERVICES = "performing_services", _("Performing services on behalf of the business, (e)(5)")
    ADVERTISING = "advertising", _("Advertising and marketing, except cross-context behavioural advertising, (e)(6)")
    INTERNAL_RESEARCH = "internal_research", _("Internal research, (e)(7)")
    QUALITY = "quality", _("Quality and safety of a service or device, (e)(8)")


@dataclass(frozen=True, kw_only=True)
class CcpaSensitiveTerm(SourcedRow):
    """One kind of sensitive personal information (Cal. Civ. Code 1798.140(ae))."""

    code: str
    title: str

    @property
    def name(self) -> str:
        """The statute's term in the language in force."""
        return gettext(self.title)


def _sensitive(point: str, title: str, verify: str = "") -> CcpaSensitiveTerm:
    code = "AE-" + point.replace(")(", "-").strip("()")
    return CcpaSensitiveTerm(
        code=code, title=title, source=f"Cal. Civ. Code 1798.140(ae){point}", source_url=CODE_URL, verify=verify
    )


SENSITIVE_TERMS: tuple[CcpaSensitiveTerm, ...] = (
    _sensitive("(1)(A)", n("Social security, driver's licence, state identification or passport number")),
    _sensitive("(1)(B)", n("Account log-in, financial account or card number with the credentials that give access")),
    _sensitive("(1)(C)", n("Precise geolocation")),
    _sensitive(
        "(1)(D)",
        n(
            "Racial or ethnic origin, citizenship or immigration status, religious or philosophical beliefs, "
            "union membership"
        ),
    ),
    _sensitive("(1)(E)", n("Contents of mail, email and text messages not addressed to the business")),
    _sensitive("(1)(F)", n("Genetic data")),
    _sensitive(
        "(1)(G)",
        n("Neural data"),
        verify="Added by SB 1223; general knowledge, point and wording not read: check leginfo.legislature.ca.gov.",
    ),
    _sensitive("(2)(A)", n("Biometric information processed to identify a consumer uniquely")),
    _sensitive("(2)(B)", n("Data concerning health")),
    _sensitive("(2)(C)", n("Data concerning sex life or sexual orientation")),
)
SENSITIVE_BY_CODE: dict[str, CcpaSensitiveTerm] = {term.code: term for term in SENSITIVE_TERMS}


def _term(code: str) -> str:
    return SENSITIVE_BY_CODE[code].name


_lazy_term = lazy(_term, str)
SENSITIVE_CHOICES: tuple[tuple[str, str], ...] = tuple((term.code, _lazy_term(term.code)) for term in SENSITIVE_TERMS)
"""Each code with its term, which is read in the language in force when it is shown."""

BUSINESS_PURPOSE_CITATIONS: dict[CcpaBusinessPurpose, str] = {
    purpose: f"Cal. Civ. Code 1798.140(e)({number})" for number, purpose in enumerate(CcpaBusinessPurpose, start=1)
}
CATEGORY_CITATIONS: dict[CcpaCategory, str] = {
    category: f"Cal. Civ. Code 1798.140(v)(1)({category.value})" for category in CcpaCategory
}
