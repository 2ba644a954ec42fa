import json

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
    with pytest.raises(CommandError, match=r"^1 gap is critical or graver\.$") as caught:
        call_command("check_register", fail_on="critical")
    assert caught.value.returncode == 1

    with pytest.raises(CommandError, match=r"^2 gaps are serious or graver\.$"):
        call_command("check_register", fail_on="serious")

    with change_set():
        payroll.status = "retired"
        payroll.save()
    call_command("check_register", fail_on="minor")


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
