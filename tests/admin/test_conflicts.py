import re
from html import unescape
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from registry import models
from registry.admin.activity_inlines import row_inlines
from registry.admin.merging import weave
from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.screens import client_of, officer

pytestmark = pytest.mark.django_db

OUTCOMES = ("clashes", "lost", "theirs", "mine", "alike")


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def ane():
    return officer(first_name="Ane", last_name="Dahl")


@pytest.fixture
def client(ane):
    return client_of(ane)


@pytest.fixture
def bo():
    return officer(first_name="Bo", last_name="Lund")


@pytest.fixture
def payroll(organisation):
    """An activity with two purposes, a legal basis for the second of them, and a recipient."""
    with change_set(reason="for a test"):
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, name="Payroll", description="Monthly", recipients_answer="yes"
        )
        models.Purpose.objects.create(activity=activity, position=0, text="Paying wages")
        bonuses = models.Purpose.objects.create(activity=activity, position=1, text="Paying bonuses")
        models.ActivityLegalBasis.objects.create(activity=activity, stated_as="Contract", purpose=bonuses)
        models.ActivityRecipient.objects.create(activity=activity, stated_as="The bank")
    return activity


def opened(client, thing):
    """The form of something, as it stands in a browser."""
    return client.get(reverse(f"admin:registry_{thing._meta.model_name}_change", args=[thing.pk]))


def send(client, shown, **typed):
    """What the server answers when the form is sent that ``shown`` shows, with something typed into it."""
    address = shown.context.get("form_url") or shown.request["PATH_INFO"]
    return client.post(address, forms.shown_data(shown, **typed))


def meanwhile(bo, change, reason="meanwhile"):
    with change_set(actor=bo, channel=Channel.SCREEN, reason=reason):
        change()


def told(answer):
    """What the page says about each thing: the label with what it was, is, and is typed."""
    conflict = answer.context["conflict"]
    return {
        outcome: [(item.label, item.before, item.theirs, item.mine) for item in getattr(conflict, outcome)]
        for outcome in OUTCOMES
        if getattr(conflict, outcome)
    }


def choose(**chosen):
    return {f"conflict__{key}": choice for key, choice in chosen.items()}


def texts(activity):
    return list(activity.purposes.values_list("text", flat=True))


def row_number(answer, relation, **values):
    """Where the row with these values stands in the form that is shown."""
    formset = next(one.formset for one in answer.context["inline_admin_formsets"] if one.formset.prefix == relation)
    return next(
        index
        for index, form in enumerate(formset.forms)
        if all(form[name].value() == value for name, value in values.items())
    )


def test_the_second_to_save_is_told_who_changed_what_and_nothing_is_saved(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(
        bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description="Weekly"), "new law"
    )

    answer = send(client, shown, description="Daily", contact="HR", **forms.new_row("purposes", 2, text="Typed by Ane"))

    payroll.refresh_from_db()
    page = unescape(answer.content.decode())
    assert (answer.status_code, payroll.description, payroll.contact, payroll.history.count()) == (200, "Weekly", "", 2)
    assert told(answer) == {
        "clashes": [("Description", "Monthly", "Weekly", "Daily")],
        "mine": [
            ("Contact", "", "", "HR"),
            ("Purposes, “Typed by Ane”", "", "", "Typed by Ane"),
        ],
    }
    assert "Nothing was saved: Bo Lund has changed this record meanwhile." in page
    assert "“new law”" in page
    assert [text for text in (">\nDaily<", 'value="HR"', ">\nTyped by Ane<") if text not in page] == []


