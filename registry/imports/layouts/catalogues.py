"""The words that head the columns of catalogues that others keep: recipients and vendors, retention periods, and the rest."""

from collections.abc import Mapping
from functools import cache

from registry.imports.layouts.headings import HeadingIndex


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ";").split(";") if word.strip())


NAME = "label; name; title; Bezeichnung; Titel; libellé; nom; intitulé; nome; titolo; denominazione; nombre; denominación; título; naam; titel"
DESCRIPTION = "description; details; Beschreibung; Erläuterung; descriptif; descrizione; descripción; descrição; beschrijving; omschrijving; toelichting; notes; comments; remarks; Bemerkung; Bemerkungen; remarques; note; observaciones"

HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Recipient": {
        "name": _words(f"""{NAME}; sub-processor; subprocessor; vendor; vendor name; supplier; supplier name; recipient; recipient name; company; company name; third party; processor name; service provider; provider; Empfänger; Name des Empfängers; Dienstleister; Auftragsverarbeiter; Firma; Unternehmen; Lieferant
            fournisseur; sous-traitant; destinataire; prestataire; raison sociale; société; fornitore; destinatario; responsabile; ragione sociale; proveedor; encargado; razón social; fornecedor; operador; leverancier; verwerker; ontvanger"""),
        "description": _words(f"""{DESCRIPTION}; purpose; purpose of processing; service; services; service provided; services provided; Leistung; Dienstleistung; Gegenstand; prestation; prestation fournie; service fourni; servizio; servicio; serviço; dienst; dienstverlening"""),
        "kind": _words("""role; kind; type of recipient; recipient type; relationship; relationship type; Rolle; Art; Art des Empfängers; rôle; type de destinataire; qualité; ruolo; tipo di destinatario; rol; tipo de destinatario; papel; tipo de destinatário; soort ontvanger"""),
        "is_processor": _words("""is data processor; is processor; data processor; processor; Auftragsverarbeiter ja/nein; ist Auftragsverarbeiter; est sous-traitant; sous-traitant oui/non; è responsabile; es encargado; é operador; is verwerker"""),
        "address": _words("""address; head office address; head office city; head office zip code; street; city; town; zip code; zip; postcode; postal code; post code; registered office; Adresse; Anschrift; Straße; PLZ; Ort; Sitz; adresse; rue; code postal; ville; siège; siège social
            indirizzo; via; cap; città; sede; sede legale; dirección; calle; código postal; ciudad; domicilio; endereço; rua; cidade; cep; adres; straat; plaats"""),
        "country": _words("""country; country code; head office country; head office country code; country of establishment; location; Land; Sitzland; Staat; pays; code pays; pays d'établissement; paese; país; landcode"""),
        "contract_signed_on": _words("""contract signed on; contract date; date of contract; dpa signed on; dpa date; signed on; AVV vom; Datum AVV; AV-Vertrag vom; Vertragsdatum; date du contrat; date de signature; signé le; data del contratto; fecha del contrato; data do contrato; datum overeenkomst"""),
        "contract_ends_on": _words("""contract ends on; contract end; contract end date; expiry date; expires on; Vertragsende; Laufzeit bis; date de fin du contrat; échéance; scadenza; scadenza del contratto; vencimiento; fin del contrato; fim do contrato; einddatum overeenkomst"""),
        "contract_document": _words("""contract document; link to contract; contract; dpa; link to dpa; AVV; AV-Vertrag; Vertrag; contrat; lien vers le contrat; contratto; contrato; enlace al contrato; overeenkomst; verwerkersovereenkomst"""),
        "sub_processor_of": _words("""sub-processor of; subprocessor of; Unterauftragsverarbeiter von; sous-traitant ultérieur de; sub-responsabile di; subencargado de; subverwerker van"""),
    },
    "RetentionSchedule": {
        "name": _words(f"""{NAME}; document type; document; record type; record; records; data; type of data; data category; Datenart; Datenkategorie; Dokumentenart; Unterlagen; Aktenart; Löschklasse; Regelname; type de document; document concerné; données; donnée; catégorie de données
            tipo di documento; dati; tipo de documento; datos; dados; documenttype; gegevens"""),
        "text": _words(f"""{DESCRIPTION}; retention period; retention rule; rule; retention; storage period; retention description; Löschfrist; Aufbewahrungsfrist; Regellöschfrist; Speicherdauer; Löschregel; Aufbewahrungsdauer; durée de conservation; règle de conservation
            periodo di conservazione; tempo di conservazione; plazo de conservación; prazo de conservação; bewaartermijn"""),
        "period": _words("""period; number; retention time; retention amount; retention number; duration; base active retention time; active retention time; active period; Frist; Dauer; Anzahl; durée; durée base active; nombre; durata; durata numero; duración; duração; duur; termijn"""),
        "unit": _words("""unit; retention unit; period unit; base active retention unit; active retention unit; active unit; Einheit; Zeiteinheit; unité; unité base active; unità; unidad; unidade; eenheid"""),
        "archive_period": _words("""intermediate archiving retention time; archive period; archiving period; archive retention time; archive time; Archivierungsfrist; Archivfrist; durée archivage intermédiaire; archivage intermédiaire; durée d'archivage; periodo di archiviazione; plazo de archivo; archieftermijn"""),
        "archive_unit": _words("""intermediate archiving retention unit; archive unit; archiving unit; archive retention unit; unité archivage intermédiaire; unité d'archivage; Archiveinheit"""),
        "trigger": _words("""trigger; runs from; start; start of period; retention starts; Fristbeginn; Beginn der Frist; Auslöser; Startzeitpunkt; point de départ; événement déclencheur; fait générateur; decorrenza; inicio; inicio del plazo; início; startmoment; begin van de termijn"""),
        "legal_source": _words("""legal source; legal basis; law; source; reference text; base active legal basis; Rechtsgrundlage; Quelle; Vorschrift; gesetzliche Grundlage; base légale; fondement; texte de référence; source juridique; base giuridica; fonte; norma; base legal; fuente; grondslag; wettelijke basis"""),
        "disposal": _words("""disposal; disposal action; action; final action; sort final; Löschverfahren; Maßnahme nach Fristablauf; action finale; azione finale; acción final; destinação final; vernietiging"""),
    },
    "System": {
        "name": _words(f"{NAME}; system; system name; application; application name; software; asset; asset name; Anwendung; Software; Fachverfahren; IT-System; Systemname; logiciel; application; système; nom de l'application; applicativo; sistema; aplicación; aplicativo; applicatie; systeem"),
        "description": _words(DESCRIPTION),
        "owner": _words("fachlich verantwortlich; fachlicher Ansprechpartner; business owner; owner; system owner; responsible; Verantwortlicher; Systemverantwortlicher; Eigentümer; responsable; propriétaire; responsabile; responsable del sistema; responsável; eigenaar; beheerder"),
        "hosting_country": _words("hosting country; hosted in; hosting location; data location; Hosting; Serverstandort; Speicherort; pays d'hébergement; lieu d'hébergement; hébergement; paese di hosting; país de alojamiento; país de hospedagem; hostingland"),
        "data": _words("""data held; data; data stored; data categories; categories of data; personal data; personal data held; personal data stored; personal data processed; categories of personal data; types of personal data; what personal data; data elements; contains personal data; Daten; gespeicherte Daten; Datenkategorien; Datenarten
            personenbezogene Daten; gespeicherte personenbezogene Daten; Kategorien personenbezogener Daten; données; données hébergées; données stockées; données personnelles; catégories de données; données traitées; données à caractère personnel; dati; dati personali; categorie di dati; dati trattati; dati conservati
            datos; datos personales; categorías de datos; datos tratados; dados; dados pessoais; categorias de dados; dados tratados; gegevens; persoonsgegevens; categorieën persoonsgegevens; soort gegevens"""),
        "provider": _words("provider; vendor; supplier; hosting provider; Anbieter; Hersteller; Betreiber; hébergeur; éditeur; fournisseur; fornitore; proveedor; fornecedor; leverancier"),
    },
    "SecurityMeasure": {
        "name": _words(f"{NAME}; measure; security measure; control; Maßnahme; Sicherheitsmaßnahme; TOM; mesure; mesure de sécurité; misura; misura di sicurezza; medida; medida de seguridad; medida de segurança; maatregel; beveiligingsmaatregel"),
        "description": _words(DESCRIPTION),
        "group": _words("group; aim; objective; Gruppe; Schutzziel; Gewährleistungsziel; objectif; obiettivo; objetivo; doel"),
        "nature": _words("nature; type of measure; technical or organisational; Art der Maßnahme; technisch oder organisatorisch; type de mesure; tipo di misura; tipo de medida; soort maatregel"),
    },
    "DataCategory": {
        "name": _words(f"{NAME}; data category; category of data; category of personal data; Datenkategorie; Kategorie personenbezogener Daten; catégorie de données; categoria di dati; categoría de datos; categoria de dados; gegevenscategorie"),
        "examples": _words(f"{DESCRIPTION}; examples; items; data elements; Beispiele; Datenfelder; exemples; données; esempi; ejemplos; exemplos; voorbeelden"),
        "sensitivity": _words("sensitivity; special category; sensitive; Sensibilität; besondere Kategorie; sensibilité; donnée sensible; sensibilità; sensibilidad; sensibilidade; gevoeligheid"),
    },
    "DataSubjectCategory": {
        "name": _words(f"{NAME}; data subject category; category of data subjects; data subjects; Betroffenengruppe; Kategorie betroffener Personen; betroffene Personen; catégorie de personnes; personnes concernées; categoria di interessati; categoría de interesados; categoria de titulares; categorie betrokkenen"),
        "description": _words(DESCRIPTION),
        "vulnerable": _words("vulnerable; vulnerable persons; schutzbedürftig; vulnérable; personnes vulnérables; vulnerabile; vulnerables; vulnerável; kwetsbaar"),
    },
}  # fmt: skip
"""Headings per fact of a catalogue's entries, and what else a heading may say of one."""

