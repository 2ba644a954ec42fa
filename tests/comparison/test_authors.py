import pytest

from registry import models
from registry.comparison import authors as module
from registry.comparison.authors import authors
from registry.comparison.registers import activity_changes
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Two activities that send data to one recipient."""
    organisation = factories.organisation()
    recipient = factories.make(models.Recipient, name="Host")
    found = [factories.activity(organisation) for _ in range(2)]
    with change_set():
        for activity in found:
            models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)
    return found


def rename(thing, name, **options):
    with change_set(**options) as opened:
        thing.name = name
        thing.save()
    return opened.sequence


def numbers(old, new):
    found = authors(list(activity_changes(old, new)), old.change_set, new.change_set)
    return {pk: [one.sequence for one in sets] for pk, sets in found.items()}


@pytest.mark.parametrize("most_keys", [2000, 0])
def test_change_sets_of_an_activity_and_of_what_it_refers_to_are_found(pair, most_keys, monkeypatch):
    monkeypatch.setattr(module, "MOST_KEYS", most_keys)
    rename(pair[0], "before")
    old = load_register()
    first, second = rename(pair[0], "once"), rename(pair[0], "twice")
    host = rename(models.Recipient.objects.get(name="Host"), "Other host")
    rename(factories.make(models.System, name="nobody’s"), "of no concern")
    new = load_register()
    rename(pair[1], "after")

    assert numbers(old, new) == {pair[0].pk: [first, second, host], pair[1].pk: [host]}


def test_who_changed_an_organisation_did_not_change_the_activities_that_name_it(pair):
    old = load_register()
    own = rename(pair[0], "once")
    rename(models.Organisation.objects.get(), "Moved")

    assert numbers(old, load_register()).get(pair[0].pk) == [own]
    assert pair[1].pk not in numbers(old, load_register())


def test_without_changes_nothing_is_asked(django_assert_num_queries):
    register = load_register()

    with django_assert_num_queries(0):
        assert authors([], register.change_set, register.change_set) == {}
