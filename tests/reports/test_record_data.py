"""The register as JSON keeps to its schema, whatever it holds."""

import io
import json

import jsonschema
import pytest
from django.utils import translation

from registry import models
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import load_register
from registry.reports.as_json import write_json
from registry.reports.record_data import register_data
from registry.reports.record_schema import register_schema
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import registers
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def exported(register=None) -> bytes:
    out = io.BytesIO()
    write_json(register_data(register or load_register(), PROVENANCE), out)
    return out.getvalue()


def complaints(data: bytes) -> list[str]:
    validator = jsonschema.Draft202012Validator(register_schema(), format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(data))]


def test_the_published_schema_is_a_schema_and_is_the_one_that_is_checked(settings):
    published = json.loads((settings.BASE_DIR / "docs" / "register.schema.json").read_text())

    jsonschema.Draft202012Validator.check_schema(published)
    with translation.override("en"):
        assert published == register_schema()


def test_an_empty_register_and_an_awkward_one_keep_to_the_schema():
    assert complaints(exported()) == []
    registers.awkward_register()

    assert complaints(exported()) == []


def test_the_schema_would_notice_what_is_missing_or_added():
    factories.activity(factories.organisation())
    whole = json.loads(exported())

    lacking, adding = json.loads(json.dumps(whole)), json.loads(json.dumps(whole))
    del lacking["activities"][0]["purposes"]
    adding["activities"][0]["colour"] = "red"

    assert [len(complaints(json.dumps(one).encode())) for one in (lacking, adding)] == [1, 1]


def test_every_declared_fact_has_its_key_even_where_nothing_is_stated():
    factories.activity(factories.organisation())

    (record,) = json.loads(exported())["activities"]

    assert list(record) == ["id", *facts(ActivityRecord)]
    assert (record["unit"], record["began_on"], record["purposes"], record["profiling"]) == (
        None,
        None,
        [],
        "not_assessed",
    )


def test_what_a_record_refers_to_stands_inside_it():
    schedule = factories.make(
        models.RetentionSchedule, name="Six years", text="Six years from the end", period=6, unit="year"
    )
    recipient = factories.make(models.Recipient, name="Host", country="DE", contract_kind="art_28")
    system = factories.make(models.System, name="Desk", provider=recipient)
    activity = factories.activity(factories.organisation(), retention_schedule=schedule)
    with change_set():
        _first, second = (activity.purposes.create(text=text, position=n) for n, text in enumerate(("one", "two")))
        activity.legal_bases.create(stated_as="law", purpose=second)
        activity.systems.create(system=system)

    (record,) = json.loads(exported())["activities"]

    assert record["retention_schedule"]["text"] == "Six years from the end"
    assert record["retention_schedule"]["unit"] == {"code": "year", "label": "Years"}
    assert record["systems"][0]["system"]["provider"]["country"] == {"code": "DE", "label": "Germany"}
    assert record["legal_bases"][0]["purpose"] == {"row": 2, "list": "purposes"}


def test_a_fact_that_was_not_asked_for_at_the_time_is_said_not_to_have_been():
    activity = factories.activity(factories.organisation())
    register = load_register()
    register.unrecorded[activity.pk] = frozenset({"tags"})

    (record,) = json.loads(exported(register))["activities"]

    assert record["not_recorded_at_that_time"] == ["tags"]
    assert complaints(exported(register)) == []


def test_it_is_the_same_file_whatever_the_language():
    registers.awkward_register()
    register = load_register()
    english = exported(register)

    with translation.override("de"):
        assert exported(register) == english


def test_an_activity_is_a_line():
    organisation = factories.organisation()
    for _ in range(3):
        factories.activity(organisation)

    lines = exported().decode().splitlines()

    assert sum(line.startswith('    {"id": ') for line in lines) == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        activity = factories.activity(organisation)
        with change_set():
            activity.purposes.create(text="x")

    with django_assert_num_queries(13):  # the last change set, ten kinds of entries, the index, the records
        exported()
