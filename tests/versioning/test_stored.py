"""Reading the history from end to end: one state for everything, and cursors given back."""

import threading

import pytest
from django.db import connection

from registry import models
from registry.versioning.canonical import FORM, canonical
from registry.versioning.content import Column, columns_of
from registry.versioning.quotation import Quotation
from registry.versioning.stored import snapshot
from registry.versioning.verifying import verify
from tests import factories
from tests.browser import databases


@pytest.fixture
def database(empty_database, tmp_path, django_db_blocker):
    """A database of its own as the default one: what is written there is committed."""
    with django_db_blocker.unblock(), databases.copied(empty_database, tmp_path / "snapshot.sqlite3") as name:
        yield name


def test_others_go_on_writing_while_it_is_verified_and_are_not_seen(database):
    factories.organisation()

    def write() -> None:
        try:
            factories.organisation()
        finally:
            connection.close()

    with snapshot():
        before = models.ChangeSet.objects.count()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=30)
        inside = (writer.is_alive(), models.ChangeSet.objects.count())

    assert (before, inside, models.ChangeSet.objects.count()) == (1, (False, 1), 2)
    assert verify().change_sets == 2


def test_an_error_while_reading_leaves_the_connection_usable(database):
    with pytest.raises(ZeroDivisionError), snapshot():
        models.ChangeSet.objects.count() / 0

    factories.organisation()
    assert verify().change_sets == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [("name", 'x"],"role":"other'), ("is_public", True), ("review_interval", 3), ("unit_id", 7), ("began_on", None)],
)
def test_a_content_quotes_its_columns_only_as_they_are(column, value):
    columns = columns_of(models.ProcessingActivity)
    quotation = Quotation(models.ProcessingActivity, columns)
    odd = 'a "quoted" \\ name\n"],"role":"joint_controller","special_categories":'
    values = {
        "id": 1,
        "organisation_id": 5,
        "name": odd,
        "role": "controller",
        "is_public": False,
        "review_interval": 12,
    }
    row = [values.get(one.attname, None if one.refers_to or one.convert else "") for one in columns]
    content = {
        "form": FORM,
        **{relation: [{"id": 1, "category": [2, odd], "role": "x"}] for relation in models.ProcessingActivity.PARTS},
    }
    for one, said in zip(columns, row, strict=True):
        content[one.key] = [said, odd] if one.refers_to and said is not None else said
    text = canonical(content)
    changed = [value if one.attname == column else said for one, said in zip(columns, row, strict=True)]

    assert quotation.is_found(text, row) is True
    assert quotation.is_found(text, changed) is (changed == row)
    assert quotation.is_found(text[:-1] + ',"zzz":1}', row) is False


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('"purposes":[],"term":[5,"x"]', True),
        ('"purposes":[{"term":[5,"x"]}],"term":[5,"y"]', True),
        ('"purposes":[{"id":1,"term":[5,"x"],"text":"}],\\"term\\":[5,"}],"term":[5,"y"]', True),
        ('"purposes":[{"a":[1,"}]"],"term":[5,"x"]}],"term":[6,"y"]', False),
        ('"purposes":[{"a":[1,"z"],"term":[5,"x"]}],"term":null', False),
        ('"purposes":[],"term":[6,"x"]', False),
        ('"purposes":[],"term":[5,"x\\"],\\"z"]', True),
        ('"purposes":[],"term":[5,"x\\\\"]', True),
        ('"purposes":[],"term":[5,"x"],"zzz":1', False),
        ('"purposes":[],"term":[5,"x', False),
    ],
)
def test_a_column_is_told_from_rows_that_have_a_key_of_its_name(content, found):
    class Model:
        PARTS = ("purposes",)
        _meta = models.ProcessingActivity._meta

    column = Column("term", "term_id", None, models.OrganisationUnit, None)

    assert Quotation(Model, [column]).is_found(f'{{"form":{FORM},{content}}}', [5]) is found
