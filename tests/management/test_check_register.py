import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from registry import models
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def payroll():
    """A record whose only gaps are a missing legal basis (critical) and an unnamed recipient (serious)."""
    owner = factories.organisation(name="Fjord Foods AS", email="privacy@fjord.example", country="NO")
    schedule = factories.make(
        models.RetentionSchedule,
        name="Ten years",
        text="Ten years",
        disposal="erase",
        permanent=True,
        legal_source="law",
    )
    activity = factories.activity(
        owner, reference="PA-1", name="Payroll", status="approved", transfers_answer="no", special_categories="no",
        recipients_answer="yes", contact="Payroll office", retention_schedule=schedule,
    )  # fmt: skip
    with change_set():
        models.Purpose.objects.create(activity=activity, text="Paying wages")
        models.ActivityDataSubject.objects.create(activity=activity, stated_as="Employees")
        models.ActivityDataCategory.objects.create(activity=activity, stated_as="Bank details")
        models.ActivityMeasure.objects.create(activity=activity, stated_as="Access control")
    return activity


def only(told, *rules):
    return [gap for gap in told["gaps"] if gap["rule"] in rules]


def test_the_gaps_are_told_with_article_and_remedy(payroll, capsys):
    call_command("check_register", organisation="fjord foods as")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Register of Fjord Foods AS as at ")
    place = lines.index("PA-1 Payroll")
    assert lines[place + 1 : place + 7] == [
        "  critical  The record names no legal basis.",
        "            GDPR Art. 6(1) · legal-basis-missing",
        "            → Add the legal basis of each purpose, or of the whole activity.",
        "  serious   The record says that there are recipients and lists none.",
        "            GDPR Art. 30(1)(d) · recipients-announced-not-listed",
        "            → List the recipients, or answer that there are none.",
    ]
    assert lines[-1].startswith("1 record checked. Gaps: 1 critical, 1 serious, ")


def test_the_gaps_are_told_to_machines(payroll, capsys):
    call_command("check_register", json=True)

    told = json.loads(capsys.readouterr().out)
    assert [gap["id"] for gap in only(told, "legal-basis-missing")] == [f"legal-basis-missing:{payroll.pk}"]
    assert (told["records"], told["counts"]["critical"], told["organisation"]) == (1, 1, None)


def test_an_empty_register_is_told(capsys):
    call_command("check_register", json=True)
    assert json.loads(capsys.readouterr().out)["gaps"] == []

    call_command("check_register")
    assert capsys.readouterr().out.splitlines()[-1] == (
        "0 records checked. Gaps: 0 critical, 0 serious, 0 minor, in 0 records."
    )


def test_the_exit_code_says_whether_a_gap_is_as_grave_as_was_asked(payroll, capsys):
    with pytest.raises(CommandError, match=r"^1 gap is critical\.$") as caught:
        call_command("check_register", fail_on="critical")
    assert caught.value.returncode == 1

    with pytest.raises(CommandError, match=r"^2 gaps are serious or graver\.$"):
        call_command("check_register", fail_on="serious")

    with change_set():
        payroll.status = "retired"
        payroll.save()
    call_command("check_register", fail_on="minor")


def test_a_gap_that_is_accepted_is_told_apart_and_fails_nothing(payroll, capsys):
    factories.make(
        models.GapAcceptance, gap=f"legal-basis-missing:{payroll.pk}", record="PA-1 Payroll", sentence="None",
        reason="The works council decides in May", accepted_by="Ane Dahl", accepted_on=date(2020, 1, 1),
        valid_until=date(2099, 5, 31),
    )  # fmt: skip
    factories.make(
        models.GapAcceptance, gap=f"recipients-announced-not-listed:{payroll.pk}", record="PA-1", sentence="None",
        reason="For a month", accepted_by="Ane Dahl", accepted_on=date(2020, 1, 1), valid_until=date(2020, 2, 1),
    )  # fmt: skip

    call_command("check_register", fail_on="critical")
    lines = capsys.readouterr().out.splitlines()
    call_command("check_register", json=True)
    told = json.loads(capsys.readouterr().out)

    assert "            accepted by Ane Dahl until 2099-05-31: The works council decides in May" in lines
    assert lines[-2].startswith("1 record checked. Gaps: 0 critical, 1 serious, ")
    assert lines[-1] == "Beside these 1 gap is accepted."
    found = only(told, "legal-basis-missing", "recipients-announced-not-listed")
    assert {gap["rule"]: gap["accepted"] for gap in found} == {
        "legal-basis-missing": {
            "by": "Ane Dahl", "on": "2020-01-01", "until": "2099-05-31", "reason": "The works council decides in May",
        },
        "recipients-announced-not-listed": None,
    }  # fmt: skip
    assert (told["counts"]["critical"], told["counts"]["serious"]) == (0, 1)


def test_the_register_is_checked_as_at_a_moment(payroll, capsys):
    call_command("check_register", as_at="2020-01-01", json=True)

    told = json.loads(capsys.readouterr().out)
    assert (told["records"], told["gaps"]) == (0, [])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"organisation": "Fjord"}, "There is no organisation “Fjord”. Known: “Fjord Foods AS”."),
        ({"organisation": "Fjord Foods AS", "as_at": "2020-01-01"}, "“Fjord Foods AS” was not in the register"),
        ({"as_at": "soon"}, "“soon” is no moment."),
    ],
)
def test_what_can_not_be_checked_is_told_with_another_exit_code(payroll, options, said):
    with pytest.raises(CommandError) as caught:
        call_command("check_register", **options)

    assert (str(caught.value).startswith(said), caught.value.returncode) == (True, 2)


def test_gaps_of_organisations_and_systems_are_told_apart(payroll, capsys):
    with change_set():
        payroll.organisation.email = ""
        payroll.organisation.save()
    system = factories.make(models.System, name="Shop")
    factories.make(models.SystemData, system=system, stated_as="Voices")
    factories.make(models.ActivitySystem, activity=payroll, system=system)

    call_command("check_register")

    lines = capsys.readouterr().out.splitlines()
    assert "Fjord Foods AS: the organisation as a whole" in lines
    place = lines.index("Shop: the system")
    assert lines[place + 1 : place + 4] == [
        "  serious   The system Shop holds “Voices”, and no record of Fjord Foods AS that uses it lists these.",
        "            GDPR Art. 30(1)(c) · system-holds-data-that-no-record-lists",
        "            → Add the data to the record that uses them, record the processing that is missing, or delete the data.",
    ]
    assert lines[-1].endswith(", in 1 record and 1 organisation and 1 system.")
