"""The catalogues of locale/ are whole and compiled, and reports speak them."""

import ast
import gettext
import io
import re
from pathlib import Path

import pytest
from django.conf import settings

from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import produce
from tests import factories

LOCALE = Path(settings.LOCALE_PATHS[0])
CATALOGUES = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
SAYING = ("registry/record", "registry/reference", "registry/reports", "registry/compliance")
"""The folders whose texts reports print."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
MARKS = {"_", "_t", "n", "gettext", "gettext_lazy", "gettext_noop"}
CONTEXT = "\x04"  # as gettext joins a context to its text


def entries(language: str) -> list[dict[str, str]]:
    """The entries of a catalogue without its heading: what each says, with ``places`` and ``flags``."""
    blocks = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8").strip().split("\n\n")
    return [entry(block) for block in blocks[1:]]


def entry(block: str) -> dict[str, str]:
    found = {"places": "", "flags": "", "msgctxt": "", "msgid": "", "msgstr": ""}
    key = ""
    for line in block.splitlines():
        if line.startswith("#"):
            key = {"#:": "places", "#,": "flags"}.get(line[:2], "remark")
            found[key] = f"{found.get(key, '')} {line[2:].strip()}"
            continue
        if not line.startswith('"'):
            key, line = line.split(" ", 1)
        found[key] = found.get(key, "") + ast.literal_eval(line)
    return found


def said_in(one: dict[str, str]) -> list[str]:
    """What an entry is translated to: its one text, or that for one thing and that for several."""
    return [one[key] for key in ("msgstr[0]", "msgstr[1]")] if "msgid_plural" in one else [one["msgstr"]]


def texts_of(report: str, form: str, language: str) -> str:
    out = io.BytesIO()
    asked = Parameters(
        report=report, format=form, produced_at=moment_of_production(), produced_by="Ann", language=language
    )
    produce(asked, out)
    return out.getvalue().decode("utf-8-sig")


def test_each_language_that_is_offered_has_its_catalogue():
    assert [code for code, _name in settings.LANGUAGES] == ["en", *sorted(CATALOGUES, reverse=True)]


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_text_lacks_its_translation(language):
    assert [one["msgid"] for one in entries(language) if not all(said_in(one))] == []


def texts_in(folder: str) -> set[str]:
    """What the code of a folder marks for translation, wherever it stands, also where xgettext doesn't look."""
    calls = [
        node
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
    ]
    texts = [node.args[0] for node in calls if node.args]
    return {text.value for text in texts if isinstance(text, ast.Constant)}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("folder", SAYING)
def test_everything_marked_in_the_code_is_in_the_catalogue(folder, language):
    assert texts_in(folder) - {one["msgid"] for one in entries(language)} == set()


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_translation_is_a_guess(language):
    assert [one["msgid"] for one in entries(language) if "fuzzy" in one["flags"]] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_placeholders_are_kept(language):
    wrong = [
        one["msgid"]
        for one in entries(language)
        if set(PLACEHOLDER.findall(one.get("msgid_plural", one["msgid"]))) != set(PLACEHOLDER.findall(said_in(one)[-1]))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_what_is_compiled_is_what_is_written(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog

    written = {}
    for one in entries(language):
        text = (one["msgctxt"] + CONTEXT if one["msgctxt"] else "") + one["msgid"]
        several = "msgid_plural" in one
        written |= {(text, form) if several else text: said for form, said in enumerate(said_in(one))}
    assert {text: said for text, said in compiled.items() if text} == written


@pytest.mark.django_db
def test_a_french_register_is_french_in_labels_and_keeps_what_was_entered():
    factories.activity(factories.organisation(name="Fjord Foods AS"), name="Newsletter of the shop")

    said = texts_of("register", "html", "fr")

    assert '<html lang="fr"' in said
    for text in ("Registre des activités de traitement", "Responsable du traitement", "non renseigné"):
        assert text in said
    assert "Newsletter of the shop" in said
    for text in ("Record of processing activities", "not stated", "Categories of data subjects"):
        assert text not in said


@pytest.mark.django_db
@pytest.mark.parametrize("language", CATALOGUES)
def test_the_register_as_a_table_is_the_same_in_every_language_so_that_it_imports_again(language):
    factories.activity(factories.organisation(name="Fjord Foods AS"))

    french_or_german, english = (texts_of("register", "csv", code) for code in (language, "en"))

    assert french_or_german == english
