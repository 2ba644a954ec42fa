"""What the name or the first words of a sheet say about it: an example, a list of choices, a role."""

import re

from registry.imports.parsing.folding import fold
from registry.imports.reading import Sheet

_EXAMPLE = re.compile(
    r"\b(?:exemple|example|sample|beispiel|muster|esempio|ejemplo|exemplo|voorbeeld|exempel|eksempel|przyklad)s?\b"
)
_CHOICES = re.compile(
    r"(?:\d+\s)?(?:listes?|lists?|listen|elenchi|elenco|listas?|lijst(?:en)?|dropdowns?|drop down(?: lists?)?|auswahl(?:listen)?|values|listor|lister|valglister|rullgardinslistor|rullelister|vallistor|slowniki?|listy|wartosci|wertelisten?|nomenclatures?)"
)
_HOW = re.compile(
    r"(?:\d+\s)?(?:notes?|readme|read me|lisez moi|liesmich|tutoriel|tutorial|instructions?|anleitung|hinweise|help|aide|guide|mode d emploi|istruzioni|instrucciones|instrucoes|toelichting|instruktion(?:er)?|vejledning|veiledning|vaegledning|hjaelp|hjelp|instrukcj[ae]|objasnienia|pomoc|explanations?|erlaeuterungen)"
)
_READ_ME = re.compile(r"readme|read me|lisez moi|liesmich")
"""The first sheet of workbooks that were taken from here, which names the columns of the others, and of many more."""
_PROCESSOR = re.compile(
    r"\b(?:processors?|auftragsverarbeiter(?:in)?|auftragsverarbeitung|sous traitants?|responsabile del trattamento|responsabili|encargad[oa]s?(?: del tratamiento)?|operador(?:es)?|subcontratantes?|verwerkers?|personuppgiftsbitraeden?|databehandlere?|podmiot(?:y|ow)? przetwarzajac\w+|kategorii (?:czynnosci )?przetwarza\w+)\b"
)
_CONTROLLER = re.compile(
    r"\b(?:controllers?|verantwortlicher?|responsables? d[eu] traitement|titolare|responsables?(?: del tratamiento)?|controlador(?:es)?|verwerkingsverantwoordelijken?|personuppgiftsansvariga?|dataansvarlige?|behandlingsansvarlige?|administrator(?:a|zy)?)\b"
)


def example_sheet(sheet: Sheet) -> bool:
    """Return whether a sheet calls itself an example, in its name or in its first words."""
    first = next((cell for row in sheet.rows for cell in row if cell.strip()), "")
    return bool(_EXAMPLE.search(fold(sheet.name)) or re.match(_EXAMPLE.pattern, fold(first)))


def is_list_of_choices(sheet: Sheet) -> bool:
    """Return whether a sheet holds values to choose from, or explains the others, going by its name."""
    return bool(_CHOICES.fullmatch(fold(sheet.name)) or _HOW.fullmatch(fold(sheet.name)))


def is_read_me(sheet: Sheet) -> bool:
    """Return whether a sheet is there to be read by people alone, whatever headings it speaks of."""
    return bool(_READ_ME.fullmatch(fold(sheet.name)))


def role_named(text: str) -> str:
    """Return our role where a name says it of all of its activities: "processor", or "" where it says neither or both."""
    folded = fold(text)
    return "processor" if _PROCESSOR.search(folded) and not _CONTROLLER.search(folded) else ""
