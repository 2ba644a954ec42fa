import csv
import hashlib
import io
import json
import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdf import PdfReader

from registry import models
from registry.record.loader import load_register
from registry.reports.as_csv import csv_chunks
from registry.reports.flat import flat_report
from registry.reports.provenance import say_moment
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import audits
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def export(target: Any, *arguments: str, form: str = "csv") -> str:
    out = io.StringIO()
    call_command("export_register", *arguments, format=form, output=str(target), stdout=out)
    return out.getvalue()


def text_of(path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def refusal(*arguments: str, output: Any = "never.csv") -> str:
    with pytest.raises(CommandError) as refused:
        export(output, *arguments)
    return str(refused.value)


def test_the_register_as_csv_is_what_the_download_is(tmp_path):
    factories.activity(factories.organisation())

    told = export(tmp_path / "register.csv")

    data = (tmp_path / "register.csv").read_bytes()
    assert data == b"".join(csv_chunks(flat_report(load_register(), PROVENANCE)))
    assert told.startswith(f"Wrote register: 1 record, {len(data)} bytes to {tmp_path / 'register.csv'}, as at ")
    assert told.splitlines()[1] == f"SHA-256 {hashlib.sha256(data).hexdigest()}"


def test_the_register_as_pdf_says_how_many_pages_and_who_made_it(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    factories.activity(factories.organisation(name="Fjord Foods AS"), name="Payroll")
    factories.activity(models.Organisation.objects.get(), name="Newsletter")

    told = export(tmp_path / "register.pdf", form="pdf")

    pages = len(PdfReader(tmp_path / "register.pdf").pages)
    assert told.startswith(f"Wrote register: 2 records, {pages} pages, ")
    text = text_of(tmp_path / "register.pdf")
    assert [
        words for words in ("Fjord Foods AS", "Payroll", "Newsletter", "ann (export_register)") if words not in text
    ] == []


def test_characters_that_no_font_has_are_counted(tmp_path):
    factories.activity(factories.organisation(), name="\u4e2d\u6587")

    assert ", 2 characters without a glyph, " in export(tmp_path / "register.pdf", form="pdf")


def test_one_organisation_by_name_whatever_its_case(tmp_path):
    for name in ("Alpha", "Beta"):
        factories.activity(factories.organisation(name=name), reference=f"{name}-1")

    export(tmp_path / "r.csv", "--organisation", "alpha")

    assert (tmp_path / "r.csv").read_text("utf-8-sig").count("-1,") == 1


def test_one_record_by_its_reference(tmp_path):
    organisation = factories.organisation()
    factories.activity(organisation, reference="A-1", name="Payroll")
    factories.activity(organisation, reference="A-2", name="Newsletter")

    told = export(tmp_path / "one.pdf", "--report", "record", "--reference", "A-2", form="pdf")

    assert told.startswith(("Wrote record: 1 record, 2 pages, ", "Wrote record: 1 record, 3 pages, "))
    text = text_of(tmp_path / "one.pdf")
    assert ("Newsletter" in text, "Payroll" in text) == (True, False)


def test_the_standard_output_holds_the_file_alone(capfdbinary):
    factories.activity(factories.organisation())
    errors = io.StringIO()

    call_command("export_register", format="csv", output="-", stderr=errors)

    assert capfdbinary.readouterr().out == b"".join(csv_chunks(flat_report(load_register(), PROVENANCE)))
    assert "to the standard output" in errors.getvalue()


def test_a_past_register(tmp_path):
    organisation = factories.organisation()
    activity = factories.activity(organisation, name="then")
    moment = models.ChangeSet.objects.latest("sequence").made_at
    with change_set():
        activity.name = "now"
        activity.save()

    export(tmp_path / "past.csv", "--as-at", moment.isoformat())
    export(tmp_path / "today.csv", "--as-at", timezone.localdate().isoformat())

    names = [
        (tmp_path / name).read_text("utf-8-sig").splitlines()[1].split(",")[4] for name in ("past.csv", "today.csv")
    ]
    assert names == ["then", "now"]


def test_the_end_of_a_day_and_a_moment_without_zone_are_understood(tmp_path):
    factories.activity(factories.organisation())
    yesterday = timezone.localdate() - timedelta(days=1)

    day = export(tmp_path / "a.csv", "--as-at", yesterday.isoformat())
    moment = export(tmp_path / "b.csv", "--as-at", f"{yesterday.isoformat()}T12:00")

    assert ("23:59:59" in day, "12:00:00" in moment) == (True, True)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "2026-02-30T12:00"])
