import pytest
from django.core.management import call_command

from registry import models
from registry.apps import seed_after_migrating
from registry.models.seeding import seed_catalogues
from registry.reference.seeds import CATALOGUE_SEEDS
from registry.versioning.writing import change_set

pytestmark = pytest.mark.django_db


def test_every_seed_is_added_once_in_one_change_set():
    added = seed_catalogues()

    assert added == {name: len(rows) for name, rows in CATALOGUE_SEEDS.items()}
    assert models.ChangeSet.objects.count() == 1
    assert models.LegalBasis.objects.get(code="UK-A6-1-ea").regime == "uk"


def test_seeding_again_adds_nothing():
    seed_catalogues()

    assert sum(seed_catalogues().values()) == 0
    assert models.ChangeSet.objects.count() == 1


def test_seeding_never_overwrites_what_the_organisation_changed():
    seed_catalogues()
    renamed, deleted = models.DataSubjectCategory.objects.order_by("pk")[:2]
    with change_set():
        renamed.name = "Our own people"
        renamed.save()
        deleted.delete()

    seed_catalogues()

    assert models.DataSubjectCategory.objects.filter(seed_key=deleted.seed_key).count() == 0
    assert models.DataSubjectCategory.objects.get(seed_key=renamed.seed_key).name == "Our own people"


def test_a_name_that_the_organisation_uses_already_is_not_added_beside_it():
    name = CATALOGUE_SEEDS["SecurityMeasure"][0].values["name"]
    with change_set():
        own = models.SecurityMeasure.objects.create(name=str(name).upper())

    seed_catalogues()

    assert models.SecurityMeasure.objects.get(name__iexact=name) == own


def test_parents_are_seeded_as_parents():
    seed_catalogues()

    seeded = {row.seed_key: row.values.get("parent") for row in CATALOGUE_SEEDS["DataCategory"]}
    stored = dict(models.DataCategory.objects.values_list("seed_key", "parent__seed_key"))
    assert stored == seeded


def test_the_command_says_what_it_added(capsys):
    call_command("seed_catalogues")
    first = capsys.readouterr().out.splitlines()
    call_command("seed_catalogues")

    assert f"LegalBasis: {len(CATALOGUE_SEEDS['LegalBasis'])} added" in first
    assert capsys.readouterr().out == "Nothing to add: every term is or was there already.\n"


@pytest.mark.parametrize(("wanted", "expected"), [(True, 1), (False, 0)])
def test_a_migration_seeds_unless_told_not_to(settings, wanted, expected):
    settings.SEED_CATALOGUES = wanted

    seed_after_migrating(plan=[])

    assert models.ChangeSet.objects.count() == expected
