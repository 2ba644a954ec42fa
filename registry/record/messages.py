"""Texts that are kept as what they say and said later, in the language of whoever reads them.

This module is imported where Django isn't set up: it asks for a language only when something is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self


class Message(str):
    """A text with what it names. As a string it is English; ``say`` gives it in the language in force.

    ``id`` is English and marked for translation, by this class's name alone: ``Message("There is no row %(row)s.",
    row="7")``. What it names is a text that stays as it is, a whole number, another message, or a tuple of these.
    ``many`` is the text for a ``number`` other than one: see ``plural_message``.
    """

    __slots__ = ("id", "is_bare", "many", "number", "params")
    id: str
    many: str
    number: int
    params: Mapping[str, Any]
    is_bare: bool
    """Whether it is said without its full stop."""

    def __new__(cls, identifier: str, /, **params: Any) -> Self:
        """Return a message without a plural."""
        return cls._made(identifier, params)

    @classmethod
    def _made(
        cls, identifier: str, params: Mapping[str, Any], many: str = "", number: int = 1, is_bare: bool = False
    ) -> Self:
        text = many if many and number != 1 else identifier
        said = text % {name: _in_english(value) for name, value in params.items()} if params else text
        made = super().__new__(cls, said.rstrip(".") if is_bare else said)
        made.id, made.many, made.number, made.params, made.is_bare = identifier, many, number, params, is_bare
        return made

    def bare(self) -> Self:
        """Return it without its full stop, for a place that sets one itself."""
        return self._made(self.id, self.params, self.many, self.number, True)

    def __reduce__(self) -> Any:
        return message_from, (self.as_json(),)

    def said(self) -> str:
        """Return it in the language in force."""
        from django.utils.translation import gettext, ngettext

        text = ngettext(self.id, self.many, self.number) if self.many else gettext(self.id)
        said = text % {name: _said(value) for name, value in self.params.items()} if self.params else text
        return said.rstrip(".") if self.is_bare else said

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        kept: dict[str, Any] = {"id": self.id}
        if self.params:
            kept["params"] = {name: _kept(value) for name, value in self.params.items()}
        if self.many:
            kept |= {"many": self.many, "number": self.number}
        return kept | {"bare": True} if self.is_bare else kept


def plural_message(one: str, many: str, number: int, /, **params: Any) -> Message:
    """Return a message whose text depends on a number, which it may name as ``%(count)s``."""
    return Message._made(one, {"count": number, **params}, many, number)


def sentences(*texts: Message) -> Message:
    """Return several texts, one after the other, as one."""
    if len(texts) == 1:
        return texts[0]
    params = {str(place): text for place, text in enumerate(texts)}
    return Message._made(" ".join(f"%({place})s" for place in params), params)


def listed(texts: Iterable[str], rest: str = "") -> Message:
    """Return texts with commas between them; ``rest`` stands behind the last one."""
    return Message._made("%(texts)s%(rest)s", {"texts": tuple(texts), "rest": rest})


def say(text: str) -> str:
    """Return a message in the language in force; any other text as it is."""
    return text.said() if isinstance(text, Message) else text


def keep(text: str) -> str | dict[str, Any]:
    """Return a text as plain data: what it says and names, where it is a message."""
    return text.as_json() if isinstance(text, Message) else text


def message_from(kept: Any) -> str:
    """Return what ``keep`` has given, or the text as which something was kept before there were messages."""
    if not isinstance(kept, Mapping):
        return str(kept)
    params = {name: _given(value) for name, value in kept.get("params", {}).items()}
    return Message._made(kept["id"], params, kept.get("many", ""), kept.get("number", 1), kept.get("bare", False))


def _in_english(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)
    return f"{value:,}" if isinstance(value, int) else ", ".join(map(_in_english, value))


def _said(value: Any) -> str:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, int):
        from registry.record.numbers import say_number

        return say_number(value)
    return ", ".join(map(_said, value))


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return keep(value)
    return value if isinstance(value, int) else [_kept(one) for one in value]


def _given(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_given(one) for one in value)
    return message_from(value) if isinstance(value, (str, Mapping)) else value