def test_what_only_the_other_changed_is_taken_over_and_not_overwritten_by_the_stale_form(client, bo, payroll):
    shown = opened(client, payroll)

    def change():
        models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description="Weekly", is_public=True)
        models.Purpose.objects.filter(text="Paying wages").update(text="Paying salaries")

    meanwhile(bo, change)

    answer = send(client, shown, contact="HR", purposes__1__term="")
    saved = send(client, answer)

    payroll.refresh_from_db()
    assert told(answer) == {
        "theirs": [
            ("Description", "Monthly", "Weekly", "Monthly"),
            ("May be published", "No", "Yes", "No"),
            ("Purposes, “Paying salaries”: Purpose", "Paying wages", "Paying salaries", "Paying wages"),
        ],
        "mine": [("Contact", "", "", "HR")],
    }
    assert "◆ Taken over from Bo Lund." in answer.context["adminform"].form.fields["description"].help_text
    assert "◆" not in answer.context["adminform"].form.fields["contact"].help_text
    assert saved.status_code == 302
    assert (payroll.description, payroll.is_public, payroll.contact) == ("Weekly", True, "HR")
    assert texts(payroll) == ["Paying salaries", "Paying bonuses"]
    assert payroll.history.count() == 3


@pytest.mark.parametrize(("choice", "expected"), [("mine", "Daily"), ("theirs", "Weekly")])
def test_a_clash_is_saved_as_chosen_in_one_version_with_its_reason(client, ane, bo, payroll, choice, expected):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description="Weekly"))
    answer = send(client, shown, description="Daily", contact="HR")

    saved = send(client, answer, change_reason="both looked at it", **choose(description=choice))

    payroll.refresh_from_db()
    last = payroll.history.first()
    assert (saved.status_code, payroll.description, payroll.contact) == (302, expected, "HR")
    assert payroll.history.count() == 3
    assert (last.change_set.actor, last.change_set.reason) == (ane, "both looked at it")


def test_mine_is_what_stands_in_the_form_when_it_is_sent(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description="Weekly"))
    answer = send(client, shown, description="Daily")

    send(client, answer, description="Daily and weekly", **choose(description="mine"))

    payroll.refresh_from_db()
    assert payroll.description == "Daily and weekly"


def test_without_a_choice_the_panel_is_shown_again_with_the_choices_made_so_far(client, bo, payroll):
    shown = opened(client, payroll)
    values = {"description": "Weekly", "contact": "Payroll office"}
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(**values))
    answer = send(client, shown, description="Daily", contact="HR")

    again = send(client, answer, **choose(description="theirs"))
    decided = send(client, again, **choose(description="theirs", contact="mine"))

    payroll.refresh_from_db()
    assert told(again) == told(answer)
    assert [(item.key, item.choice) for item in again.context["conflict"].clashes] == [
        ("description", "theirs"),
        ("contact", ""),
    ]
    assert ">\nDaily<" in again.content.decode()
    assert (decided.status_code, payroll.description, payroll.contact) == (302, "Weekly", "HR")


def test_a_third_change_between_panel_and_saving_is_a_conflict_again(client, bo, payroll):
    shown = opened(client, payroll)
    records = models.ProcessingActivity.objects.filter(pk=payroll.pk)
    meanwhile(bo, lambda: records.update(description="Weekly"))
    answer = send(client, shown, description="Daily", contact="HR")
    meanwhile(bo, lambda: records.update(description="Yearly", tags="money"))

    again = send(client, answer, **choose(description="mine"))
    saved = send(client, again, **choose(description="mine"))

    payroll.refresh_from_db()
    assert told(again) == {
        "clashes": [("Description", "Weekly", "Yearly", "Daily")],
        "theirs": [("Tags", "", "money", "")],
        "mine": [("Contact", "", "", "HR")],
    }
    assert (saved.status_code, payroll.description, payroll.tags, payroll.contact) == (302, "Daily", "money", "HR")


@pytest.mark.parametrize(("choice", "expected"), [("mine", "Paying staff"), ("theirs", "Paying salaries")])
def test_a_row_that_both_have_edited_is_decided(client, bo, payroll, choice, expected):
    wages = payroll.purposes.first()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.filter(pk=wages.pk).update(text="Paying salaries"))

    answer = send(client, shown, purposes__0__text="Paying staff", purposes__0__term="")
    before = texts(payroll)
    saved = send(client, answer, **choose(**{f"purposes__{wages.pk}__text": choice}))

    assert told(answer) == {
        "clashes": [("Purposes, “Paying salaries”: Purpose", "Paying wages", "Paying salaries", "Paying staff")]
    }
    assert before == ["Paying salaries", "Paying bonuses"]
    assert (saved.status_code, texts(payroll)) == (302, [expected, "Paying bonuses"])
    assert payroll.purposes.first().pk == wages.pk


