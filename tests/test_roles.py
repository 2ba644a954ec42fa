import pytest
from django.contrib.auth.models import Group, Permission

from registry.roles import ACTIVITY_OWNER, AUDITOR, CHANGE_OWN, MARKETING_TEAM, PRIVACY_OFFICER, complete_roles

pytestmark = pytest.mark.django_db


def codenames(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_an_auditor_may_view_and_nothing_else():
    codes = codenames(AUDITOR)

    assert {code.split("_")[0] for code in codes} == {"view"}
    assert {"view_processingactivity", "view_changeset", "view_import", "view_purpose", "view_recipient"} <= codes
    assert "view_user" not in codes


def test_the_marketing_team_sees_segments_and_consents_and_changes_nothing_but_segments():
    assert codenames(MARKETING_TEAM) == {
        "view_segment",
        "view_segmentdata",
        "view_consentmechanism",
        "change_segment",
    }


def test_a_privacy_officer_maintains_the_record_but_not_its_history_nor_the_users():
    codes = codenames(PRIVACY_OFFICER)

    writing = {code for code in codes if not code.startswith("view_")}
    assert {
        "add_recipient",
        "change_recipient",
        "delete_recipient",
        "import_recipient",
        "change_purpose",
        "change_import",
    } <= writing
    assert {code for code in writing if "historical" in code or "changeset" in code or "user" in code} == set()
    assert "view_user" in codes


def test_completing_the_roles_again_adds_what_is_missing_and_takes_nothing_away():
    group = Group.objects.get(name=AUDITOR)
    group.permissions.remove(Permission.objects.get(codename="view_recipient"))
    group.permissions.add(Permission.objects.get(codename="view_user"))
    Permission.objects.filter(codename="import_recipient").delete()

    complete_roles()

    assert {"view_recipient", "view_user"} <= codenames(AUDITOR)
    assert "import_recipient" in codenames(PRIVACY_OFFICER)
    assert Group.objects.filter(name__in=[AUDITOR, PRIVACY_OFFICER]).count() == 2


def test_an_owner_reads_everything_and_may_change_what_is_hers():
    assert codenames(ACTIVITY_OWNER) == codenames(AUDITOR) | {CHANGE_OWN}
