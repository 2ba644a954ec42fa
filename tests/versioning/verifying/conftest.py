"""A history to verify, that the tests of a module share."""

import pytest
from django.db import transaction

from tests import factories
from tests.versioning.tampering import a_history


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A history that all tests of this module share, each in a transaction of its own inside this one; its keys."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = a_history(factories.user(first_name="Ann", last_name="Officer"))
        yield {model: [thing.pk for thing in things] for model, things in made.items()}
        transaction.set_rollback(True)


@pytest.fixture
def history(told, db):
    """Two objects by model, see ``a_history``."""
    return {model: [model.objects.get(pk=pk) for pk in pks] for model, pks in told.items()}
