"""Writes the generated pages of docs/ from the declarations, so that they can't disagree with them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from registry.compliance.gap import CONTROLLERS, EVERYBODY, SEVERITY_MEANS, About, Area, Rule, Severity
from registry.compliance.rules import ALL_RULES
from registry.record.activity import ActivityRecord
from registry.record.classes import PARTS, ROOTS
from registry.record.definition import Fact, Kind, facts, main_fact
from registry.record.flat import LANGUAGE, row_key
from registry.reports import record_data, report_schema
from registry.reports.record_schema import register_schema

NOTE = "<!-- Written by `make docs` from registry/record. Change the declarations, not this page. -->"


class Command(BaseCommand):
    """``write_docs``: with ``--check`` it writes nothing and fails where a page isn't what it should be."""

    help = "Writes the pages of docs/ that are made from declarations, and the JSON schemas beside them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the option."""
        parser.add_argument("--check", action="store_true", help="only say whether the pages are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pages, or check them."""
        stale = []
        for path, text in pages(Path(settings.BASE_DIR) / "docs").items():
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    stale.append(path.name)
                continue
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{path.name} written")
        if stale:
            raise CommandError(f"Not up to date: {', '.join(stale)}. Run `make docs`.")


def pages(folder: Path) -> dict[Path, str]:
    """Return the text of each generated page by its path."""
    with translation.override(LANGUAGE):
        return {
            folder / "data-dictionary.md": "\n".join(_dictionary()) + "\n",
            folder / "import-layout.md": "\n".join(_layout()) + "\n",
            folder / "compliance-rules.md": "\n".join(_rules()) + "\n",
            folder / record_data.SCHEMA: _json(register_schema()),
            folder / report_schema.SCHEMA: _json(report_schema.report_schema()),
        }


def _json(schema: Any) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _dictionary() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield NOTE
    yield ""
    yield "Every fact that the register holds, as it is declared once for screens, reports, imports and checks."
    for model, record in {**ROOTS, **PARTS}.items():
        yield ""
        yield f"## {str(model._meta.verbose_name).capitalize()} (`{model.__name__}`)"
        yield ""
        yield "| Fact | Key | What it says | Holds | Law |"
        yield "|---|---|---|---|---|"
        for fact in facts(record).values():
            required = " (required)" if fact.required else ""
            yield _table_row(f"{fact.label}{required}", f"`{fact.key}`", fact.help, _holds(fact), fact.article)


def _layout() -> Iterator[str]:
    yield "# Our own import layout"
    yield ""
    yield NOTE
    yield ""
    yield "One row an activity, one column a fact; the export writes it, the import reads it. Columns may be left out"
    yield "and stand in any order. A cell of a list holds a row a line (or separated by `;`):"
    yield ""
    yield '    entry of the catalogue | key: value | key: "a value; with | special signs"'
    yield '    "in these words, without an entry"'
    yield ""
    yield "A name without quotes is an entry of the catalogue where there is one, and words otherwise. `#2` points to"
    yield "the second row of the list that a key refers to."
    yield ""
    yield "| Column | What it says | Accepted | Law |"
    yield "|---|---|---|---|"
    for fact in facts(ActivityRecord).values():
        yield _table_row(fact.label, fact.help, fact.accepts, fact.article)
    for fact in facts(ActivityRecord).values():
        if fact.row is not None:
            yield from _keys(fact)


def _keys(fact: Fact) -> Iterator[str]:
    assert fact.row is not None  # noqa: S101 only called for lists
    yield ""
    yield f"## {fact.label}"
    yield ""
    yield f"A row begins with: {main_fact(fact.row).label.lower()}."
    inner = [one for one in facts(fact.row).values() if not one.main and not one.words]
    if inner:
        yield ""
        yield "| Key | What it says | Accepted |"
        yield "|---|---|---|"
        for one in inner:
            accepted = "the number of a row, such as #1" if one.kind is Kind.SIBLING else one.accepts
            yield _table_row(f"`{row_key(one)}:`", one.help, accepted)


def _rules() -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield NOTE.replace("registry/record", "registry/compliance").replace("declarations", "rules")
    yield ""
    yield "What the register asks of each record. A rule is put to the records that it is about: those in the role and"
    yield "under the law that it names. Nothing is added up: there are gaps or there are none, and each is told in the"
    yield "record's own words with what to do. A retired record isn't asked anything. Law and contracts are judged by"
    yield "the day of the register in question, so a register as at last year is checked against the law of last year."
    yield ""
    yield "| Severity | Means |"
    yield "|---|---|"
    for severity in Severity:
        yield _table_row(str(severity.label), SEVERITY_MEANS[severity])
    for area in Area:
        found = [one for one in ALL_RULES if one.area is area]
        if found:
            yield ""
            yield f"## {area.label}"
        for one in found:
            yield from _rule(one)


def _rule(one: Rule) -> Iterator[str]:
    articles = "; ".join(dict.fromkeys(one.articles.values()))
    whose = {EVERYBODY: "every record", CONTROLLERS: "controllers' records"}.get(one.roles, "processors' records")
    if one.about is About.ORGANISATION:
        whose = "organisations, once for all of their records"
    if one.about is About.SYSTEM:
        whose = "systems that say what they hold, once for all records that use them"
    yield ""
    yield f"### `{one.id}`"
    yield ""
    yield f"{one.severity.label} · {articles} · put to {whose}"
    yield ""
    yield f"> {one.asks}"
    yield ""
    yield f"- Finds: {_PLACEHOLDER.sub('…', one.what)}"
    yield f"- Why: {one.why}"
    yield f"- Remedy: {one.remedy}"


_PLACEHOLDER = re.compile(r"%\(\w+\)s")


def _holds(fact: Fact) -> str:
    if fact.kind is Kind.ROWS and fact.row is not None:
        return f"rows of {fact.label.lower()}"
    if fact.kind in {Kind.CHOICE, Kind.ANSWER}:
        return fact.accepts
    return fact.kind.value


def _table_row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
