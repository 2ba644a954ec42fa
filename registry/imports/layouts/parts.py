"""Sheets of parts: a workbook with a sheet for the records and further ones for what belongs to each of them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from registry.imports.layouts.headings import SYNONYMS, HeadingIndex
from registry.imports.layouts.table import HeaderFinding, find_header
from registry.imports.mapping import KEEP, PARENT, Column, Layout, SheetMapping
from registry.imports.parsing.folding import fold
from registry.imports.reading import Sheet


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ";").split(";") if word.strip())


_SHEETS: Mapping[str, tuple[str, ...]] = {
    "purposes": _words("purposes; purpose; Zwecke; finalités; finalità; finalidades; fines; doeleinden; ändamål; formål; cele; cele przetwarzania"),
    "legal_bases": _words("legal bases; legal basis; lawful bases; Rechtsgrundlagen; bases légales; basi giuridiche; bases jurídicas; bases legais; grondslagen; rättsliga grunder; retsgrundlag; behandlingsgrunnlag; podstawy prawne"),
    "data_categories": _words("personal data; data categories; data; categories of personal data; Datenkategorien; Daten; catégories de données; données; categorie di dati; categorías de datos; categorias de dados; persoonsgegevens; personuppgifter; personopplysninger; personoplysninger; dane osobowe; kategorie danych"),
    "data_subjects": _words("data subjects; data subject categories; betroffene Personen; Betroffene; personnes concernées; interessati; interesados; titulares; betrokkenen; registrerade; registrerte; registrerede; osoby; kategorie osób"),
    "recipients": _words("data recipients; recipients; contractors; data contractors; processors; vendors; third parties; Empfänger; Auftragsverarbeiter; destinataires; sous-traitants; destinatari; destinatarios; encargados; destinatários; operadores; ontvangers; verwerkers; mottagare; mottakere; modtagere; personuppgiftsbiträden; databehandlere; odbiorcy; podmioty przetwarzające"),
    "transfers": _words("transfers; data transfers; third country transfers; Übermittlungen; Drittlandübermittlungen; transferts; trasferimenti; transferencias; transferências; doorgiften; överföringar; överföringar till tredjeland; overføringer; overførsler; transfery"),
    "measures": _words("measures; security measures; security; TOM; TOMs; Maßnahmen; mesures de sécurité; mesures; misure di sicurezza; medidas de seguridad; medidas de segurança; maatregelen; säkerhetsåtgärder; åtgärder; tiltak; sikkerhetstiltak; sikkerhedsforanstaltninger; foranstaltninger; środki bezpieczeństwa; zabezpieczenia"),
    "systems": _words("systems; assets; applications; software; Systeme; Anwendungen; systèmes; applications; sistemi; sistemas; systemen; it-system; systemer; it-systemer; systemy"),
}  # fmt: skip
"""How a sheet of parts is called, by the list that its rows belong to."""

_NAME = "name; title; label; ref name; Bezeichnung; Name; nom; libellé; nome; denominazione; nombre; denominación; naam; omschrijving; namn; benämning; navn; betegnelse; nazwa"
_DESCRIPTION = "description; details; Beschreibung; descriptif; descrizione; descripción; descrição; beschrijving; toelichting; beskrivning; beskrivelse; opis"
_DOCUMENT = "documentation link; link to documentation; documentation; document; link; Nachweis; Dokument; lien vers la documentation; documento"
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "purposes": {
        "purposes": f"{_NAME}; purpose; Zweck; finalité; finalità; finalidad; finalidade; doel",
        "legal_bases": "; ".join(SYNONYMS["legal_bases"]),
        "legal_bases.special_category_condition": "; ".join(SYNONYMS["legal_bases.special_category_condition"]),
        "legal_bases.interest": "; ".join(SYNONYMS["legal_bases.interest"]),
    },
    "legal_bases": {
        "legal_bases": f"{_NAME}; " + "; ".join(SYNONYMS["legal_bases"]),
        "legal_bases.provision": f"{_DESCRIPTION}; " + "; ".join(SYNONYMS["legal_bases.provision"]),
        "legal_bases.interest": "; ".join(SYNONYMS["legal_bases.interest"]),
    },
    "data_categories": {
        "data_categories": f"{_NAME}; " + "; ".join(SYNONYMS["data_categories"]),
        "data_categories.items": f"{_DESCRIPTION}; items; examples; Beispiele; exemples",
        "data_categories.retention": "; ".join(SYNONYMS["retention"]),
        "data_categories.source": "; ".join(SYNONYMS["data_categories.source"]),
    },
    "data_subjects": {
        "data_subjects": f"{_NAME}; " + "; ".join(SYNONYMS["data_subjects"]),
        "data_subjects.approximate_number": "number; approximate number; volume; Anzahl; nombre de personnes; numero; número; aantal",
    },
    "recipients": {
        "recipients": f"{_NAME}; " + "; ".join(SYNONYMS["recipients"]),
        "recipients.what_for": f"{_DESCRIPTION}; " + "; ".join(SYNONYMS["recipients.what_for"]),
        "recipients.role": "category; relationship type; role; " + "; ".join(SYNONYMS["recipients.role"]),
        "recipients.disclosed_when": "; ".join(SYNONYMS["recipients.disclosed_when"]),
    },
    "transfers": {
        "transfers.recipient": f"{_NAME}; recipient; Empfänger; destinataire; destinatario; " + "; ".join(SYNONYMS["transfers.recipient"]),
        "transfers.country": "; ".join(SYNONYMS["transfers.country"]),
        "transfers.safeguard": "; ".join(SYNONYMS["transfers.safeguard"]),
        "transfers.supplementary_measures": "supplementary measures; guarantees; zusätzliche Maßnahmen; mesures supplémentaires",
        "transfers.document": f"{_DOCUMENT}; " + "; ".join(SYNONYMS["transfers.document"]),
    },
    "measures": {
        "measures": f"{_NAME}; " + "; ".join(SYNONYMS["measures"]),
        "measures.stated_as": _DESCRIPTION,
    },
    "systems": {"systems": f"{_NAME}; " + "; ".join(SYNONYMS["systems"])},
}  # fmt: skip
_PARENT = _words("""reference; ref; ref id; processing; processing ref; processing reference; processing id; processing activity; activity; activity ref; activity reference; activity name; record ref; activity id; record; record id; parent; parent id; id processing
    Nr.; VVT-Nr.; Verarbeitung; Verarbeitungstätigkeit; Verarbeitung Nr.; Referenz; traitement; N° traitement; référence; référence du traitement; trattamento; riferimento; tratamiento; referencia; tratamento; referência; verwerking; referentie; behandling; behandlingsaktivitet; behandlings-id; referensnummer; referansenummer; czynność przetwarzania; czynność; nr czynności""")  # fmt: skip
_NUMBERED = re.compile(r"\A(?:\d+\s+)|(?:\s+\d+)\Z")


def part_named(name: str) -> str | None:
    """Return the list to which the rows of a sheet of this name belong, or None."""
    folded = _NUMBERED.sub("", fold(name))
    return next((key for key, names in _SHEETS.items() if folded in {fold(one) for one in names}), None)


def find_part(sheet: Sheet, part: str) -> SheetMapping | None:
    """Return how a sheet of parts is read, or None where none of its rows looks like its headings."""
    finding = find_header(sheet.rows, _index(part))
    first = next((number for number, row in enumerate(sheet.rows, 1) if any(cell.strip() for cell in row)), 1)
    if finding.header_row is None and any(_index(part).match(cell).key == part for cell in sheet.rows[first - 1]):
        finding = find_header(sheet.rows, _index(part), header_row=first)
    return None if finding.header_row is None else _mapping(sheet, part, finding)


def _mapping(sheet: Sheet, part: str, finding: HeaderFinding) -> SheetMapping:
    known = {fold(word) for word in _PARENT}
    parent = next((guess.column for guess in finding.columns if fold(guess.heading) in known), None)
    columns = tuple(
        Column(guess.column, guess.heading, PARENT if guess.column == parent else guess.key or KEEP)
        for guess in finding.columns
    )
    return SheetMapping(
        names=(sheet.name,),
        layout=Layout.TABLE,
        part=part,
        header_row=finding.header_row,
        first_data_row=finding.first_data_row,
        columns=columns,
        skipped={row: str(why) for row, why in finding.skipped.items()},
    )


@lru_cache
def _index(part: str) -> HeadingIndex:
    return HeadingIndex({key: _words(text) for key, text in _COLUMNS[part].items()}, with_keys=False)
