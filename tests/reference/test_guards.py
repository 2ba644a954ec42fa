"""Guards over all reference data: sources cited, dates in order, codes and linked-data terms well-formed."""

import re
from collections.abc import Sequence
from itertools import chain
from urllib.parse import urlsplit

import pytest

from registry.reference import (
    adequacy,
    ccpa,
    contracts,
    countries,
    dpia_criteria,
    lawful_basis,
    safeguards,
    special_category,
)
from registry.reference.dpv import iri
from registry.reference.seeds import CATALOGUE_SEEDS
from registry.reference.source import SourcedRow

LISTS: dict[str, Sequence[SourcedRow]] = {
    "legal bases": lawful_basis.LEGAL_BASES,
    "safeguards": safeguards.SAFEGUARDS,
    "countries": countries.COUNTRIES,
    "adequacy": adequacy.DECISIONS,
    "special categories": special_category.SPECIAL_CATEGORIES,
    "CCPA sensitive": ccpa.SENSITIVE_TERMS,
    "DPIA criteria": dpia_criteria.WP248_CRITERIA + dpia_criteria.ARTICLE_35_3_CASES,
    "contract points": contracts.CONTRACT_POINTS,
    "seeds": tuple(chain.from_iterable(CATALOGUE_SEEDS.values())),
}
CODED = [name for name in LISTS if name not in ("adequacy", "seeds")]
OFFICIAL_HOSTS = {
    "commission.europa.eu",
    "cppa.ca.gov",
    "eur-lex.europa.eu",
    "ico.org.uk",
    "leginfo.legislature.ca.gov",
    "www.cnil.fr",
    "www.fedlex.admin.ch",
    "www.gesetze-im-internet.de",
    "www.gov.br",
    "www.iso.org",
    "www.legislation.gov.uk",
    "www.planalto.gov.br",
}


@pytest.mark.parametrize("name", LISTS)
def test_every_row_cites_its_source(name: str) -> None:
    assert [row for row in LISTS[name] if not row.source.strip()] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_address_is_an_official_page(name: str) -> None:
    addresses = {row.source_url for row in LISTS[name] if row.source_url}

    assert {
        a for a in addresses if urlsplit(a).scheme != "https" or urlsplit(a).hostname not in OFFICIAL_HOSTS
    } == set()


@pytest.mark.parametrize("name", LISTS)
def test_no_row_ends_before_it_begins(name: str) -> None:
    dated = [row for row in LISTS[name] if row.valid_from and row.valid_until]

    assert [row for row in dated if row.valid_from > row.valid_until] == []  # type: ignore[operator]


@pytest.mark.parametrize("name", CODED)
def test_codes_are_used_once_and_well_formed(name: str) -> None:
    codes = [row.code for row in LISTS[name]]  # type: ignore[attr-defined]

    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", code)] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_text_carries_stray_blanks(name: str) -> None:
    texts = [value for row in LISTS[name] for value in vars(row).values() if isinstance(value, str)]

    assert [text for text in texts if text != " ".join(text.split())] == []


def test_linked_data_terms_are_well_formed() -> None:
    listed = [
        *(row.dpv_term for row in lawful_basis.LEGAL_BASES),
        *(row.dpv_term for row in safeguards.SAFEGUARDS),
        *(row.dpv_term for row in adequacy.DECISIONS),
    ]
    seeded = [str(seed.values.get("dpv_term", "")) for seed in LISTS["seeds"]]  # type: ignore[attr-defined]
    iris = [iri(term) for term in listed + seeded if term]

    assert [full for full in iris if not re.fullmatch(r"https://w3id\.org/dpv[a-z/]*#[A-Za-z0-9-]+", full)] == []
