import pytest
from django.test import Client
from django.urls import reverse

from registry import models
from tests import factories
from tests.admin import screens
from tests.versioning.tampering import tampering

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:verification")


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor())


@pytest.fixture
def activity():
    return factories.activity(factories.organisation(name="Fjord Foods AS"), name="Payroll")


def text(response):
    return " ".join(response.content.decode().split())


def test_looking_at_the_page_verifies_nothing(auditor, activity):
    response = auditor.get(PAGE)

    assert (response.status_code, response.context["verdict"]) == (200, None)


def test_the_button_tells_that_all_is_good_with_the_numbers_and_the_head(auditor, activity):
    response = auditor.post(PAGE)

    head = models.ChangeSet.objects.first().digest
    assert response.status_code == 200
    assert "The history holds" in text(response)
    assert f"<code>{head}</code>" in text(response)
    verdict = response.context["verdict"]
    assert (verdict.change_sets, verdict.versions, verdict.head) == (2, 2, head)


def test_the_button_names_what_does_not_hold(auditor, activity):
    with tampering():
        models.ProcessingActivity.history.model.objects.update(name="Payrole")
        response = auditor.post(PAGE)

    said = f"Change set #2: the column name of the version of processing activity {activity.pk} “Payroll” was altered."
    assert response.status_code == 200
    assert "The history does not hold" in text(response)
    assert f'<p class="errornote">{said}</p>' in text(response)
    assert reverse("admin:registry_changeset_change", args=[2]) in text(response)


@pytest.mark.parametrize(
    ("code", "said", "refused"),
    [
        (
            "de",
            "Änderungssatz #2: Die Spalte name der Fassung von Verarbeitungstätigkeit %d „Payroll“ wurde",
            "Er besteht",
        ),
        (
            "fr",
            "Lot de modifications #2\u202f: la colonne name de la version de l’objet activité de traitement %d",
            "elle se compose",
        ),
    ],
)
def test_what_does_not_hold_is_named_in_the_readers_language(auditor, activity, code, said, refused):
    with tampering():
        models.ProcessingActivity.history.model.objects.update(name="Payrole")
        response = auditor.post(PAGE, headers={"accept-language": code})
    no_head = auditor.post(PAGE, {"expect": "head"}, headers={"accept-language": code})

    assert said % activity.pk in response.context["verdict"].fault.message
    assert refused in no_head.context["form"].errors["expect"][0]


def test_a_head_seen_before_is_looked_for(auditor, activity):
    head = models.ChangeSet.objects.get(sequence=1).digest

    assert auditor.post(PAGE, {"expect": head[:12] + "…"}).context["verdict"].fault is None
    assert auditor.post(PAGE, {"expect": "f" * 12}).context["verdict"].fault.kind == "gone"


def test_what_can_not_be_a_head_is_told_at_its_field(auditor, activity):
    response = auditor.post(PAGE, {"expect": "head"})

    assert (response.status_code, response.context["verdict"]) == (400, None)
    assert response.context["form"].errors["expect"][0].startswith("“head” can't be a chain head")


def test_verifying_writes_nothing(auditor, activity):
    auditor.post(PAGE, {"change_reason": "just looking"})

    assert models.ChangeSet.objects.count() == 2


def test_who_may_not_see_change_sets_may_not_verify(activity):
    nobody = screens.client_of(factories.user())

    assert (nobody.get(PAGE).status_code, nobody.post(PAGE).status_code) == (403, 403)
    assert Client().get(PAGE).status_code == 302


def test_other_methods_are_refused(auditor):
    assert auditor.put(PAGE).status_code == 405


def test_the_sidebar_leads_to_it_for_those_who_may(auditor):
    link = f'href="{PAGE}"'

    assert link in text(auditor.get(reverse("admin:index")))
    assert link not in text(screens.client_of(factories.user()).get(reverse("admin:index")))
