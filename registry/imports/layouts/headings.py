"""The words that head the columns of registers, per fact of an activity, and how a heading nobody announced is matched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from registry.imports.parsing.folding import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ";").split(";") if word.strip())


SYNONYMS: dict[str, tuple[str, ...]] = {
    "reference": _words("""reference; ref; ref no; reference number; no; number; id; ref id; record id; record number; processing id; activity id; unique id
        Nr.; Nummer; lfd. Nr.; laufende Nummer; Referenz; Verfahrensnummer; Kennung; VVT-Nr.; VT-Nr.; Verfahrens-Nr.; Aktenzeichen
        N°; N° / RÉF; référence; numéro; nº; numero; número; riferimento; referencia; referência; referentie; nummer; volgnummer"""),
    "external_reference": _words("""external reference; external id; source id; legacy id; entry; externe Referenz; externe Nummer; Fremdschlüssel; référence externe
        riferimento esterno; referencia externa; referência externa; externe referentie"""),
    "name": _words("""name; title; label; processing activity; name of processing activity; name of the processing activity; name of processing; activity; activity name; processing name
        record name; processing operation; name of processing operation
        Bezeichnung; Titel; Bezeichnung der Verarbeitungstätigkeit; Bezeichnung der Verarbeitung; Verarbeitungstätigkeit; Name der Verarbeitungstätigkeit; Verarbeitung; Verfahren
        Bezeichnung des Verfahrens; Name des Verfahrens; Name der Verarbeitung; Benennung; Benennung der Verarbeitungstätigkeit
        nom; intitulé; nom du traitement; traitement; nom de l'activité; activité de traitement; intitulé du traitement; activités de traitement
        nome; titolo; denominazione; denominazione del trattamento; trattamento; attività di trattamento; nome del trattamento
        nombre; título; nombre del tratamiento; tratamiento; actividad de tratamiento; denominación; nome do tratamento; tratamento; atividade de tratamento; nome da atividade
        naam; titel; verwerking; verwerkingsactiviteit; naam verwerking; naam van de verwerking; naam van de verwerkingsactiviteit"""),
    "description": _words("""description; details; description of processing; description of the processing; summary; processing description; comments; remarks
        Beschreibung; Beschreibung der Verarbeitung; Kurzbeschreibung; Erläuterung; Beschreibung der Verarbeitungstätigkeit; Bemerkung; Bemerkungen; Anmerkungen; Hinweise
        descriptif; description du traitement; descrizione; descrizione del trattamento; descripción; descripción del tratamiento; descrição; descrição do tratamento
        omschrijving; beschrijving; toelichting; observations; remarques; observaciones; observações; note; notes"""),
    "role": _words("""role; controller or processor; our role; role of the organisation; capacity; Rolle; eigene Rolle; Rolle des Unternehmens; rôle; ruolo; rol; papel; função; qualité"""),
    "status": _words("""status; record status; state; Zustand; Bearbeitungsstand; Bearbeitungsstatus; statut; état; stato; estado; situação; processing state; processing status"""),
    "unit": _words("""unit; department; business unit; organisational unit; organizational unit; team; division; business function; responsible department; function; domain
        Abteilung; Fachabteilung; Verantwortliche Fachabteilung; Fachbereich; Organisationseinheit; Bereich; Amt; Fachamt; zuständige Abteilung; verantwortliche Stelle (intern); Geschäftsbereich; OE
        service; direction; département; service concerné; ufficio; reparto; dipartimento; unità; departamento; unidad; área; unidade; setor; afdeling; eenheid; organisatieonderdeel"""),
    "owner": _words("""owner; process owner; business owner; data owner; responsible person; assigned to; record owner; Prozessverantwortlicher; Verfahrensverantwortlicher
        Prozesseigner; Eigentümer; verantwortliche Person; fachlich Verantwortlicher; propriétaire; pilote; titolare del processo; responsable del proceso; proceseigenaar; eigenaar"""),
    "contact": _words("""contact; contact person; contact name; contact details; Ansprechpartner; Ansprechpartnerin; Ansprechperson; Kontakt; Kontaktperson; Kontaktdaten
        personne de contact; contatto; referente; contacto; persona de contacto; pessoa de contato; contactpersoon"""),
    "began_on": _words("""began on; start date; date started; processing start; started on; in use since; period start; creation date; date creation; date created
        Beginn; Beginn der Verarbeitung; Datum der Einführung; Einführungsdatum; in Betrieb seit; Startdatum; Datum der Inbetriebnahme
        date de début; date de création; date de création du traitement; date de création de la fiche; date de mise en œuvre; data di inizio; fecha de inicio; data de início; startdatum; begindatum"""),
    "ends_on": _words("""ends on; end date; date ended; processing end; period end; Ende; Ende der Verarbeitung; Enddatum; Datum der Beendigung; Außerbetriebnahme
        date de fin; data di fine; fecha de fin; data de fim; data de término; einddatum"""),
    "last_reviewed_on": _words("""last reviewed on; last reviewed; last review; last review date; date of last review; reviewed on; review date; letzte Prüfung; zuletzt geprüft; geprüft am
        letzte Überprüfung; Datum der letzten Prüfung; dernière révision; date de révision; ultima revisione; última revisión; última revisão; laatste controle; laatst beoordeeld"""),
    "next_review_on": _words("""next review on; next review; next review date; review due; date of next review; nächste Prüfung; nächste Überprüfung; Wiedervorlage; Prüfung fällig
        Termin nächste Prüfung; prochaine révision; prossima revisione; próxima revisión; próxima revisão; volgende controle; volgende beoordeling"""),
    "review_interval": _words("""review interval; review frequency; review cycle; Prüfintervall; Prüfungsintervall; Überprüfungsintervall; Prüfturnus; fréquence de révision
        frequenza di revisione; frecuencia de revisión; frequência de revisão; beoordelingsfrequentie"""),
    "tags": _words("""tags; keywords; labels; Schlagwörter; Schlagworte; Stichwörter; mots-clés; étiquettes; etichette; etiquetas; trefwoorden"""),
    "is_public": _words("""is public; public; published; public record; öffentlich; veröffentlicht; publié; pubblico; público; openbaar"""),
    "dpo_remark": _words("""dpo remark; dpo remarks; dpo comment; dpo comments; remark of the dpo; comments of the dpo; Anmerkung des DSB; Stellungnahme des DSB; Anmerkung DSB; Bemerkung DSB
        Stellungnahme des Datenschutzbeauftragten; remarque du DPO; avis du DPO; parere del DPO; observaciones del DPD; opmerking FG; advies FG"""),
    "purposes": _words("""purposes; purpose; purpose of processing; purposes of processing; the purposes of the processing; purpose of the processing; main purpose; processing purpose
        Zweck; Zwecke; Zweck der Verarbeitung; Zwecke der Verarbeitung; Zweck(e) der Verarbeitung; Verarbeitungszweck; Verarbeitungszwecke; Zweckbestimmung; die Zwecke der Verarbeitung
        finalité; finalités; finalité du traitement; finalités du traitement; finalité principale; les finalités du traitement; finalité(s) du traitement effectué; objectif poursuivi
        finalità; finalità del trattamento; le finalità del trattamento; finalidad; finalidades; fines del tratamiento; finalidad del tratamiento; los fines del tratamiento
        finalidade; finalidade do tratamento; finalidades do tratamento; doel; doeleinden; doel van de verwerking; verwerkingsdoeleinden; de verwerkingsdoeleinden; doeleinden van de verwerking"""),
    "legal_bases": _words("""legal bases; legal basis; lawful basis; legal basis for processing; lawful basis for processing; article 6 lawful basis for processing personal data
        lawful bases; legal ground; legal grounds; lawfulness of processing; legalbasis; article 6 lawful basis; gdpr legal basis
        Rechtsgrundlage; Rechtsgrundlagen; Rechtsgrundlage(n); Rechtsgrundlage der Verarbeitung; Rechtmäßigkeit der Verarbeitung; rechtliche Grundlage
        base légale; bases légales; base juridique; fondement juridique; licéité du traitement; base légale du traitement; base giuridica; basi giuridiche; base giuridica del trattamento; base di liceità
        base jurídica; base legal; base de legitimación; legitimación; bases jurídicas; base jurídica del tratamiento; fundamento legal; hipótese legal; fundamento de licitude
        rechtsgrond; grondslag; rechtsgrondslag; wettelijke grondslag; grondslag voor de verwerking"""),
    "data_subjects": _words("""data subjects; data subject; datasubject; categories of data subjects; category of data subjects; categories of individuals; data subject categories
        a description of the categories of data subjects; description of the categories of data subjects; individuals; affected persons
        betroffene Personen; Kategorien betroffener Personen; betroffene Personengruppen; Betroffene; Personengruppen; Kreis der Betroffenen; Betroffenengruppen; Personenkreis
        Kategorie betroffener Personen; Beschreibung der Kategorien betroffener Personen; Kategorien der betroffenen Personen; eine Beschreibung der Kategorien betroffener Personen
        personnes concernées; catégories de personnes concernées; catégories de personnes; description des catégories de personnes concernées; interessati; categorie di interessati
        interesados; categorías de interesados; colectivos; categorías de afectados; titulares; categorias de titulares; categorias de titulares de dados
        betrokkenen; categorieën van betrokkenen; categorieën betrokkenen"""),
    "data_categories": _words("""data categories; personal data; personaldata; categories of personal data; category of personal data; the categories of personal data; types of personal data; data types
        data category; categories of data; data elements; description of the categories of personal data
        Datenkategorien; Kategorien personenbezogener Daten; personenbezogene Daten; Datenarten; Art der Daten; Kategorien von Daten; die Kategorien personenbezogener Daten
        Kategorie personenbezogener Daten; Beschreibung der Kategorien personenbezogener Daten; Kategorien der personenbezogenen Daten; Daten
        catégories de données; données personnelles; catégories de données personnelles; catégories de données à caractère personnel; données traitées; données concernées
        categorie di dati; categorie di dati personali; dati personali; categorías de datos; datos personales; categorías de datos personales; tipos de datos
        categorias de dados; dados pessoais; categorias de dados pessoais; persoonsgegevens; categorieën van persoonsgegevens; categorieën persoonsgegevens; soort gegevens"""),
    "recipients": _words("""recipients; recipient; categories of recipients; the categories of recipients; data recipients; category of recipients; recipient categories; disclosed to
        categories of recipients to whom the personal data have been or will be disclosed
        Empfänger; Kategorien von Empfängern; Empfängerkategorien; Empfängergruppen; Datenempfänger; Kategorien der Empfänger; die Kategorien von Empfängern; Kategorie von Empfängern
        destinataires; catégories de destinataires; destinataire; destinatari; categorie di destinatari; destinatarios; categorías de destinatarios
        cessões; destinatários; categorias de destinatários; ontvangers; categorieën van ontvangers; categorieën ontvangers"""),
    "transfers": _words("""transfers; transfer; third country transfers; third country transfer; transfers to third countries; international transfers; transfer to a third country; data transfers
        transfers of personal data to a third country or an international organisation; name of recipients in third countries; recipients in third countries; transfers outside the eea; non eea transfers
        Übermittlung in ein Drittland; Drittlandübermittlung; Drittlandtransfer; Drittlandübermittlungen; Übermittlung in Drittländer; Datenübermittlung in Drittländer; Drittstaatentransfer
        Übermittlungen in Drittländer; Übermittlung an Drittländer; Datenübermittlung in ein Drittland; Übermittlungen von personenbezogenen Daten an ein Drittland oder eine internationale Organisation
        Übermittlung in Drittstaaten; Übermittlung in ein Drittland oder an eine internationale Organisation; Drittlandsübermittlung
        transferts; transferts hors UE; transferts de données; transferts hors de l'UE; transferts vers un pays tiers; transferts de données hors UE; transfert hors UE
        trasferimenti; trasferimenti verso paesi terzi; trasferimento extra UE; trasferimenti extra UE; transferencias internacionales; transferencias; transferências internacionais
        doorgifte; doorgiften; doorgifte aan derde landen; doorgifte buiten de EER"""),
    "retention": _words("""retention; retention period; retention schedule; retention periods; storage period; retention time; storageyears; erasure; time limits for erasure; retention description
        the envisaged time limits for erasure of the different categories of data; envisaged time limits for erasure; deletion periods; storage duration
        Löschfrist; Löschfristen; Speicherdauer; Aufbewahrungsfrist; Aufbewahrungsfristen; Aufbewahrungsdauer; Fristen für die Löschung; Regelfristen für die Löschung; Löschung
        vorgesehene Fristen für die Löschung der verschiedenen Datenkategorien; Löschfristen der Datenkategorien; Speicherfrist
        durée de conservation; durées de conservation; conservation; délais d'effacement; délais prévus pour l'effacement; periodo di conservazione; tempi di conservazione; conservazione; termini di cancellazione
        plazo de conservación; plazos de conservación; plazos de supresión; plazo de supresión; prazo de conservação; prazos de conservação; retenção; prazo de retenção; bewaartermijn; bewaartermijnen; bewaartermijn(en)"""),
    "systems": _words("""systems; system; it systems; software; applications; application; tools; assets; systems used; Systeme; eingesetzte Software; IT-Systeme; Anwendungen; Fachverfahren; eingesetzte Systeme
        Anwendung; Programme; verwendete Software; eingesetzte IT-Systeme; Verfahren/Software; logiciels; applications; systèmes; outils; logiciel utilisé; support; software utilizzato; sistemi; applicazioni; sistemas; aplicaciones; aplicações
        systemen; applicaties"""),
    "measures": _words("""measures; security measures; technical and organisational measures; technical and organizational measures; tom; toms; safety measures
        a general description of the technical and organisational security measures; general description of the technical and organisational security measures; security; technical and organisational security measures
        a general description of the technical and organisational security measures referred to in article 32(1)
        technische und organisatorische Maßnahmen; Technisch-org. Maßnahmen; technisch-organisatorische Maßnahmen; Sicherheitsmaßnahmen; Schutzmaßnahmen; Maßnahmen; TOM (Art. 32); Datensicherheitsmaßnahmen
        allgemeine Beschreibung der technischen und organisatorischen Maßnahmen; Beschreibung der technischen und organisatorischen Maßnahmen
        mesures de sécurité; mesures techniques et organisationnelles; sécurité; description générale des mesures de sécurité; misure di sicurezza; misure tecniche e organizzative
        medidas de seguridad; medidas técnicas y organizativas; medidas de segurança; medidas técnicas e organizativas; beveiligingsmaatregelen; technische en organisatorische maatregelen; beveiliging"""),
    "joint_controllers": _words("""joint controllers; joint controller; name and contact details of joint controller; gemeinsam Verantwortliche; gemeinsam Verantwortlicher; gemeinsame Verantwortliche
        gemeinsame Verantwortlichkeit; weitere Verantwortliche; responsables conjoints; responsable(s) conjoint(s); co-responsables; contitolari; contitolari del trattamento; corresponsables; corresponsables del tratamiento
        responsáveis conjuntos; gezamenlijke verwerkingsverantwoordelijken; gezamenlijk verwerkingsverantwoordelijken"""),
    "controllers": _words("""controllers; controllers served; controller; name of controller; on behalf of; client; clients; customer; name and contact details of each controller; name and contact details of controller
        Auftraggeber; Verantwortliche; Verantwortlicher (Auftraggeber); Verantwortliche, in deren Auftrag verarbeitet wird; responsables de traitement; responsable du traitement; donneur d'ordre; clients concernés
        titolari; titolare del trattamento; titolari del trattamento; responsables del tratamiento; responsable del tratamiento; encargado por; responsável pelo tratamento; controladores
        verwerkingsverantwoordelijken; verwerkingsverantwoordelijke; opdrachtgever"""),
    "special_category_data": _words("""special category data; special categories; special categories of personal data; sensitive data; special category; sensitive personal data; is sensitive
        besondere Kategorien; besondere Kategorien personenbezogener Daten; sensible Daten; besondere Datenkategorien; Art. 9-Daten; Daten nach Art. 9; besonders schützenswerte Daten
        données sensibles; catégories particulières de données; données sensibles ?; dati sensibili; categorie particolari di dati; datos sensibles; categorías especiales de datos; categorías especiales
        dados sensíveis; categorias especiais de dados; bijzondere persoonsgegevens; gevoelige gegevens"""),
    "profiling": _words("""profiling; Profiling; profilage; profilazione; elaboración de perfiles; perfilado; definição de perfis; profilering"""),
    "automated_decisions": _words("""automated decisions; automated decision-making; automated decision making; automated; automated individual decision-making; automated decision making including profiling
        automatisierte Entscheidungen; automatisierte Entscheidungsfindung; automatisierte Entscheidung; automatisierte Einzelentscheidung; décision automatisée; décisions automatisées
        decisioni automatizzate; processo decisionale automatizzato; decisiones automatizadas; decisões automatizadas; geautomatiseerde besluitvorming"""),
    "source": _words("""source; source of data; source of the data; data source; source of personal data; data sources; Datenquelle; Quelle; Herkunft der Daten; Datenherkunft; Quelle der Daten
        source des données; origine des données; fonte dei dati; origine dei dati; origen de los datos; procedencia de los datos; origem dos dados; fonte dos dados; bron; herkomst van de gegevens"""),
    "safeguards": _words("""safeguards; transfer safeguards; documentation of suitable safeguards; suitable safeguards; transfer mechanism; appropriate safeguards; guarantees
        safeguards for exceptional transfers of personal data to third countries or international organisations; the documentation of suitable safeguards
        Garantien; geeignete Garantien; Dokumentation geeigneter Garantien; Garantien für Drittlandübermittlung; Übermittlungsgrundlage; Rechtsgrundlage der Übermittlung; Dokumentierung geeigneter Garantien
        garanties; garanties appropriées; documents attestant l'existence de garanties appropriées; type de garanties; garanzie; garanzie adeguate; garantías; garantías adecuadas; garantias; garantias adequadas
        waarborgen; passende waarborgen; documenten inzake passende waarborgen"""),
    "countries": _words("""countries; third countries; third country; country; recipient country; international recipient country; recipient location; transfer location; destination country
        names of third countries or international organisations that personal data are transferred to; names of third countries or international organisations
        Drittland; Drittländer; Land; Länder; Zielland; Empfängerland; Drittstaat; Drittstaaten; Angabe des Drittlands; pays; pays tiers; pays de destination; pays destinataire
        paese; paesi; paesi terzi; paese terzo; país; países; terceros países; país tercero; países terceiros; landen; derde landen; derde land"""),
    "last_changed_on": _words("""last changed on; last updated; last update; date updated; date update; last modified; updated on; as at; version date; last changed; Stand; letzte Änderung; Änderungsdatum; zuletzt geändert
        Datum der letzten Änderung; geändert am; letzte Aktualisierung; Aktualisiert am; Stand der Bearbeitung; dernière mise à jour; mise à jour du traitement; date de mise à jour; dernière mise à jour de la fiche
        ultimo aggiornamento; data di aggiornamento; última actualización; fecha de actualización; última atualização; data de atualização; laatste wijziging; laatst bijgewerkt; laatst gewijzigd"""),
}  # fmt: skip
"""Headings per fact of an activity, the fact's own key among them. The wording of Art. 30(1) and (2) GDPR is included."""