@pytest.mark.parametrize(
    ("choice", "expected"), [("mine", ["Paying wages", "Paying gratuities"]), ("theirs", ["Paying wages"])]
)
def test_a_row_that_was_deleted_while_it_was_edited_is_kept_as_a_new_row_until_decided(
    client, bo, payroll, choice, expected
):
    bonuses = payroll.purposes.last()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.get(pk=bonuses.pk).delete())

    answer = send(client, shown, purposes__1__text="Paying gratuities")
    page = unescape(answer.content.decode())
    saved = send(client, answer, **choose(**{f"purposes__{bonuses.pk}": choice}))

    assert told(answer) == {
        "clashes": [("Purposes, “Paying bonuses”", "Paying bonuses", "deleted", "Paying gratuities")],
        "theirs": [("Legal bases, “Contract”: For purpose", "Paying bonuses", "", "Paying bonuses")],
    }
    assert "Deleted meanwhile by Bo Lund. What you typed is kept here as a new row." in page
    assert ">\nPaying gratuities<" in page
    assert (saved.status_code, texts(payroll)) == (302, expected)


def test_a_row_that_was_deleted_and_not_edited_is_gone(client, bo, payroll):
    bonuses = payroll.purposes.last()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.get(pk=bonuses.pk).delete())

    answer = send(client, shown, contact="HR")
    saved = send(client, answer)

    assert told(answer)["theirs"] == [
        ("Purposes, “Paying bonuses”", "Paying bonuses", "deleted", "Paying bonuses"),
        ("Legal bases, “Contract”: For purpose", "Paying bonuses", "", "Paying bonuses"),
    ]
    assert (saved.status_code, texts(payroll), payroll.legal_bases.get().purpose) == (302, ["Paying wages"], None)


@pytest.mark.parametrize(
    ("choice", "expected"), [("mine", ["Paying wages"]), ("theirs", ["Paying wages", "Bonus pay"])]
)
def test_a_row_that_was_changed_while_it_was_marked_for_deletion_is_decided(client, bo, payroll, choice, expected):
    bonuses = payroll.purposes.last()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.filter(pk=bonuses.pk).update(text="Bonus pay"))

    answer = send(client, shown, purposes__1__DELETE="on")
    kept = texts(payroll)
    saved = send(client, answer, **choose(**{f"purposes__{bonuses.pk}": choice}))

    assert told(answer) == {"clashes": [("Purposes, “Paying bonuses”", "Paying bonuses", "Bonus pay", "deleted")]}
    assert kept == ["Paying wages", "Bonus pay"]
    assert (saved.status_code, texts(payroll)) == (302, expected)


def test_a_row_marked_for_deletion_stays_marked_while_something_else_is_merged(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(tags="money"))

    answer = send(client, shown, purposes__0__DELETE="on")
    send(client, answer)

    assert told(answer)["mine"] == [("Purposes, “Paying wages”", "Paying wages", "Paying wages", "deleted")]
    assert texts(payroll) == ["Paying bonuses"]


def test_rows_that_both_have_added_are_both_kept(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.create(activity=payroll, position=2, text="Added by Bo"))

    answer = send(client, shown, **forms.new_row("purposes", 2, text="Added by Ane"))
    saved = send(client, answer)

    assert told(answer) == {
        "theirs": [("Purposes, “Added by Bo”", "", "Added by Bo", "")],
        "mine": [("Purposes, “Added by Ane”", "", "", "Added by Ane")],
    }
    assert saved.status_code == 302
    assert sorted(texts(payroll)) == ["Added by Ane", "Added by Bo", "Paying bonuses", "Paying wages"]


def test_a_row_that_both_have_added_alike_is_added_once(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.create(activity=payroll, position=2, text="Paying pensions"))

    answer = send(client, shown, contact="HR", **forms.new_row("purposes", 2, text="Paying pensions"))
    send(client, answer)

    assert told(answer)["alike"] == [("Purposes, “Paying pensions”", "", "Paying pensions", "Paying pensions")]
    assert texts(payroll) == ["Paying wages", "Paying bonuses", "Paying pensions"]


