from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def an_import(**values):
    details = {"file": "suppliers.csv", "sha256": "0" * 64}
    with change_set(
        actor=factories.user(username="ane"), channel=Channel.IMPORT, reason="Import of suppliers.csv", details=details
    ) as opened:
        models.Recipient.objects.create(name="Kiosk", **values)
        models.System.objects.create(name="Till")
    return models.ChangeSet.objects.get(pk=opened.sequence)


def test_the_list_says_who_changed_what_through_which_door_and_why():
    made = an_import()
    client = screens.client_of(screens.auditor())

    page = client.get(reverse("admin:registry_changeset_changelist"), {"q": "suppliers"})

    assert list(page.context["cl"].result_list) == [made]
    texts = [str(made), "ane", "import", "Import of suppliers.csv", ">suppliers.csv<"]
    assert [text for text in texts if text in page.content.decode()] == texts


def page_of(number, client=None, **asked):
    client = client or screens.client_of(screens.auditor())
    return client.get(reverse("admin:registry_changeset_change", args=[number]), asked)


def test_a_change_set_names_every_object_it_touched_and_links_to_that_version():
    made = an_import()
    client = screens.client_of(screens.auditor())

    page = page_of(made.pk, client)

    assert page.context["counts"] == [("Systems", 1), ("Recipients", 1)]
    touched = [(one.kind, one.name, str(one.word)) for one in page.context["objects"]]
    assert touched == [("System", "Till", "created"), ("Recipient", "Kiosk", "created")]
    assert [client.get(one.url).status_code for one in page.context["objects"]] == [200, 200]


def test_each_object_is_shown_with_what_differs_from_its_version_before():
    organisation = factories.organisation(name="Fjord Foods AS")
    changed, deleted = (factories.activity(organisation, name=name) for name in ("Payroll", "Gone"))
    with change_set(reason="a step in between"):
        changed.tags = "x"
        changed.save()
    with change_set() as opened:
        changed.name = "O'Brien’s <wages>"
        changed.save()
        deleted.delete()

    page = page_of(opened.sequence)

    one, two = page.context["objects"]
    assert (str(one.word), [(shown.label, shown.field.old) for shown in one.changes]) == (
        "changed",
        [("Name", "Payroll")],
    )
    assert (two.name, str(two.word), two.changes) == ("Gone", "deleted", [])
    assert "<ins>O&#x27;Brien’s &lt;wages&gt;</ins>" in page.content.decode()


def test_an_object_that_came_back_is_restored():
    activity = factories.activity(factories.organisation(), name="Payroll")
    pk = activity.pk
    with change_set():
        activity.delete()
    with change_set() as opened:
        activity.pk = pk
        activity.save(force_insert=True)

    (one,) = page_of(opened.sequence).context["objects"]

    assert (str(one.word), one.changes[0].label) == ("restored", "Organisation")


def test_objects_that_a_person_may_not_see_are_named_without_a_link():
    made = an_import()
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_changeset"))

    page = page_of(made.pk, screens.client_of(user))

    assert {(one.url, tuple(one.changes)) for one in page.context["objects"]} == {("", ())}


def test_a_large_change_set_is_paged_and_counts_all_its_objects(monkeypatch):
    monkeypatch.setattr("registry.admin.touched.PER_PAGE", 2)
    with change_set() as opened:
        for number in range(3):
            models.System.objects.create(name=f"System {number}")

    page = page_of(opened.sequence, p=2)

    assert (page.context["counts"], [one.name for one in page.context["objects"]]) == ([("Systems", 3)], ["System 2"])
    assert "3 objects" in page.content.decode()