_STOP_WORDS = frozenset(
    "a an the of for to in on or and by der die das den dem des von vom zur zum und oder fuer im in ein eine einer le la les de du des d l un une et ou pour"
    " il lo gli i di del della dei delle e o per el los las y u en da do das dos het een van op".split()
)
_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ][a-zäöüß])")
_PLURAL = re.compile(r"\((?:s|e|n|en|es|i)\)")
_TRAILING_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]][\s;:.*?]*\Z")
_LONGEST_HEADING = 250
_ENOUGH = 0.5


@dataclass(frozen=True)
class HeadingMatch:
    """The fact that a heading stands for, None if that is not clear, and how sure the match is: 1 for a known heading."""

    key: str | None
    score: float


class HeadingIndex:
    """Synonyms made ready for matching; build one per table, or one for all."""

    def __init__(self, synonyms: Mapping[str, tuple[str, ...]]) -> None:
        self._exact: dict[str, set[str]] = {}
        for key, headings in synonyms.items():
            for heading in (key, *headings):
                self._exact.setdefault(fold(heading), set()).add(key)
        self._by_words = [(_significant(heading), keys) for heading, keys in self._exact.items()]

    def match(self, heading: str) -> HeadingMatch:
        """Match a heading: as it stands, then without a bracket behind it, then by the words it shares with known ones.

        Two facts that fit equally well are none: a heading is left open rather than put in the wrong place.
        """
        if not heading.strip() or len(heading) > _LONGEST_HEADING:
            return HeadingMatch(None, 0.0)
        without = _TRAILING_BRACKET.sub("", heading)
        for spelling, score in (
            (heading, 1.0),
            (_CAMEL.sub(" ", heading), 1.0),
            (_PLURAL.sub("", heading), 1.0),
            (without, 0.95),
        ):
            keys = self._exact.get(fold(spelling), set())
            if len(keys) == 1 and fold(spelling):
                return HeadingMatch(next(iter(keys)), score)
        return self._by_overlap(_significant(fold(_CAMEL.sub(" ", without))))

    def _by_overlap(self, words: frozenset[str]) -> HeadingMatch:
        best: dict[str, float] = {}
        for known, keys in self._by_words:
            score = _overlap(words, known)
            for key in keys if score >= _ENOUGH else ():
                best[key] = max(score, best.get(key, 0.0))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return HeadingMatch(None, 0.0)
        return HeadingMatch(*ranked[0])


def match_heading(heading: str) -> HeadingMatch:
    """Match a heading against the headings of an activity's facts; see `HeadingIndex.match`."""
    return _activity_index().match(heading)


@lru_cache(maxsize=1)
def _activity_index() -> HeadingIndex:
    return HeadingIndex(SYNONYMS)


def _significant(folded: str) -> frozenset[str]:
    return frozenset(folded.split()) - _STOP_WORDS


def _overlap(words: frozenset[str], known: frozenset[str]) -> float:
    """Between 0 and 0.9: how much of the longer wording the shorter one covers, if all of its words are in the longer."""
    if not words or not known or not (known <= words or (words < known and len(words) > 1)):
        return 0.0
    return 0.9 * min(len(words), len(known)) / max(len(words), len(known))