def test_a_form_that_is_sent_twice_is_saved_once_and_no_conflict(client, payroll):
    shown = opened(client, payroll)
    typed = {
        "description": "Daily",
        "purposes__0__DELETE": "on",
        **forms.new_row("purposes", 2, text="Paying pensions", position="2"),
    }

    first, second = send(client, shown, **typed), send(client, shown, **typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert (texts(payroll), payroll.history.count()) == (["Paying bonuses", "Paying pensions"], 2)


def test_rows_moved_by_one_and_edited_by_the_other_are_merged(client, bo, payroll):
    wages, _bonuses = payroll.purposes.all()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.filter(pk=wages.pk).update(text="Paying salaries"))

    answer = send(client, shown, purposes__0__position="1", purposes__1__position="0")
    saved = send(client, answer)

    assert told(answer)["mine"] == [
        (
            "Purposes: order of the rows",
            "1. Paying salaries · 2. Paying bonuses",
            "1. Paying salaries · 2. Paying bonuses",
            "1. Paying bonuses · 2. Paying salaries",
        )
    ]
    assert (saved.status_code, texts(payroll)) == (302, ["Paying bonuses", "Paying salaries"])


@pytest.mark.parametrize(("choice", "expected"), [("mine", ["C", "A", "B"]), ("theirs", ["B", "A", "C"])])
def test_an_order_that_both_have_changed_is_decided(client, bo, organisation, choice, expected):
    activity = factories.activity(organisation)
    with change_set():
        rows = [
            models.Purpose.objects.create(activity=activity, position=place, text=text)
            for place, text in enumerate("ABC")
        ]
    shown = opened(client, activity)

    def swap():
        for row, place in zip(rows, (1, 0, 2), strict=True):
            models.Purpose.objects.filter(pk=row.pk).update(position=place)

    meanwhile(bo, swap)

    answer = send(client, shown, purposes__0__position="1", purposes__1__position="2", purposes__2__position="0")
    send(client, answer, **choose(purposes__order=choice))

    assert told(answer) == {
        "clashes": [("Purposes: order of the rows", "1. A · 2. B · 3. C", "1. B · 2. A · 3. C", "1. C · 2. A · 3. B")]
    }
    assert texts(activity) == expected


def test_a_reference_to_a_row_that_is_gone_is_emptied_and_said(client, bo, payroll):
    wages = payroll.purposes.first()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.get(pk=wages.pk).delete())

    answer = send(client, shown, legal_bases__0__purpose=str(wages.pk))
    saved = send(client, answer)

    assert told(answer) == {
        "lost": [("Legal bases, “Contract”: For purpose", "Paying wages", "", "Paying wages")],
        "theirs": [("Purposes, “Paying wages”", "Paying wages", "deleted", "Paying wages")],
    }
    assert (saved.status_code, payroll.legal_bases.get().purpose) == (302, None)


def test_what_cannot_be_stored_stays_as_it_was_typed(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(tags="money"))

    answer = send(client, shown, began_on="31/02/2026", name="", owner="", review_interval="soon")

    assert told(answer)["mine"] == [
        ("Name", "Payroll", "Payroll", ""),
        ("Began on", "", "", "31/02/2026"),
        ("Review every (months)", "", "", "soon"),
    ]
    links = [sentence for _anchor, sentence in answer.context["error_links"]]
    assert links[0] == "Name: This field is required."
    assert 'value="31/02/2026"' in answer.content.decode()


def test_other_errors_after_deciding_do_not_bring_the_panel_back(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description="Weekly"))
    answer = send(client, shown, description="Daily")

    wrong = send(client, answer, name="", **choose(description="mine"))
    saved = send(client, wrong, name="Wages")

    payroll.refresh_from_db()
    assert wrong.context.get("conflict") is None
    assert (saved.status_code, payroll.name, payroll.description) == (302, "Wages", "Daily")


