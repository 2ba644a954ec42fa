import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from registry import models
from registry.admin import base
from registry.record.classes import CATALOGUES
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def form_of(model, **values):
    """What a browser would send from the form of a new entry."""
    blank = {
        field.name: field.get_default() or ""
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key
    }
    return {**blank, **no_rows(model), "_save": "Save", **values}


def no_rows(model):
    """What a browser sends of lists in which nothing stands."""
    return {f"{name}-{number}_FORMS": "0" for name in model.PARTS for number in ("TOTAL", "INITIAL")}


def add(client, model, **values):
    address = reverse(f"admin:registry_{model._meta.model_name}_add")
    return client.post(address, form_of(model, **values))


def change(client, entry, **values):
    model = type(entry)
    stored = {
        f.name: f.value_from_object(entry) for f in model._meta.concrete_fields if f.editable and not f.primary_key
    }
    stated = {name: "" if value is None else value for name, value in stored.items()}
    address = reverse(f"admin:registry_{model._meta.model_name}_change", args=[entry.pk])
    return client.post(address, {**stated, **no_rows(model), **seen(entry), **values})


def seen(entry):
    """The input of a form, or of the question whether to delete, that says which version the person has seen."""
    return {"loaded_version": entry.history.latest("history_id").pk}


def names(model):
    one = {"name": "An entry"}
    return {
        models.LegalBasis: {"code": "X-1", "title": "An entry", "regime": "eu", "kind": "lawful_basis"},
        models.RetentionSchedule: {"name": "An entry", "text": "A year"},
    }.get(model, one)


@pytest.mark.parametrize("model", CATALOGUES)
def test_an_officer_adds_an_entry_in_one_change_set_with_its_reason(model):
    user = screens.officer(first_name="Ane", last_name="Dahl")
    client = screens.client_of(user)

    answer = add(client, model, **names(model), change_reason="asked for by legal")

    entry = model.objects.get()
    made = models.ChangeSet.objects.get()
    assert answer.status_code == 302
    assert (made.actor_name, made.channel, made.reason) == ("Ane Dahl", "screen", "asked for by legal")
    assert [version.change_set_id for version in entry.history.all()] == [made.pk]


def test_labels_and_help_texts_of_the_form_are_those_of_the_facts():
    client = screens.client_of(screens.officer())

    form = client.get(reverse("admin:registry_recipient_add")).context["adminform"].form

    assert form.fields["sub_processor_of"].label == "Sub-processor of"
    assert form.fields["contract_document"].help_text == "Where the signed contract is kept."
    assert form.fields["acts_on_instructions"].help_text == '<span class="article">GDPR Art. 28(3)(a)</span>'
    assert (
        form.fields["kind"].help_text == 'Its usual role towards us. <span class="article">GDPR Art. 4(7)-(10)</span>'
    )


def test_a_name_that_exists_in_other_letters_is_refused_at_the_name():
    factories.make(models.Recipient, name="Parcel Service")
    client = screens.client_of(screens.officer())

    answer = add(client, models.Recipient, name="parcel service")

    assert answer.context["adminform"].form.errors == {
        "name": ["“parcel service” exists already. Use that one, or choose another."]
    }


def test_a_unit_may_bear_the_name_of_a_unit_of_another_organisation_alone():
    one, other = factories.organisation(), factories.organisation()
    factories.make(models.OrganisationUnit, organisation=one, name="Sales")
    client = screens.client_of(screens.officer())

    refused = add(client, models.OrganisationUnit, organisation=one.pk, name="SALES")
    accepted = add(client, models.OrganisationUnit, organisation=other.pk, name="SALES")

    assert list(refused.context["adminform"].form.errors) == ["name"]
    assert accepted.status_code == 302


def test_an_entry_keeps_its_own_name():
    entry = factories.make(models.Recipient, name="Parcel service")
    client = screens.client_of(screens.officer())

    answer = change(client, entry, description="Delivers", _save="Save")

    entry.refresh_from_db()
    assert (answer.status_code, entry.description) == (302, "Delivers")


@time_machine.travel("2026-11-22 09:00:00+00:00", tick=False)
def test_the_form_retires_and_reinstates_an_entry():
    entry = factories.make(models.System, name="Till")
    client = screens.client_of(screens.officer())

    retired = change(client, entry, _retire="Retire")
    entry.refresh_from_db()
    on = entry.retired_on
    page = client.get(retired.url)
    change(client, entry, _reinstate="Reinstate")

    entry.refresh_from_db()
    assert on == date(2026, 11, 22)
    assert 'name="_reinstate"' in page.content.decode()
    assert entry.retired_on is None
    assert entry.history.count() == 3


