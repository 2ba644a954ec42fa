import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import timezone as django_timezone

from registry import models
from registry.reports.parameters import Parameters, moment_of_production
from tests import factories

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=2)))
FULL = Parameters(
    report="changes",
    format="pdf",
    produced_at=MOMENT,
    produced_by="Ann O’Brien",
    as_at=MOMENT,
    since=MOMENT - timedelta(days=365),
    organisation=7,
    activities=(3, 1),
    arranged=True,
    filters=("status Approved",),
    subject="activity:3",
    language="fr",
)


@pytest.mark.parametrize(
    "parameters", [FULL, Parameters(report="register", format="csv", produced_at=MOMENT, produced_by="")]
)
def test_parameters_survive_being_kept_as_json(parameters):
    kept = json.loads(json.dumps(parameters.as_json()))

    assert Parameters.from_json(kept) == parameters


def test_moments_are_kept_in_utc_and_nothing_chosen_is_kept_as_null():
    plain = Parameters(report="register", format="csv", produced_at=MOMENT, produced_by="Ann").as_json()

    assert plain == {
        "report": "register", "format": "csv", "produced_at": "2026-11-22T07:30:00+00:00", "produced_by": "Ann",
        "as_at": None, "since": None, "organisation": None, "activities": None, "arranged": False, "filters": [], "subject": "", "language": "en", "key": "",
    }  # fmt: skip


def test_parameters_that_there_are_not_are_refused():
    with pytest.raises(TypeError, match="Unknown parameters of a report: colour"):
        Parameters.from_json({**FULL.as_json(), "colour": "red"})


def test_the_register_is_read_as_at_the_moment_of_production_unless_told_otherwise():
    assert Parameters(report="register", format="csv", produced_at=MOMENT, produced_by="").moment == MOMENT
    assert FULL.moment == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_clock_that_was_set_back_loses_no_change_set(monkeypatch):
    factories.organisation()
    last = models.ChangeSet.objects.latest("sequence").made_at
    monkeypatch.setattr(django_timezone, "now", lambda: last - timedelta(hours=1))

    assert moment_of_production() == last
