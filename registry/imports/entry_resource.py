"""import-export's resource for entries, made of the declared facts: strict values, nothing lost, only changes kept."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource, modelresource_factory
from tablib import Dataset

from registry.imports.entry_table import EntryTable, identity_of
from registry.imports.lookups import Lookups
from registry.imports.problems import BadValue
from registry.imports.reading.cells import clean
from registry.imports.values import rows_reader, scalar_reader
from registry.record.classes import record_class
from registry.record.definition import Fact, Kind, facts
from registry.record.flat import LANGUAGE
from registry.record.flat_writers import to_cell
from registry.record.messages import Message

EXPORT_CHUNK = 1000
"""How many entries an export reads at a time."""


class GrowingLookups(Lookups):
    """Lookups that learn the entries which the same file creates, so that later rows may refer to them."""

    def learn(self, instance: Any) -> None:
        """Know ``instance`` by its name from now on."""
        kind = type(instance).__name__
        if kind == "OrganisationUnit":
            self._units[instance.organisation_id].add(instance.name, instance.pk)
        elif kind != "LegalBasis":
            self._names[kind].add(instance.name, instance.pk)


class IdentityLoader(BaseInstanceLoader):
    """Finds the entry that a row is about among those read at the start: no query a row."""

    def get_instance(self, row: Mapping[str, str]) -> Any:
        """Return the entry, or None for a new one."""
        return self.resource.existing.get(self.resource.identity(row))


class EntryResource(ModelResource):
    """One entry a row, one declared fact a column. Made for a model by ``resource_for``."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        skip_diff = True
        report_skipped = True
        use_transactions = True
        instance_loader_class = IdentityLoader

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model: type[Any] = self._meta.model
        self.said_in = LANGUAGE
        """The language of whoever reads what is said; cells are read and written in their own."""
        self.declared: Mapping[str, Fact] = facts(record_class(self.model))
        self.changes: dict[int, tuple[tuple[str, str, str], ...]] = {}
        self.names: dict[int, str] = {}
        self._seen: dict[tuple[str, ...], int] = {}
        self._shared: set[tuple[str, ...]] = set()
        """Identities that several entries have but for case: these are told apart by how they are spelt."""
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._before: dict[str, str] = {}

    # Import

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Read what rows may refer to, and every entry that exists; put entries before those that are part of them."""
        self.table: EntryTable = kwargs["table"]
        self.lookups = GrowingLookups()
        entries = list(self._all())
        spelt = Counter(_folded(self._spelling(entry)) for entry in entries)
        self._shared = {folded for folded, count in spelt.items() if count > 1}
        self.existing = {self._told_apart(self._spelling(entry)): entry for entry in entries}
        self.file_rows = [number for number, _ in self.table.rows]
        self.readers: dict[str, Any] = {
            key: (rows_reader if fact.kind is Kind.ROWS else scalar_reader)(fact, self.lookups)
            for key, fact in self.declared.items()
        }
        self._order(dataset)

    def identity(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """Return what tells the entry of ``row`` from others, without case where that is enough."""
        return self._told_apart(tuple(row[self.declared[key].label] for key in identity_of(self.model)))

    def _told_apart(self, spelling: tuple[str, ...]) -> tuple[str, ...]:
        folded = _folded(spelling)
        return spelling if folded in self._shared else folded

    def before_import_row(self, row: Mapping[str, str], **kwargs: Any) -> None:
        """Refuse a second row about the same entry, and rows that don't name theirs."""
        number = self.file_rows[kwargs["row_number"] - 1]
        identity = self.identity(row)
        last = identity_of(self.model)[-1]
        self.names[number] = row[self.declared[last].label]
        for key in identity_of(self.model):
            if not row[self.declared[key].label]:
                raise ValidationError({key: _stated(self.declared[key])})
        first = self._seen.setdefault(identity, number)
        if first != number:
            message = Message("Row %(row)s is about the same entry.", row=str(first))
            raise ValidationError(
                {last: ValidationError(message, params={"accepted": Message("each entry once in a file")})}
            )

    def after_init_instance(self, instance: Any, new: bool, row: Mapping[str, str], **kwargs: Any) -> None:
        """Remember how the entry reads before the row is applied."""
        self._is_new = new
        self._rows = {}
        self._before = {} if new else {key: self._cell(instance, key) for key in self._columns()}

    def import_instance(self, instance: Any, row: Mapping[str, str], **kwargs: Any) -> None:
        """Set what the row states on the entry; raises ValidationError with everything that can't be read."""
        errors: dict[str, Any] = {}
        for key in self._columns():
            fact = self.declared[key]
            text = row[fact.label]
            if not self._is_new and _same(text, self._before[key]):
                continue
            try:
                self._set(instance, fact, text)
            except BadValue as error:
                errors[key] = ValidationError(error.message, params={"accepted": error.accepted})
        if errors:
            raise ValidationError(errors)

    def skip_row(
        self, instance: Any, original: Any, row: Mapping[str, str], import_validation_errors: Any = None
    ) -> bool:
        """Return whether the row says nothing new: compared as texts of cells, without a query or a copy."""
        if import_validation_errors:
            return False
        after = {key: self._cell(instance, key) for key in self._columns()}
        differing = [key for key in after if not _same(after[key], self._before.get(key, ""))]
        with override(self.said_in):
            titles = {key: self.declared[key].title for key in differing}
        self._differing = tuple((titles[key], self._before.get(key, ""), after[key]) for key in differing)
        return not self._is_new and not differing

    def validate_instance(
        self, instance: Any, import_validation_errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        """Check the entry and its rows against the model; identity and references are settled already."""
        errors = dict(import_validation_errors or {})
        references = {key for key, fact in self.declared.items() if fact.kind is Kind.ENTRY}
        try:
            instance.full_clean(exclude={*errors, *references}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for key, rows in self._rows.items():
            settled = [self._part(key).ROOT, *_entries_of(self.declared[key])]
            for place, part in enumerate(self._parts(instance, key, rows), start=1):
                try:
                    part.full_clean(exclude=settled, validate_unique=False, validate_constraints=False)
                except ValidationError as error:
                    with override(self.said_in):
                        said = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
                    errors[key] = [ValidationError(Message("Row %(row)s of the cell: %(what)s", row=place, what=said))]
        if errors:
            raise ValidationError(errors)

    def after_save_instance(self, instance: Any, row: Mapping[str, str], **kwargs: Any) -> None:
        """Write the entry's rows, and let later rows of the file refer to it."""
        for key, rows in self._rows.items():
            self._write_parts(instance, key, rows)
        self.lookups.learn(instance)
        self.existing[self.identity(row)] = instance
        self.changes[self.file_rows[kwargs["row_number"] - 1]] = self._differing

    def _all(self) -> Any:
        return self._with_rows(self.model.objects.select_related(*self._references()))

    def _references(self) -> list[Any]:
        return [key for key, fact in self.declared.items() if fact.kind is Kind.ENTRY] or [None]

    def _with_rows(self, entries: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Have the rows of the entries read with them, and what the rows refer to: a query for each."""
        wanted = []
        for key, fact in self.declared.items():
            if fact.row is not None:
                wanted += [key, *(f"{key}__{entry}" for entry in _entries_of(fact))]
        return entries.prefetch_related(*wanted)

    def _columns(self) -> list[str]:
        return list(self.table.columns.values())

    def _spelling(self, entry: Any) -> tuple[str, ...]:
        return tuple(self._cell(entry, key) for key in identity_of(self.model))

    def _cell(self, entry: Any, key: str) -> str:
        fact = self.declared[key]
        if fact.kind is Kind.ROWS:
            rows = self._parts(entry, key, self._rows[key]) if key in self._rows else list(getattr(entry, key).all())
            return to_cell(fact, tuple(_frozen(fact, row) for row in rows))
        return to_cell(fact, getattr(entry, key))

    def _set(self, instance: Any, fact: Fact, text: str) -> None:
        if fact.kind is Kind.ROWS:
            self._rows[fact.key] = self.readers[fact.key](text, {})
            return
        column = self.model._meta.get_field(fact.key)
        if not text:
            setattr(instance, column.attname, column.get_default())
            return
        owner = getattr(instance, "organisation_id", None)
        value = self.readers[fact.key](text, owner)
        if fact.kind is Kind.ENTRY and fact.entry == self.model.__name__ and value is not None and value == instance.pk:
            raise BadValue(Message("An entry can't refer to itself."), Message("another entry, or nothing"))
        if fact.kind is Kind.DATE:
            value = date.fromisoformat(value)
        setattr(instance, column.attname, value)

    def _part(self, key: str) -> type[Any]:
        return self.model._meta.get_field(key).related_model  # type: ignore[no-any-return]

    def _parts(self, instance: Any, key: str, rows: list[dict[str, Any]]) -> Iterator[Any]:
        part = self._part(key)
        columns = {column.name: column.attname for column in part._meta.concrete_fields}
        for row in rows:
            yield part(**{columns[name]: value for name, value in row.items() if name in columns})

    def _write_parts(self, instance: Any, key: str, rows: list[dict[str, Any]]) -> None:
        """Keep rows that are called as before under their key, add the new ones and delete those that are gone."""
        part, called = self._part(key), _CALLED[key]
        before: dict[tuple[Any, str], list[Any]] = {}
        for old in getattr(instance, key).all() if not self._is_new else ():
            before.setdefault(called(old), []).append(old)
        for place, new in enumerate(self._parts(instance, key, rows)):
            kept = before.get(called(new))
            if kept:
                new.pk = kept.pop(0).pk
            new.position = place
            setattr(new, f"{part.ROOT}_id", instance.pk)
            new.save(force_insert=new.pk is None)
        for old in (row for rest in before.values() for row in rest):
            old.delete()
        getattr(instance, "_prefetched_objects_cache", {}).pop(key, None)

    def _order(self, dataset: Dataset) -> None:
        """Put new entries before those of the file that refer to them, keeping the file's order otherwise."""
        inner = next(
            (f for f in self.declared.values() if f.kind is Kind.ENTRY and f.entry == self.model.__name__), None
        )
        if inner is None or inner.label not in dataset.headers:
            return
        rows = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        waiting = list(range(len(rows)))
        unwritten = {self.identity(row) for row in rows} - set(self.existing)
        order: list[int] = []
        while waiting:
            ready = [place for place in waiting if self._referred(rows[place], inner) not in unwritten] or waiting
            order += ready
            unwritten -= {self.identity(rows[place]) for place in ready}
            waiting = [place for place in waiting if place not in set(ready)]
        values = [dataset[place] for place in order]
        self.file_rows = [self.file_rows[place] for place in order]
        headers = dataset.headers
        dataset.wipe()
        dataset.headers = headers
        dataset.extend(values)

    def _referred(self, row: Mapping[str, str], inner: Fact) -> tuple[str, ...]:
        *owner, _ = (row[self.declared[key].label] for key in identity_of(self.model))
        return self._told_apart((*owner, row[inner.label]))

    # Export

    def get_queryset(self) -> Any:
        """Return every entry, with what it refers to."""
        return self._all()

    def filter_export(self, queryset: models.QuerySet[Any], **kwargs: Any) -> models.QuerySet[Any]:
        """Return the entries to export, with what they refer to, in a fixed number of queries."""
        return self._with_rows(queryset.select_related(*self._references()))

    def iter_queryset(self, queryset: models.QuerySet[Any]) -> Iterator[Any]:
        """Yield the entries without an OFFSET for each hundred of them."""
        yield from queryset.iterator(chunk_size=EXPORT_CHUNK)

    def export_field(self, field: Field, instance: Any, **kwargs: Any) -> str:
        """Return a fact as the text that the import reads back."""
        return self._cell(instance, self.get_field_name(field))


_CALLED: Mapping[str, Callable[[Any], tuple[Any, str]]] = {
    "contacts": lambda row: (row.kind, row.name.casefold()),
    "data": lambda row: (row.category_id, row.stated_as.casefold()),
}
"""What rows are called by, by their list."""


def _folded(spelling: tuple[str, ...]) -> tuple[str, ...]:
    """In lower case, as the catalogues' constraints compare: Straße and Strasse may both be there."""
    return tuple(map(str.lower, spelling))


def _entries_of(fact: Fact) -> list[str]:
    """Return the keys of what the rows of a list refer to."""
    assert fact.row is not None  # noqa: S101 only called for lists
    return [key for key, inner in facts(fact.row).items() if inner.kind is Kind.ENTRY]


def _frozen(fact: Fact, row: Any) -> Any:
    """Return the stored row as the frozen record that the flat form is written from."""
    assert fact.row is not None  # noqa: S101 only called for lists
    return fact.row(**{key: getattr(row, key) for key in fact.row._fields})


def _same(one: str, other: str) -> bool:
    """Return whether two texts differ at most in what no spreadsheet keeps: line ends, outer blanks, control signs."""
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return clean(text).strip()


def _stated(fact: Fact) -> ValidationError:
    return ValidationError(Message("This must be stated."), code="required", params={"accepted": fact.accepted})


def resource_for(model: type[Any]) -> type[EntryResource]:
    """Return the resource for a catalogue, organisations or units: one column for each fact, headed by its label."""
    columns = {key: Field(attribute=key, column_name=fact.label) for key, fact in facts(record_class(model)).items()}
    made: type[EntryResource] = modelresource_factory(
        model,
        resource_class=EntryResource,
        meta_options={"fields": tuple(columns), "import_id_fields": identity_of(model)},
        custom_fields=columns,
    )
    return made
