"""One record as a document of its own."""

import pytest
from django.utils import timezone, translation

from registry import models
from registry.record.loader import load_register
from registry.reports.record import record_report
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.test_register import PROVENANCE

pytestmark = pytest.mark.django_db


def report_of(activity, **moment):
    register = load_register(**moment).only([activity.pk])
    found = record_report(register, next(register.activities()), PROVENANCE)
    (part,) = found.parts
    (card,) = part.cards()
    return found, card


def test_the_document_says_what_it_is_and_of_which_state():
    activity = factories.activity(factories.organisation(name="Fjord Foods AS"), reference="A-1", name="Payroll")
    last = models.ChangeSet.objects.first()

    found, _ = report_of(activity)

    assert found.running_head == "Record of processing activities · Fjord Foods AS"
    assert found.keywords == f"GDPR Art. 30, change set {last.sequence}, {last.digest}"
    assert found.subject.startswith("Record as controller (GDPR Art. 30(1)), as at ")


def test_what_a_file_says_of_itself_is_in_its_language():
    activity = factories.activity(factories.organisation(name="Fjord Foods AS"), reference="A-1", name="Payroll")
    last = models.ChangeSet.objects.first()

    said = {}
    for language in ("de", "fr"):
        with translation.override(language):
            said[language] = report_of(activity)[0].keywords

    assert said == {
        "de": f"Art. 30 DSGVO, Änderungssatz {last.sequence}, {last.digest}",
        "fr": f"art. 30 RGPD, lot de modifications {last.sequence}, {last.digest}",
    }


@pytest.mark.parametrize(
    ("role", "language", "cited"),
    [
        ("controller", "en", "GDPR Art. 30(1)(a)"),
        ("controller", "de", "Art. 30 Abs. 1 lit. a DSGVO"),
        ("processor", "fr", "art. 30, par. 2, point a) RGPD"),
    ],
)
def test_the_article_that_asks_whose_record_it_is_is_cited_in_the_language_of_the_document(role, language, cited):
    activity = factories.activity(factories.organisation(name="Fjord Foods AS"), role=role)

    with translation.override(language):
        _, card = report_of(activity)

    assert card.sections[0].article == cited


def test_a_past_state_is_reported_with_everything_as_it_was_called_then():
    organisation = factories.organisation(name="Fjord Foods AS")
    with change_set():
        activity = models.ProcessingActivity.objects.create(organisation=organisation, reference="A-1", name="Payroll")
    then = timezone.now()
    with change_set():
        organisation.name = "Fjord Foods ASA"
        organisation.save()
        activity.name = "Salaries"
        activity.save()

    before, _ = report_of(activity, as_at=then)
    after, _ = report_of(activity)

    assert (before.title, after.title) == ("A-1 Payroll – Fjord Foods AS", "A-1 Salaries – Fjord Foods ASA")


def test_the_card_stands_between_whose_record_it_is_and_what_the_document_is():
    activity = factories.activity(factories.organisation(), role="processor")

    _, card = report_of(activity)

    articles = [section.article for section in card.sections]
    assert (card.sections[0].title, articles[0]) == ("Processor", "GDPR Art. 30(2)(a)")
    assert (card.sections[-1].title, articles[-1]) == ("This document", "")
    assert len(card.sections) > 4
