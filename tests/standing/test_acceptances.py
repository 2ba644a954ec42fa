from datetime import date

import pytest
from django.core.exceptions import ValidationError

from registry import models
from registry.standing.acceptances import accept, end, in_force, running
from registry.versioning.change_set import last_number
from registry.versioning.writing import change_set
from tests import factories
from tests.standing.keeping import gaps_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

TODAY = date(2026, 11, 1)


@pytest.fixture
def gap():
    return gaps_in(factories.activity(factories.organisation(), name="Payroll", status="approved"))[0]


def accepted(gap, **values):
    given = {
        "record": "A-1 Payroll",
        "by": factories.user(first_name="Ane", last_name="Dahl"),
        "until": TODAY,
        **values,
    }
    with change_set(reason="for a test"):
        return accept(gap, **{"reason": "Is being mended", **given})


def test_an_acceptance_keeps_its_words_and_is_history(gap):
    one = accepted(gap)

    assert (one.gap, one.sentence, one.accepted_by, one.accepted_on) == (gap.id, gap.what, "Ane Dahl", TODAY)
    assert one.history.count() == 1
    assert gap in in_force(last_number(), TODAY)


def test_a_second_acceptance_renews_the_first(gap):
    accepted(gap)
    renewed = accepted(gap, reason="Takes longer", until=date(2026, 12, 1))

    assert [(one.pk, one.reason) for one in models.GapAcceptance.objects.all()] == [(renewed.pk, "Takes longer")]
    assert renewed.history.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"until": date(2026, 10, 31)}, "valid_until"),
        ({"until": date(2029, 1, 1)}, "valid_until"),
    ],
)
def test_what_is_no_decision_is_refused(gap, values, field):
    with pytest.raises(ValidationError) as refused:
        accepted(gap, **values)

    assert list(refused.value.message_dict) == [field]
    assert models.GapAcceptance.objects.count() == 0


def test_an_acceptance_can_be_ended_at_once(gap):
    one = accepted(gap)
    with change_set(reason="for a test"):
        end(one)

    assert running(gap.id, TODAY) is None
    assert gap not in in_force(last_number(), TODAY)


def silent(rows):
    """A gap that names as many categories of data as have no time limit, beside one that has."""
    activity = factories.activity(factories.organisation(), name="Payroll", status="approved")
    factories.make(models.ActivityDataCategory, activity=activity, stated_as="Wages", retention_stated_as="6 years")
    for words in rows:
        factories.make(models.ActivityDataCategory, activity=activity, stated_as=words)
    return activity


def without_limit(activity):
    return next(gap for gap in gaps_in(activity) if gap.rule.id == "time-limit-of-category-missing")


def test_what_a_gap_comes_to_name_later_was_not_accepted():
    activity = silent(["Rotas", "Photographs"])
    one = accepted(without_limit(activity))
    assert without_limit(activity) in in_force(last_number(), TODAY)

    row = factories.make(models.ActivityDataCategory, activity=activity, stated_as="Voices")
    more = without_limit(activity)
    with change_set(reason="for a test"):
        row.delete()
        models.ActivityDataCategory.objects.get(stated_as="Rotas").delete()
    less = without_limit(activity)

    now = in_force(last_number(), TODAY)
    assert (more in now, less in now) == (False, True)
    assert {more.id, less.id} == {one.gap}


def test_accepting_anew_covers_what_was_added():
    activity = silent(["Rotas"])
    accepted(without_limit(activity))
    factories.make(models.ActivityDataCategory, activity=activity, stated_as="Voices")

    accepted(without_limit(activity), reason="Both are being mended")

    assert without_limit(activity) in in_force(last_number(), TODAY)
    assert models.GapAcceptance.objects.count() == 1


def test_an_acceptance_of_before_covers_whatever_the_gap_names():
    activity = silent(["Rotas"])
    one = accepted(without_limit(activity))
    with change_set(reason="for a test"):
        one.covers = ""
        one.save()
    factories.make(models.ActivityDataCategory, activity=activity, stated_as="Voices")

    assert without_limit(activity) in in_force(last_number(), TODAY)
