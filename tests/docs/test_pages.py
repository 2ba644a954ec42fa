"""Whether the pages for readers say what is there: links, places on screen, commands, variables."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.utils import translation

from registry.reports.catalogue import REPORTS
from ropa.navigation import GROUPS

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
PLACE = re.compile(r"\*\*([^*]+(?: → [^*]+)+)\*\*")
COMMAND = re.compile(r"(?:manage\.py|^ {4,}(?:.*root  )?register) ([a-z_]+)", re.MULTILINE)
VARIABLE = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)
READ = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")


def anchors(page):
    """The places of a page that a link can lead to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def label(entry):
    """What the sidebar shows for an entry."""
    if not isinstance(entry, str):
        return str(entry.label)
    (model,) = [model for model in apps.get_models() if model.__name__ == entry]
    plural = str(model._meta.verbose_name_plural)
    return plural[0].upper() + plural[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    dead = []
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        file = page.parent / target if target else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            dead.append(f"{target}#{anchor}")

    assert dead == []


def test_every_place_on_screen_that_a_page_names_is_in_the_sidebar():
    with translation.override("en"):
        places = {str(group.title): {label(entry) for entry in group.entries} for group in GROUPS}
        places["Reports"] |= {str(report.title) for report in REPORTS.values()}
        unknown = []
        for page in PAGES:
            for place in PLACE.findall(page.read_text(encoding="utf-8")):
                first, second = [part.strip(" .") for part in place.replace("\n", " ").split("→")][:2]
                if first in places and second not in places[first]:
                    unknown.append(f"{page.name}: {place}")
                if first not in places and first not in set().union(*places.values()):
                    unknown.append(f"{page.name}: {place}")

    assert unknown == []


def test_every_command_that_a_page_names_is_there():
    named = {
        (page.name, command)
        for page in [ROOT / "README.md", ROOT / ".env.example", *HOW_TO.glob("*.md")]
        for command in COMMAND.findall(page.read_text(encoding="utf-8"))
    }

    assert {(page, command) for page, command in named if command not in get_commands()} == set()


def test_every_how_to_is_listed():
    listed = {target for target, _ in LINK.findall((HOW_TO / "README.md").read_text(encoding="utf-8"))}

    assert listed == {page.name for page in HOW_TO.glob("*.md")} - {"README.md"}


def test_every_variable_that_is_read_is_in_the_example_and_no_other():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    read = {name for file in (ROOT / "ropa").glob("*.py") for name in READ.findall(file.read_text(encoding="utf-8"))}
    secrets = {"SECRET_KEY_FILE", "EMAIL_PASSWORD_FILE"}
    listed = set(VARIABLE.findall(text))

    assert {name for name in listed if not name.startswith("IMPORT_")} == read | secrets
