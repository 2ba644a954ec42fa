import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pypdf import PdfReader

from registry import models
from registry.record.loader import load_register
from registry.reports.as_csv import csv_chunks
from registry.reports.catalogue import REPORTS
from registry.reports.flat import flat_report
from registry.reports.subjects import ENTRIES
from registry.standing.refresh import refresh
from registry.versioning.change_set import last_number
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.reports import audits
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:reports")
REGISTER = reverse("admin:reports_register")
TODAY = timezone.localdate().isoformat()


def on_list(extension: str, query: str = "") -> str:
    return reverse("admin:reports_activities", args=[extension]) + query


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def names(response) -> list[str]:
    reader = csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"), newline=""))
    return [row["Name"] for row in reader]


def text(response) -> str:
    """The text of a PDF with its blanks and line ends as single blanks."""
    pages = PdfReader(io.BytesIO(body(response))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor(first_name="Ann", last_name="Officer"))


@pytest.fixture
def register():
    """Three records of Fjord Foods, by name."""
    organisation = factories.organisation(name="Fjord Foods AS")
    return {
        name: factories.activity(organisation, name=name, reference=f"A-{place}", status=status)
        for place, (name, status) in enumerate(
            (("Payroll", "approved"), ("Newsletter", "draft"), ("Access", "approved"))
        )
    }


def test_the_page_of_reports_says_what_the_register_holds(auditor, register):
    factories.organisation(name="Empty Ltd")
    factories.organisation(name="Partner", is_own=False)

    page = auditor.get(PAGE)

    assert page.status_code == 200
    assert [(one["name"], one["records"]) for one in page.context["organisations"]] == [
        ("Empty Ltd", 0),
        ("Fjord Foods AS", 3),
    ]
    assert page.context["records"] == 3
    assert "Partner" not in page.content.decode()


def test_the_page_of_reports_of_an_empty_register(auditor):
    page = auditor.get(PAGE)

    assert "There is no organisation whose register is kept here yet." in page.content.decode()


