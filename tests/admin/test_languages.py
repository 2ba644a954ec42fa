"""The screens speak the language that a person chose, or that her browser asks for."""

import io

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from registry import models
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

SAVE = {"en": "Save", "fr": "Enregistrer", "de": "Sichern"}
ACTIVITIES = "/registry/processingactivity/"


@pytest.fixture
def officer(client):
    client.force_login(factories.user(is_superuser=True, is_staff=True))
    return client


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("de-AT,de;q=0.9,en;q=0.5", "de"), ("fr", "fr"), ("en-US", "en"), ("en-GB", "en"), ("pt-BR", "en"), ("", "en")],
)
def test_without_a_choice_the_browser_says_which_language(officer, asked, spoken):
    page = officer.get("/", headers={"accept-language": asked} if asked else {})

    assert f'<html lang="{spoken}' in page.content.decode()
    assert page.headers["Content-Language"] == spoken


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_what_a_person_chooses_outdoes_her_browser_and_brings_her_back(officer, code):
    answer = officer.post("/language/", {"language": code, "next": ACTIVITIES})

    page = officer.get(answer.headers["Location"], headers={"accept-language": "pt"})
    assert answer.headers["Location"] == ACTIVITIES
    assert page.headers["Content-Language"] == code
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_choosing_leads_nowhere_else_and_changes_nothing_of_the_register(officer):
    before = models.ChangeSet.objects.count()

    answer = officer.post("/language/", {"language": "de", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"
    assert models.ChangeSet.objects.count() == before


def test_a_language_that_is_not_offered_is_not_chosen(officer):
    officer.post("/language/", {"language": "xx", "next": "/"})

    assert officer.get("/").headers["Content-Language"] == "en"


def test_each_language_is_offered_in_its_own_words_also_before_logging_in(client):
    page = client.get("/login/").content.decode()

    for code, name in settings.LANGUAGES:
        assert f'value="{code}" lang="{code}"' in page
        assert name in page


@pytest.mark.parametrize("code", SAVE)
def test_the_form_is_labelled_by_the_declared_labels_of_the_record(officer, code):
    activity = screens.one_of_each()[models.ProcessingActivity]

    page = officer.get(f"{ACTIVITIES}{activity.pk}/change/", headers={"accept-language": code})

    form = page.context["adminform"].form
    with translation.override(code):
        assert {key: str(field.label) for key, field in form.fields.items() if key in facts(ActivityRecord)} == {
            key: facts(ActivityRecord)[key].title for key in form.fields if key in facts(ActivityRecord)
        }
    assert SAVE[code] in page.content.decode()


@pytest.mark.parametrize("code", ["fr", "de"])
def test_no_screen_fails_in_another_language(officer, code):
    objects = screens.one_of_each()

    for model, subject in objects.items():
        place = f"/registry/{model._meta.model_name}/"
        for address in (place, f"{place}{subject.pk}/change/", f"{place}{subject.pk}/history/"):
            here, there = (officer.get(address, headers={"accept-language": one}).status_code for one in ("en", code))
            assert (address, there) == (address, here)


@pytest.mark.parametrize(("code", "law"), [("de", "DSGVO"), ("fr", "RGPD")])
def test_screens_cite_the_law_and_quote_questions_as_the_language_does_it(officer, code, law):
    activity = factories.activity(factories.organisation(), name="Payroll", status="approved")
    with change_set(reason="for a test"):
        models.Purpose.objects.create(activity=activity, text="Paying wages")
    record, at = f"{ACTIVITIES}{activity.pk}/change/", f"?record={activity.pk}"
    gap = models.FoundGap.objects.first() if officer.get("/gaps/") else None
    one = models.ChangeConsequence.objects.first()

    for address in (
        record,
        f"/screening/{activity.pk}/",
        f"/gaps/{gap.gap}/",
        f"/consequences/{at}",
        f"/consequences/{one.pk}/",
        f"/consequences/print/{at}",
    ):
        page = officer.get(address, headers={"accept-language": code}).content.decode()
        assert (address, "GDPR Art" in page, law in page) == (address, False, True)
    form = officer.get(record, headers={"accept-language": code}).content.decode()
    assert "<q>" in form
    assert '<p class="asks">“' not in form


def test_dates_on_screens_are_written_as_the_language_does_it(officer):
    organisation = factories.organisation()
    factories.activity(organisation, next_review_on="2031-03-31")

    shown = {code: officer.get(ACTIVITIES, headers={"accept-language": code}).content.decode() for code in SAVE}

    assert all(
        day in shown[code] for code, day in {"en": "31 Mar 2031", "fr": "31 mars 2031", "de": "31. März 2031"}.items()
    )


def test_what_is_saved_in_another_language_is_sealed_the_same(officer):
    objects = screens.one_of_each()
    activity = objects[models.ProcessingActivity]

    with translation.override("de"), change_set(reason="auf Deutsch"):
        models.Transfer.objects.create(activity=activity, country="US", safeguard="A46-2-c")
        activity.transfers_answer = "yes"
        activity.save()

    out = io.StringIO()
    call_command("verify_history", stdout=out)
    assert out.getvalue().startswith("The history holds")
    content = activity.history.latest("pk").content
    assert "Vereinigte" not in content


@pytest.mark.parametrize("code", ["fr", "de"])
def test_the_columns_and_filters_of_every_list_are_in_the_language(officer, code):
    screens.one_of_each()
    same = {}
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        heads = []
        for language in ("en", code):
            page = officer.get(address, headers={"accept-language": language})
            with translation.override(language):
                changelist = page.context["cl"]
                columns = [str(head["text"]) for head in result_headers(changelist)]
                heads.append({*columns, *(str(spec.title) for spec in changelist.filter_specs)})
        same[model.__name__] = {text for text in heads[0] & heads[1] if "<" not in text}

    alike = {
        "de": {"Status", "Organisation", "Export", "Import", "System", "Region", "Name", "Auditor"},
        "fr": {"format", "Participants"},
    }[code] | {"Audit", "Document", "Segment", "Description", "Article", "Code", "Version", "Conclusion", "Questions"}
    assert {name: texts - alike for name, texts in same.items() if texts - alike} == {}


@pytest.mark.parametrize(
    ("code", "title"), [("fr", "Ajouter\u202f: activité de traitement"), ("de", "Verarbeitungstätigkeit hinzufügen")]
)
def test_the_title_of_a_new_object_needs_no_article(officer, code, title):
    assert str(officer.get(f"{ACTIVITIES}add/", headers={"accept-language": code}).context["title"]) == title