@time_machine.travel("2026-11-22 09:00:00+00:00", tick=False)
def test_the_list_retires_and_reinstates_entries():
    client = screens.client_of(screens.officer())
    entries = [factories.make(models.System, name=name) for name in ("Till", "Shop")]
    address = reverse("admin:registry_system_changelist")
    chosen = {"_selected_action": [entry.pk for entry in entries]}

    client.post(address, {"action": "retire", **chosen})
    retired = list(models.System.objects.values_list("retired_on", flat=True))
    answer = client.post(address, {"action": "reinstate", **chosen}, follow=True)

    assert retired == [date(2026, 11, 22)] * 2
    assert list(models.System.objects.values_list("retired_on", flat=True)) == [None, None]
    assert [str(message) for message in answer.context["messages"]][-1] == "2 entries are offered again."


def test_retired_entries_are_not_offered_by_pickers_but_stay_in_the_list():
    factories.make(models.Recipient, name="Parcel service")
    factories.make(models.Recipient, name="Parcel post", retired_on=date(2026, 1, 1))
    client = screens.client_of(screens.officer())
    asked = {"term": "parcel", "app_label": "registry", "model_name": "recipient", "field_name": "sub_processor_of"}

    offered = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    listed = client.get(reverse("admin:registry_recipient_changelist"), {"q": "parcel"}).context["cl"]

    assert [entry["text"] for entry in offered] == ["Parcel service"]
    assert listed.result_count == 2


@pytest.mark.parametrize(("state", "expected"), [("offered", ["Shop"]), ("retired", ["Till"]), ("", ["Shop", "Till"])])
def test_the_list_is_filtered_by_state(state, expected):
    factories.make(models.System, name="Till", retired_on=date(2026, 1, 1))
    factories.make(models.System, name="Shop")
    client = screens.client_of(screens.auditor())

    page = client.get(reverse("admin:registry_system_changelist"), {"state": state} if state else {})

    assert [entry.name for entry in page.context["cl"].result_list] == expected


def test_an_entry_in_use_is_not_deleted_and_the_page_says_by_what_it_is_used():
    subject = factories.make(models.Recipient, name="Parcel service")
    factories.make(models.System, name="Tracking", provider=subject)
    client = screens.client_of(screens.officer())
    address = reverse("admin:registry_recipient_delete", args=[subject.pk])

    page = client.post(address, {"post": "yes", **seen(subject)})

    assert models.Recipient.objects.filter(pk=subject.pk).exists()
    assert "Tracking" in page.content.decode()


def test_what_keeps_an_entry_from_deletion_is_named_by_its_activity_with_what_to_do_instead():
    entry = factories.make(models.Recipient, name="Parcel service")
    for name in ("Payroll", "Shop"):
        activity = factories.activity(models.Organisation.objects.first() or factories.organisation(), name=name)
        with change_set():
            activity.recipients.create(recipient=entry)
            activity.transfers.create(recipient=entry, country="IN")

    page = screens.client_of(screens.officer()).get(reverse("admin:registry_recipient_delete", args=[entry.pk]))

    said = page.content.decode()
    rows = re.findall(r"<li>([^<]+)</li>", said[said.index("deleted-objects") :])
    assert [row.strip() for row in rows] == [
        f"{activity} – {kind}" for activity in models.ProcessingActivity.objects.order_by("name")
        for kind in ("Recipient of the activity", "Transfer")
    ]  # fmt: skip
    assert "Retire it instead" in said
    assert f"{reverse('admin:report', args=['where-used'])}?subject=recipient%3A{entry.pk}" in said


def test_an_unused_entry_is_deleted_with_the_reason_in_its_history():
    entry = factories.make(models.Recipient, name="Parcel service")
    client = screens.client_of(screens.officer())
    address = reverse("admin:registry_recipient_delete", args=[entry.pk])

    asked = client.get(address)
    client.post(address, {"post": "yes", "change_reason": "entered twice", **seen(entry)})

    assert 'name="change_reason"' in asked.content.decode()
    deletion = models.Recipient.history.filter(id=entry.pk).first()
    assert (deletion.history_type, deletion.change_set.reason) == ("-", "entered twice")


def test_a_statutory_basis_keeps_what_the_statute_says_and_is_never_deleted():
    basis = factories.make(
        models.LegalBasis, code="A6-1-b", title="Contract", regime="eu", kind="lawful_basis", statutory=True
    )
    client = screens.client_of(factories.user(is_superuser=True))

    change(client, basis, code="A6-1-x", title="Performance of a contract", _save="Save")
    refused = client.post(reverse("admin:registry_legalbasis_delete", args=[basis.pk]), {"post": "yes", **seen(basis)})

    basis.refresh_from_db()
    assert (basis.code, basis.title, refused.status_code) == ("A6-1-b", "Performance of a contract", 403)


