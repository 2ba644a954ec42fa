import re
from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from registry import models
from registry.admin.activity_inlines import row_inlines, split_columns
from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts
from registry.record.sections import FORM
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.screens import auditor, client_of, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def client():
    return client_of(officer())


def full_activity(organisation, rows, **values):
    """An activity with ``rows`` rows of every kind, all of them different entries."""
    with change_set(reason="for a test"):
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation,
            **{"name": "Payroll", "recipients_answer": "yes", "transfers_answer": "yes", **values},
        )
        for place in range(rows):
            mark = f"{activity.pk} {place}"
            purpose = models.Purpose.objects.create(activity=activity, position=place, text=f"Purpose {mark}")
            basis = models.LegalBasis.objects.create(
                code=f"X {mark}", title=f"Basis {mark}", regime="eu", kind="lawful_basis"
            )
            models.ActivityLegalBasis.objects.create(
                activity=activity, position=place, legal_basis=basis, purpose=purpose, special_category_condition=basis
            )
            subject = models.ActivityDataSubject.objects.create(
                activity=activity,
                position=place,
                category=models.DataSubjectCategory.objects.create(name=f"Subject {mark}"),
            )
            schedule = models.RetentionSchedule.objects.create(name=f"Schedule {mark}", text="a year")
            models.ActivityDataCategory.objects.create(
                activity=activity,
                position=place,
                category=models.DataCategory.objects.create(name=f"Data {mark}"),
                data_subject=subject,
                retention_schedule=schedule,
            )
            recipient = models.Recipient.objects.create(name=f"Recipient {mark}")
            models.ActivityRecipient.objects.create(activity=activity, position=place, recipient=recipient)
            models.Transfer.objects.create(activity=activity, position=place, recipient=recipient, country="US")
            models.ActivitySystem.objects.create(
                activity=activity, position=place, system=models.System.objects.create(name=f"System {mark}")
            )
            models.ActivityMeasure.objects.create(
                activity=activity, position=place, measure=models.SecurityMeasure.objects.create(name=f"Measure {mark}")
            )
            partner = models.Organisation.objects.create(name=f"Partner {mark}", is_own=False)
            models.ActivityJointController.objects.create(activity=activity, position=place, organisation=partner)
            models.ActivityController.objects.create(activity=activity, position=place, organisation=partner)
            consent = models.ConsentMechanism.objects.create(activity=activity, position=place, name=f"Form {mark}")
            segment = models.Segment.objects.create(
                activity=activity, position=place, name=f"Segment {mark}", consent=consent
            )
            models.SegmentData.objects.create(
                activity=activity,
                position=place,
                category=models.DataCategory.objects.create(name=f"Segment data {mark}"),
                segment=segment,
            )
            models.ImpactAssessment.objects.create(activity=activity, position=place, title=f"Assessment {mark}")
    return activity


def errors_of(response):
    return [sentence for _anchor, sentence in response.context["error_links"]]


def test_every_declared_fact_stands_in_one_section_and_in_the_form(client, organisation):
    activity = full_activity(organisation, 1)

    response = client.get(reverse(forms.CHANGE, args=[activity.pk]))

    in_sections = [key for section in FORM for key in section.keys]
    assert sorted(in_sections) == sorted(facts(ActivityRecord))
    shown = [
        key
        for section in response.context["sections"]
        for key in (*(fact.fact.key for fact in section.facts), *(table.fact.key for table in section.tables))
    ]
    assert shown == [*_in_page_order()]
    names = set(re.findall(r'name="([^"]+)"', response.content.decode()))
    for key, fact in facts(ActivityRecord).items():
        expected = {f"{key}-0-{row}" for row in facts(fact.row)} if fact.kind is Kind.ROWS else {key}
        assert expected - names == set()


def _in_page_order():
    for section in FORM:
        yield from (key for key in section.keys if facts(ActivityRecord)[key].kind is not Kind.ROWS)
        yield from (key for key in section.keys if facts(ActivityRecord)[key].kind is Kind.ROWS)


def test_the_columns_of_a_row_are_all_its_facts_and_four_in_sight_at_most():
    for inline in row_inlines():
        visible, behind = split_columns(inline.fact.row)

        assert sorted(fact.key for fact in (*visible, *behind)) == sorted(facts(inline.fact.row))
        assert 1 <= len(visible) <= 4


