"""Puts what xgettext can't read by itself - templates, tables of the law - before it as Python; see "make messages"."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import template

from registry.reference import adequacy, dpia_lists, lawful_basis, safeguards

TEMPLATES = ("templates", "registry/templates")


class Command(BaseCommand):
    """Write a file for each template and each table, at the same place below a folder."""

    help = "Write the texts of templates and of the tables of the law as Python, for xgettext."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the folder."""
        parser.add_argument("folder", type=Path, help="where to write")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Write the files, and name them on the standard output, in order."""
        for place, text in sorted([*_templates(), *_tables()]):
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            self.stdout.write(place)


def _templates() -> Iterator[tuple[str, str]]:
    for name in TEMPLATES:
        for path in (settings.BASE_DIR / name).rglob("*.*"):
            if path.suffix in {".html", ".txt"}:
                place = path.relative_to(settings.BASE_DIR).as_posix()
                yield place, template.templatize(path.read_text(encoding="utf-8"), origin=place)


def _tables() -> Iterator[tuple[str, str]]:
    tables = {
        "safeguards.csv": [row.title for row in safeguards.SAFEGUARDS],
        "legal_bases.csv": [row.title for row in lawful_basis.LEGAL_BASES],
        "dpia_lists.csv": [row.title for row in dpia_lists.LISTED],
        "adequacy.csv": [row.scope for row in adequacy.DECISIONS if row.scope],
    }
    for name, texts in tables.items():
        yield f"registry/reference/data/{name}", "".join(f"gettext_noop({text!r})\n" for text in texts)
