"""What legal bases a record names, in the terms that the rules ask about: codes of the statutes' own list."""

import re
from typing import Any

from registry.record.activity import ActivityRecord
from registry.reference.answers import Answer
from registry.reference.lawful_basis import BasisKind
from registry.reference.special_category import DataSensitivity

CONSENT = frozenset({"A6-1-a", "UK-A6-1-a", "CH-A31-CONSENT", "BR-A7-I"})
LEGAL_OBLIGATION = frozenset({"A6-1-c", "UK-A6-1-c"})
PUBLIC_TASK = frozenset({"A6-1-e", "UK-A6-1-e"})
LEGITIMATE_INTEREST = frozenset({"A6-1-f", "UK-A6-1-f", "BR-A7-IX"})
LEGITIMATE_INTEREST_BALANCED = frozenset({"A6-1-f", "UK-A6-1-f"})
EXPLICIT_CONSENT = frozenset({"A9-2-a", "UK-A9-2-a", "BR-A11-I"})
CONDITION_IN_LAW = frozenset({f"{uk}A9-2-{point}" for uk in ("", "UK-") for point in "bghij"})
"""Conditions that need Union or Member State law beside them: Art. 9(2)(b), (g), (h), (i), (j)."""

SENSITIVE = frozenset({str(DataSensitivity.SPECIAL_CATEGORY), str(DataSensitivity.CRIMINAL_OFFENCE)})
"""Data of special categories and on offences (Arts. 9(1), 10)."""

_CITES_ARTICLE_9 = re.compile(r"\b(?:art\w*|§)\.?\s*9\b|\b9\s*(?:abs\.?\s*2|\(2\))", re.IGNORECASE)
_CITES_ARTICLE_10 = re.compile(r"\bart\w*\.?\s*10\b", re.IGNORECASE)
_GROUND_ITSELF = re.compile(
    r"""(?:art(?:ikel|icle|ículo|igo|\.)?\s*)?[69]\s*\.?\s*(?:abs(?:atz|\.)?|par[áa]?\.?|lid|\()?\s*\.?\s*[12]\s*\)?\s*
        (?:(?:unterabs(?:atz|\.)?|uabs\.?|s(?:atz|\.)?)\s*1)?[\s,]*(?:lit(?:era|\.)?|buchst(?:abe|\.)?|let(?:tera|ra|\.)?|point|\()?\s*[.(]?[a-j]\b\)?""",
    re.IGNORECASE | re.VERBOSE,
)
_SAID = re.compile(r"\d|[^\W\d_]{4}")
_SURELY_MORE = re.compile(r"§\s*[1-578]|\d{3}|[^\W\d_]{12}")
"""What no ground and no name of a law holds: where it stands, nothing has to be taken away first."""
_NAMES_OF_LAW = re.compile(
    r"(?:eu-?\s*)?(?:ds-?gvo|gdpr|rgpd|avg|uk gdpr)|\b(?:und|and|et|i\.?\s?v\.?\s?m\.?)\b", re.IGNORECASE
)


def says_more_than_ground(words: str) -> bool:
    """Say whether words name anything beside the ground itself, such as "Art. 6(1)(c) GDPR", and its law."""
    if not words or _SURELY_MORE.search(words):
        return bool(words)
    return bool(_SAID.search(_NAMES_OF_LAW.sub(" ", _GROUND_ITSELF.sub(" ", words))))


def provision_of(row: Any) -> str:
    """Return the provision that a legal basis names, perhaps in the words of its source; empty where it names none."""
    return row.provision or (row.stated_as if says_more_than_ground(row.stated_as) else "")


def names_law_by_itself(record: ActivityRecord) -> bool:
    """Say whether a row names a provision without any ground: in words alone, or as a basis of national law.

    Registers in prose list the grounds first and the provisions behind them: which belongs to which is for people.
    """
    for row in record.legal_bases:
        if row.legal_basis is None:
            if says_more_than_ground(row.stated_as):
                return True
        elif row.legal_basis.kind == BasisKind.NATIONAL_LAW:
            return True
    return False


def special_rows(record: ActivityRecord) -> tuple[Any, ...]:
    """Return the data of special categories (Art. 9(1))."""
    return _rows_of(record, DataSensitivity.SPECIAL_CATEGORY)


def criminal_rows(record: ActivityRecord) -> tuple[Any, ...]:
    """Return the data on criminal convictions and offences (Art. 10)."""
    return _rows_of(record, DataSensitivity.CRIMINAL_OFFENCE)


def identifier_rows(record: ActivityRecord) -> tuple[Any, ...]:
    """Return the national identification numbers (Art. 87)."""
    return _rows_of(record, DataSensitivity.NATIONAL_IDENTIFIER)


def _rows_of(record: ActivityRecord, sensitivity: str) -> tuple[Any, ...]:
    wanted = str(sensitivity)
    return tuple(
        [row for row in record.data_categories if row.category is not None and row.category.sensitivity == wanted]
    )


def has_special_data(record: ActivityRecord) -> bool:
    """Say whether special categories are processed, by the record's answer or by the data it lists."""
    return record.special_categories == Answer.YES or bool(special_rows(record))


def in_brackets(rows: tuple[Any, ...]) -> str:
    """Return the names of these rows' categories of data as they stand behind a word; nothing for none."""
    names = dict.fromkeys(row.category.name for row in rows)
    return f" ({', '.join(names)})" if names else ""


def names_condition(record: ActivityRecord) -> bool:
    """Say whether a condition for special categories is named, as an entry or in words that cite Art. 9."""
    for row in record.legal_bases:
        if row.special_category_condition is not None:
            return True
        if row.legal_basis is not None and row.legal_basis.kind == BasisKind.SPECIAL_CATEGORY:
            return True
        if _CITES_ARTICLE_9.search(row.stated_as) or _CITES_ARTICLE_9.search(row.provision):
            return True
    return False


def names_authority(record: ActivityRecord) -> bool:
    """Say whether a law that allows data on criminal offences is named."""
    for row in record.legal_bases:
        if row.authorising_law or _CITES_ARTICLE_10.search(row.stated_as) or _CITES_ARTICLE_10.search(row.provision):
            return True
        if row.legal_basis is not None and row.legal_basis.kind == BasisKind.CRIMINAL_OFFENCE:
            return True
    return False


def conditions_of(record: ActivityRecord) -> frozenset[str]:
    """Return the codes of the conditions for special categories that the record names as entries."""
    found = set()
    for row in record.legal_bases:
        if row.special_category_condition is not None:
            found.add(row.special_category_condition.code)
        if row.legal_basis is not None and row.legal_basis.kind == BasisKind.SPECIAL_CATEGORY:
            found.add(row.legal_basis.code)
    return frozenset(found)
