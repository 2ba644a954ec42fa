from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.screens import auditor, client_of, marketing, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return factories.activity(factories.organisation(), reference="MK-1", name="Newsletter")


@pytest.fixture
def mechanism(activity):
    return factories.make(
        models.ConsentMechanism, activity=activity, name="Sign-up form", wording="Write to me <now>", channel="website"
    )


def page(client, mechanism):
    return client.get(reverse("admin:consent_mechanism", args=[mechanism.pk]))


def test_the_page_tells_every_wording_the_last_first_and_what_changed_in_it(mechanism):
    with change_set(reason="Twice is enough"):
        mechanism.wording = "Write to me <twice>"
        mechanism.save()

    response = page(client_of(officer()), mechanism)

    said = [(one["number"], one["wording"].text) for one in response.context["wordings"]]
    assert said == [(2, "Write to me <twice>"), (1, "Write to me <now>")]
    content = response.content.decode()
    assert "<blockquote>Write to me &lt;twice&gt;</blockquote>" in content
    assert "<del>now</del><ins>twice</ins>" in content
    assert "Twice is enough" in content


def test_what_rests_on_it_is_told(mechanism, activity):
    purpose = factories.make(models.Purpose, activity=activity, text="Sending the newsletter")
    said = {"A6-1-a": ("Consent", "GDPR Art. 6(1)(a)"), "A6-1-b": ("Contract", "GDPR Art. 6(1)(b)")}
    for position, (code, (title, citation)) in enumerate(said.items()):
        basis = factories.make(
            models.LegalBasis, code=code, title=title, citation=citation, regime="eu", kind="lawful_basis"
        )
        factories.make(
            models.ActivityLegalBasis, activity=activity, legal_basis=basis, purpose=purpose, position=position
        )
    used = factories.make(models.Segment, activity=activity, name="Subscribers", consent=mechanism)
    factories.make(models.Segment, activity=activity, name="Others", position=1)

    response = page(client_of(officer()), mechanism)

    assert response.context["bases"] == [("Consent (Art. 6(1)(a))", "Sending the newsletter")]
    assert response.context["segments"] == [used]
    assert f'href="/segment-review/?segment={used.pk}"' in response.content.decode()


def test_nothing_rests_on_it_and_no_words_are_said_to_be_missing(activity):
    bare = factories.make(models.ConsentMechanism, activity=activity, name="Bare")

    content = page(client_of(officer()), bare).content.decode()

    assert "Neither a legal basis of its activity nor a segment rests on it." in content
    assert "No wording is recorded." in content


@pytest.mark.parametrize(("days", "renewal"), [(-1, "overdue"), (0, "soon"), (90, "soon"), (91, ""), (None, "")])
def test_the_renewal_is_pointed_out_in_time(mechanism, days, renewal):
    with change_set():
        mechanism.valid_until = None if days is None else timezone.localdate() + timedelta(days=days)
        mechanism.save()

    assert page(client_of(officer()), mechanism).context["renewal"] == renewal


def test_who_sees_consents_alone_is_led_to_no_record_and_who_sees_neither_to_nothing(mechanism, activity):
    record = f"/registry/processingactivity/{activity.pk}/change/"

    assert record in page(client_of(auditor()), mechanism).content.decode()
    assert record not in page(client_of(marketing()), mechanism).content.decode()
    assert page(client_of(factories.user()), mechanism).status_code == 403


def test_one_that_is_gone_is_not_found_and_nothing_is_written_here(mechanism):
    client = client_of(officer())

    assert client.get("/consent-mechanisms/999999/").status_code == 404
    assert client.post(f"/consent-mechanisms/{mechanism.pk}/").status_code == 405


def test_the_list_leads_to_the_page(mechanism):
    content = client_of(marketing()).get("/registry/consentmechanism/").content.decode()

    assert f'<a href="/consent-mechanisms/{mechanism.pk}/">Sign-up form</a>' in content
