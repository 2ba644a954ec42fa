"""Adequacy decisions with their scope and their dates, those that were declared invalid among them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from registry.reference.lawful_basis import Regime
from registry.reference.source import SourcedRow, in_force
from registry.reference.table import DATA_FOLDER, Cells, provenance, read_table, yes_or_no


@dataclass(frozen=True, kw_only=True)
class AdequacyDecision(SourcedRow):
    """One decision; `limited` is True where it covers only some recipients or processing, and `scope` says which.

    `country_code` is "" for an international organisation, which `place` names; `number` is "" where it was not read.
    """

    regime: Regime
    country_code: str
    place: str
    is_organisation: bool
    number: str
    limited: bool
    scope: str
    dpv_term: str

    @property
    def limits(self) -> str:
        """The scope in the language in force."""
        return gettext(self.scope) if self.scope else ""


def _decision(cells: Cells) -> AdequacyDecision:
    return AdequacyDecision(
        regime=Regime(cells["regime"]),
        country_code=cells["country_code"],
        place=cells["place"],
        is_organisation=yes_or_no(cells["is_organisation"]),
        number=cells["number"],
        limited=yes_or_no(cells["limited"]),
        scope=cells["scope"],
        dpv_term=cells["dpv_term"],
        **provenance(cells),
    )


DECISIONS: tuple[AdequacyDecision, ...] = read_table(DATA_FOLDER / "adequacy.csv", _decision)

# The lists of these regimes differ from the Union's and were not read: for them an empty answer means "not known".
LISTS_NOT_KNOWN: dict[Regime, str] = {
    Regime.UK: "Check the UK adequacy regulations at https://www.legislation.gov.uk and with the Commissioner.",
    Regime.CH: "Check Annex 1 of the Data Protection Ordinance at https://www.fedlex.admin.ch/eli/cc/2022/568/en.",
}


def in_force_for(country_code: str, on: date, regime: Regime | str = Regime.EU) -> tuple[AdequacyDecision, ...]:
    """Return the decisions that held for a country (ISO 3166-1 alpha-2) on that day, limited ones included.

    An empty answer means "none" only for a regime whose list is known: ask LISTS_NOT_KNOWN first. An international
    organisation has no country code; see `in_force_for_organisation`.
    """
    return tuple(
        decision
        for decision in DECISIONS
        if decision.country_code == country_code
        and not decision.is_organisation
        and decision.regime == regime
        and in_force(decision, on)
    )


def in_force_for_organisation(name: str, on: date, regime: Regime | str = Regime.EU) -> tuple[AdequacyDecision, ...]:
    """Return the decisions that held on that day for the international organisation of that name, whatever its case."""
    return tuple(
        decision
        for decision in DECISIONS
        if decision.is_organisation
        and decision.place.casefold() == name.strip().casefold()
        and decision.regime == regime
        and in_force(decision, on)
    )
