"""The catalogues of locale/ are whole and compiled, and reports speak them."""

import ast
import gettext
import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real
from pypdf import PdfReader

from registry import models
from registry.reports.catalogue import REPORTS
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import produce
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.screens import one_of_each
from tests.reports import audits
from tests.reports.test_as_xlsx import MOMENT, listing, written
from tests.reports.workbooks import opened

LOCALE = Path(settings.LOCALE_PATHS[0])
CATALOGUES = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
SAYING = ("registry/record", "registry/reference", "registry/reports", "registry/compliance")
"""The folders whose texts reports print."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
MARKS = {"Message", "_", "_t", "n", "gettext", "gettext_lazy", "gettext_noop"}
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


def printed(report: str, language: str) -> str:
    out = io.BytesIO()
    produce(asking(report, "pdf", language, {}), out)
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(out).pages)


def asking(report: str, form: str, language: str, objects: dict[type[Any], Any]) -> Parameters:
    """Parameters with all that a report needs: an activity or a recipient among the objects, and a moment before."""
    needs = REPORTS[report].needs
    subjects = {"where-used": ("recipient", models.Recipient), "audit": ("audit", models.Audit)}
    kind, model = subjects.get(report, ("activity", models.ProcessingActivity))
    now = moment_of_production()
    return Parameters(
        report=report, format=form, produced_at=now, produced_by="Ann", language=language,
        subject=f"{kind}:{objects[model].pk}" if "subject" in needs else "",
        since=now - timedelta(days=1) if "since" in needs else None,
    )  # fmt: skip


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
def test_a_german_register_is_german_in_labels_and_law_and_keeps_what_was_entered():
    activity = factories.activity(factories.organisation(name="Fjord Foods AS", country="NO"), name="Newsletter")
    with change_set(reason="for a test"):
        basis = models.LegalBasis.objects.create(
            code="X-f", title="Legitimate interests", citation="GDPR Art. 6(1)(f)", statutory=True,
            regime="eu", kind="lawful_basis",
        )  # fmt: skip
        models.ActivityLegalBasis.objects.create(activity=activity, legal_basis=basis)
        models.Transfer.objects.create(activity=activity, country="US", safeguard="A46-2-c")

    said = texts_of("register", "html", "de")

    assert '<html lang="de"' in said
    for text in (
        "Verzeichnis von Verarbeitungstätigkeiten", "Verantwortlicher", "keine Angabe", "Norwegen", "Vereinigte Staaten",
        "Art. 6 Abs. 1 lit. f DSGVO – Berechtigte Interessen", "Art. 30 Abs. 1 lit. e DSGVO",
        "Standarddatenschutzklauseln der Kommission (Art. 46 Abs. 2 lit. c DSGVO)",
    ):  # fmt: skip
        assert text in said
    assert "Newsletter" in said
    for text in ("Record of processing activities", "not stated", "GDPR Art", "United States", "Standard contractual"):
        assert text not in said


@pytest.mark.django_db
@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("report", REPORTS)
def test_whatever_a_report_asks_the_catalogue_for_is_in_it(report, language, monkeypatch):
    objects = one_of_each()
    objects[models.Audit] = audits.visit(objects[models.ProcessingActivity])
    catalogue = trans_real.translation(language)
    asked = set()
    known = catalogue.gettext
    monkeypatch.setattr(catalogue, "gettext", lambda text: asked.add(text) or known(text))

    for form in REPORTS[report].formats:
        produce(asking(report, form, language, objects), io.BytesIO())

    assert {text for text in asked if text and text not in catalogue._catalog} == set()


DAYS = {"en": "31 March 2026", "fr": "31 mars 2026", "de": "31. März 2026"}
THOUSANDS = {"en": "12,400", "fr": "12\N{NO-BREAK SPACE}400", "de": "12.400"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", DAYS)
def test_days_and_numbers_are_written_as_the_language_does_it(language):
    activity = factories.activity(factories.organisation(), began_on=date(2026, 3, 31))
    with change_set(reason="for a test"):
        models.ActivityDataSubject.objects.create(activity=activity, stated_as="Members", approximate_number=12_400)

    said = texts_of("register", "html", language)
    drawn = printed("register", language)

    for text in (DAYS[language], THOUSANDS[language]):
        assert text in said
        assert text.replace("\N{NO-BREAK SPACE}", " ") in drawn


@pytest.mark.parametrize(("language", "form"), [("en", "yyyy-mm-dd"), ("fr", "dd/mm/yyyy"), ("de", "dd.mm.yyyy")])
def test_days_in_a_workbook_are_days_and_shown_as_the_language_does_it(language, form):
    with translation.override(language):
        sheet = opened(written(listing(("one", (), 12_400, date(2026, 3, 31), MOMENT), language=language)))["Things"]

    cell = sheet.cell(row=2, column=4)
    assert (cell.value, cell.number_format) == (datetime(2026, 3, 31), form)
    assert sheet.cell(row=2, column=5).number_format == f"{form} hh:mm:ss"


SPELT_OUT = re.compile(r"[\"']j [FM] Y")


def test_days_are_written_by_the_formats_of_the_languages_nowhere_spelt_out():
    places = [path for folder in ("registry", "templates") for path in (settings.BASE_DIR / folder).rglob("*.*")]

    assert [
        path.name for path in places
        if path.suffix in {".py", ".html", ".txt"} and SPELT_OUT.search(path.read_text(encoding="utf-8"))
    ] == []  # fmt: skip


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