def test_what_is_no_moment_is_refused(text):
    assert refusal("--as-at", text) == (
        f"“{text}” is no moment. Write a date such as 2026-03-31, or a moment such as 2026-03-31T12:00."
    )


def test_a_moment_to_come_is_refused():
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    assert refusal("--as-at", tomorrow) == f"“{tomorrow}” lies in the future. Choose a moment that has passed."


def test_an_unknown_organisation_is_answered_with_those_that_there_are():
    assert refusal("--organisation", "Gamma") == (
        "There is no organisation “Gamma”. Known: none yet. Correct the name, or leave it out for all."
    )
    factories.organisation(name="Beta")
    factories.organisation(name="Alpha")
    factories.organisation(name="Partner", is_own=False)

    assert "Known: “Alpha”, “Beta”." in refusal("--organisation", "Gamma")


def test_an_organisation_that_was_not_there_yet_is_said_to_be_so():
    factories.organisation(name="Alpha")

    assert refusal("--organisation", "Alpha", "--as-at", "2020-01-01").startswith(
        "“Alpha” was not in the register at that moment."
    )


def test_references_that_name_no_record_or_two_are_refused():
    for name in ("Alpha", "Beta"):
        factories.activity(factories.organisation(name=name), reference="A-1")

    assert refusal("--report", "record", "--reference", "X").startswith("There is no record with the reference “X”.")
    assert refusal("--report", "record", "--reference", "A-1") == (
        "Several organisations have a record “A-1”: “Alpha”, “Beta”. Name one with --organisation."
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--report", "record"), "--report record needs --reference: give it."),
        (("--reference", "A-1"), "--reference means nothing to --report register: leave it out."),
        (("--report", "changes"), "--report changes needs --since: give it."),
        (("--since", "2026-01-01"), "--since means nothing to --report register: leave it out."),
        (("--report", "where-used"), "--report where-used needs --subject: give it."),
        (
            ("--report", "where-used", "--subject", "country:US", "--reference", "A-1"),
            "--reference means nothing to --report where-used: leave it out.",
        ),
        (
            ("--report", "record", "--reference", "A-1", "--filter", "status=draft"),
            "--filter means nothing to --report record: leave it out.",
        ),
        *(
            (
                ("--language", code),
                f"Reports don't come in the language “{code}”. Give --language one of: en (English), fr (Français), de (Deutsch).",
            )
            for code in ("xx-nowhere", "es")
        ),
        (
            ("--filter", "status=nonsense"),
            "--filter: status=nonsense fits nothing in the register at this moment. Known: "
            "draft, in review, in_review, approved, retired.",
        ),
        (("--filter", "unit=HR"), "--filter: unit=HR fits nothing in the register at this moment. Known: –."),
        (
            ("--filter", "colour=red"),
            "--filter: “colour=red” is no filter. Write one of: status=…, role=…, unit=…, tag=…, reference=…, search=….",
        ),
        (
            ("--report", "findings", "--subject", "audit:1"),
            "--subject means nothing to --report findings: leave it out.",
        ),
        (
            ("--report", "where-used", "--subject", "recipient:nobody"),
            "--subject: “recipient:nobody” names nothing in the register at this moment. Near it: –. "
            "Write the whole name, or a key such as recipient:17.",
        ),
    ],
)
def test_what_a_report_needs_is_asked_for_and_what_it_does_not_take_is_refused(arguments, said):
    assert refusal(*arguments) == said


def test_a_folder_that_is_not_there_is_named(tmp_path):
    said = refusal(output=tmp_path / "missing" / "r.csv")

    assert said == f"{tmp_path / 'missing'} can't be written to: No such file or directory. Choose another --output."


