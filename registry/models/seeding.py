"""Filling the catalogues with the law's own terms: each entry once, and never over what an organisation made of it."""

from collections import Counter
from typing import Any

from registry.models.data_category import DataCategory
from registry.models.data_subject import DataSubjectCategory
from registry.models.document import Document
from registry.models.legal_basis import LegalBasis
from registry.models.recipient import Recipient
from registry.models.retention_schedule import RetentionSchedule
from registry.models.security_measure import SecurityMeasure
from registry.models.system import System
from registry.reference.seeds import CATALOGUE_SEEDS, SeedRow
from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set

REASON = "Terms of the law and of the authorities' templates"
SEEDED: tuple[type[Any], ...] = (
    LegalBasis,
    DataSubjectCategory,
    DataCategory,
    RetentionSchedule,
    Recipient,
    SecurityMeasure,
    System,
    Document,
)


def seed_catalogues(*, actor: Any = None) -> dict[str, int]:
    """Add the seeds that were never added before; return how many, by model name.

    An entry that was added once and then renamed, retired or deleted is left as the organisation wants it, and one
    whose name the organisation uses already is not added beside it. Running it again adds nothing.
    """
    added: Counter[str] = Counter()
    with change_set(actor=actor, channel=Channel.COMMAND, reason=REASON):
        for model in SEEDED:
            added[model.__name__] = _seed(model, CATALOGUE_SEEDS[model.__name__])
    return dict(added)


def _seed(model: type[Any], rows: tuple[SeedRow, ...]) -> int:
    ever_added = set(model.history.exclude(seed_key="").values_list("seed_key", flat=True))
    unique = "code" if model is LegalBasis else model.LABEL
    taken = {name.casefold() for name in model.objects.values_list(unique, flat=True)}
    keys: dict[str, int] = dict(model.objects.exclude(seed_key="").values_list("seed_key", "pk"))
    added = 0
    for row in rows:
        values = dict(row.values)
        if row.seed_key in ever_added or str(values[unique]).casefold() in taken:
            continue
        if parent := values.pop("parent", None):
            values["parent_id"] = keys.get(str(parent))
        keys[row.seed_key] = model.objects.create(seed_key=row.seed_key, **values).pk
        added += 1
    return added
