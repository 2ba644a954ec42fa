"""What a recipient's entry says of its contract as a processor (Art. 28)."""

import re
from datetime import date, timedelta

from registry.record.entries import RecipientEntry
from registry.reference.answers import Answer
from registry.reference.contracts import ContractKind

NOTICE = timedelta(days=90)
"""How long beforehand the end of a contract is told."""

_CONTRACTS = frozenset(
    {
        str(ContractKind.PROCESSING_CONTRACT),
        str(ContractKind.STANDARD_CLAUSES),
        str(ContractKind.OTHER_LEGAL_ACT),
        str(ContractKind.CCPA_AGREEMENT),
    }
)
POINTS = (
    "acts_on_instructions",
    "confidentiality",
    "security",
    "sub_processor_conditions",
    "assists_with_rights",
    "assists_with_security_duties",
    "deletes_or_returns",
    "allows_audits",
)
"""The eight points of Art. 28(3), (a) to (h), as facts of a recipient."""


def has_contract(entry: RecipientEntry) -> bool:
    """Say whether a contract or another act is recorded that binds a processor, whether or not it has ended."""
    return entry.contract_kind in _CONTRACTS


_SAID = re.compile(
    r"contract|agreement|\bDPA\b|\bAVV\b|vertrag|verträge|contrat|convention|contratto|contrato|\bart\w*\.?\s*28\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|without|missing|pending|kein\w*|nicht|ohne|fehl\w*|ausstehend\w*|offen\w*|sans|pas|manqu\w*|absent\w*|senza|sin|falta)\b",
    re.IGNORECASE,
)


def says_contract(words: str) -> bool:
    """Say whether words speak of a contract with a processor, and not of its lack."""
    return bool(_SAID.search(words)) and not _DENIED.search(words)


def has_ended(entry: RecipientEntry, on: date) -> bool:
    """Say whether the recipient's contract had ended by that day; its last day still counts."""
    return entry.contract_ends_on is not None and entry.contract_ends_on < on


def ends_soon(entry: RecipientEntry, on: date) -> bool:
    """Say whether the recipient's contract ends within the time of notice from that day on."""
    return entry.contract_ends_on is not None and timedelta(0) <= entry.contract_ends_on - on <= NOTICE


def lacking_points(entry: RecipientEntry) -> tuple[str, ...]:
    """Return which of the eight points the contract doesn't settle."""
    return tuple(point for point in POINTS if getattr(entry, point) == Answer.NO)


def unchecked_points(entry: RecipientEntry) -> tuple[str, ...]:
    """Return of which of the eight points nobody has said whether the contract settles them."""
    return tuple(point for point in POINTS if getattr(entry, point) not in (Answer.YES, Answer.NO))