def test_the_columns_of_a_list_bear_the_labels_of_the_facts_and_say_values_in_words():
    provider = factories.make(models.Recipient, name="Host")
    factories.make(models.System, name="Till", hosting_country="NO", provider=provider, retired_on=date(2026, 3, 1))
    client = screens.client_of(screens.auditor())

    page = client.get(reverse("admin:registry_system_changelist")).content.decode()

    shown = [text for text in ("Hosted in", "Retired on", "Norway", "1 March 2026", "Host") if text in page]
    assert shown == ["Hosted in", "Retired on", "Norway", "1 March 2026", "Host"]


def test_filters_bear_the_labels_of_the_facts():
    factories.make(models.Organisation, name="Fjord Foods AS", country="NO")
    client = screens.client_of(screens.auditor())

    changelist = client.get(reverse("admin:registry_organisation_changelist")).context["cl"]

    assert [spec.title for spec in changelist.filter_specs] == ["We keep its register", "Country"]


def test_contacts_keep_the_order_in_which_they_were_added():
    organisation = factories.organisation(name="Fjord Foods AS", country="NO")
    with change_set():
        models.Contact.objects.create(organisation=organisation, kind="other", name="First", position=4)
    first = organisation.contacts.get()
    client = screens.client_of(screens.officer())
    rows = {
        "contacts-TOTAL_FORMS": "3",
        "contacts-INITIAL_FORMS": "1",
        "contacts-0-id": first.pk,
        "contacts-0-name": "First",
        "contacts-0-kind": "other",
        "contacts-1-name": "Second",
        "contacts-1-kind": "dpo_internal",
        "contacts-2-name": "Third",
        "contacts-2-kind": "other",
        "_save": "Save",
    }

    change(client, organisation, is_own="on", **rows)

    assert list(organisation.contacts.values_list("name", "position")) == [("First", 4), ("Second", 5), ("Third", 6)]
    assert organisation.history.count() == 3


def test_every_input_of_a_contact_has_a_label():
    organisation = factories.organisation()
    client = screens.client_of(screens.officer())

    page = client.get(reverse("admin:registry_organisation_change", args=[organisation.pk])).content.decode()

    inputs = ("kind", "name", "company", "address", "country", "email", "phone")
    assert [name for name in inputs if f'for="id_contacts-__prefix__-{name}"' not in page] == []


def test_data_of_a_system_are_entries_or_words_and_keep_their_order():
    category = factories.make(models.DataCategory, name="Health data")
    system = factories.make(models.System, name="Shop")
    client = screens.client_of(screens.officer())
    rows = {
        "data-TOTAL_FORMS": "2",
        "data-0-category": category.pk,
        "data-1-stated_as": "Voices of callers",
        "_save": "Save",
    }

    assert change(client, system, **rows).status_code == 302
    assert list(system.data.values_list("category", "stated_as", "position")) == [
        (category.pk, "", 0),
        (None, "Voices of callers", 1),
    ]
    assert system.history.count() == 2
    page = client.get(reverse("admin:registry_system_change", args=[system.pk])).content.decode()
    assert f'<option value="{category.pk}" selected>Health data</option>' in page
    assert "Which data it holds, as the catalogue calls them." in page


def test_a_row_of_a_system_that_names_nothing_is_refused():
    category = factories.make(models.DataCategory, name="Health data")
    system = factories.make(models.System, name="Shop")
    row = factories.make(models.SystemData, system=system, category=category)
    client = screens.client_of(screens.officer())

    answer = change(
        client, system, **{"data-TOTAL_FORMS": "1", "data-INITIAL_FORMS": "1", "data-0-id": row.pk, "_save": "Save"}
    )

    assert "This row names nothing" in answer.content.decode()
    assert system.data.get().category == category


def test_the_list_of_systems_finds_those_that_hold_some_data_each_once():
    category = factories.make(models.DataCategory, name="Health data")
    system = factories.make(models.System, name="Shop")
    factories.make(models.System, name="Ledger")
    for stated_as in ("", "Health of customers"):
        factories.make(models.SystemData, system=system, category=category, stated_as=stated_as)
    client = screens.client_of(screens.officer())

    changelist = client.get(reverse("admin:registry_system_changelist"), {"q": "health"}).context["cl"]

    assert [entry.name for entry in changelist.result_list] == ["Shop"]


LISTS = [
    (models.LegalBasis, 7), (models.DataSubjectCategory, 7), (models.DataCategory, 7), (models.RetentionSchedule, 7),
    (models.Recipient, 8), (models.SecurityMeasure, 7), (models.System, 8), (models.Organisation, 8),
    (models.OrganisationUnit, 8),
]  # fmt: skip