def test_an_auditor_downloads_the_register_as_pdf(auditor, register):
    response = auditor.get(REGISTER, {"format": "pdf"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="register-fjord-foods-as-{TODAY}.pdf"'
    said = text(response)
    assert [
        words for words in (*register, "by Ann Officer", "none; all records of the register") if words not in said
    ] == []


def test_an_auditor_downloads_the_register_as_csv(auditor, register):
    response = auditor.get(REGISTER, {"format": "csv"})

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="register-fjord-foods-as-{TODAY}.csv"'
    assert response.streaming
    assert body(response) == b"".join(csv_chunks(flat_report(load_register(), PROVENANCE)))


def test_one_organisation_has_its_register_alone(auditor, register):
    other = factories.organisation(name="Other")
    factories.activity(other, name="Elsewhere")

    both = auditor.get(REGISTER, {"format": "csv"})
    one = auditor.get(REGISTER, {"format": "csv", "organisation": other.pk})

    assert both["Content-Disposition"] == f'attachment; filename="register-{TODAY}.csv"'
    assert one["Content-Disposition"] == f'attachment; filename="register-other-{TODAY}.csv"'
    assert (names(both), names(one)) == (["Payroll", "Newsletter", "Access", "Elsewhere"], ["Elsewhere"])


def test_a_past_register_is_downloaded_as_it_was(auditor, register):
    before = timezone.now()
    with change_set():
        register["Payroll"].delete()

    past = auditor.get(REGISTER, {"format": "csv", "as_at": before.isoformat()})

    assert "Payroll" in names(past)
    assert "Payroll" not in names(auditor.get(REGISTER, {"format": "csv"}))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"as_at": (timezone.now() + timedelta(days=2)).isoformat()},
            "lies in the future. Choose a moment that has passed.",
        ),
        ({"as_at": "soon"}, "“soon” is no moment."),
        ({"organisation": "77777"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_downloaded_is_said_on_the_page(auditor, register, asked, said):
    page = auditor.get(REGISTER, {"format": "pdf", **asked})

    assert page.status_code == 400
    assert said in page.content.decode()


def test_an_organisation_that_was_not_there_yet_is_said_to_be_so(auditor, register):
    asked = {"format": "csv", "as_at": "2020-01-01T12:00", "organisation": models.Organisation.objects.get().pk}

    page = auditor.get(REGISTER, asked)

    assert page.status_code == 400
    assert "It was not in the register yet." in page.content.decode()


@pytest.mark.parametrize("form", ["", "docx"])
def test_other_formats_are_not_found(auditor, register, form):
    assert auditor.get(REGISTER, {"format": form}).status_code == 404


def test_the_list_is_downloaded_with_its_filters_and_search(auditor, register):
    response = auditor.get(on_list("csv", "?status=approved&q=a&p=1"))

    assert names(response) == ["Payroll", "Access"]
    assert response["Content-Disposition"] == f'attachment; filename="activities-fjord-foods-as-{TODAY}.csv"'


def test_the_cover_says_which_filters_the_list_had(auditor, register):
    said = text(auditor.get(on_list("pdf", "?status=approved&q=pay&no-purpose=yes")))

    assert "Filters No purpose; Status Approved; search “pay”" in said
    assert ("Payroll" in said, "Newsletter" in said) == (True, False)


def test_conditions_in_the_address_alone_are_named_too(auditor, register):
    said = text(auditor.get(on_list("pdf", "?reference=A-1")))

    assert "Filters reference: A-1" in said
    assert ("Payroll" in said, "Newsletter" in said) == (False, True)


def test_the_list_without_filters_is_the_register(auditor, register):
    response = auditor.get(on_list("csv", "?p=1"))

    assert response["Content-Disposition"] == f'attachment; filename="register-fjord-foods-as-{TODAY}.csv"'
    assert body(response) == b"".join(csv_chunks(flat_report(load_register(), PROVENANCE)))


def test_an_address_that_the_list_does_not_understand_leads_back_to_it(auditor, register):
    response = auditor.get(on_list("pdf", "?nonsense__x=1"))

    assert (response.status_code, response["Location"]) == (
        302,
        reverse("admin:registry_processingactivity_changelist"),
    )


def test_the_buttons_of_the_list_keep_its_filters(auditor, register):
    page = auditor.get(
        reverse("admin:registry_processingactivity_changelist"), {"status": "approved", "q": "pay"}
    ).content.decode()

    assert f'href="{on_list("pdf")}?q=pay&amp;status=approved"' in page
    assert f'href="{on_list("csv")}?q=pay&amp;status=approved"' in page


def test_an_empty_list_offers_nothing_to_download(auditor):
    page = auditor.get(reverse("admin:registry_processingactivity_changelist")).content.decode()

    assert on_list("pdf") not in page


def test_one_record_is_downloaded_from_its_form(auditor, register):
    record = register["Newsletter"]
    address = reverse("admin:registry_processingactivity_pdf", args=[record.pk])

    page = auditor.get(reverse("admin:registry_processingactivity_change", args=[record.pk])).content.decode()
    response = auditor.get(address)

    assert f'href="{address}"' in page
    assert response["Content-Disposition"] == f'attachment; filename="record-fjord-foods-as-a-1-{TODAY}.pdf"'
    said = text(response)
    assert ("Newsletter" in said, "Payroll" in said) == (True, False)


def test_a_record_that_is_not_there_is_not_found(auditor):
    assert auditor.get(reverse("admin:registry_processingactivity_pdf", args=[77777])).status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?o=2", ["Access", "Newsletter", "Payroll"]),
        ("?o=-2", ["Payroll", "Newsletter", "Access"]),
        ("?o=-2&status=approved", ["Payroll", "Access"]),
    ],
)
def test_a_list_that_was_sorted_is_downloaded_in_that_order(auditor, register, query, shown):
    page = auditor.get(reverse("admin:registry_processingactivity_changelist") + query)
    on_screen = [activity.name for activity in page.context["cl"].result_list]

    plain, chosen = (
        auditor.get(on_list("csv", query)),
        auditor.get(f"{REGISTER}?{urlencode({'format': 'csv', 'list': query[1:]})}"),
    )

    assert (names(plain), names(chosen)) == (on_screen, on_screen)
    assert on_screen == shown
    assert ('filename="activities' in plain["Content-Disposition"]) == ("status=" in query)


def test_chosen_records_come_in_the_order_of_the_list(auditor, register):
    chosen = [register[name].pk for name in ("Payroll", "Newsletter", "Access")]
    posted = {"action": "download_selected_as_csv", "_selected_action": chosen}

    orders = [
        names(auditor.post(reverse("admin:registry_processingactivity_changelist") + query, posted))
        for query in ("?o=2", "?o=-2")
    ]

    assert orders == [["Access", "Newsletter", "Payroll"], ["Payroll", "Newsletter", "Access"]]


