"""Two people edit one record: who is told what, and what is saved."""

import re
from html import unescape
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.conflicts.steps import choose, meanwhile, opened, send, texts, told
from tests.admin.screens import client_of

pytestmark = pytest.mark.django_db


class Counter:
    """Counts queries."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


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
    assert "<q>new law</q>" in page
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
