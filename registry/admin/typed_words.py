"""What a form sends, said in words: values by their facts, entries by their names, rows in one sentence."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from registry.admin.declared import declared
from registry.admin.typed import Typed
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.numbers import read_key
from registry.record.words import say
from registry.reference.answers import Answer
from registry.versioning.content import label_column


class Words:
    """Says values as a form sends them. Names are those that the contents give; only others are looked up."""

    def __init__(self, model: type[Any], contents: Iterable[dict[str, Any]], states: Iterable[Typed]) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._rows: dict[tuple[str, str], tuple[type[Any], Mapping[str, str]]] = {}
        known = declared(model)
        for content in contents:
            self._learn(known, content)
        for state in states:
            for name, rows in state.lists.items():
                for row in rows.values():
                    self._rows[name, row.key] = known[name].row, row.values

    def _learn(self, known: Mapping[str, Fact], content: dict[str, Any]) -> None:
        for key, fact in known.items():
            value = content.get(key)
            if fact.row is not None:
                for row in value or ():
                    self._learn(facts(fact.row), row)
            elif fact.kind in {Kind.ENTRY, Kind.ACCOUNT} and value:
                self._names[fact.entry, str(value[0])] = value[1]

    def say(self, fact: Fact, value: str) -> str:
        """Return one value in words; nothing for nothing, and as it was typed where it can't be stored."""
        if fact.kind is Kind.FLAG:
            return say(fact, bool(value))
        if not value:
            return ""
        if fact.kind in {Kind.ENTRY, Kind.ACCOUNT}:
            return self._name(fact, value)
        if fact.kind is Kind.SIBLING:
            record, values = self._rows.get((fact.entry, value), (None, {}))
            return self.name(record, values) if record else f"#{value}"
        if fact.kind is Kind.DATE:
            try:
                return say(fact, date.fromisoformat(value))
            except ValueError:
                return value
        return say(fact, value)

    def _name(self, fact: Fact, value: str) -> str:
        if (fact.entry, value) not in self._names:
            model: Any = get_user_model() if fact.kind is Kind.ACCOUNT else apps.get_model("registry", fact.entry)
            found = model._base_manager.filter(pk=read_key(value)).values_list(label_column(model), flat=True).first()
            self._names[fact.entry, value] = value if found is None else str(found)
        return self._names[fact.entry, value]

    def name(self, record: type[Any], values: Mapping[str, str]) -> str:
        """Return what a row is called: its entry, and its words where there are any."""
        main, words = main_fact(record), words_fact(record)
        said = self.say(main, values.get(main.key, ""))
        stated = values.get(words.key, "") if words else ""
        return f"{said} ({stated})" if said and stated else said or stated

    def row(self, record: type[Any], values: Mapping[str, str]) -> str:
        """Return a whole row in one sentence."""
        beside = [
            f"{fact.title}: {self.say(fact, values[fact.key])}"
            for fact in facts(record).values()
            if not fact.main and not fact.words and values.get(fact.key, "") not in {"", Answer.NOT_ASSESSED}
        ]
        name = self.name(record, values)
        return f"{name} – {'; '.join(beside)}" if name and beside else name or "; ".join(beside)
