"""What tests of the derived rows do: change something, and look at what is checked and what is derived then."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.compliance.checking import check_record
from registry.compliance.context import context_of
from registry.record.loader import load_register
from registry.standing import derived as deriving
from registry.standing.refresh import catch_up
from registry.versioning.writing import change_set


def derived():
    """Everything that is worked out, in an order of its own."""
    return {
        model.__name__: sorted(map(str, model.objects.values_list(*columns)))
        for model, columns in {
            models.Standing: ("activity", "critical", "serious", "minor", "accepted", "turns_on"),
            models.FoundGap: ("activity", "organisation", "system", "gap", "rule", "area", "rank", "is_accepted"),
            models.MeetingPoint: ("activity", "organisation", "kind", "key", "said"),
            models.Counted: ("activity", "dimension", "key"),
            models.Tally: ("dimension", "key", "number"),
            models.GapCount: ("day", "records", "critical", "serious", "minor", "accepted"),
        }.items()
    }


def made_anew():
    """The same, made anew from nothing."""
    models.StandingMark.objects.all().delete()
    catch_up()
    return derived()


def checked(monkeypatch):
    """The names of the records that are checked from now on."""
    names = []
    check = deriving.check_record

    def note(record, context):
        names.append(record.name)
        return check(record, context)

    monkeypatch.setattr(deriving, "check_record", note)
    return names


def save(thing, **values):
    with change_set(reason="for a test"):
        for key, value in values.items():
            setattr(thing, key, value)
        thing.save()


def delete(thing):
    with change_set(reason="for a test"):
        thing.delete()


def queries(call):
    with CaptureQueriesContext(connection) as caught:
        call()
    return caught.captured_queries


def gaps_in(activity):
    register = load_register().only([activity.pk])
    return check_record(next(register.activities()), context_of(register))
