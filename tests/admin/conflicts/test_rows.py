"""Two people edit the rows of one record: what is merged, what has to be decided."""

from html import unescape

import pytest

from registry import models
from registry.admin.merging import weave
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.conflicts.steps import choose, meanwhile, opened, send, texts, told

pytestmark = pytest.mark.django_db


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
