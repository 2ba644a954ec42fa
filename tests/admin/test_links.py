"""No page leads whoever reads it to a refusal: every link on every page is followed, in each role."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.urls import resolve

from registry import models
from registry.roles import ACTIVITY_OWNER, AUDITOR, MARKETING_TEAM, PRIVACY_OFFICER
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
ALIKE = 2
"""So many addresses of one kind are followed."""

ENDS = {"admin:logout"}
"""Addresses that end the visit."""


class Links(HTMLParser):
    """Where the links of a page lead, and which places it has."""

    def __init__(self, page):
        super().__init__()
        self.hrefs, self.places = [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.places.add(said.get("id"))
        if tag == "a" and said.get("href"):
            self.hrefs.append(said["href"])


def kind_of(address):
    """Return what an address has in common with those that differ by keys and by what is asked of a list."""
    match = resolve(urlsplit(address).path)
    words = tuple(sorted(str(value) for value in match.kwargs.values() if not str(value).isdigit()))
    return match.view_name, words


def wander(client, start="/"):
    """Follow the links from ``start`` on; return by answer other than a page what was found where, and all pages."""
    ahead, known, followed, refused, seen = [(start, "")], {start}, Counter(), [], []
    while ahead:
        address, from_where = ahead.pop(0)
        kind = kind_of(address)
        if kind[0] in ENDS or followed[kind] >= ALIKE:
            continue
        followed[kind] += 1
        answer = client.get(address)
        if answer.status_code in (301, 302):
            ahead.append((urljoin(address, answer["Location"]), from_where))
            continue
        if answer.status_code != 200:
            refused.append((answer.status_code, address, from_where))
        if answer.streaming:
            assert all(True for _ in answer)  # sent to its end, which closes it
        elif answer.status_code == 200 and "html" in answer["Content-Type"]:
            seen.append(address)
            page = Links(answer.content.decode())
            for href in page.hrefs:
                parts = urlsplit(urljoin(HOST + address, href))
                if href.startswith("#") and href[1:] and href[1:] not in page.places:
                    refused.append(("no such place", href, address))
                target = parts.path + (f"?{parts.query}" if parts.query else "")
                if f"{parts.scheme}://{parts.netloc}" == HOST and target not in known:
                    known.add(target)
                    ahead.append((target, address))
    return refused, seen


@pytest.fixture
def register():
    """One object of every kind, gaps, and a change of an approved record that its owner made."""
    found = screens.one_of_each()
    mara = factories.user(username="mara", first_name="Mara", last_name="Lind")
    mara.groups.add(Group.objects.get(name=ACTIVITY_OWNER))
    activity = found[models.ProcessingActivity]
    with change_set(reason="for a test"):
        activity.owner, activity.status, activity.unit = mara, "approved", found[models.OrganisationUnit]
        activity.retention_schedule = found[models.RetentionSchedule]
        activity.save()
        activity.recipients.create(recipient=found[models.Recipient])
        activity.data_categories.create(category=found[models.DataCategory])
        activity.data_subjects.create(category=found[models.DataSubjectCategory])
        activity.legal_bases.create(legal_basis=found[models.LegalBasis])
        activity.systems.create(system=found[models.System])
        activity.measures.create(measure=found[models.SecurityMeasure])
    with change_set(reason="for a test", actor=mara):
        activity.purposes.create(text="Writing to subscribers")
    return mara


@pytest.mark.parametrize("role", [PRIVACY_OFFICER, AUDITOR, ACTIVITY_OWNER, MARKETING_TEAM])
def test_no_link_leads_to_a_refusal(client, register, role):
    person = register if role == ACTIVITY_OWNER else factories.user()
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)

    refused, seen = wander(client)

    assert refused == [], "\n".join(map(str, refused))
    assert len(seen) > (8 if role == MARKETING_TEAM else 60)


def test_an_owner_is_named_without_a_link_where_accounts_are_not_seen(client, register):
    client.force_login(screens.auditor())

    page = client.get(f"/registry/processingactivity/{models.ProcessingActivity.objects.get().pk}/change/")

    assert '<div class="readonly">Mara Lind</div>' in page.content.decode()
