"""What names in a spreadsheet can stand for: entries, units, organisations and accounts, read once an import."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from django.contrib.auth import get_user_model

from registry import models
from registry.record.classes import CATALOGUES
from registry.reference.lawful_basis import Regime

_LAWS = {"GB": Regime.UK, "CH": Regime.CH, "BR": Regime.BR}


class Spellings:
    """Keys by name: as it is spelt, and without case where one thing alone is called so.

    Names that differ in no more than case, or in ß and ss, may both be in a catalogue; Consent is in the law of four
    countries. Such a name stands for what is spelt exactly so, if that is one thing: nothing is guessed.
    """

    def __init__(self, rows: Iterable[tuple[str, int]] = ()) -> None:
        self._exact: dict[str, int | None] = {}
        self._folded: dict[str, int | None] = {}
        for name, pk in rows:
            self.add(name, pk)

    def add(self, name: str, pk: int) -> None:
        """Know ``pk`` by its name."""
        folded = name.casefold()
        self._exact[name] = pk if self._exact.get(name, pk) == pk else None
        self._folded[folded] = pk if self._folded.get(folded, pk) == pk else None

    def prefer(self, rows: Iterable[tuple[str, int]]) -> None:
        """Let these names, such as codes, stand for their own keys, whatever else is called so."""
        for name, pk in rows:
            self._exact[name] = self._folded[name.casefold()] = pk

    def find(self, name: str) -> int | None:
        """Return the key that a name stands for, or None for none and for several."""
        found = self._exact.get(name)
        return self._folded.get(name.casefold()) if found is None else found

    @property
    def folded(self) -> list[str]:
        """The names without case."""
        return list(self._folded)


class Lookups:
    """Keys of entries by what they are called, compared without case. One query a catalogue.

    With ``learn_units``, a unit that an organisation lacks is noted in ``new_units`` and stands for a provisional key,
    below zero, until it is added.
    """

    def __init__(self, *, learn_units: bool = False) -> None:
        self._learn_units = learn_units
        self.new_units: dict[int, tuple[int, str]] = {}
        self._names = {model.__name__: Spellings(model.objects.values_list(model.LABEL, "pk")) for model in CATALOGUES}
        organisations = list(models.Organisation.objects.values_list("name", "pk", "country"))
        self._names["Organisation"] = Spellings((name, pk) for name, pk, _ in organisations)
        self._countries = {pk: country for _, pk, country in organisations}
        codes = list(models.LegalBasis.objects.values_list("code", "pk"))
        self.codes: Mapping[str, int] = {code.casefold(): pk for code, pk in codes}
        self._names["LegalBasis"].prefer(codes)
        self._units: dict[int, Spellings] = defaultdict(Spellings)
        for organisation, name, pk in models.OrganisationUnit.objects.values_list("organisation_id", "name", "pk"):
            self._units[organisation].add(name, pk)
        self._accounts: dict[str, int] = dict(get_user_model().objects.values_list("username", "pk"))
        # closed accounts too: who owned a record before they left is still named in its export

    def entry(self, kind: str, name: str) -> int | None:
        """Return the key of the entry of model ``kind`` that is called ``name``, or None."""
        return self._names[kind].find(name.strip())

    def unit(self, organisation: int, name: str) -> int | None:
        """Return the key of the organisation's unit of that name, or None."""
        name = name.strip()
        found = self._units[organisation].find(name)
        if found is None and self._learn_units:
            found = -1 - len(self.new_units)
            self.new_units[found] = (organisation, name)
            self._units[organisation].add(name, found)
        return found

    def account(self, name: str) -> int | None:
        """Return the key of the account with that user name, or None."""
        return self._accounts.get(name.strip())

    def law(self, organisation: int | None) -> Regime:
        """Return the law whose bases an organisation means that names no law: that of its country."""
        return _LAWS.get(self._countries.get(organisation, "") if organisation is not None else "", Regime.EU)

    def near(self, kind: str, name: str) -> list[str]:
        """Return up to three entries that are called almost like ``name``."""
        known = self._names[kind].folded if kind in self._names else []
        return get_close_matches(name.strip().casefold(), known, n=3, cutoff=0.75)

    def near_units(self, organisation: int, name: str) -> list[str]:
        """Return up to three of the organisation's units that are called almost like ``name``."""
        known = self._units[organisation].folded
        return get_close_matches(name.strip().casefold(), known, n=3, cutoff=0.6) or sorted(known)[:3]