@pytest.mark.parametrize("extension", ["pdf", "csv"])
def test_chosen_records_are_downloaded_by_an_action(auditor, register, extension):
    chosen = [register["Payroll"].pk, register["Newsletter"].pk]
    posted = {"action": f"download_selected_as_{extension}", "_selected_action": chosen}
    before = last_number()

    response = auditor.post(reverse("admin:registry_processingactivity_changelist"), posted)

    assert response["Content-Disposition"] == f'attachment; filename="activities-fjord-foods-as-{TODAY}.{extension}"'
    if extension == "csv":
        assert names(response) == ["Payroll", "Newsletter"]
    else:
        said = text(response)
        assert "Filters records selected by hand" in said
        assert ("Newsletter" in said, "Access" in said) == (True, False)
    assert last_number() == before


def addresses(record):
    return [
        PAGE,
        reverse("admin:report", args=["where-used"]),
        reverse("admin:report", args=["notice"]) + f"?format=pdf&subject=activity:{record.pk}",
        f"{REGISTER}?format=csv",
        on_list("pdf"),
        on_list("csv"),
        reverse("admin:registry_processingactivity_pdf", args=[record.pk]),
    ]


def test_whoever_may_not_see_activities_downloads_nothing(register):
    nobody = screens.client_of(factories.user())

    assert {nobody.get(address).status_code for address in addresses(register["Payroll"])} == {403}


def test_whoever_is_not_logged_in_is_asked_to(client, register):
    answers = [client.get(address) for address in addresses(register["Payroll"])]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer["Location"].startswith(reverse("admin:login")) for answer in answers)


def test_downloads_only_answer_to_reading(auditor, register):
    assert {auditor.post(address).status_code for address in addresses(register["Payroll"])} == {405}


def test_a_document_that_fails_closes_its_temporary_file(auditor, register, monkeypatch):
    opened = []

    def fail(parameters, out, progress):
        opened.append(out)
        raise RuntimeError("broken")

    monkeypatch.setattr("registry.reports.taking.produce", fail)
    with pytest.raises(RuntimeError, match="broken"):
        auditor.get(REGISTER, {"format": "pdf"})

    assert [out.closed for out in opened] == [True]
    assert models.Export.objects.count() == 0


@pytest.mark.parametrize("extension", ["pdf", "csv"])
@pytest.mark.parametrize("whence", [REGISTER, reverse("admin:registry_processingactivity_changelist")])
def test_the_number_of_queries_of_a_download_is_fixed(auditor, extension, whence):
    organisation = factories.organisation()
    address = f"{REGISTER}?format={extension}" if whence == REGISTER else on_list(extension, "?status=approved")

    def queries(number: int) -> int:
        for _ in range(number):
            activity = factories.activity(organisation, status="approved")
            with change_set():
                activity.purposes.create(text="x")
                activity.legal_bases.create(stated_as="y")
        refresh()
        with CaptureQueriesContext(connection) as captured:
            body(auditor.get(address))
        return len(captured)

    queries(1)  # what is read once and remembered, such as content types

    assert queries(0) == queries(2)


def page_of(name: str) -> str:
    return reverse("admin:report", args=[name])


def test_every_report_is_offered_with_what_it_is_for_and_who_asks_for_it(auditor):
    page = auditor.get(PAGE).content.decode()

    missing = [
        text
        for report in REPORTS.values()
        for text in (page_of(report.name), report.title, report.purpose, report.asked_by)
        if escape(text) not in page
    ]
    assert missing == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_of_a_report_asks_for_what_it_takes_and_offers_its_formats(auditor, register, name):
    report = REPORTS[name]

    page = auditor.get(page_of(name))

    assert set(page.context["form"].fields) - {"language"} == report.takes - {"activities"}
    assert [one.name for one in page.context["formats"]] == list(report.formats)
    text = page.content.decode()
    assert [form for form in report.formats if f'name="format" value="{form}"' not in text] == []


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_downloaded_in_every_format(auditor, register, name):
    report = REPORTS[name]
    record = register["Payroll"]
    audit = audits.visit(record)
    subject = {"activity": "A-0", "audit": f"audit:{audit.pk}"}.get(
        report.about, f"organisation:{record.organisation_id}"
    )
    asked = {"subject": subject, "since": "2020-01-01"}

    answers = {
        form: auditor.get(page_of(name), {"format": form, **{key: asked[key] for key in report.needs}})
        for form in report.formats
    }

    assert {form: answer.status_code for form, answer in answers.items()} == dict.fromkeys(report.formats, 200)
    assert [form for form, answer in answers.items() if f".{form}" not in answer["Content-Disposition"]] == []
    assert [form for form, answer in answers.items() if not body(answer)] == []