def test_the_form_of_three_rows_of_each_kind_needs_no_more_queries_than_of_one(
    client, organisation, django_assert_num_queries
):
    one, three = full_activity(organisation, 1), full_activity(organisation, 3)
    client.get(reverse(forms.CHANGE, args=[one.pk]))
    needed = 54

    for activity in (one, three):
        with django_assert_num_queries(needed):
            client.get(reverse(forms.CHANGE, args=[activity.pk]))


def test_an_auditors_page_of_three_rows_needs_no_more_queries_than_of_one(organisation, django_assert_num_queries):
    client = client_of(auditor())
    one, three = full_activity(organisation, 1), full_activity(organisation, 3)
    client.get(reverse(forms.CHANGE, args=[one.pk]))
    needed = 51

    for activity in (one, three):
        with django_assert_num_queries(needed):
            client.get(reverse(forms.CHANGE, args=[activity.pk]))


def test_an_auditor_reads_every_row_and_is_offered_no_input(organisation):
    activity = full_activity(organisation, 1)

    page = client_of(auditor()).get(reverse(forms.CHANGE, args=[activity.pk])).content.decode()

    assert f"Purpose {activity.pk} 0" in page
    assert f"Schedule {activity.pk} 0" in page
    assert (
        set(re.findall(r'name="([^"]+)"', page))
        & {"name", "purposes-0-text", "purposes-0-DELETE", "change_reason", "_save"}
        == set()
    )


def test_saving_rows_and_facts_together_writes_one_version(client, organisation):
    activity = full_activity(organisation, 1)

    response = forms.save(
        client,
        activity,
        description="Monthly",
        change_reason="annual review",
        **forms.new_row("purposes", 1, text="Paying bonuses"),
    )

    assert response.status_code == 302
    assert [version.history_change_reason for version in activity.history.all()] == ["annual review", "for a test"]
    assert list(activity.purposes.values_list("text", "position")) == [
        (f"Purpose {activity.pk} 0", 0),
        ("Paying bonuses", 1),
    ]


def test_saving_without_a_change_writes_no_version(client, organisation):
    activity = full_activity(organisation, 2)

    response = forms.save(client, activity)

    assert response.status_code == 302
    assert activity.history.count() == 1


def test_a_moved_row_keeps_its_new_place(client, organisation):
    activity = full_activity(organisation, 2)

    forms.save(client, activity, purposes__0__position="1", purposes__1__position="0")

    assert list(activity.purposes.values_list("text", flat=True)) == [
        f"Purpose {activity.pk} {place}" for place in (1, 0)
    ]


def test_a_new_row_that_only_has_a_place_is_no_row(client, organisation):
    activity = full_activity(organisation, 1)

    response = forms.save(client, activity, **forms.new_row("purposes", 1, text="", position="1"))

    assert response.status_code == 302
    assert activity.purposes.count() == 1


def test_a_new_record_is_given_its_reference_and_says_which(client, organisation):
    response = forms.add(client, name="Newsletter")

    activity = models.ProcessingActivity.objects.get(name="Newsletter")
    assert (activity.reference, activity.organisation) == ("PA-0001", organisation)
    assert "The activity was given the reference PA-0001." in [
        str(said) for said in get_messages(response.wsgi_request)
    ]


def test_a_new_record_takes_rows_at_once_and_says_what_has_to_wait(client, organisation):
    page = client.get(reverse(forms.ADD))

    forms.add(
        client,
        name="Newsletter",
        **forms.new_row("legal_bases", 0, stated_as="§ 7 UWG", policy_followed="not_assessed"),
    )

    assert "“For purpose” can be chosen once the record is saved." in unescape(page.content.decode())
    assert "legal_bases-__prefix__-purpose" not in page.content.decode()
    assert models.ActivityLegalBasis.objects.get().stated_as == "§ 7 UWG"


def test_an_approved_record_asks_for_the_reason_and_keeps_what_was_typed(client, organisation):
    activity = full_activity(organisation, 1, status="approved")

    response = forms.save(
        client,
        activity,
        description="Typed by hand",
        change_reason="  ",
        **forms.new_row("purposes", 1, text="Typed as well"),
    )

    assert response.context["error_links"] == [
        ("id_change_reason", "This record is approved. Say in “Reason for the change” why it is changed.")
    ]
    page = response.content.decode()
    assert ("Typed by hand" in page, "Typed as well" in page) == (True, True)
    activity.refresh_from_db()
    assert (activity.description, activity.history.count()) == ("", 1)