def entries(model, count):
    """Entries that refer to as much as they can."""
    organisation = factories.organisation()
    provider = factories.make(models.Recipient, name="A provider")
    made = []
    for number in range(count):
        values = {
            models.LegalBasis: {"code": f"X-{number}", "title": "A test", "regime": "eu", "kind": "lawful_basis"},
            models.System: {"name": f"S{number}", "provider": provider},
            models.Recipient: {"name": f"R{number}", "sub_processor_of": provider},
            models.OrganisationUnit: {
                "name": f"U{number}",
                "organisation": organisation,
                "parent": made[0] if made else None,
            },
            models.DataCategory: {"name": f"D{number}", "parent": made[0] if made else None},
        }.get(model, {"name": f"E{number}"})
        made.append(factories.make(model, **values))
    return made


@pytest.mark.parametrize(("model", "queries"), LISTS)
@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_a_list_do_not_depend_on_its_rows(model, queries, count, django_assert_num_queries):
    entries(model, count)
    client = screens.client_of(screens.officer())
    address = reverse(f"admin:registry_{model._meta.model_name}_changelist")
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


FORMS = [
    (models.LegalBasis, 6), (models.DataSubjectCategory, 6), (models.DataCategory, 7), (models.RetentionSchedule, 6),
    (models.Recipient, 8), (models.SecurityMeasure, 6), (models.System, 11), (models.Organisation, 10),
    (models.OrganisationUnit, 8),
]  # fmt: skip


@pytest.mark.parametrize(("model", "queries"), FORMS)
@pytest.mark.parametrize("count", [2, 4])
def test_the_queries_of_a_form_do_not_depend_on_the_rows(model, queries, count, django_assert_num_queries):
    entry = entries(model, count)[-1]
    if model is models.Organisation:
        for number in range(count):
            factories.make(models.Contact, organisation=entry, kind="other", name=f"C{number}")
    if model is models.System:
        for number in range(count):
            category = factories.make(models.DataCategory, name=f"D{number}")
            factories.make(models.SystemData, system=entry, category=category)
    client = screens.client_of(screens.officer())
    address = reverse(f"admin:registry_{model._meta.model_name}_change", args=[entry.pk])
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def test_countries_are_offered_as_filters_where_some_row_has_them():
    with change_set():
        models.Recipient.objects.create(name="Bank", country="NO")
        models.Recipient.objects.create(name="Post", country="JP")

    page = screens.client_of(screens.officer()).get("/registry/recipient/", {"country__exact": "JP"})

    changelist = page.context["cl"]
    [offered] = [spec for spec in changelist.filter_specs if getattr(spec, "field_path", "") == "country"]
    assert [str(choice["display"]) for choice in offered.choices(changelist)] == ["All", "Japan", "Norway"]
    assert [row.name for row in changelist.result_list] == ["Post"]


def test_a_filter_without_any_value_is_left_out():
    with change_set():
        models.Recipient.objects.create(name="Bank")

    page = screens.client_of(screens.officer()).get("/registry/recipient/")

    assert "country" not in [getattr(spec, "field_path", "") for spec in page.context["cl"].filter_specs]


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", ["Hosted in", "Provider", "Data category"]), ("de", ["Betrieben in", "Anbieter", "Datenkategorie"])],
)
def test_who_only_reads_an_entry_reads_its_declared_labels(code, said):
    system = factories.make(models.System, name="Shop")
    factories.make(models.SystemData, system=system, stated_as="Voices")

    page = screens.client_of(screens.auditor()).get(
        f"/registry/system/{system.pk}/change/", headers={"accept-language": code}
    )

    labels = re.findall(r"<label>\s*([^<:\u202f]+)", page.content.decode())
    assert [one for one in said if one not in labels] == []
    assert [
        one for one in labels if one in {"Hosting country", "Stated as", "Retired on" if code == "de" else ""}
    ] == []


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_add_the_same_entry_at_once_are_told_so(client, monkeypatch):
    client.force_login(factories.user(is_superuser=True))
    factories.make(models.Recipient, name="Cloudy Ltd")
    checks = []
    for owner, name in ((base, "_unique_together"), (models.Recipient, "validate_constraints")):
        monkeypatch.setattr(owner, name, _blind_at_first(getattr(owner, name), checks))

    answer = add(client, models.Recipient, name="Cloudy Ltd", description="Our own words")

    assert answer.status_code == 200
    assert "“Cloudy Ltd” exists already." in answer.content.decode()
    assert len(checks) > 2
    assert "Our own words" in answer.content.decode()
    assert models.Recipient.objects.filter(name="Cloudy Ltd").count() == 1


def _blind_at_first(check, checks):
    """The check, the first time of which the other officer's entry isn't there yet."""

    def checked(*args, **kwargs):
        checks.append(check.__name__)
        return check(*args, **kwargs) if checks.count(check.__name__) > 1 else ()

    return checked
