"""What names in a spreadsheet can stand for: entries, units, organisations and accounts, read once an import."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from django.contrib.auth import get_user_model

from registry import models
from registry.record.classes import CATALOGUES


class Lookups:
    """Keys of entries by what they are called, compared without case. One query a catalogue.

    With ``learn_units``, a unit that an organisation lacks is noted in ``new_units`` and stands for a provisional key,
    below zero, until it is added.
    """

    def __init__(self, *, learn_units: bool = False) -> None:
        self._learn_units = learn_units
        self.new_units: dict[int, tuple[int, str]] = {}
        self._names: dict[str, dict[str, int]] = {}
        for model in CATALOGUES:
            rows = model.objects.values_list(model.LABEL, "pk")
            self._names[model.__name__] = _unambiguous(rows)
        organisations = models.Organisation.objects.values_list("name", "pk")
        self._names["Organisation"] = {name.casefold(): pk for name, pk in organisations}
        self.codes: Mapping[str, int] = {
            code.casefold(): pk for code, pk in models.LegalBasis.objects.values_list("code", "pk")
        }
        self._names["LegalBasis"].update(self.codes)
        self._units = {
            (organisation, name.casefold()): pk
            for organisation, name, pk in models.OrganisationUnit.objects.values_list("organisation_id", "name", "pk")
        }
        self._accounts: dict[str, int] = dict(get_user_model().objects.values_list("username", "pk"))
        # closed accounts too: who owned a record before they left is still named in its export

    def entry(self, kind: str, name: str) -> int | None:
        """Return the key of the entry of model ``kind`` that is called ``name``, or None."""
        return self._names[kind].get(name.strip().casefold())

    def unit(self, organisation: int, name: str) -> int | None:
        """Return the key of the organisation's unit of that name, or None."""
        folded = (organisation, name.strip().casefold())
        if folded not in self._units and self._learn_units:
            provisional = -1 - len(self.new_units)
            self.new_units[provisional] = (organisation, name.strip())
            self._units[folded] = provisional
        return self._units.get(folded)

    def account(self, name: str) -> int | None:
        """Return the key of the account with that user name, or None."""
        return self._accounts.get(name.strip())

    def near(self, kind: str, name: str) -> list[str]:
        """Return up to three entries that are called almost like ``name``."""
        return get_close_matches(name.strip().casefold(), list(self._names.get(kind, ())), n=3, cutoff=0.75)

    def near_units(self, organisation: int, name: str) -> list[str]:
        """Return up to three of the organisation's units that are called almost like ``name``."""
        known = [unit for owner, unit in self._units if owner == organisation]
        return get_close_matches(name.strip().casefold(), known, n=3, cutoff=0.6) or sorted(known)[:3]


def _unambiguous(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Leave out names that several entries bear, such as Consent in the law of four countries: nothing is guessed."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for name, pk in rows:
        folded = name.casefold()
        if folded in found:
            twice.add(folded)
        found[folded] = pk
    return {name: pk for name, pk in found.items() if name not in twice}
