"""What follows from a change is sealed with it: whoever follows is called once, and only where something was touched."""

import pytest

from registry import models
from registry.versioning import following
from registry.versioning.writing import change_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch):
    """The change sets that a follower was called with; it writes a document for each."""
    calls = []

    def follower(opened):
        calls.append(opened)
        models.Document.objects.create(name=f"Follows {len(calls)}")

    monkeypatch.setattr(following, "_FOLLOWERS", [])
    following.follow(follower)
    following.follow(follower)
    return calls


def test_what_a_follower_writes_is_sealed_with_the_change(called):
    with change_set() as opened:
        measure = models.SecurityMeasure.objects.create(name="Locks")

    document = models.Document.objects.get()
    assert called == [opened]
    assert document.history.get().change_set_id == measure.history.get().change_set_id == opened.sequence


def test_nobody_follows_where_nothing_was_touched(called):
    with change_set():
        pass

    assert called == []
    assert models.ChangeSet.objects.count() == 0


def test_whoever_was_called_before_the_end_is_not_called_again(called):
    with change_set() as opened:
        models.SecurityMeasure.objects.create(name="Locks")
        following.call_followers(opened)
        assert models.Document.objects.count() == 1

    assert called == [opened]


def test_a_follower_that_fails_undoes_the_change(monkeypatch):
    def fails(opened):
        raise ValueError("no")

    monkeypatch.setattr(following, "_FOLLOWERS", [fails])

    with pytest.raises(ValueError, match="no"), change_set():
        models.SecurityMeasure.objects.create(name="Locks")

    assert models.SecurityMeasure.objects.filter(name="Locks").count() == 0