def test_an_approved_record_cannot_be_made_a_draft_without_a_reason(client, organisation):
    activity = full_activity(organisation, 1, status="approved")

    forms.save(client, activity, status="draft")

    activity.refresh_from_db()
    assert activity.status == "approved"


def test_an_approved_record_is_changed_with_a_reason(client, organisation):
    activity = full_activity(organisation, 1, status="approved")

    response = forms.save(client, activity, description="New", change_reason="law changed")

    activity.refresh_from_db()
    assert (response.status_code, activity.description) == (302, "New")


def test_only_a_privacy_officer_writes_the_remark(client, organisation):
    activity = full_activity(organisation, 1, dpo_remark="As it was")
    clerk = factories.user()
    for model in (models.ProcessingActivity, *(inline.model for inline in row_inlines())):
        for action in ("view", "add", "change", "delete"):
            _permit(clerk, model, action)
    clerks = client_of(clerk)

    response = forms.save(clerks, activity, dpo_remark="Written by a clerk", description="Seen")
    activity.refresh_from_db()
    by_clerk = (response.status_code, activity.dpo_remark, activity.description)
    forms.save(client, activity, dpo_remark="Written by the officer")
    activity.refresh_from_db()

    assert by_clerk == (302, "As it was", "Seen")
    assert activity.dpo_remark == "Written by the officer"


def _permit(user, model, action):
    user.user_permissions.add(
        Permission.objects.get(codename=f"{action}_{model._meta.model_name}", content_type__app_label="registry")
    )


@pytest.mark.parametrize(
    ("answer", "relation", "asked"),
    [
        ("recipients_answer", "recipients", "Are there recipients?"),
        ("transfers_answer", "transfers", "Are there transfers to third countries?"),
    ],
)
def test_rows_in_a_block_that_is_answered_with_no_are_refused(client, organisation, answer, relation, asked):
    activity = full_activity(organisation, 2)

    response = forms.save(client, activity, **{answer: "no"})

    label = facts(ActivityRecord)[relation].title
    assert errors_of(response) == [
        f"{label}: “{asked}” is answered with no, yet 2 rows are listed here. Change the answer, or delete the rows."
    ]


def test_answering_no_while_deleting_the_rows_is_accepted(client, organisation):
    activity = full_activity(organisation, 1)

    response = forms.save(client, activity, transfers_answer="no", transfers__0__DELETE="on")

    activity.refresh_from_db()
    assert (response.status_code, activity.transfers_answer, activity.transfers.count()) == (302, "no", 0)


def test_rows_answer_a_question_that_nobody_has_assessed(client, organisation):
    activity = full_activity(organisation, 1, recipients_answer="not_assessed", transfers_answer="not_assessed")

    forms.save(client, activity)

    activity.refresh_from_db()
    assert (activity.recipients_answer, activity.transfers_answer) == ("yes", "yes")


def test_a_question_without_rows_stays_unanswered(client, organisation):
    activity = factories.activity(organisation)

    forms.save(client, activity)

    activity.refresh_from_db()
    assert activity.recipients_answer == "not_assessed"


def test_a_row_that_names_nothing_is_refused_at_its_place(client, organisation):
    activity = factories.activity(organisation)

    response = forms.save(
        client, activity, **forms.new_row("recipients", 0, what_for="postage", sold="no", shared="no")
    )

    assert response.context["error_links"] == [
        (
            "recipients-0",
            "Recipients, row 1: This row names nothing: choose an entry, write words, or delete the row.",
        )
    ]


def test_a_transfer_may_name_its_country_alone(client, organisation):
    activity = factories.activity(organisation)

    forms.save(client, activity, **forms.new_row("transfers", 0, country="US"))

    assert list(activity.transfers.values_list("country", flat=True)) == ["US"]


def test_rows_refer_only_to_rows_of_the_same_record(client, organisation):
    activity, other = full_activity(organisation, 1), full_activity(organisation, 1)
    address = reverse(forms.CHANGE, args=[activity.pk])

    page = client.get(address)
    response = forms.save(client, activity, legal_bases__0__purpose=str(other.purposes.get().pk))

    offered = page.context["inline_admin_formsets"][3].formset.forms[0].fields["purpose"].choices
    assert list(offered) == [("", "–"), (activity.purposes.get().pk, f"Purpose {activity.pk} 0")]
    assert errors_of(response) == [
        "Legal bases, row 1: For purpose: Select a valid choice. That choice is not one of the available choices."
    ]