@pytest.mark.parametrize("version", [None, "", "latest", "-1", "9" * 30, "999999", "٣"])
def test_a_form_without_a_readable_version_overwrites_nothing_and_all_is_decided(client, payroll, version):
    shown = opened(client, payroll)

    answer = send(client, shown, loaded_version=version, description="Daily")
    undecided = send(client, answer)
    saved = send(client, undecided, **choose(description="mine"))

    payroll.refresh_from_db()
    assert told(answer) == told(undecided) == {"clashes": [("Description", None, "Monthly", "Daily")]}
    assert "the form didn’t say which version of the record it shows" in answer.content.decode()
    assert (saved.status_code, payroll.description) == (302, "Daily")


def test_a_version_of_another_record_is_no_version_of_this_one(client, organisation, payroll):
    other = factories.activity(organisation)

    answer = send(client, opened(client, payroll), loaded_version=str(other.history.get().pk), description="Daily")

    payroll.refresh_from_db()
    assert (answer.context["conflict"].first, payroll.description) == (None, "Monthly")


@pytest.mark.parametrize(
    "key", ["nonsense", "purposes-order", "purposes-1", "purposes-1-text", "x-1-y-z", "x-1", "x-1-y"]
)
def test_a_forged_choice_changes_nothing_else(client, payroll, key):
    shown = opened(client, payroll)
    data = forms.shown_data(shown, conflict_open=[key], **{f"conflict-{key}": "theirs"}, contact="HR")

    answer = client.post(shown.request["PATH_INFO"], data)

    payroll.refresh_from_db()
    assert (answer.status_code, payroll.contact, texts(payroll)) == (302, "HR", ["Paying wages", "Paying bonuses"])


def test_without_a_readable_version_rows_are_decided_too(client, bo, payroll):
    wages, bonuses = payroll.purposes.all()
    shown = opened(client, payroll)

    def change():
        models.Purpose.objects.get(pk=bonuses.pk).delete()
        models.Purpose.objects.create(activity=payroll, position=5, text="Added by Bo")

    meanwhile(bo, change)
    typed = {"purposes__0__DELETE": "on", "purposes__1__text": "Paying gratuities", "loaded_version": None}

    answer = send(client, shown, **typed)
    again = send(client, answer)
    saved = send(client, again, **choose(**{f"purposes__{wages.pk}": "theirs", f"purposes__{bonuses.pk}": "mine"}))

    clashes = [
        ("Purposes, “Paying wages”", None, "Paying wages", "deleted"),
        ("Purposes, “Paying gratuities”", None, "deleted", "Paying gratuities"),
    ]
    assert told(answer)["clashes"] == told(again)["clashes"] == clashes
    assert told(answer)["theirs"] == [("Purposes, “Added by Bo”", "", "Added by Bo", "")]
    assert saved.status_code == 302
    assert sorted(texts(payroll)) == ["Added by Bo", "Paying gratuities", "Paying wages"]


def test_a_rescued_row_stays_to_be_decided_until_it_is(client, bo, payroll):
    bonuses = payroll.purposes.last()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.get(pk=bonuses.pk).delete())
    answer = send(client, shown, purposes__1__text="Paying gratuities")

    again = send(client, answer, contact="HR")
    saved = send(client, again, **choose(**{f"purposes__{bonuses.pk}": "mine"}))

    assert told(again)["clashes"] == [("Purposes, “Paying bonuses”", "Paying bonuses", "deleted", "Paying gratuities")]
    assert (saved.status_code, texts(payroll)) == (302, ["Paying wages", "Paying gratuities"])


def test_a_rescued_row_that_is_taken_out_of_the_form_needs_no_decision(client, bo, payroll):
    bonuses = payroll.purposes.last()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.get(pk=bonuses.pk).delete())
    answer = send(client, shown, purposes__1__text="Paying gratuities")

    saved = send(client, answer, purposes__TOTAL_FORMS="1")

    assert (saved.status_code, texts(payroll)) == (302, ["Paying wages"])


