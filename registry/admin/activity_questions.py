"""The officer's questions in the lists of the admin: which activities each is true of, and how many."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from registry.models import Counted, Tally
from registry.reference import countries
from registry.standing.questions import QUESTIONS, Question

DIMENSION = "question"
"""Where the derived rows keep what is true of an activity."""


def eea_codes(on: date) -> list[str]:
    """Return the codes of the countries to which a transfer is none to a third country on that day (GDPR Art. 44)."""
    return [country.code for country in countries.COUNTRIES if countries.is_eea(country.code, on)]


def condition_of(question: Question) -> Q:
    """Return the condition on activities that the question is true of them. The derived rows must be fresh."""
    return Q(pk__in=Counted.objects.filter(dimension=DIMENSION, key=question.key).values("activity"))


def count_questions(activities: QuerySet) -> dict[str, int]:
    """Return by key of how many of ``activities`` each question is true, from fresh derived rows, in one query."""
    if activities.query.where:
        kept = Counted.objects.filter(dimension=DIMENSION, activity__in=activities.order_by().values("pk"))
        pairs = kept.values_list("key").annotate(number=Count("pk"))
    else:
        pairs = Tally.objects.filter(dimension=DIMENSION).values_list("key", "number")
    return dict.fromkeys((question.key for question in QUESTIONS), 0) | dict(pairs)