@pytest.mark.parametrize("error", [RuntimeError("broken"), OSError(28, "No space left on device")])
def test_a_failure_leaves_no_half_file_and_the_old_one_as_it_was(tmp_path, monkeypatch, error):
    factories.activity(factories.organisation())
    target = tmp_path / "register.csv"
    target.write_text("the last one")

    def fail(parameters, out, progress):
        out.write(b"half")
        raise error

    monkeypatch.setattr("registry.reports.taking.produce", fail)
    with pytest.raises((RuntimeError, CommandError)) as raised:
        export(target)

    assert [path.name for path in tmp_path.iterdir()] == ["register.csv"]
    assert target.read_text() == "the last one"
    assert isinstance(raised.value, CommandError) == isinstance(error, OSError)
    assert models.Export.objects.count() == 0


def test_the_file_has_the_rights_that_any_new_file_has(tmp_path):
    (tmp_path / "plain").touch()

    export(tmp_path / "register.csv")

    assert (tmp_path / "register.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_record_that_was_deleted_since_is_written_as_it_was(tmp_path):
    activity = factories.activity(factories.organisation(), reference="A-1", name="Payroll")
    moment = models.ChangeSet.objects.latest("sequence").made_at.isoformat()
    with change_set():
        activity.delete()

    export(tmp_path / "a.csv", "--report", "record", "--reference", "A-1", "--as-at", moment)

    assert "Payroll" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "those that were deleted since are found with --as-at" in refusal("--report", "record", "--reference", "A-1")


def test_an_organisation_is_found_by_the_name_that_it_bore_then(tmp_path):
    organisation = factories.organisation(name="Old name")
    factories.activity(organisation)
    moment = models.ChangeSet.objects.latest("sequence").made_at.isoformat()
    with change_set():
        organisation.name = "New name"
        organisation.save()

    for name in ("old name", "New name"):
        assert export(tmp_path / "a.csv", "--organisation", name, "--as-at", moment).startswith(
            "Wrote register: 1 record,"
        )
    assert "There is no organisation “Old name”." in refusal("--organisation", "Old name")


@pytest.mark.parametrize("form", ["csv", "pdf"])
def test_the_changes_between_two_moments(tmp_path, form):
    mine, other = factories.organisation(name="Mine"), factories.organisation(name="Other")
    factories.activity(mine, name="Before")
    since = models.ChangeSet.objects.latest("sequence").made_at.isoformat()
    for owner in (mine, other):
        factories.activity(owner, name=f"Of {owner.name}")
    path = tmp_path / f"changes.{form}"

    both = export(path, "--report", "changes", "--since", since, form=form)
    one = export(path, "--report", "changes", "--since", since, "--organisation", "Mine", form=form)

    assert (both.startswith("Wrote changes: 2 records, "), one.startswith("Wrote changes: 1 record, ")) == (True, True)
    assert f"since {say_moment(datetime.fromisoformat(since))}, as at " in one
    text = text_of(path) if form == "pdf" else path.read_text("utf-8-sig")
    assert ("Of Mine" in text, "Of Other" in text, "Before" in text) == (True, False, False)


@pytest.mark.parametrize("since", ["2026-02-01", timezone.localdate().isoformat()])
def test_the_earlier_moment_is_the_earlier_one(since):
    said = refusal("--report", "changes", "--since", since, "--as-at", "2026-01-01")

    assert said == "--since: The earlier moment has to lie before the later one. Exchange them."


def test_what_a_command_writes_is_logged_with_who_ran_it(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    factories.activity(factories.organisation(name="Fjord Foods AS"))

    export(tmp_path / "register.csv", "--organisation", "Fjord Foods AS")

    line = models.Export.objects.get()
    assert line.sha256 == hashlib.sha256((tmp_path / "register.csv").read_bytes()).hexdigest()
    assert (line.report, line.format, line.door, line.facts.whose) == ("register", "csv", "command", "Fjord Foods AS")
    assert (line.change_set.actor, line.change_set.actor_name) == (None, "ann (export_register)")


def test_a_format_that_a_report_does_not_come_in_is_refused():
    with pytest.raises(CommandError, match="--report dsk comes as xlsx, csv, pdf, html, json, not as jsonld"):
        export("never.jsonld", "--report", "dsk", form="jsonld")


def test_where_something_is_used_by_its_name(tmp_path):
    activity = factories.activity(factories.organisation(), reference="A-7")
    host = factories.make(models.Recipient, name="Host GmbH")
    with change_set():
        activity.recipients.create(recipient=host)

    export(tmp_path / "used.csv", "--report", "where-used", "--subject", "recipient:host gmbh")

    assert "A-7" in (tmp_path / "used.csv").read_text("utf-8-sig")


def test_an_audit_by_its_name_and_its_findings(tmp_path):
    payroll = factories.activity(factories.organisation(name="Fjord Foods AS"), reference="A-1", name="Payroll")
    audits.visit(payroll)
    page, table = tmp_path / "audit.html", tmp_path / "findings.csv"

    one = export(page, "--report", "audit", "--subject", "audit:yearly AUDIT", form="html")
    all_of_them = export(table, "--report", "findings", "--organisation", "Fjord Foods AS")

    assert (one.startswith("Wrote audit: 1 record"), all_of_them.startswith("Wrote findings: 3 records")) == (
        True,
        True,
    )
    assert "Finding 1, Major non-conformity" in page.read_text("utf-8")
    assert "No contract" in table.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--report audit needs --subject: give it."),
        (("--subject", "recipient:1"), "--subject: There is no kind “recipient”. Write one of: audit."),
        (("--reference", "A-1", "--subject", "audit:1"), "--reference means nothing to --report audit: leave it out."),
    ],
)
def test_the_report_of_an_audit_is_about_an_audit_and_nothing_else(arguments, said):
    with pytest.raises(CommandError) as refused:
        export("never.html", "--report", "audit", *arguments, form="html")

    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (["status=Approved"], ["A-1", "A-2"]),
        (["status=approved", "role=processor"], ["A-2"]),
        (["unit=hr"], ["A-1"]),
        (["tag=Pay"], ["A-3"]),
        (["reference=a-3"], ["A-3"]),
        (["search=wages"], ["A-1"]),
        (["search=wages", "status=draft"], []),
    ],
)
def test_filters_limit_the_records(tmp_path, filters, left):
    organisation = factories.organisation()
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="HR")
    factories.activity(organisation, reference="A-1", name="Wages", status="approved", unit=unit)
    factories.activity(organisation, reference="A-2", status="approved", role="processor")
    factories.activity(organisation, reference="A-3", tags="yearly, pay")

    told = export(tmp_path / "r.csv", *(part for one in filters for part in ("--filter", one)))

    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert [row["Reference"] for row in rows] == left
    assert told.startswith(f"Wrote register: {len(left)} record")


