"""A record as the values that its form sends: read from a version or from what was typed, and written back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from registry.admin.declared import declared
from registry.record.building import completed
from registry.record.classes import ROOTS
from registry.record.definition import Fact, Kind, facts
from registry.record.numbers import read_key
from registry.reference.answers import Answer

FORMERLY = "formerly"
"""The hidden input of a new row that says as which row it was stored before somebody deleted it."""

_TICKED = "on"
_MOST_ROWS = 2000


@dataclass
class Row:
    """A row: its key (or ``new-…`` for one that isn't stored), its values, and what is to become of it."""

    key: str
    values: dict[str, str]
    deleted: bool = False
    formerly: str = ""

    @property
    def is_stored(self) -> bool:
        """Whether it is a row of the database."""
        return self.key.isdecimal()


@dataclass
class Typed:
    """The plain values by fact, and the rows by list and key, in their order. What a form doesn't offer is absent."""

    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, dict[str, Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class FormList:
    """A list of rows in a form: its inputs, whether rows send their place, and whether stored ones may change."""

    fields: Mapping[str, forms.Field]
    has_places: bool
    may_change: bool


@dataclass(frozen=True)
class FormShape:
    """The inputs of a form and of its lists, for one person."""

    model: type[Any]
    fields: Mapping[str, forms.Field]
    lists: Mapping[str, FormList]


def shape_of(model_admin: Any, request: HttpRequest, obj: Any) -> FormShape:
    """Return the inputs that ``model_admin`` offers the person for ``obj`` (None: for a new one)."""
    known = declared(model_admin.model)
    fields = model_admin.get_form(request, obj, change=obj is not None).base_fields
    lists = {}
    for formset, inline in model_admin.get_formsets_with_inlines(request, obj):
        inputs = formset.form.base_fields
        columns = facts(known[formset.get_default_prefix()].row)
        lists[formset.get_default_prefix()] = FormList(
            {key: inputs[key] for key in columns if key in inputs},
            "position" in inputs,
            inline.has_change_permission(request, obj),
        )
    return FormShape(model_admin.model, {key: fields[key] for key in known if key in fields}, lists)


def stored(model: type[Any], content: dict[str, Any]) -> Typed:
    """Return what a form would send that shows this content unchanged."""
    whole = completed(ROOTS[model], content)
    found = Typed()
    for key, fact in declared(model).items():
        if fact.row is None:
            found.values[key] = _stored(fact, whole[key], whole)
        else:
            columns = facts(fact.row).values()
            rows = [
                Row(str(row["id"]), {one.key: _stored(one, row[one.key], whole) for one in columns})
                for row in whole[key]
            ]
            found.lists[key] = {row.key: row for row in rows}
    return found


def _stored(fact: Fact, value: Any, whole: dict[str, Any]) -> str:
    if fact.kind is Kind.ANSWER:
        return value or str(Answer.NOT_ASSESSED)
    if value is None or value is False:
        return ""
    if value is True:
        return _TICKED
    if fact.kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return str(value[0])
    if fact.kind is Kind.SIBLING:
        return str(whole[fact.entry][value]["id"])
    return _plain(str(value))


def typed(shape: FormShape, post: QueryDict) -> Typed:
    """Return what was typed. Inputs that weren't sent are absent, as are new rows with nothing in them."""
    known = declared(shape.model)
    found = Typed(_values(shape.fields, known, post, ""))
    for name, some in shape.lists.items():
        columns = facts(known[name].row)
        total, initial = (_number(post.get(f"{name}-{said}")) or 0 for said in ("TOTAL_FORMS", "INITIAL_FORMS"))
        rows: list[tuple[float, Row]] = []
        for index in range(min(total, _MOST_ROWS)):
            row = _typed_row(some, columns, post, f"{name}-{index}-", index, index < initial)
            if row is not None:
                place = _number(post.get(f"{name}-{index}-position")) if some.has_places else index
                rows.append((float("inf") if place is None else place, row))
        found.lists[name] = {row.key: row for _, row in sorted(rows, key=lambda pair: pair[0])}
    return found


def _typed_row(
    some: FormList, columns: Mapping[str, Fact], post: QueryDict, prefix: str, index: int, is_initial: bool
) -> Row | None:
    key = post.get(f"{prefix}id", "").strip()
    is_stored = is_initial and _number(key) is not None
    if is_stored and not some.may_change and f"{prefix}DELETE" not in post:
        return None
    values = _values(some.fields, columns, post, prefix)
    if not is_stored and all(value in {"", _initial(some.fields[name])} for name, value in values.items()):
        return None
    formerly = post.get(f"{prefix}{FORMERLY}", "").strip()
    return Row(
        str(int(key)) if is_stored else f"new-{index}",
        values,
        deleted=f"{prefix}DELETE" in post,
        formerly=formerly if not is_stored and formerly.isdecimal() else "",
    )


def _values(
    fields: Mapping[str, forms.Field], columns: Mapping[str, Fact], post: QueryDict, prefix: str
) -> dict[str, str]:
    found = {}
    for key, one in fields.items():
        if not one.widget.value_omitted_from_data(post, {}, prefix + key):
            value = _canonical(one, one.widget.value_from_datadict(post, {}, prefix + key))
            found[key] = value or str(Answer.NOT_ASSESSED) if columns[key].kind is Kind.ANSWER else value
    return found


def _initial(one: forms.Field) -> str:
    value = one.initial() if callable(one.initial) else one.initial
    return _canonical(one, value)


def _canonical(one: forms.Field, value: Any) -> str:
    """Return a value in the letters in which it would be stored; as it was typed where it can't be stored."""
    if value is None or value is False:
        return ""
    if value is True:
        return _TICKED
    text = _plain(str(value))
    if isinstance(one, forms.IntegerField | forms.DateField):
        try:
            read = one.to_python(text)
        except ValidationError:
            return text
        return "" if read is None else read.isoformat() if isinstance(read, date) else str(read)
    return text


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(text: str | None) -> int | None:
    """Return a whole number that a browser sent, None for anything else."""
    return read_key((text or "").strip())


def write(shape: FormShape, wanted: Typed, post: QueryDict) -> QueryDict:
    """Return ``post`` with the inputs of the form as in ``wanted``; stored rows stand first, as Django demands."""
    data = post.copy()
    for key, one in shape.fields.items():
        if key in wanted.values:
            _put(data, key, one, wanted.values[key])
    for name, some in shape.lists.items():
        for sent in [sent for sent in data if sent.startswith(f"{name}-") and not sent.endswith("_NUM_FORMS")]:
            del data[sent]
        in_order = list(wanted.lists.get(name, {}).values())
        rows = stored_first(in_order)
        data[f"{name}-TOTAL_FORMS"] = str(len(rows))
        data[f"{name}-INITIAL_FORMS"] = str(sum(row.is_stored for row in rows))
        places = {row.key: place for place, row in enumerate(in_order)}
        for index, row in enumerate(rows):
            prefix = f"{name}-{index}-"
            for key, one in some.fields.items():
                _put(data, prefix + key, one, row.values.get(key, ""))
            if row.is_stored:
                data[f"{prefix}id"] = row.key
            if row.formerly:
                data[prefix + FORMERLY] = row.formerly
            if row.deleted:
                data[f"{prefix}DELETE"] = _TICKED
            if some.has_places:
                data[f"{prefix}position"] = str(places[row.key])
    return data


def stored_first(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order in which a form has them."""
    return sorted(rows, key=lambda row: not row.is_stored)


def _put(data: QueryDict, name: str, one: forms.Field, value: str) -> None:
    if value or not isinstance(one.widget, forms.CheckboxInput):
        data[name] = value
    else:
        data.pop(name, None)