TELLING: Mapping[str, frozenset[str]] = {
    "Recipient": frozenset(
        {"is_processor", "address", "country", "contract_signed_on", "contract_document", "kind", "sub_processor_of"}
    ),
    "RetentionSchedule": frozenset({"period", "unit", "archive_period", "trigger", "text", "disposal"}),
    "System": frozenset({"hosting_country", "provider", "owner"}),
    "SecurityMeasure": frozenset({"nature", "group"}),
    "DataCategory": frozenset({"sensitivity", "examples"}),
    "DataSubjectCategory": frozenset({"vulnerable"}),
}
"""What tells one catalogue from another: every catalogue has names and descriptions."""

SHEETS: Mapping[str, tuple[str, ...]] = {
    "Recipient": _words("vendors; suppliers; recipients; processors; third parties; subprocessors; sub-processors; Empfänger; Dienstleister; Auftragsverarbeiter; Lieferanten; fournisseurs; sous-traitants; destinataires; prestataires; fornitori; destinatari; responsabili; proveedores; destinatarios; encargados; fornecedores; destinatários; operadores; leveranciers; verwerkers; ontvangers"),
    "RetentionSchedule": _words("retention; retention rules; retention schedule; retention schedules; retention periods; data retention rule; data retention rules; Löschfristen; Aufbewahrungsfristen; Löschkonzept; Löschregeln; durées de conservation; règles de conservation; tempi di conservazione; plazos de conservación; prazos de conservação; bewaartermijnen"),
    "System": _words("systems; applications; assets; software; Systeme; Anwendungen; IT-Systeme; logiciels; systèmes; sistemi; sistemas; aplicaciones; applicaties"),
    "SecurityMeasure": _words("measures; security measures; controls; TOM; TOMs; Maßnahmen; Sicherheitsmaßnahmen; mesures; mesures de sécurité; misure di sicurezza; medidas de seguridad; maatregelen"),
    "DataCategory": _words("data categories; Datenkategorien; catégories de données; categorie di dati; categorías de datos; categorias de dados; gegevenscategorieën"),
    "DataSubjectCategory": _words("data subject categories; data subjects; Betroffenengruppen; betroffene Personen; catégories de personnes; personnes concernées; categorie di interessati; interesados; titulares; betrokkenen"),
}  # fmt: skip
"""How a file or a sheet with entries of a catalogue may be called."""


@cache
def catalogue_index(kind: str) -> HeadingIndex:
    """Return the headings of a catalogue, ready for matching."""
    return HeadingIndex(HEADINGS[kind], with_keys=False)