def test_any_report_can_be_about_exactly_the_list_on_screen(auditor, register):
    query = "status=approved&q=pay"

    whole = auditor.get(PAGE, {"list": query})
    page = auditor.get(page_of("register"), {"list": query})
    response = auditor.get(page_of("register"), {"list": query, "format": "csv"})

    assert f"{page_of('gaps')}?list=status%3Dapproved%26q%3Dpay" in whole.content.decode()
    assert "Limited to 1 record of the list: Status Approved; search “pay”" in " ".join(page.content.decode().split())
    assert names(response) == ["Payroll"]


def test_a_list_without_filters_limits_nothing(auditor, register):
    page = auditor.get(PAGE, {"list": "o=2"})

    assert "All records of the list" in page.content.decode()
    assert len(names(auditor.get(page_of("register"), {"list": "o=2", "format": "csv"}))) == 3


def test_a_list_that_cannot_be_understood_is_not_found(auditor, register):
    assert auditor.get(page_of("gaps"), {"list": "nonsense__x=1", "format": "csv"}).status_code == 404


def test_a_report_that_there_is_not_is_not_found(auditor):
    assert auditor.get(page_of("gossip")).status_code == 404


def test_the_list_leads_to_reports_about_it(auditor, register):
    page = auditor.get(reverse("admin:registry_processingactivity_changelist"), {"status": "approved"}).content.decode()

    assert f'href="{PAGE}?list=status%3Dapproved"' in page
    assert f'href="{on_list("xlsx")}?status=approved"' in page


def test_an_activity_leads_to_its_other_formats_and_to_a_notice(auditor, register):
    pk = register["Payroll"].pk
    page = auditor.get(reverse("admin:registry_processingactivity_change", args=[pk])).content.decode()

    for name in ("record", "notice"):
        address = f"{page_of(name)}?subject=activity:{pk}"
        assert f'href="{address}"' in page
        assert "<strong>A-0 Payroll</strong>" in auditor.get(address).content.decode()


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_entry_leads_to_where_it_is_used(kind):
    found = screens.one_of_each()
    entry = found[ENTRIES[kind]]
    auditor = screens.client_of(screens.auditor())
    change = reverse(f"admin:registry_{entry._meta.model_name}_change", args=[entry.pk])
    address = f"{page_of('where-used')}?subject={kind}%3A{entry.pk}"

    assert f'href="{address}"' in auditor.get(change).content.decode()
    page = auditor.get(address).content.decode()
    assert f'<option value="{kind}:{entry.pk}" selected>' in page


def test_those_who_may_not_see_activities_are_not_led_there():
    recipient = factories.make(models.Recipient, name="Host")
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_recipient"))

    page = screens.client_of(user).get(reverse("admin:registry_recipient_change", args=[recipient.pk]))

    assert (page.status_code, "where-used" in page.content.decode()) == (200, False)


def page_of_audit(user, audit):
    return screens.client_of(user).get(reverse("admin:registry_audit_change", args=[audit.pk])).content.decode()


def test_an_audit_leads_to_its_report(auditor, register):
    audit = audits.visit(register["Payroll"])
    address = f"{page_of('audit')}?subject=audit%3A{audit.pk}"

    assert f'href="{address}"' in page_of_audit(screens.auditor(), audit)
    page = auditor.get(address).content.decode()
    assert f'<option value="audit:{audit.pk}" selected>Yearly audit</option>' in page
    assert "audit:" not in auditor.get(page_of("where-used")).content.decode()


def test_without_an_audit_the_page_of_its_report_says_so(auditor):
    page = auditor.get(page_of("audit"))

    assert "There is no audit yet. Add one first, under “Audits”." in page.content.decode()
    assert auditor.get(page_of("audit"), {"format": "pdf"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("audit", ("view_audit", "view_finding")),
        ("findings", ("view_audit", "view_finding")),
        ("recipient-reviews", ("view_recipientreview",)),
        ("trainings", ("view_training",)),
    ],
)
def test_what_a_report_tells_is_for_those_who_may_see_it(register, name, needed):
    audit = audits.visit(register["Payroll"])
    user = factories.user()
    held = {"view_processingactivity", *needed[:-1]}
    user.user_permissions.set(Permission.objects.filter(codename__in=held))

    def answers():
        browser = screens.client_of(type(user).objects.get(pk=user.pk))
        listed = page_of(name) in browser.get(PAGE).content.decode()
        asked = {"format": "html", "subject": f"audit:{audit.pk}"}
        taken = browser.get(page_of(name), asked)
        if taken.streaming:
            body(taken)
        return listed, browser.get(page_of(name)).status_code, taken.status_code

    assert answers() == (False, 403, 403)
    if "view_audit" in held:
        assert page_of("audit") not in page_of_audit(user, audit)
    user.user_permissions.set(Permission.objects.filter(codename__in={*held, *needed}))
    assert answers() == (True, 200, 200)


