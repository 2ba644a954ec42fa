"""What is said of a file is kept as what it says, and told in the language of whoever reads it."""

from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings

from tests import factories
from tests.admin import screens
from tests.admin.test_spreadsheet_import import ONE, address, page_of, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def client():
    return screens.client_of(screens.officer(username="officer", first_name="Olga", last_name="Officer"))


def test_a_preview_is_told_in_the_language_of_whoever_reads_it_and_not_of_whoever_uploaded(client, organisation):
    found = uploaded(client, organisation, ONE, ("B", "", "King", "", ""))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"

    response = page_of(client, found)

    assert [(one["place"], one["message"], one["accepted"]) for one in response.context["problems"]] == [
        (
            "Zelle C3, Spalte „Our role“",
            "Das ist keiner der zulässigen Werte.",
            "Verantwortlicher, Gemeinsam Verantwortlicher, Auftragsverarbeiter",
        ),
        ("Zelle B3, Spalte „Name“", "Die Tätigkeit hat keinen Namen.", "ein Name in jeder Zeile"),
    ]
    assert [one["read_as"] for one in response.context["columns"][:2]] == ["Kennzeichen", "Name"]


def test_a_preview_that_was_kept_in_words_is_told_in_them(client, organisation):
    found = uploaded(client, organisation, ONE, ("B", "", "Controller", "", ""))
    kept = found.counts["preview"]
    kept["problems"] = [
        {
            "severity": "error", "message": "The activity has no name.", "place": "cell B3, column “Name”", "count": 1,
            "accepted": "a name in every row", "found": [], "more_found": 0,
        }
    ]  # fmt: skip
    kept["understood"]["columns"] = [{"column": "A", "heading": "Reference", "read_as": "Reference"}]
    del kept["understood"]["kind"]
    found.save()

    page = unescape(page_of(client, found).content.decode())

    for text in ("The activity has no name.", "Cell B3, column “Name”", "a name in every row"):
        assert text in page


def test_the_marked_file_is_in_the_language_of_whoever_takes_it(client, organisation):
    found = uploaded(client, organisation, ONE, ("B", "", "Controller", "", ""))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    taken = client.get(address("marked", found))

    book = openpyxl.load_workbook(BytesIO(b"".join(taken.streaming_content)))
    assert book.sheetnames[0] == "Problèmes relevés"
    assert [book.worksheets[0].cell(5, column).value for column in (1, 4, 6)] == [
        "Erreur",
        "L’activité n’a pas de nom.",
        "un nom dans chaque ligne",
    ]