def test_a_row_lets_go_of_a_row_that_is_deleted_in_the_same_save(client, organisation):
    activity = full_activity(organisation, 1)

    response = forms.save(client, activity, purposes__0__DELETE="on", legal_bases__0__provision="§ 26 BDSG")

    basis = activity.legal_bases.get()
    assert (response.status_code, basis.purpose, basis.provision) == (302, None, "§ 26 BDSG")


def test_a_form_with_an_error_keeps_rows_and_newly_chosen_entries(client, organisation):
    activity = full_activity(organisation, 1)
    chosen = factories.make(models.Recipient, name="Chosen just now")

    response = forms.save(
        client, activity, name="", recipients__0__recipient=str(chosen.pk), recipients__0__what_for="Typed"
    )

    page = response.content.decode()
    assert errors_of(response) == ["Name: This field is required."]
    assert f'<option value="{chosen.pk}" selected>Chosen just now</option>' in page
    assert "Typed" in page


def test_a_picker_shows_a_legal_basis_with_its_citation(client, organisation):
    activity = factories.activity(organisation)
    with change_set():
        basis = models.LegalBasis.objects.create(
            code="A6-1-c", title="Legal obligation", citation="GDPR Art. 6(1)(c)", regime="eu", kind="lawful_basis"
        )
        models.ActivityLegalBasis.objects.create(activity=activity, legal_basis=basis)

    page = client.get(reverse(forms.CHANGE, args=[activity.pk])).content.decode()

    assert f'<option value="{basis.pk}" selected>GDPR Art. 6(1)(c) – Legal obligation</option>' in page


def test_every_input_of_a_row_has_a_label(client, organisation):
    activity = full_activity(organisation, 1)

    page = client.get(reverse(forms.CHANGE, args=[activity.pk])).content.decode()

    inputs = set(re.findall(r'<(?:input type="(?:text|number|date)"|select|textarea)[^>]* id="([^"]+)"', page))
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    assert {name for name in inputs if "-0-" in name} - labelled == set()


def test_the_only_organisation_is_chosen_already_and_partners_are_not_offered(client, organisation):
    factories.organisation(name="A client", is_own=False)

    form = client.get(reverse(forms.ADD)).context["adminform"].form

    assert list(form.fields["organisation"].choices) == [(organisation.pk, "Fjord Foods AS")]


def test_units_are_those_of_the_organisation_and_grouped_where_it_is_open(client, organisation):
    other = factories.organisation(name="Zebra Ltd")
    ours = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    theirs = factories.make(models.OrganisationUnit, organisation=other, name="Press")
    activity = factories.activity(organisation)

    changing = client.get(reverse(forms.CHANGE, args=[activity.pk])).context["adminform"].form
    adding = client.get(reverse(forms.ADD)).context["adminform"].form

    assert list(changing.fields["unit"].choices) == [("", "–"), (ours.pk, "Sales")]
    assert list(adding.fields["unit"].choices) == [
        ("", "–"),
        ("Fjord Foods AS", [(ours.pk, "Sales")]),
        ("Zebra Ltd", [(theirs.pk, "Press")]),
    ]


def test_a_unit_of_another_organisation_is_refused(client, organisation):
    other = factories.organisation()
    theirs = factories.make(models.OrganisationUnit, organisation=other, name="Press")
    activity = factories.activity(organisation)

    response = forms.save(client, activity, unit=str(theirs.pk))

    assert errors_of(response) == [
        "Unit: This unit belongs to another organisation. Choose one of this organisation's units."
    ]


def states_of(response):
    return {section.section.key: section.state for section in response.context["sections"]}


def test_an_empty_record_says_what_is_not_answered_and_what_is_not_asked(client, organisation):
    activity = factories.activity(organisation)

    states = states_of(client.get(reverse(forms.CHANGE, args=[activity.pk])))

    assert states == {
        "activity": "gap",  # nobody answers for it
        **dict.fromkeys(
            ("joint-controllers", "controllers", "consents", "segments", "assessment", "notice", "review"), "not-asked"
        ),
        **dict.fromkeys(
            (
                "purposes",
                "legal-bases",
                "data-subjects",
                "data",
                "recipients",
                "transfers",
                "retention",
                "security",
                "automated",
            ),
            "not-answered",
        ),
    }


