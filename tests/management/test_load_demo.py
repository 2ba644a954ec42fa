"""The demonstration register: where it may be loaded, and where it would do harm."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.management.commands import load_demo
from registry.models import DataCategory, Organisation
from registry.versioning.change_set import ChangeSet
from tests import factories

pytestmark = pytest.mark.django_db


def only(monkeypatch, *files):
    """Load these files alone, which is quicker."""
    monkeypatch.setattr(load_demo, "FILES", files)
    monkeypatch.setattr(load_demo.demo_assurance, "bring_in", lambda *args: None)


def load(capsys):
    call_command("load_demo")
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: factories.organisation(name="Fjord Foods AS"), "the organisation Fjord Foods AS"),
        (lambda: get_user_model().objects.create_superuser("admin", password="real"), "the account admin"),
    ],
)
def test_it_is_not_loaded_into_a_register_in_use(make, said):
    make()
    before = list(get_user_model().objects.values()), Organisation.objects.count(), ChangeSet.objects.count()

    with pytest.raises(CommandError, match=f"This register is in use: it has {said}"):
        call_command("load_demo")

    assert before == (list(get_user_model().objects.values()), Organisation.objects.count(), ChangeSet.objects.count())


def test_one_that_was_stopped_half_way_leaves_nothing_and_can_be_run_again(capsys, monkeypatch):
    only(monkeypatch, "organisations.csv", "units.csv")
    loading = load_demo.bring_in

    def stopped(file, *args, **options):
        if file == "units.csv":
            raise KeyboardInterrupt
        return loading(file, *args, **options)

    monkeypatch.setattr(load_demo, "bring_in", stopped)
    with pytest.raises(KeyboardInterrupt):
        load(capsys)
    assert (Organisation.objects.count(), get_user_model().objects.count(), DataCategory.objects.count()) == (0, 0, 0)

    monkeypatch.setattr(load_demo, "bring_in", loading)
    assert "units.csv" in load(capsys)


def test_a_second_time_it_only_gives_new_passwords(capsys, monkeypatch):
    only(monkeypatch, "organisations.csv")
    load(capsys)
    sets = ChangeSet.objects.count()
    passwords = set(get_user_model().objects.values_list("password", flat=True))

    said = load(capsys)

    assert said.splitlines()[0] == f"The register of {load_demo.ORGANISATION} is loaded already; it stays as it is."
    assert ChangeSet.objects.count() == sets
    assert not passwords & set(get_user_model().objects.values_list("password", flat=True))