@pytest.mark.parametrize(
    ("name", "asked", "field", "said"),
    [
        ("record", {"subject": "X-1"}, "subject", "There is no activity with the reference “X-1”. The list of activities shows them all."),
        ("record", {"subject": "X-1", "as_at": "2020-01-01"}, "subject", "There was no activity with the reference “X-1” at that moment. Choose another one."),
        ("record", {"subject": "A-0"}, "subject", "Several organisations have an activity “A-0”: Fjord Foods AS, Other. Take the report from its page."),
        ("record", {"subject": "activity:77777"}, "subject", "That activity is not in the register at this moment. Choose another one, or another moment."),
        ("where-used", {"subject": "recipient:77777"}, "subject", "“recipient:77777” is not in the register at this moment. Choose another one, or a later moment."),
        ("where-used", {}, "subject", "This field is required."),
        ("audit", {"subject": "audit:77777"}, "subject", "That audit is not in the register at this moment. Choose another one, or another moment."),
        ("changes", {"since": "2026-02-01", "as_at": "2026-01-01"}, "since", "The earlier moment has to lie before the later one. Exchange them."),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said_at_its_field(auditor, register, name, asked, field, said):
    factories.activity(factories.organisation(name="Other"), reference="A-0")

    page = auditor.get(page_of(name), {"format": "pdf", **asked})

    assert page.status_code == 400
    assert page.context["form"].errors == {field: [said]}


def test_languages_are_offered_where_the_project_names_several(auditor, register, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]

    page = auditor.get(page_of("register"))
    response = auditor.get(page_of("register"), {"format": "pdf", "language": "de"})

    assert page.context["form"].fields["language"].choices == [("en", "English"), ("de", "Deutsch")]
    assert b"/Lang (de)" in body(response)


@pytest.mark.parametrize("name", ["register", "where-used", "gaps"])
def test_the_number_of_queries_of_a_page_is_fixed(auditor, name):
    organisation = factories.organisation()

    def queries(number: int) -> int:
        for _ in range(number):
            factories.activity(organisation)
            factories.make(models.Recipient, name=f"R{models.Recipient.objects.count()}")
        with CaptureQueriesContext(connection) as captured:
            auditor.get(page_of(name))
        return len(captured)

    queries(1)  # what is read once and remembered

    assert queries(0) == queries(2)


def in_print(pk: int) -> str:
    return reverse("admin:registry_processingactivity_print", args=[pk])


def test_a_record_is_read_in_print_now_and_as_it_was(auditor, register):
    record = register["Payroll"]
    before = timezone.now().isoformat()
    with change_set():
        record.name = "Wages"
        record.save()

    now = auditor.get(in_print(record.pk)).content.decode()
    then = auditor.get(in_print(record.pk), {"as_at": before}).content.decode()

    assert ("Wages" in now, "Payroll" in now, "Payroll" in then) == (True, False, True)
    assert "Record as controller (GDPR Art. 30(1))" in now
    assert "by Ann Officer" in now
    change = auditor.get(reverse("admin:registry_processingactivity_change", args=[record.pk])).content.decode()
    assert f'href="{in_print(record.pk)}"' in change


def test_a_record_in_print_is_for_those_who_may_see_it(auditor, register):
    nobody = screens.client_of(factories.user())

    assert auditor.get(in_print(77777)).status_code == 404
    assert nobody.get(in_print(register["Payroll"].pk)).status_code == 403
    assert auditor.post(in_print(register["Payroll"].pk)).status_code == 405


def test_an_activity_that_was_deleted_is_found_by_the_reference_that_it_had(auditor, register):
    there = timezone.now()
    with change_set():
        register["Payroll"].reference = "B-7"
        register["Payroll"].save()
        register["Newsletter"].delete()
    address = reverse("admin:report", args=["record"])

    for reference, name in (("a-0", "Payroll"), ("A-1", "Newsletter")):
        taken = auditor.get(address, {"format": "csv", "subject": reference, "as_at": there.isoformat()})
        assert names(taken) == [name]
        assert auditor.get(address, {"format": "csv", "subject": reference}).status_code == 400