def test_filters_are_told_in_the_language_of_the_report_and_understood_in_english_too(tmp_path):
    factories.activity(factories.organisation(), reference="A-1", status="in_review")

    for written in ("In review", "in_review", "In Prüfung"):
        export(
            tmp_path / "r.json",
            "--report",
            "recipients",
            "--language",
            "de",
            "--filter",
            f"status={written}",
            form="json",
        )
        about = {one["label"]: one["value"] for one in json.loads((tmp_path / "r.json").read_text())["about"]}
        assert (about["Filter"], about["Einträge"]) == ("Status In Prüfung", "1")


def test_a_value_that_is_near_is_named_in_the_refusal():
    factories.activity(factories.organisation(), reference="PA-0042", tags="yearly, pay")

    assert refusal("--filter", "tag=year").endswith("Known: yearly.")
    assert refusal("--filter", "reference=42", "--filter", "search=nothing").endswith("Known: pa-0042.")


def test_a_system_without_a_name_for_its_user_is_no_obstacle(tmp_path, monkeypatch):
    def nobody():
        raise KeyError("getpwuid(): uid not found: 1000")

    monkeypatch.setattr("getpass.getuser", nobody)
    factories.activity(factories.organisation())

    export(tmp_path / "r.csv")

    assert models.Export.objects.get().change_set.actor_name == f"user {os.getuid()} (export_register)"


def test_the_language_of_a_report(tmp_path):
    factories.activity(factories.organisation())

    export(tmp_path / "r.pdf", "--language", "de", form="pdf")

    assert PdfReader(tmp_path / "r.pdf").trailer["/Root"]["/Lang"] == "de"