def test_the_queries_of_a_change_set_do_not_depend_on_what_it_touched():
    def queries(number: int) -> int:
        with change_set() as opened:
            for _ in range(number):
                models.System.objects.create(name=f"System {models.System.objects.count()}")
        client = screens.client_of(screens.auditor())
        page_of(opened.sequence, client)
        with CaptureQueriesContext(connection) as captured:
            page_of(opened.sequence, client)
        return len(captured)

    assert queries(1) == queries(3)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "payroll"}, ["naming", "renaming"]),
        ({"q": "O'Brien"}, ["naming"]),
        ({"q": "wages"}, ["renaming"]),
        ({"q": "hr-1"}, ["naming", "renaming"]),
        ({"q": "till"}, ["buying"]),
        ({"q": "buying"}, ["buying"]),
        ({"kind": "system"}, ["buying"]),
        ({"kind": "system", "q": "payroll"}, []),
        ({"kind": "processingactivity", "q": "payroll"}, ["naming", "renaming"]),
        ({"channel__exact": "import"}, ["buying"]),
        ({"actor_name": "ane"}, ["buying"]),
        ({"made_at__gte": "2026-02-15 00:00:00+00:00"}, ["renaming"]),
        ({"made_at__year": "2025"}, []),
    ],
)
def test_change_sets_are_found_by_person_door_period_and_object(asked, found):
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
    with time_machine.travel(moments[0], tick=False), change_set(reason="naming"):
        organisation = models.Organisation.objects.create(name="O'Brien’s")
        activity = models.ProcessingActivity.objects.create(organisation=organisation, name="Payroll", reference="HR-1")
    ane = factories.user(username="ane")
    with time_machine.travel(moments[1], tick=False), change_set(actor=ane, channel=Channel.IMPORT, reason="buying"):
        models.System.objects.create(name="Till")
    with time_machine.travel(moments[2], tick=False), change_set(reason="renaming"):
        activity.name = "Payroll and wages"
        activity.save()

    page = screens.client_of(screens.auditor()).get(reverse("admin:registry_changeset_changelist"), asked)

    reasons = [one.reason for one in page.context["cl"].result_list]
    assert sorted(set(reasons) & {"naming", "renaming", "buying"}) == sorted(found)


def test_objects_that_a_person_may_not_see_are_not_searched():
    an_import()
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_changeset"))

    page = screens.client_of(user).get(reverse("admin:registry_changeset_changelist"), {"q": "Kiosk"})

    assert list(page.context["cl"].result_list) == []
    assert page.context["cl"].filter_specs[-1].title != "kind of object"


def test_no_change_set_has_a_page_under_another_address():
    client = screens.client_of(screens.auditor())

    answers = [client.get(f"/registry/changeset/{key}/change/") for key in ("abc", 77777)]

    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_list_do_not_depend_on_its_rows(count, django_assert_num_queries):
    for number in range(count):
        factories.make(models.System, name=f"System {number}")
    client = screens.client_of(screens.auditor())
    address = reverse("admin:registry_changeset_changelist")
    client.get(address)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)


LIST_QUERIES = 9


def test_a_change_set_that_never_was_is_not_said_to_have_been_deleted():
    client = screens.client_of(screens.auditor())

    answer = client.get("/registry/changeset/999/change/", follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["There is no change set #999."]
    assert answer.redirect_chain == [("/registry/changeset/", 302)]


def test_an_import_is_listed_with_its_file():
    with change_set(channel="import", reason="The first half", details={"file": "half.csv", "sha256": "0" * 64}):
        models.Recipient.objects.create(name="Bank")

    page = screens.client_of(screens.auditor()).get("/registry/changeset/")

    [row] = page.context["cl"].result_list
    assert page.context["cl"].model_admin.shown_file(row) == "half.csv"
    assert "0" * 64 not in page.content.decode()


def test_what_an_accepted_gap_covers_is_said_in_words(client):
    client.force_login(factories.user(is_superuser=True))
    day = date(2026, 11, 1)
    with change_set(reason="for a test") as opened:
        models.GapAcceptance.objects.create(
            gap="notice-silent:1", record="A-1 Newsletter", sentence="The notice is silent on it.", reason="Known",
            accepted_by="Ane Dahl", accepted_on=day, valid_until=day, covers="12\n5f3a90bc",
        )  # fmt: skip

    page = client.get(reverse("admin:registry_changeset_change", args=[opened.sequence])).content.decode()

    assert "A-1 Newsletter: The notice is silent on it." in page
    assert "2 things, as they were named then" in page
    assert "5f3a90bc" not in page
