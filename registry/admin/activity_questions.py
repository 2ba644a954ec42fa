"""The officer's questions in the lists of the admin: of how many activities each is true."""

from datetime import date

from django.db.models import Count, QuerySet

from registry.models import Counted, Tally
from registry.reference import countries
from registry.standing.counting import QUESTION
from registry.standing.questions import QUESTIONS


def eea_codes(on: date) -> list[str]:
    """Return the codes of the countries to which a transfer is none to a third country on that day (GDPR Art. 44)."""
    return [country.code for country in countries.COUNTRIES if countries.is_eea(country.code, on)]


def count_questions(activities: QuerySet) -> dict[str, int]:
    """Return by key of how many of ``activities`` each question is true, from fresh derived rows, in one query."""
    if activities.query.where:
        kept = Counted.objects.filter(dimension=QUESTION, activity__in=activities.order_by().values("pk"))
        pairs = kept.values_list("key").annotate(number=Count("pk"))
    else:
        pairs = Tally.objects.filter(dimension=QUESTION).values_list("key", "number")
    return dict.fromkeys((question.key for question in QUESTIONS), 0) | dict(pairs)
