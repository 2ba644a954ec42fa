"""What can be decided of words that no catalogue entry stands behind, in the shape in which two pages ask for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from registry.imports.matching import SUGGESTED, suggested_period
from registry.imports.nearness import Names
from registry.imports.terms import CREATABLE, CREATE, WORDS, Decision, key_of, labels_of, model_of, spots
from registry.record.words import within
from registry.reference.retention import PeriodUnit

MEANT, WRITTEN, KEY, MODEL = "term-", "written-", "words-", "list-"
"""Inputs of a page, with the number of the line: what is meant, an entry's name as typed, which words, which list."""
OTHER = "other"
MOST_SUGGESTED = 4
MOST_OFFERED = 2_000
"""How many names of entries a list offers for completion; the field takes any."""


def catalogue_name(model: str) -> str:
    """Return what the entries of a catalogue are called."""
    return str(capfirst(model_of(model)._meta.verbose_name_plural))


class Catalogues:
    """The entries of the catalogues on a page: read once each, and only those that the page shows words for."""

    def __init__(self) -> None:
        self._labels: dict[str, dict[int, str]] = {}
        self._names: dict[str, Names] = {}

    def labels(self, model: str) -> Mapping[int, str]:
        """Return the names of a catalogue's entries by key."""
        if model not in self._labels:
            self._labels[model] = labels_of(model)
        return self._labels[model]

    def suggested(self, model: str, words: str) -> list[dict[str, Any]]:
        """Return the entries that are called almost like ``words``."""
        if model not in self._names:
            self._names[model] = Names(self.labels(model).items())
        found = self._names[model].near(words, most=MOST_SUGGESTED)
        return [{"pk": near.pk, "name": near.name, "is_double": near.is_double} for near in found]

    def line(self, number: int, model: str, words: str, decided: Decision | None) -> dict[str, Any]:
        """Return a line of the page: some words with what can be decided of them, and what is."""
        suggested = self.suggested(model, words)
        chosen = next((one["pk"] for one in suggested if one["pk"] == decided), None)
        written = self.labels(model).get(decided, "") if isinstance(decided, int) and chosen is None else ""
        return {
            "number": number,
            "model": model,
            "catalogue": catalogue_name(model),
            "words": words,
            "suggested": suggested,
            "may_create": model in CREATABLE,
            "period": period_in_words(suggested_period(model, words)),
            "decided": OTHER if written else decided,
            "written": written,
        }

    def offered(self, models: Iterable[str]) -> dict[str, list[str]]:
        """Return the names to complete from, by catalogue."""
        return {model: sorted(self.labels(model).values())[:MOST_OFFERED] for model in sorted(set(models))}

    def decisions(self, said: QueryDict) -> tuple[dict[tuple[str, str], Decision | None], list[str]]:
        """Return what the lines of a form say, by catalogue and words (None: nothing chosen), and what is wrong."""
        decided: dict[tuple[str, str], Decision | None] = {}
        refusals = []
        known = {spot.model for spot in spots()}
        numbers = [name.removeprefix(KEY) for name in said if name.startswith(KEY)]
        for number in (int(text) for text in numbers if text.isdecimal()):
            model, words = said.get(f"{MODEL}{number}", ""), key_of(said[f"{KEY}{number}"])
            if model in known and words:
                try:
                    decided[model, words] = self._decision(said, number)
                except ValueError as error:
                    refusals.append(str(error))
        return decided, refusals

    def _decision(self, said: QueryDict, number: int) -> Decision | None:
        model, chosen = said.get(f"{MODEL}{number}", ""), said.get(f"{MEANT}{number}", "")
        written = " ".join(said.get(f"{WRITTEN}{number}", "").split())
        if chosen in {"", WORDS, CREATE, SUGGESTED}:
            return chosen or None
        labels = self.labels(model)
        if chosen == OTHER or not chosen.isdecimal():
            found = [pk for pk, name in labels.items() if name.casefold() == written.casefold()]
            if len(found) == 1:
                return found[0]
            what = _t("There is no entry “%(name)s” among %(list)s. Choose one from the list, or add it first.")
            twice = _t("Several entries of %(list)s are called “%(name)s”. Choose one of the suggestions.")
            raise ValueError((twice if found else what) % {"name": written, "list": catalogue_name(model)})
        if int(chosen) not in labels:
            raise ValueError(_t("The entry that was chosen is gone. Choose another one."))
        return int(chosen)


def period_in_words(columns: dict[str, Any] | None) -> str:
    """Return what the words of a time limit suggest, in words; empty where they suggest nothing."""
    if not columns:
        return ""
    if columns.get("permanent"):
        return _t("without limit")
    said = f"{columns['period']} {within(str(PeriodUnit(columns['unit']).label))}"
    if columns["trigger"]:
        said = _t("%(period)s, counted from: %(trigger)s") % {"period": said, "trigger": columns["trigger"]}
    return f"{said} ({columns['legal_source']})" if columns["legal_source"] else said