def test_a_reference_to_a_row_that_is_kept_as_a_new_one_is_emptied_and_said(client, bo, payroll):
    wages = payroll.purposes.first()
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.Purpose.objects.get(pk=wages.pk).delete())

    answer = send(client, shown, purposes__0__text="Paying staff", legal_bases__0__purpose=str(wages.pk))

    assert told(answer)["lost"] == [("Legal bases, “Contract”: For purpose", "Paying wages", "", "Paying wages")]


def test_values_of_every_kind_are_said_in_words(client, ane, bo, payroll):
    unit = factories.make(models.OrganisationUnit, organisation=payroll.organisation, name="Sales")
    schedule = factories.make(models.RetentionSchedule, name="Ten years", text="ten years")
    shown = opened(client, payroll)
    values = {"owner": bo, "next_review_on": "2027-03-01", "profiling": "no", "review_interval": 12}
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(**values))

    answer = send(
        client,
        shown,
        unit=str(unit.pk),
        retention_schedule=str(schedule.pk),
        owner=str(ane.pk),
        next_review_on="2027-04-01",
        profiling="yes",
        review_interval="024",
        **forms.new_row("transfers", 0, country="US", recipient="4711", assessed_on="2026-05-01"),
    )

    assert told(answer) == {
        "clashes": [
            ("Owner", "", bo.username, ane.username),
            ("Review every (months)", "", "12", "24"),
            ("Next review on", "", "1 March 2027", "1 April 2027"),
            ("Profiling", "Not assessed", "No", "Yes"),
        ],
        "mine": [
            ("Unit", "", "", "Sales"),
            ("Kept for", "", "", "Ten years"),
            (
                "Transfers, “4711”",
                "",
                "",
                "4711 – Country: United States; Assessed on: 1 May 2026",
            ),
        ],
    }


def test_an_entry_of_a_catalogue_is_kept_from_being_overwritten_too(client, bo):
    entry = factories.make(models.Recipient, name="Parcel service", description="Parcels")
    shown = opened(client, entry)
    meanwhile(bo, lambda: models.Recipient.objects.filter(pk=entry.pk).update(description="Letters", country="NO"))

    answer = send(client, shown, description="Parcels and letters")
    page = unescape(answer.content.decode())
    unsaved = models.Recipient.objects.get(pk=entry.pk).description
    saved = send(client, answer, **choose(description="mine"))

    entry.refresh_from_db()
    assert told(answer) == {
        "clashes": [("Description", "Parcels", "Letters", "Parcels and letters")],
        "theirs": [("Country", "", "Norway", "")],
    }
    assert "Nothing was saved: Bo Lund has changed this record meanwhile." in page
    assert unsaved == "Letters"
    assert (saved.status_code, entry.description, entry.country) == (302, "Parcels and letters", "NO")


def test_retiring_a_stale_entry_is_refused(client, bo):
    entry = factories.make(models.System, name="Till")
    shown = opened(client, entry)
    meanwhile(bo, lambda: models.System.objects.filter(pk=entry.pk).update(name="Tills"))

    answer = send(client, shown, _retire="Retire")

    entry.refresh_from_db()
    assert (answer.status_code, entry.retired_on, entry.name) == (200, None, "Tills")


def test_an_organisations_contact_that_was_deleted_while_edited_is_kept_as_a_new_row(client, bo, organisation):
    contact = factories.make(
        models.Contact, organisation=organisation, kind="other", name="Kari", email="kari@fjord.example"
    )
    shown = opened(client, organisation)
    meanwhile(bo, lambda: models.Contact.objects.get(pk=contact.pk).delete())

    answer = send(client, shown, contacts__0__email="kari.moe@fjord.example")
    page = unescape(answer.content.decode())
    saved = send(client, answer, **choose(**{f"contacts__{contact.pk}": "mine"}))

    assert [label for label, *_ in told(answer)["clashes"]] == ["Contacts, “Kari”"]
    assert "Deleted meanwhile by Bo Lund. What you typed is kept here as a new row." in page
    assert f'name="contacts-0-formerly" value="{contact.pk}"' in page
    assert (saved.status_code, organisation.contacts.get().email) == (302, "kari.moe@fjord.example")