def test_a_full_record_is_complete(client, organisation):
    activity = full_activity(
        organisation,
        1,
        role="joint_controller",
        special_categories="no",
        profiling="no",
        automated_decisions="no",
        retention_stated_as="ten years",
        next_review_on=date(2027, 1, 1),
        privacy_notice="Notice for staff",
    )

    states = states_of(client.get(reverse(forms.CHANGE, args=[activity.pk])))

    assert set(states.values()) == {"complete", "gap"}


def test_a_processor_is_asked_what_the_law_asks_a_processor(client, organisation):
    activity = factories.activity(organisation, role="processor", transfers_answer="no")

    states = states_of(client.get(reverse(forms.CHANGE, args=[activity.pk])))

    assert {key for key, state in states.items() if state == "not-asked"} == {
        "joint-controllers",
        "purposes",
        "legal-bases",
        "data-subjects",
        "data",
        "recipients",
        "retention",
        "automated",
        "consents",
        "segments",
        "assessment",
        "notice",
        "review",
    }
    assert (states["controllers"], states["transfers"]) == ("not-answered", "complete")


def test_a_new_record_has_no_state_yet(client, organisation):
    response = client.get(reverse(forms.ADD))

    assert set(states_of(response).values()) == {"not-answered"}
    assert "not answered" not in response.content.decode()


def test_an_error_behind_more_is_opened(client, organisation):
    activity = full_activity(organisation, 1)

    response = forms.save(client, activity, legal_bases__0__assessed_on="31/02/2026")

    assert '<details class="more" open>' in response.content.decode()
    wrong = [section.section.key for section in response.context["sections"] if section.has_errors]
    assert wrong == ["legal-bases"]


def test_the_page_holds_no_inline_script_or_style(client, organisation):
    activity = full_activity(organisation, 1)

    page = client.get(reverse(forms.CHANGE, args=[activity.pk])).content.decode()

    assert re.findall(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", page) == []


def offered(client, model, field, term):
    address = reverse("admin:registry_processingactivity_pick")
    asked = {"app_label": "registry", "model_name": model, "field_name": field, "term": term}
    return [result["text"] for result in client.get(address, asked).json()["results"]]


def test_a_picker_offers_entries_in_use_by_citation_and_title(client):
    values = {"regime": "eu", "kind": "lawful_basis"}
    factories.make(models.LegalBasis, code="A6-1-b", title="Contract", citation="GDPR Art. 6(1)(b)", **values)
    factories.make(models.LegalBasis, code="OWN", title="Contract of ours", **values)
    factories.make(models.LegalBasis, code="OLD", title="Contract of old", retired_on=date(2020, 1, 1), **values)

    assert offered(client, "activitylegalbasis", "legal_basis", "contract") == [
        "GDPR Art. 6(1)(b) – Contract",
        "Contract of ours",
    ]


def test_a_condition_is_picked_among_conditions(client):
    factories.make(models.LegalBasis, code="A6", title="Consent", regime="eu", kind="lawful_basis")
    factories.make(
        models.LegalBasis, code="A9", title="Explicit consent", regime="eu", kind="special_category_condition"
    )

    assert offered(client, "activitylegalbasis", "special_category_condition", "consent") == ["Explicit consent"]


def test_a_partner_is_picked_among_all_organisations(client, organisation):
    factories.organisation(name="Fjord partner", is_own=False)

    assert offered(client, "activityjointcontroller", "organisation", "fjord") == ["Fjord Foods AS", "Fjord partner"]


def test_somebody_who_may_not_see_a_catalogue_picks_nothing_from_it():
    address = reverse("admin:registry_processingactivity_pick")
    asked = {"app_label": "registry", "model_name": "activitylegalbasis", "field_name": "legal_basis", "term": ""}

    assert client_of(factories.user()).get(address, asked).status_code == 403


def test_where_there_is_no_organisation_yet_the_form_leads_to_adding_it(client):
    page = client.get(reverse("admin:registry_processingactivity_add")).content.decode()

    assert 'There is no organisation of your own yet. <a href="/registry/organisation/add/">Add it first</a>' in page


def test_where_there_is_an_organisation_the_form_leads_to_no_other(client, organisation):
    page = client.get(reverse("admin:registry_processingactivity_add")).content.decode()

    assert "Add it first" not in page
