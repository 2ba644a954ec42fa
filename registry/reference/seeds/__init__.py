"""What the catalogues are filled with at first: the law's and the authorities' own terms, each with a permanent key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from registry.reference.answers import Answer
from registry.reference.ccpa import SENSITIVE_BY_CODE, CcpaCategory
from registry.reference.lawful_basis import LEGAL_BASES, LegalBasisTerm
from registry.reference.measures import MeasureGroup, MeasureNature
from registry.reference.retention import Disposal, PeriodUnit
from registry.reference.roles import RecipientNature, RecipientRole
from registry.reference.source import SourcedRow
from registry.reference.special_category import DataSensitivity
from registry.reference.table import Cells, provenance, read_table, yes_or_no

_FOLDER = Path(__file__).parent

Reader = Callable[[str], object]


@dataclass(frozen=True, kw_only=True)
class SeedRow(SourcedRow):
    """One catalogue entry: `seed_key` never changes, `values` are str, bool, int or None by the model's field names."""

    seed_key: str
    values: Mapping[str, object]


def _choice(choices: Callable[[str], str]) -> Reader:
    """Return a reader that accepts the choices' values alone and returns them as plain text."""
    return lambda cell: str(choices(cell))


def _choice_or_blank(choices: Callable[[str], str]) -> Reader:
    return lambda cell: str(choices(cell)) if cell else ""


def _number_or_none(cell: str) -> int | None:
    return int(cell) if cell else None


def _key_or_none(cell: str) -> str | None:
    return cell or None


def _sensitive_term_or_blank(cell: str) -> str:
    return SENSITIVE_BY_CODE[cell].code if cell else ""


_DATA_SUBJECT: dict[str, Reader] = {
    "name": str,
    "description": str,
    "vulnerable": _choice(Answer),
    "dpv_term": str,
}
_DATA_CATEGORY: dict[str, Reader] = {
    "name": str,
    "examples": str,
    "parent": _key_or_none,
    "sensitivity": _choice(DataSensitivity),
    "ccpa_category": _choice_or_blank(CcpaCategory),
    "ccpa_sensitive": _choice(Answer),
    "ccpa_sensitive_term": _sensitive_term_or_blank,
    "dpv_term": str,
}
_RETENTION: dict[str, Reader] = {
    "name": str,
    "text": str,
    "period": _number_or_none,
    "unit": _choice_or_blank(PeriodUnit),
    "trigger": str,
    "legal_source": str,
    "disposal": _choice_or_blank(Disposal),
    "criteria_only": yes_or_no,
    "permanent": yes_or_no,
}
_RECIPIENT: dict[str, Reader] = {
    "name": str,
    "description": str,
    "nature": _choice(RecipientNature),
    "kind": _choice_or_blank(RecipientRole),
}
_MEASURE: dict[str, Reader] = {
    "name": str,
    "description": str,
    "group": _choice_or_blank(MeasureGroup),
    "nature": _choice_or_blank(MeasureNature),
}


def _seeds(file_name: str, readers: Mapping[str, Reader]) -> tuple[SeedRow, ...]:
    def seed(cells: Cells) -> SeedRow:
        values = {field: read(cells[field]) for field, read in readers.items()}
        return SeedRow(seed_key=cells["seed_key"], values=MappingProxyType(values), **provenance(cells))

    return read_table(_FOLDER / file_name, seed)


def _legal_basis(term: LegalBasisTerm) -> SeedRow:
    values = {
        "code": term.code,
        "regime": term.regime.value,
        "kind": term.kind.value,
        "title": term.title,
        "citation": term.citation,
        "statutory": True,
        "dpv_term": term.dpv_term,
    }
    return SeedRow(
        seed_key=f"legal-basis/{term.code}",
        values=MappingProxyType(values),
        source=term.source,
        source_url=term.source_url,
        valid_from=term.valid_from,
        valid_until=term.valid_until,
        verify=term.verify,
    )


# By model name, in an order in which nothing refers to what comes later; a parent stands before its children.
CATALOGUE_SEEDS: dict[str, tuple[SeedRow, ...]] = {
    "LegalBasis": tuple(_legal_basis(term) for term in LEGAL_BASES),
    "DataCategory": _seeds("data_categories.csv", _DATA_CATEGORY),
    "DataSubjectCategory": _seeds("data_subject_categories.csv", _DATA_SUBJECT),
    "Recipient": _seeds("recipients.csv", _RECIPIENT),
    "SecurityMeasure": _seeds("security_measures.csv", _MEASURE),
    "RetentionSchedule": _seeds("retention_schedules.csv", _RETENTION),
    "System": (),
    "Document": (),
}
