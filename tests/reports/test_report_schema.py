"""Every list and every document as JSON keeps to the published schema."""

import io
import json

import jsonschema
import pytest
from django.utils import timezone, translation

from registry import models
from registry.reports.catalogue import REPORTS
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import produce
from registry.reports.record_data import SCHEMA as OF_REGISTER
from registry.reports.report_schema import SCHEMA, report_schema
from registry.reports.subjects import ACTIVITY, Subject
from tests import factories
from tests.reports import audits, registers

pytestmark = pytest.mark.django_db

LISTS = sorted(name for name, one in REPORTS.items() if "json" in one.formats and not name.startswith("register"))


def made(name: str, subject: str = "", audit: str = "") -> dict:
    """The report as it is read back."""
    since = timezone.now() if "since" in REPORTS[name].needs else None
    about = {"where-used": "country:US", "notice": subject, "record": subject, "audit": audit}.get(name, "")
    out = io.BytesIO()
    asked = {"report": name, "format": "json", "produced_at": moment_of_production(), "produced_by": "Ann"}
    produce(Parameters(**asked, since=since, subject=about), out)
    return json.loads(out.getvalue())


def complaints(found: dict) -> list[str]:
    validator = jsonschema.Draft202012Validator(report_schema(), format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(found)]


def test_the_published_schema_is_a_schema_and_is_the_one_that_is_checked(settings):
    published = json.loads((settings.BASE_DIR / "docs" / SCHEMA).read_text())

    jsonschema.Draft202012Validator.check_schema(published)
    with translation.override("en"):
        assert published == report_schema()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_keeps_to_the_schema_empty_and_full(name):
    needs_one = bool(REPORTS[name].about)
    if not needs_one:
        assert complaints(made(name)) == []
    first, *_others = registers.awkward_register()

    found = made(name, str(Subject(ACTIVITY, str(first.pk))), str(Subject.of(audits.visit(first))))

    assert found["schema"] == (OF_REGISTER if name == "record" else SCHEMA)
    if name != "record":
        assert complaints(found) == []


def test_every_report_that_is_not_a_register_is_among_them():
    without = {name for name, one in REPORTS.items() if "json" not in one.formats}

    assert (without, len(LISTS)) == (set(), len(REPORTS) - 3)


def test_the_schema_would_notice_what_is_missing_or_added():
    factories.make(models.Recipient, name="Host")
    whole = made("recipients")

    lacking = {key: value for key, value in whole.items() if key != "notes"}
    wrong = {**whole, "rows": [{"name": {"a": "b"}}]}

    assert [bool(complaints(one)) for one in (whole, lacking, {**whole, "colour": "red"}, wrong)] == [
        False, True, True, True,
    ]  # fmt: skip