def test_a_record_that_was_deleted_meanwhile_is_offered_as_a_new_one_with_all_that_was_typed(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, payroll.delete, "not ours")

    answer = send(
        client, shown, description="Daily", purposes__0__text="Paying staff", **forms.new_row("purposes", 2, text="New")
    )
    page = unescape(answer.content.decode())
    saved = send(client, answer, reference="", change_reason="still needed")

    again = models.ProcessingActivity.objects.get()
    assert answer.status_code == 200
    assert "Nothing was saved: Bo Lund has deleted this record meanwhile." in page
    assert "“not ours”" in page
    assert f'action="{reverse("admin:registry_processingactivity_add")}"' in page
    assert [
        text for text in ("Daily", "Paying staff", "Paying bonuses", "New", "The bank") if f">\n{text}<" not in page
    ] == []
    assert saved.status_code == 302
    assert (again.name, again.description, texts(again)) == (
        "Payroll",
        "Daily",
        ["Paying staff", "Paying bonuses", "New"],
    )


def test_who_may_not_add_records_is_shown_what_they_typed_into_a_deleted_one(bo, payroll):
    clerk = factories.user()
    for model in (models.ProcessingActivity, *(inline.model for inline in row_inlines())):
        for action in ("view", "change"):
            name = f"{action}_{model._meta.model_name}"
            clerk.user_permissions.add(Permission.objects.get(codename=name, content_type__app_label="registry"))
    client = client_of(clerk)
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.get(pk=payroll.pk).delete())

    answer = send(client, shown, description="Daily", purposes__0__text="Paying staff")

    typed = [mine for _label, _before, _theirs, mine in told(answer)["mine"]]
    assert answer.status_code == 200
    assert [
        text for text in ("Payroll", "Daily", "Paying staff", "Paying bonuses", "The bank") if text not in typed
    ] == []
    assert "<form method" not in answer.content.decode().split('id="content-main"')[1]


@pytest.mark.parametrize("key", ["4711", "none"])
def test_a_record_that_never_was_is_no_conflict(client, key):
    answer = client.post(reverse("admin:registry_recipient_change", args=[key]), {"name": "X"})

    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))


def test_deleting_what_has_changed_since_it_was_asked_is_refused(client, bo):
    entry = factories.make(models.Recipient, name="Parcel service")
    address = reverse("admin:registry_recipient_delete", args=[entry.pk])
    asked = client.get(address).context["loaded_version"]
    meanwhile(bo, lambda: models.Recipient.objects.filter(pk=entry.pk).update(description="Used by payroll"))

    answer = client.post(address, {"post": "yes", "loaded_version": asked, "change_reason": "unused"})
    page = unescape(answer.content.decode())
    is_there = models.Recipient.objects.filter(pk=entry.pk).exists()
    confirmed = client.post(address, {"post": "yes", "loaded_version": answer.context["loaded_version"]})

    assert (answer.status_code, is_there) == (200, True)
    assert "Nothing was deleted: Bo Lund has changed this meanwhile." in page
    assert told(answer) == {"theirs": [("Description", "", "Used by payroll", "")]}
    assert re.search(r'name="change_reason"[^>]* value="unused"', page)
    assert confirmed.status_code == 302
    assert not models.Recipient.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("version", ["", "latest", "999999"])
def test_deleting_without_a_readable_version_is_asked_again(client, payroll, version):
    address = reverse("admin:registry_processingactivity_delete", args=[payroll.pk])

    answer = client.post(address, {"post": "yes", "loaded_version": version})

    assert (answer.status_code, models.ProcessingActivity.objects.count()) == (200, 1)
    assert answer.context["conflict"].first is None


def test_deleting_what_is_gone_already_says_so(client, bo, payroll):
    address = reverse("admin:registry_processingactivity_delete", args=[payroll.pk])
    meanwhile(bo, lambda: models.ProcessingActivity.objects.get(pk=payroll.pk).delete())

    answer = client.post(address, {"post": "yes", "loaded_version": "1"})

    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))


