import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from registry import models
from registry.reports.catalogue import REPORTS
from registry.reports.formats import FORMATS
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import ReportError, produce
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import audits

pytestmark = pytest.mark.django_db


def parameters(report="register", form="csv", **values) -> Parameters:
    return Parameters(
        report=report, format=form, **{"produced_at": moment_of_production(), "produced_by": "Ann", **values}
    )


def made(asked: Parameters, progress=None):
    out = io.BytesIO()
    produced = produce(asked, out, progress)
    return produced, out.getvalue()


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


def test_every_report_but_csv_bears_the_fingerprint_of_the_key(organisation):
    key = "0123456789abcdef" * 4

    silent = [
        (asked.report, asked.format)
        for asked in every_kind_of_report(factories.activity(organisation))
        if asked.format != "csv" and key not in _text(asked.format, made(replace(asked, key=key))[1])
    ]

    assert silent == []


def _text(form: str, data: bytes) -> str:
    if form == "pdf":
        return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return data.decode()


def test_what_was_made_is_told_with_its_fingerprint(organisation):
    factories.activity(organisation)
    last = models.ChangeSet.objects.latest("sequence")

    produced, data = made(parameters())

    day = timezone.localdate().isoformat()
    assert (produced.file_name, produced.content_type) == (
        f"register-fjord-foods-as-{day}.csv",
        "text/csv; charset=utf-8",
    )
    assert (produced.records, produced.change_set, produced.head) == (1, last.sequence, last.digest)
    assert (produced.size, produced.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (produced.pages, produced.missing_glyphs) == (0, ())


def every_kind_of_report(activity, audit=None):
    """Parameters of each report in each of its formats."""
    audit = audit or audits.visit(activity)
    for report in REPORTS.values():
        one = report.about or "organisation"
        pk = {"activity": activity.pk, "audit": audit.pk}.get(one, activity.organisation_id)
        needed = {"subject": f"{one}:{pk}", "since": timezone.now() - timedelta(days=9)}
        values = {name: needed[name] for name in report.needs}
        for form in report.formats:
            yield parameters(report.name, form, **values)


def test_the_same_parameters_give_the_same_bytes_whatever_happens_later(organisation):
    activity = factories.activity(organisation, name="Payroll")
    audit = audits.visit(activity)
    before = [(asked, made(asked)) for asked in every_kind_of_report(activity, audit)]

    with change_set():
        activity.name = audit.conclusion = "Wages"
        activity.save()
        audit.save()
        models.Finding.objects.update(statement="Other")
        models.Training.objects.update(notes="Other")

    differing = [(asked.report, asked.format) for asked, first in before if made(asked) != first]
    assert differing == []


def test_every_report_says_what_it_is_for_and_has_formats_that_there_are():
    silent = [one.name for one in REPORTS.values() if not (one.title and one.purpose and one.asked_by and one.formats)]

    assert silent == []
    assert {form for one in REPORTS.values() for form in one.formats} == set(FORMATS)
    assert [one.name for one in REPORTS.values() if not one.needs <= one.takes] == []


def test_chosen_activities_alone_are_reported(organisation):
    chosen, _left_out = (factories.activity(organisation, name=name) for name in ("Chosen", "Left out"))

    produced, data = made(parameters(activities=(chosen.pk,), filters=("by hand",)))

    assert produced.file_name.startswith("activities-fjord-foods-as-")
    assert (b"Chosen" in data, b"Left out" in data) == (True, False)


def test_changes_of_chosen_activities_alone(organisation):
    chosen, other = (factories.activity(organisation) for _ in range(2))
    since = timezone.now()
    for activity in (chosen, other):
        with change_set():
            activity.name = f"New {activity.pk}"
            activity.save()

    produced, data = made(parameters("changes", since=since, activities=(chosen.pk,)))

    assert produced.records == 1
    assert f"New {other.pk}".encode() not in data


@pytest.mark.parametrize(
    ("values", "parameter", "said"),
    [
        ({"report": "gossip"}, "report", "There is no report “gossip”. There are: register, "),
        ({"form": "docx"}, "format", "This report can't be had as “docx”. Choose one of: pdf, html, csv"),
        ({"report": "changes"}, "since", "This report needs it: fill it in."),
        ({"report": "record"}, "subject", "This report needs it: fill it in."),
        ({"report": "record", "subject": "17"}, "subject", "“17” names no subject."),
        ({"report": "record", "subject": "activity:x"}, "subject", "That activity is not in the register at this moment."),
        ({"report": "record", "subject": "gossip:1"}, "subject", "That activity is not in the register at this moment."),
        ({"organisation": 77777}, "organisation", "It was not in the register yet. Choose a later moment."),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_refused_with_a_remedy_before_anything_is_written(values, parameter, said):
    out = io.BytesIO()

    with pytest.raises(ReportError) as refused:
        produce(parameters(**values), out)

    assert (refused.value.parameter, refused.value.message[: len(said)]) == (parameter, said)
    assert out.getvalue() == b""


def test_the_earlier_moment_lies_before_the_later_one():
    now = timezone.now()

    with pytest.raises(ReportError) as refused:
        made(parameters("changes", since=now, as_at=now - timedelta(days=1)))

    assert refused.value.parameter == "since"


@pytest.mark.parametrize("form", ["pdf", "csv"])
def test_progress_is_told_from_nothing_to_all(organisation, monkeypatch, form):
    monkeypatch.setattr("registry.reports.source.EVERY", 1)
    for _ in range(3):
        factories.activity(organisation)
    told = []

    made(parameters(form=form), lambda done, total: told.append((done, total)))

    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("form", ["pdf", "csv"])
def test_what_the_progress_raises_ends_the_production(organisation, form):
    factories.activity(organisation)

    class Cancelled(Exception):
        pass

    def cancel(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        made(parameters(form=form), cancel)


def test_progress_does_not_change_what_is_made(organisation):
    asked = list(every_kind_of_report(factories.activity(organisation)))

    assert [made(one, lambda done, total: None) for one in asked] == [made(one) for one in asked]


def test_a_report_is_in_the_language_that_is_asked_for(organisation):
    factories.activity(organisation)

    _, data = made(replace(parameters(form="pdf"), language="de"))

    assert b"/Lang (de)" in data
