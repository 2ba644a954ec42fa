import pytest
import time_machine

from registry import models
from registry.record.wordings import wordings
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "2026-01-01 12:00 +0000", "2026-03-01 12:00 +0000", "2026-05-01 12:00 +0000"


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def mechanism():
    with at(FIRST):
        activity = factories.activity(factories.organisation())
        return factories.make(models.ConsentMechanism, activity=activity, name="Sign-up form", wording="Write to me")


def reword(mechanism, moment, reason="", **values):
    with at(moment), change_set(reason=reason):
        for key, value in values.items():
            setattr(mechanism, key, value)
        mechanism.save()


def told(mechanism):
    return [(one.text, f"{one.since:%m}", one.until and f"{one.until:%m}", one.reason) for one in wordings(mechanism)]


def test_each_wording_is_told_with_the_moments_between_which_it_stood(mechanism):
    reword(mechanism, SECOND, "Legal asked for it", wording="Write to me twice a week")

    assert told(mechanism) == [
        ("Write to me", "01", "03", "for a test"),
        ("Write to me twice a week", "03", None, "Legal asked for it"),
    ]


def test_other_changes_of_the_record_begin_no_wording(mechanism):
    reword(mechanism, SECOND, evidence="The log")
    factories.make(models.Purpose, activity=mechanism.activity, text="Newsletter")

    assert [text for text, *_ in told(mechanism)] == ["Write to me"]


def test_there_is_no_wording_while_the_record_had_none(mechanism):
    reword(mechanism, SECOND, wording="")
    assert [line[:3] for line in told(mechanism)] == [("Write to me", "01", "03")]

    reword(mechanism, THIRD, wording="Write to me")
    assert [line[:3] for line in told(mechanism)] == [("Write to me", "01", "03"), ("Write to me", "05", None)]


def test_the_words_of_another_mechanism_are_not_mixed_in(mechanism):
    other = factories.make(
        models.ConsentMechanism, activity=mechanism.activity, name="Paper", wording="Call me", position=1
    )

    assert [[text for text, *_ in told(one)] for one in (mechanism, other)] == [["Write to me"], ["Call me"]]


def test_a_renamed_mechanism_keeps_its_wordings(mechanism):
    reword(mechanism, SECOND, name="Newsletter box")
    reword(mechanism, THIRD, wording="Write to me twice a week")

    assert [text for text, *_ in told(mechanism)] == ["Write to me", "Write to me twice a week"]


def test_rows_that_an_import_gave_each_others_keys_keep_their_own_words(mechanism):
    other = factories.make(
        models.ConsentMechanism, activity=mechanism.activity, name="Paper", wording="Call me", position=1
    )
    with at(SECOND), change_set():
        mechanism.name, mechanism.wording, other.name, other.wording = "Paper", "Call me", "Sign-up form", "Write to me"
        mechanism.save()
        other.save()

    assert [[text for text, *_ in told(one)] for one in (mechanism, other)] == [["Call me"], ["Write to me"]]


def test_one_query_is_enough(mechanism, django_assert_num_queries):
    reword(mechanism, SECOND, wording="Another")

    with django_assert_num_queries(1):
        wordings(mechanism)