def test_many_changes_by_several_people_are_counted_and_the_same_person_is_told_apart(client, ane, bo, payroll):
    shown = opened(client, payroll)
    for number in range(11):
        person = bo if number < 10 else ane
        meanwhile(
            person,
            lambda number=number: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(
                description=str(number)
            ),
        )

    conflict = send(client, shown, contact="HR").context["conflict"]

    assert (len(conflict.made), conflict.further) == (10, 1)
    assert conflict.names == "Bo Lund and Ane Dahl (you, elsewhere)"
    assert [(item.label, item.theirs) for item in conflict.theirs] == [("Description", "10")]


def test_three_people_are_one_and_others(client, payroll):
    shown = opened(client, payroll)
    for name in ("Bo", "Cy", "Di"):
        meanwhile(
            factories.user(first_name=name),
            lambda name=name: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description=name),
        )

    assert send(client, shown, contact="HR").context["conflict"].names == "Bo and others"


def test_a_long_text_is_compared_word_by_word(client, bo, payroll):
    text = "Wages are paid every month by bank transfer, and the slips are sent to every employee by letter."
    models_of = models.ProcessingActivity.objects.filter(pk=payroll.pk)
    meanwhile(bo, lambda: models_of.update(description=text))
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models_of.update(description=text.replace("letter", "mail")))

    page = send(client, shown, description=text.replace("month", "week")).content.decode()

    assert re.findall(r"<(del|ins)>\s*(\w+)</", page) == [
        ("del", "letter"),
        ("ins", "mail"),
        ("del", "month"),
        ("ins", "week"),
    ]


def test_the_panel_can_be_heard_reached_and_used_without_script(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.filter(pk=payroll.pk).update(description="Weekly"))

    page = send(client, shown, description="Daily").content.decode()

    form = page[page.index('id="processingactivity_form"') :]
    assert '<section class="conflict" role="alert" aria-labelledby="conflict-heading">' in form
    assert '<h2 id="conflict-heading" tabindex="-1" autofocus>' in form
    assert len(re.findall(r'<input type="radio" name="conflict-description" value="(?:mine|theirs)"', form)) == 2
    assert re.findall(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", page) == []
    assert 'href="#id_description"' in form


def test_a_conflict_of_many_rows_needs_no_more_further_queries_than_of_few(client, bo, organisation):
    def queries(shown, **typed):
        with connection.execute_wrapper(counter := Counter()):
            answer = send(client, shown, **typed)
        assert answer.status_code == 200
        return counter.count

    def further_queries(count):
        activity = factories.activity(organisation)
        with change_set():
            for place in range(count):
                models.ActivityRecipient.objects.create(activity=activity, position=place, stated_as=f"R{place}")
        shown = opened(client, activity)
        refused = queries(shown, name="")
        meanwhile(bo, lambda: models.ActivityRecipient.objects.filter(activity=activity).update(what_for="Theirs"))
        return queries(shown, **{f"recipients__{place}__what_for": "Mine" for place in range(count)}) - refused

    further_queries(1)
    assert further_queries(2) == further_queries(6)


class Counter:
    """Counts queries."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_of_two_who_save_at_the_same_moment_one_is_told_of_the_other(organisation):
    activity = factories.activity(organisation)
    people = [client_of(factories.user(is_superuser=True)) for _ in range(2)]
    sent = [
        forms.shown_data(opened(person, activity), description=f"By {number}") for number, person in enumerate(people)
    ]
    address = reverse(forms.CHANGE, args=[activity.pk])
    start, answers = Barrier(2), []

    def save(person, data):
        start.wait()
        answers.append(person.post(address, data).status_code)
        connection.close()

    threads = [Thread(target=save, args=pair) for pair in zip(people, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 302]
    assert activity.history.count() == 2


@pytest.mark.parametrize(
    ("spine", "other", "woven"),
    [
        ("abc", "abc", "abc"),
        ("abc", "xabc", "xabc"),
        ("abc", "axyb", "axybc"),
        ("", "xy", "xy"),
        ("cab", "abxc", "cabx"),
    ],
)
def test_further_rows_follow_the_row_that_they_followed(spine, other, woven):
    assert "".join(weave(spine, other)) == woven
