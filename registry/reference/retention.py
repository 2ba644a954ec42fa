"""How long data are kept and what becomes of them: the units of a period and the kinds of disposal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodUnit(TextChoices):
    """Unit in which a retention period is stated."""

    DAY = "day", _("Days")
    WEEK = "week", _("Weeks")
    MONTH = "month", _("Months")
    YEAR = "year", _("Years")


class Disposal(TextChoices):
    """What happens to the data when the period is over."""

    ERASE = "erase", _("Erase")
    ANONYMISE = "anonymise", _("Anonymise")
    ARCHIVE = "archive", _("Archive")
    REVIEW = "review", _("Review")
