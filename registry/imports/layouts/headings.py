"""The words that head the columns of registers, per fact of an activity, and how a heading nobody announced is matched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from registry.imports.layouts.headings_in_practice import IN_PRACTICE
from registry.imports.layouts.headings_nordic_polish import NORDIC_POLISH
from registry.imports.parsing.folding import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ";").split(";") if word.strip())


SYNONYMS: dict[str, tuple[str, ...]] = {
    "reference": _words("""reference number of the record; record no; RAT; n. registro; código; codice; id registro; process id; nº de registro; fiche n°; numéro de fiche; reference; ref; ref no; reference number; no; number; id; ref id; record id; record number; processing id; activity id; unique id
        Nr.; Nummer; lfd. Nr.; laufende Nummer; Referenz; Verfahrensnummer; Kennung; VVT-Nr.; VT-Nr.; Verfahrens-Nr.; Aktenzeichen
        N°; N° / RÉF; référence; numéro; nº; numero; número; riferimento; referencia; referência; referentie; nummer; volgnummer"""),
    "external_reference": _words("""external reference; external id; source id; legacy id; entry; externe Referenz; externe Nummer; Fremdschlüssel; référence externe
        riferimento esterno; referencia externa; referência externa; externe referentie"""),
    "name": _words("""tipologia di trattamento; nome do processo; processo; nombre de la actividad; nombre del registro; actividad; nome dell'attività; functional description; functionele beschrijving; functionele omschrijving; description fonctionnelle; processing activity name; name of the record; Bezeichnung Verarbeitungstätigkeit; name; title; label; processing activity; name of processing activity; name of the processing activity; name of processing; activity; activity name; processing name
        record name; processing operation; name of processing operation
        Bezeichnung; Titel; Bezeichnung der Verarbeitungstätigkeit; Bezeichnung der Verarbeitung; Verarbeitungstätigkeit; Name der Verarbeitungstätigkeit; Verarbeitung; Verfahren
        Bezeichnung des Verfahrens; Name des Verfahrens; Name der Verarbeitung; Benennung; Benennung der Verarbeitungstätigkeit
        nom; intitulé; nom du traitement; traitement; nom de l'activité; activité de traitement; intitulé du traitement; activités de traitement
        nome; titolo; denominazione; denominazione del trattamento; trattamento; attività di trattamento; nome del trattamento
        nombre; título; nombre del tratamiento; tratamiento; actividad de tratamiento; denominación; nome do tratamento; tratamento; atividade de tratamento; nome da atividade
        naam; titel; verwerking; verwerkingsactiviteit; naam verwerking; naam van de verwerking; naam van de verwerkingsactiviteit"""),
    "description": _words("""observações; operations; Kurze Beschreibung; description; details; description of processing; description of the processing; summary; processing description; comments; remarks
        Beschreibung; Beschreibung der Verarbeitung; Kurzbeschreibung; Erläuterung; Beschreibung der Verarbeitungstätigkeit; Bemerkung; Bemerkungen; Anmerkungen; Hinweise
        descriptif; description du traitement; descrizione; descrizione del trattamento; descripción; descripción del tratamiento; descrição; descrição do tratamento
        omschrijving; beschrijving; toelichting; observations; remarques; observaciones; observações; note; notes"""),
    "role": _words("""role; controller or processor; our role; role of the organisation; capacity; Rolle; eigene Rolle; Rolle des Unternehmens; rôle; ruolo; rol; papel; função; qualité"""),
    "status": _words("""status; record status; state; Zustand; Bearbeitungsstand; Bearbeitungsstatus; statut; état; stato; estado; situação; processing state; processing status"""),
    "unit": _words("""organization group; organisation group; verantwortliche Fachabteilung, Ansprechpartner; responsible unit; setor responsável; área responsable; unité responsable; Amt/Fachbereich; dienst; unit; department; business unit; organisational unit; organizational unit; team; division; business function; responsible department; function; domain
        Abteilung; Fachabteilung; Verantwortliche Fachabteilung; Fachbereich; Organisationseinheit; Bereich; Amt; Fachamt; zuständige Abteilung; verantwortliche Stelle (intern); Geschäftsbereich; OE
        service; direction; département; service concerné; ufficio; reparto; dipartimento; unità; departamento; unidad; área; unidade; setor; afdeling; eenheid; organisatieonderdeel"""),
    "owner": _words("""owner; process owner; business owner; data owner; responsible person; assigned to; record owner; Prozessverantwortlicher; Verfahrensverantwortlicher
        Prozesseigner; Eigentümer; verantwortliche Person; fachlich Verantwortlicher; propriétaire; pilote; titolare del processo; responsable del proceso; proceseigenaar; eigenaar"""),
    "contact": _words("""informações de contato; informações de contacto; zuständige Person; contact; contact person; contact name; contactname; contact details; contact email; contact e-mail; contactemail; contact phone; Ansprechpartner; Ansprechpartnerin; Ansprechperson; Kontakt; Kontaktperson; Kontaktdaten
        personne de contact; contatto; referente; contacto; persona de contacto; pessoa de contato; contactpersoon"""),
    "began_on": _words("""date of introduction; Datum der Einführung / letzten Änderung; activation date; Datum der Aktivierung; ingangsdatum; began on; start date; date started; processing start; started on; in use since; period start; began
        Beginn; Beginn der Verarbeitung; Datum der Einführung; Einführungsdatum; in Betrieb seit; Startdatum; Datum der Inbetriebnahme
        date de début; date de création du traitement; date de mise en œuvre; data di inizio; fecha de inicio; data de início; startdatum; begindatum"""),
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
    "purposes": _words("""short description and purpose; Zwecke und Beschreibung; objectifs poursuivis; purpose description; doelomschrijving; description of purpose; purposes; purpose; purpose of processing; purposes of processing; the purposes of the processing; purpose of the processing; main purpose; processing purpose
        Zweck; Zwecke; Zweck der Verarbeitung; Zwecke der Verarbeitung; Zweck(e) der Verarbeitung; Verarbeitungszweck; Verarbeitungszwecke; Zweckbestimmung; die Zwecke der Verarbeitung
        finalité; finalités; finalité du traitement; finalités du traitement; finalité principale; sous-finalité; autre finalité; sub-purpose; further purpose; secondary purpose; other purposes; weiterer Zweck; weitere Zwecke; Nebenzweck; finalità secondaria; otras finalidades; les finalités du traitement; finalité(s) du traitement effectué; objectif poursuivi
        finalità; finalità del trattamento; le finalità del trattamento; finalidad; finalidades; fines del tratamiento; finalidad del tratamiento; los fines del tratamiento
        finalidade; finalidade do tratamento; finalidades do tratamento; doel; doeleinden; doel van de verwerking; verwerkingsdoeleinden; de verwerkingsdoeleinden; doeleinden van de verwerking"""),
    "legal_bases": _words("""basis for processing; lawfulness; article 6 basis; art. 6 basis; art. 6 legal basis; gdpr article 6 lawful basis for processing; gdpr article 6 lawful basis for processing personal data; base jurídica (legitimación); fundamento; hipóteses legais; legal bases; legal basis; lawful basis; legal basis for processing; lawful basis for processing; article 6 lawful basis for processing personal data
        lawful bases; legal ground; legal grounds; lawfulness of processing; legalbasis; article 6 lawful basis; gdpr legal basis
        Rechtsgrundlage; Rechtsgrundlagen; Rechtsgrundlage(n); Rechtsgrundlage der Verarbeitung; Rechtmäßigkeit der Verarbeitung; rechtliche Grundlage
        base légale; bases légales; base juridique; fondement juridique; licéité du traitement; base légale du traitement; base giuridica; basi giuridiche; base giuridica del trattamento; base di liceità
        base jurídica; base legal; base de legitimación; legitimación; bases jurídicas; base jurídica del tratamiento; fundamento legal; hipótese legal; fundamento de licitude
        rechtsgrond; grondslag; rechtsgrondslag; wettelijke grondslag; grondslag voor de verwerking"""),
    "data_subjects": _words("""data subject types; categoria de titular; description of categories of persons whose data are processed; description of the categories of persons whose data are processed; categorías de interesados o afectados; whose data; categorieën van personen; data subjects; data subject; datasubject; categories of data subjects; category of data subjects; categories of individuals; data subject categories
        a description of the categories of data subjects; description of the categories of data subjects; individuals; affected persons
        betroffene Personen; Kategorien betroffener Personen; betroffene Personengruppen; Betroffene; Personengruppen; Kreis der Betroffenen; Betroffenengruppen; Personenkreis
        Kategorie betroffener Personen; Beschreibung der Kategorien betroffener Personen; Kategorien der betroffenen Personen; eine Beschreibung der Kategorien betroffener Personen
        personnes concernées; catégories de personnes concernées; catégories de personnes; description des catégories de personnes concernées; interessati; categorie di interessati
        interesados; categorías de interesados; colectivos; categorías de afectados; titulares; categorias de titulares; categorias de titulares de dados
        betrokkenen; categorieën van betrokkenen; categorieën betrokkenen"""),
    "data_categories": _words("""gdpr data category; functional data category; list of data categories; categorias de dados tratados; nummerierte Datenkategorien; functionele gegevenscategorie; gegevenscategorie; categories of data processed; data categories; personal data; personaldata; categories of personal data; category of personal data; the categories of personal data; types of personal data; data types
        data category; categories of data; data elements; description of the categories of personal data
        Datenkategorien; Kategorien personenbezogener Daten; personenbezogene Daten; Datenarten; Art der Daten; Kategorien von Daten; die Kategorien personenbezogener Daten
        Kategorie personenbezogener Daten; Beschreibung der Kategorien personenbezogener Daten; Kategorien der personenbezogenen Daten; Daten
        catégories de données; données personnelles; catégories de données personnelles; catégories de données à caractère personnel; données traitées; données concernées
        categorie di dati; categorie di dati personali; dati personali; categorías de datos; datos personales; categorías de datos personales; tipos de datos
        categorias de dados; dados pessoais; categorias de dados pessoais; persoonsgegevens; categorieën van persoonsgegevens; categorieën persoonsgegevens; soort gegevens"""),
    "recipients": _words("""recipients / vendors; compartilhamento; compartilhamento de dados; uso compartilhado; cesiones; cesión de datos; categorías de destinatarios (cesiones); comunicaciones; comunicação a terceiros; destinataires internes; organismes externes; internal recipients; external recipients; interne Empfänger; externe Empfänger; Empfänger intern; Empfänger extern; recipients of the data; encargado; encargados; encargado del tratamiento; encargados del tratamiento; sous-traitants; processors; processor(s); Auftragsverarbeiter; recipients; recipient; categories of recipients; the categories of recipients; data recipients; category of recipients; recipient categories; disclosed to
        categories of recipients to whom the personal data have been or will be disclosed
        Empfänger; Kategorien von Empfängern; Empfängerkategorien; Empfängergruppen; Datenempfänger; Kategorien der Empfänger; die Kategorien von Empfängern; Kategorie von Empfängern
        destinataires; catégories de destinataires; destinataire; destinatari; categorie di destinatari; destinatarios; categorías de destinatarios
        cessões; destinatários; categorias de destinatários; ontvangers; categorieën van ontvangers; categorieën ontvangers"""),
    "transfers": _words("""cross-border transfer; cross-border transfers; transferencias internacionales; transferencia internacional; trasferimento dati verso paesi terzi; trasferimento verso paesi terzi; transferência internacional; transferência internacional de dados; transferts vers des pays tiers; transferts hors ue; transfers to third countries or international organisations; doorgifte; doorgifte naar derde landen; nature of transfer; Datenübermittlung Drittland; Übermittlung an Drittländer; Drittland-Übermittlung; transfers; transfer; third country transfers; third country transfer; transfers to third countries; international transfers; transfer to a third country; data transfers
        transfers of personal data to a third country or an international organisation; transfers outside the eea; non eea transfers
        Übermittlung in ein Drittland; Drittlandübermittlung; Drittlandtransfer; Drittlandübermittlungen; Übermittlung in Drittländer; Datenübermittlung in Drittländer; Drittstaatentransfer
        Übermittlungen in Drittländer; Übermittlung an Drittländer; Datenübermittlung in ein Drittland; Übermittlungen von personenbezogenen Daten an ein Drittland oder eine internationale Organisation
        Übermittlung in Drittstaaten; Übermittlung in ein Drittland oder an eine internationale Organisation; Drittlandsübermittlung
        transferts; transferts hors UE; transferts de données; transferts hors de l'UE; transferts vers un pays tiers; transferts de données hors UE; transfert hors UE
        trasferimenti; trasferimenti verso paesi terzi; trasferimento extra UE; trasferimenti extra UE; transferencias internacionales; transferencias; transferências internacionais
        doorgifte; doorgiften; doorgifte aan derde landen; doorgifte buiten de EER"""),
    "retention": _words("""período de armazenamento; tempo de armazenamento; período de retenção; termini ultimi di cancellazione; termini ultimi di cancellazione previsti; plazo de supresión/conservación; time limit for keeping the data; Löschungsfrist; Löschfrist pro Nummer; plazos previstos de supresión; retention and erasure; délais prévus pour l'effacement des données; délais prévus pour l'effacement des différentes catégories de données; bewaarperiode; retention; retention period; retention schedule; retention periods; storage period; retention time; storageyears; erasure; time limits for erasure; retention description
        the envisaged time limits for erasure of the different categories of data; envisaged time limits for erasure; deletion periods; storage duration
        Löschfrist; Löschfristen; Speicherdauer; Aufbewahrungsfrist; Aufbewahrungsfristen; Aufbewahrungsdauer; Fristen für die Löschung; Regelfristen für die Löschung; Löschung
        vorgesehene Fristen für die Löschung der verschiedenen Datenkategorien; Löschfristen der Datenkategorien; Speicherfrist
        durée de conservation; durées de conservation; conservation; délais d'effacement; délais prévus pour l'effacement; periodo di conservazione; tempi di conservazione; conservazione; termini di cancellazione
        plazo de conservación; plazos de conservación; plazos de supresión; plazo de supresión; prazo de conservação; prazos de conservação; retenção; prazo de retenção; bewaartermijn; bewaartermijnen; bewaartermijn(en)"""),
    "systems": _words("""systems; Name des eingesetzten Verfahrens; eingesetztes Verfahren; location of personal data; IT-Verfahren; system; it systems; software; applications; application; tools; assets; systems used; Systeme; eingesetzte Software; IT-Systeme; Anwendungen; Fachverfahren; eingesetzte Systeme
        Anwendung; Programme; verwendete Software; eingesetzte IT-Systeme; Verfahren/Software; logiciels; applications; systèmes; outils; logiciel utilisé; support; software utilizzato; sistemi; applicazioni; sistemas; aplicaciones; aplicações
        systemen; applicaties"""),
    "measures": _words("""medidas técnicas y organizativas de seguridad; medidas de seguridad técnicas y organizativas; mesures de sécurité organisationnelles et techniques; general description of security measures; misure di sicurezza tecniche e organizzative; technical and organizational security measures; technische und organisatorische Sicherheitsmaßnahmen; measures; security measures; technical measures; organisational measures; organizational measures; technical; technical and organisational measures; technical and organizational measures; tom; toms; safety measures
        a general description of the technical and organisational security measures; general description of the technical and organisational security measures; security; technical and organisational security measures
        a general description of the technical and organisational security measures referred to in article 32(1)
        technische und organisatorische Maßnahmen; Technisch-org. Maßnahmen; technisch-organisatorische Maßnahmen; Sicherheitsmaßnahmen; Schutzmaßnahmen; Maßnahmen; TOM (Art. 32); Datensicherheitsmaßnahmen
        allgemeine Beschreibung der technischen und organisatorischen Maßnahmen; Beschreibung der technischen und organisatorischen Maßnahmen
        mesures de sécurité; mesures techniques et organisationnelles; sécurité; description générale des mesures de sécurité; misure di sicurezza; misure tecniche e organizzative
        medidas de seguridad; medidas técnicas y organizativas; medidas de segurança; medidas técnicas e organizativas; beveiligingsmaatregelen; technische en organisatorische maatregelen; beveiliging"""),
    "joint_controllers": _words("""name and contact details of joint controller (if applicable); joint controllers and contact details; gemeinsam Verantwortliche nach Art. 26; joint controllers; joint controller; name and contact details of joint controller; gemeinsam Verantwortliche; gemeinsam Verantwortlicher; gemeinsame Verantwortliche
        gemeinsame Verantwortlichkeit; weitere Verantwortliche; responsables conjoints; responsable(s) conjoint(s); co-responsables; contitolari; contitolari del trattamento; corresponsables; corresponsables del tratamiento
        responsáveis conjuntos; gezamenlijke verwerkingsverantwoordelijken; gezamenlijk verwerkingsverantwoordelijken"""),
    "controllers": _words("""controller(s); name and contact details of the controller(s); nom du responsable; pour le compte de; titolare per conto del quale; por cuenta de; controllers; controllers served; controller; name of controller; on behalf of; client; clients; customer; name and contact details of each controller; name and contact details of controller
        Auftraggeber; Verantwortliche; Verantwortlicher (Auftraggeber); Verantwortliche, in deren Auftrag verarbeitet wird; responsables de traitement; responsable du traitement; donneur d'ordre; clients concernés
        titolari; titolare del trattamento; titolari del trattamento; responsables del tratamiento; responsable del tratamiento; encargado por; responsável pelo tratamento; controladores
        verwerkingsverantwoordelijken; verwerkingsverantwoordelijke; opdrachtgever"""),
    "special_categories": _words("""special category data; special categories; special categories of personal data; sensitive data; special category; sensitive personal data; is sensitive
        besondere Kategorien; besondere Kategorien personenbezogener Daten; sensible Daten; besondere Datenkategorien; Art. 9-Daten; Daten nach Art. 9; besonders schützenswerte Daten
        données sensibles; catégories particulières de données; données sensibles ?; dati sensibili; categorie particolari di dati; datos sensibles; categorías especiales de datos; categorías especiales
        dados sensíveis; categorias especiais de dados; bijzondere persoonsgegevens; gevoelige gegevens"""),
    "profiling": _words("""profiling; Profiling; profilage; profilazione; elaboración de perfiles; perfilado; definição de perfis; profilering"""),
    "automated_decisions": _words("""existence of automated decision-making, including profiling; existence of automated decision making including profiling; automated decision-making including profiling; automated decisions; automated decision-making; automated decision making; automated; automated individual decision-making; automated decision making including profiling
        automatisierte Entscheidungen; automatisierte Entscheidungsfindung; automatisierte Entscheidung; automatisierte Einzelentscheidung; décision automatisée; décisions automatisées
        decisioni automatizzate; processo decisionale automatizzato; decisiones automatizadas; decisões automatizadas; geautomatiseerde besluitvorming"""),
    "data_categories.source": _words("""the source of the personal data; source of the personal data (if applicable); origem; source; source of data; source of the data; data source; source of personal data; data sources; Datenquelle; Quelle; Herkunft der Daten; Datenherkunft; Quelle der Daten
        source des données; origine des données; fonte dei dati; origine dei dati; origen de los datos; procedencia de los datos; origem dos dados; fonte dos dados; bron; herkomst van de gegevens"""),
    "transfers.safeguard": _words("""safeguards; transfer safeguards; documentation of suitable safeguards; suitable safeguards; transfer mechanism; appropriate safeguards; guarantees
        safeguards for exceptional transfers of personal data to third countries or international organisations; the documentation of suitable safeguards
        Garantien; geeignete Garantien; Dokumentation geeigneter Garantien; Garantien für Drittlandübermittlung; Übermittlungsgrundlage; Rechtsgrundlage der Übermittlung; Dokumentierung geeigneter Garantien
        garanties; garanties appropriées; documents attestant l'existence de garanties appropriées; type de garanties; garanzie; garanzie adeguate; garantías; garantías adecuadas; garantias; garantias adequadas
        waarborgen; passende waarborgen; documenten inzake passende waarborgen"""),
    "transfers.country": _words("""countries; third countries; third country; country; recipient country; international recipient country; recipient location; transfer location; destination country
        names of third countries or international organisations that personal data are transferred to; names of third countries or international organisations
        Drittland; Drittländer; Land; Länder; Zielland; Empfängerland; Drittstaat; Drittstaaten; Angabe des Drittlands; pays; pays tiers; pays de destination; pays destinataire
        paese; paesi; paesi terzi; paese terzo; país; países; terceros países; país tercero; países terceiros; landen; derde landen; derde land"""),
    "last_changed_on": _words("""last update of this record; data de atualização da ficha; revision date; data ultimo aggiornamento; last changed on; last updated; last update; date updated; date update; last modified; updated on; as at; version date; last changed; Stand; letzte Änderung; Änderungsdatum; zuletzt geändert
        Datum der letzten Änderung; geändert am; letzte Aktualisierung; Aktualisiert am; Stand der Bearbeitung; dernière mise à jour; mise à jour du traitement; date de mise à jour; dernière mise à jour de la fiche
        ultimo aggiornamento; data di aggiornamento; última actualización; fecha de actualización; última atualização; data de atualização; laatste wijziging; laatst bijgewerkt; laatst gewijzigd"""),
    "created_on": _words("""created on; creation date; date creation; date created; date of creation; record created; erstellt am; Erstellungsdatum; angelegt am; date de création; date de création de la fiche
        data di creazione; fecha de creación; data de criação; aanmaakdatum; datum van aanmaak; filling date; data de preenchimento; fecha de alta"""),
    "transfers.recipient": _words("""name of recipients in third countries; recipients in third countries; names of recipients in third countries; recipient in third country; Empfänger in Drittländern; Empfänger in Drittstaaten
        destinataires dans des pays tiers; organisme destinataire; organismes destinataires; destinatari in paesi terzi; destinatarios en terceros países; destinatários em países terceiros; ontvangers in derde landen"""),
    "transfers.document": _words("""link to transfer documentation; transfer documentation; link to safeguards; documentation of the safeguards; Nachweis der Garantien; liens vers la documentation; lien vers la documentation"""),
    "legal_bases.special_category_condition": _words("""article 9 condition for processing special category data; article 9 condition; article 9 basis; art 9 condition; special category condition; article 9 legal basis; condition for processing special category data
        Art. 9 Abs. 2 DSGVO; Ausnahme nach Art. 9; Rechtsgrundlage nach Art. 9; Rechtsgrundlage besondere Kategorien; exception article 9; condition de l'article 9; dérogation article 9; base giuridica art. 9; condizione art. 9; excepción del artículo 9
        levantamiento de la prohibición; condição do artigo 9; voorwaarde artikel 9; uitzonderingsgrond artikel 9"""),
    "legal_bases.interest": _words("""legitimate interests for the processing; legitimate interest pursued; legitimate interests pursued; description of legitimate interest; berechtigtes Interesse; verfolgtes berechtigtes Interesse; verfolgte berechtigte Interessen
        intérêt légitime poursuivi; intérêts légitimes poursuivis; legittimo interesse perseguito; interés legítimo perseguido; interesse legítimo prosseguido; nagestreefd gerechtvaardigd belang"""),
    "legal_bases.assessment_document": _words("""link to record of legitimate interests assessment; legitimate interests assessment; lia; link to lia; Interessenabwägung; Nachweis der Interessenabwägung; mise en balance; valutazione del legittimo interesse; ponderación
        belangenafweging"""),
    "legal_bases.schedule_1_condition": _words("""data protection act 2018 schedule 1 condition for processing; schedule 1 condition; schedule 1 condition for processing; dpa 2018 schedule 1 condition; dpa 2018 condition"""),
    "legal_bases.policy_document": _words("""link to retention and erasure policy document; appropriate policy document; retention and erasure policy document"""),
    "legal_bases.policy_followed": _words("""is personal data retained and erased in accordance with the policy document?; retained and erased in accordance with the policy document"""),
    "legal_bases.policy_deviation": _words("""reasons for not adhering to policy document; reason for not adhering to policy document; reasons for not adhering to the policy"""),
    "legal_bases.provision": _words("""legal provision; statutory provision; national law; applicable law; law; gesetzliche Vorschrift; Rechtsvorschrift; Gesetzesgrundlage; texte légal; texte de référence; disposition légale; norma di riferimento; norma; norma legal; wettelijke bepaling"""),
    "controllers.categories_of_processing": _words("""categories of processing; categories of processing carried out on behalf of each controller; the categories of processing carried out on behalf of each controller; processing carried out; processing; type of processing
        Kategorien von Verarbeitungen; Kategorien der Verarbeitungen; Kategorien von Verarbeitungen, die im Auftrag durchgeführt werden; Kategorien von im Auftrag durchgeführten Verarbeitungen; Art der Verarbeitung
        catégories de traitements; catégories de traitements effectués pour le compte du responsable; catégories de traitements effectués pour le compte de chaque responsable; categorie di trattamenti; categorie dei trattamenti effettuati per conto del titolare
        categorías de tratamientos; categorías de tratamientos efectuados por cuenta del responsable; categorias de tratamentos; categorieën van verwerkingen; soort verwerking"""),
    "recipients.role": _words("""recipient category; type of recipient; recipient type; recipient role; Art des Empfängers; Empfängerart; type de destinataire; tipo di destinatario; tipo de destinatario; tipo de destinatário; soort ontvanger"""),
    "recipients.what_for": _words("""purpose of disclosure; reason for disclosure; Zweck der Übermittlung; Zweck der Offenlegung; but de la communication; motif de la transmission; finalità della comunicazione; finalidad de la cesión; finalidade da partilha"""),
    "recipients.disclosed_when": _words("""occasion of disclosure; Anlass der Offenlegung; Anlass der Übermittlung; occasion de la communication"""),
    "purposes_and_bases": _words("""purposes and legal bases; purpose and legal basis; purpose and lawful basis; purposes and lawful bases; purpose and legal basis of processing; Zweck und Rechtsgrundlage; Zwecke und Rechtsgrundlagen
        Zweck und Rechtsgrundlage der Verarbeitung; finalité et base légale; finalités et bases légales; finalità e base giuridica; finalità e basi giuridiche; finalità e basi legali; finalità e basi legali del trattamento; finalidad y base jurídica; finalidad y legitimación
        finalidade e base legal; finalidade e hipótese legal; processo, finalidade e hipótese legal; doel en grondslag; doel en rechtsgrond"""),
    "retention_number": _words("""retention amount; retention number; retention value; retention duration number; Anzahl; durée (nombre)"""),
    "retention_unit": _words("""retention unit; unit of retention; period unit; Zeiteinheit; unité de durée; durée (unité)"""),
    "retention_start": _words("""retention trigger; retention start; start of retention; retention starts; Fristbeginn; Beginn der Frist; Beginn der Löschfrist; point de départ; point de départ de la durée; décorrenza; inicio del plazo; início do prazo; startmoment bewaartermijn"""),
    "profiling_logic": _words("""logic involved; meaningful information about the logic involved; logic of the automated decision; logic of the profiling; decision logic; algorithm; scoring model
        involvierte Logik; Logik der Verarbeitung; aussagekräftige Informationen über die involvierte Logik; Entscheidungslogik; Algorithmus; logique sous-jacente; logique utilisée; logique du profilage; algorithme
        onderliggende logica; logica; logica utilizzata; algoritmo; lógica aplicada; lógica subjacente; lógica utilizada"""),
    "profiling_consequences": _words("""significance and consequences; significance and envisaged consequences; envisaged consequences; consequences for the data subject; consequences of the profiling; effects on the data subject
        Tragweite und angestrebte Auswirkungen; Tragweite und Auswirkungen; angestrebte Auswirkungen; Folgen für die betroffene Person; Auswirkungen auf die betroffene Person; importance et conséquences prévues; conséquences prévues; conséquences pour la personne concernée
        belang en verwachte gevolgen; verwachte gevolgen; gevolgen voor de betrokkene; importanza e conseguenze previste; conseguenze previste; conseguenze per l'interessato
        importancia y consecuencias previstas; consecuencias previstas; consecuencias para el interesado; importância e consequências previstas; consequências previstas; consequências para o titular"""),
    "human_intervention": _words("""human intervention; human review; human oversight; human in the loop; right to human intervention; menschliches Eingreifen; Eingreifen einer Person; menschliche Überprüfung; menschliche Aufsicht; intervention humaine; supervision humaine
        menselijke tussenkomst; menselijke controle; intervento umano; supervisione umana; intervención humana; supervisión humana; intervenção humana; revisão humana; supervisão humana"""),
    "privacy_notice": _words("""privacy notice; link to privacy notice; privacy notice link; privacy notices; privacy policy; fair processing notice; information to data subjects; information provided to data subjects; how data subjects are informed; transparency notice
        Datenschutzhinweise; Datenschutzhinweis; Datenschutzerklärung; Datenschutzinformation; Informationspflichten; Information der Betroffenen; Information der betroffenen Personen; Erfüllung der Informationspflichten; Informationspflicht nach Art. 13/14; Informationspflicht
        mention d'information; mentions d'information; information des personnes; information des personnes concernées; modalités d'information; politique de confidentialité; notice d'information
        privacyverklaring; privacyverklaringen; informatieplicht; informatie aan betrokkenen; informativa; informativa privacy; informativa agli interessati; link all'informativa
        aviso de privacidad; cláusula informativa; información a los interesados; deber de información; política de privacidad; aviso de privacidade; política de privacidade; informação aos titulares; dever de informação"""),
    "privacy_notice_on": _words("""notice dated; date of privacy notice; privacy notice date; date of the notice; Datum der Datenschutzhinweise; Stand der Datenschutzhinweise; Stand der Datenschutzerklärung; date de la mention d'information; date de la notice; datum privacyverklaring
        data dell'informativa; fecha de la cláusula informativa; fecha del aviso; data do aviso de privacidade"""),
    "rights": _words("""rights available; rights of data subjects; data subject rights; data subjects' rights; rights available to individuals; individual rights; rights of individuals; exercise of rights; how rights are exercised
        Betroffenenrechte; Rechte der Betroffenen; Rechte der betroffenen Personen; Rechte der betroffenen Person; Wahrung der Betroffenenrechte; Ausübung der Rechte; droits des personnes; droits des personnes concernées; exercice des droits; modalités d'exercice des droits
        rechten van betrokkenen; rechten van de betrokkenen; uitoefening van rechten; diritti degli interessati; diritti dell'interessato; esercizio dei diritti; derechos de los interesados; ejercicio de derechos; ejercicio de los derechos; derechos de los afectados
        direitos dos titulares; direitos do titular; exercício de direitos; exercício dos direitos"""),
    "rights_limits": _words("""limits on rights; limitations of rights; restrictions of rights; rights not available; exceptions to rights; Einschränkung der Betroffenenrechte; Einschränkungen der Betroffenenrechte; Beschränkung der Rechte; Beschränkungen der Betroffenenrechte; limitation des droits; limitations des droits; restriction des droits
        beperking van rechten; beperkingen van rechten; limitazione dei diritti; limitazioni dei diritti; limitación de derechos; limitaciones de los derechos; limitação de direitos; limitações dos direitos"""),
    "impact_assessments": _words("""impact assessment; impact assessments; data protection impact assessment; data protection impact assessments; privacy impact assessment; dpia; pia; Datenschutz-Folgenabschätzung; Datenschutzfolgenabschätzung; Folgenabschätzung; DSFA
        analyse d'impact; analyse d'impact relative à la protection des données; aipd; étude d'impact; gegevensbeschermingseffectbeoordeling; gegevenseffectbeoordeling; geb; effectbeoordeling; valutazione d'impatto; valutazione d'impatto sulla protezione dei dati
        evaluación de impacto; evaluación de impacto relativa a la protección de datos; eipd; avaliação de impacto; avaliação de impacto sobre a proteção de dados; aipd (avaliação de impacto); relatório de impacto à proteção de dados pessoais; ripd"""),
    "impact_assessments.conclusion": _words("""dpia required; dpia needed; is a dpia required; is a dpia needed; dpia necessary; data protection impact assessment required; impact assessment required; need for a dpia; DSFA erforderlich; DSFA notwendig; DSFA-Pflicht; DSFA nötig; DSFA durchzuführen; Datenschutz-Folgenabschätzung erforderlich; Datenschutz-Folgenabschätzung notwendig; Folgenabschätzung erforderlich
        aipd requise; aipd nécessaire; aipd obligatoire; analyse d'impact requise; analyse d'impact nécessaire; analyse d'impact obligatoire; dpia vereist; dpia nodig; dpia verplicht; geb vereist; effectbeoordeling vereist; dpia necessaria; valutazione d'impatto necessaria; valutazione d'impatto richiesta
        eipd necesaria; eipd requerida; evaluación de impacto necesaria; evaluación de impacto requerida; avaliação de impacto necessária; avaliação de impacto obrigatória; ripd necessário; relatório de impacto necessário"""),
    "impact_assessments.status": _words("""dpia status; dpia progress; data protection impact assessment progress; data protection impact assessment status; state of the dpia; Status der DSFA; DSFA-Status; Stand der DSFA; statut de l'aipd; état de l'aipd; avancement de l'aipd; status dpia; status van de dpia; stato della dpia; stato della valutazione d'impatto; estado de la eipd; estado de la evaluación de impacto; estado da avaliação de impacto; situação do ripd"""),
    "impact_assessments.document": _words("""link to dpia; link to data protection impact assessment; dpia document; dpia report; dpia reference; reference of the dpia; DSFA-Dokument; DSFA-Bericht; Link zur DSFA; Ablage der DSFA; Dokumentation der DSFA; lien vers l'aipd; lien vers l'analyse d'impact; rapport d'aipd; référence de l'aipd; link naar dpia; dpia-rapport
        link alla dpia; documento dpia; link alla valutazione d'impatto; enlace a la eipd; informe de la eipd; enlace a la evaluación de impacto; ligação para a avaliação de impacto; relatório da avaliação de impacto"""),
    "impact_assessments.completed_on": _words("""date of dpia; dpia date; dpia completed on; date of the impact assessment; Datum der DSFA; DSFA vom; date de l'aipd; date de l'analyse d'impact; datum dpia; data della dpia; data della valutazione d'impatto; fecha de la eipd; fecha de la evaluación de impacto; data da avaliação de impacto; data do ripd"""),
    "impact_assessments.residual_risk": _words("""residual risk; remaining risk; Restrisiko; verbleibendes Risiko; risque résiduel; restrisico; rischio residuo; riesgo residual; risco residual"""),
    "impact_assessments.dpo_advice": _words("""dpo advice on the dpia; advice of the dpo on the dpia; Rat des DSB zur DSFA; Stellungnahme des DSB zur DSFA; avis du dpo sur l'aipd; advies van de FG over de dpia; parere del dpo sulla dpia; dictamen del dpd sobre la eipd; parecer do encarregado sobre o ripd"""),
    "consents": _words("""consent mechanism; consent mechanisms; consent collection; how consent is collected; how consent is obtained; consent obtained via; consent process; Einwilligungsmechanismus; Einwilligungsmechanismen; Einholung der Einwilligung; Einwilligungsverfahren; Art der Einwilligung
        recueil du consentement; modalités de recueil du consentement; mécanisme de consentement; toestemmingsmechanisme; wijze van toestemming; verkrijging van toestemming; modalità di raccolta del consenso; raccolta del consenso; meccanismo di consenso
        obtención del consentimiento; mecanismo de consentimiento; recogida del consentimiento; obtenção do consentimento; mecanismo de consentimento; recolha do consentimento; coleta do consentimento"""),
    "consents.evidence": _words("""link to record of consent; record of consent; consent records; evidence of consent; proof of consent; consent evidence; Nachweis der Einwilligung; Einwilligungsnachweis; Nachweis der Einwilligungen; preuve du consentement; lien vers la preuve du consentement; bewijs van toestemming
        prova del consenso; registro dei consensi; prueba del consentimiento; registro de consentimientos; prova do consentimento; registo de consentimentos; registro de consentimentos"""),
    "consents.wording": _words("""consent wording; wording of consent; consent statement; consent text; Einwilligungstext; Wortlaut der Einwilligung; Einwilligungserklärung; texte du consentement; formulation du consentement; toestemmingstekst; tekst van de toestemming; testo del consenso; texto del consentimiento; texto do consentimento"""),
    "consents.withdrawal": _words("""withdrawal of consent; how consent is withdrawn; consent withdrawal; Widerruf der Einwilligung; Einwilligungswiderruf; retrait du consentement; modalités de retrait du consentement; intrekking van toestemming; intrekken van toestemming; revoca del consenso; revocación del consentimiento; retirada del consentimiento; retirada do consentimento; revogação do consentimento"""),
    "segments": _words("""customer segments; customer segment; segments; segment; target group; target groups; target audience; audience segments; Kundensegmente; Kundensegment; Segmente; Zielgruppe; Zielgruppen; segments de clientèle; segment de clientèle; public cible; segmentation client
        klantsegmenten; klantsegment; doelgroep; doelgroepen; segmenti di clientela; segmento di clientela; segmenti di clienti; gruppo target; segmentos de clientes; segmento de clientes; segmentos de cliente; público objetivo; público-alvo"""),
    "segments.criteria": _words("""segmentation criteria; segment criteria; criteria of the segment; Segmentierungskriterien; Kriterien der Segmentierung; Segmentkriterien; critères de segmentation; segmentatiecriteria; criteri di segmentazione; criterios de segmentación; critérios de segmentação"""),
    "segment_data": _words("""data used in segments; data used for segmentation; segmentation data; Daten der Segmentierung; für die Segmentierung verwendete Daten; données utilisées pour la segmentation; données de segmentation; gegevens voor segmentatie; dati usati per la segmentazione; dati utilizzati per la segmentazione; datos usados para la segmentación; datos utilizados para la segmentación; dados usados na segmentação; dados utilizados para a segmentação"""),
    "data_subjects.approximate_number": _words("""approximate number of data subjects; number of data subjects; number of individuals; number of people concerned; Anzahl betroffener Personen; Anzahl der Betroffenen; Zahl der Betroffenen; nombre de personnes concernées; aantal betrokkenen; numero di interessati; numero degli interessati; número de interesados; número de afectados; número de titulares"""),
    "transfers.supplementary_measures": _words("""supplementary measures; supplementary measures for transfers; zusätzliche Maßnahmen für Übermittlungen; ergänzende Maßnahmen für Übermittlungen; mesures supplémentaires; mesures complémentaires au transfert; aanvullende maatregelen bij doorgifte; misure supplementari; medidas complementarias de la transferencia; medidas suplementares"""),
    "transfers.assessment_status": _words("""transfer impact assessment; tia; transfer risk assessment; Transfer-Folgenabschätzung; Transfer Impact Assessment (TIA); analyse d'impact des transferts; aitd; doorgifte-effectbeoordeling; valutazione d'impatto del trasferimento; evaluación de impacto de la transferencia; avaliação de impacto da transferência"""),
}  # fmt: skip
"""Headings per fact of an activity, the fact's own key among them. The wording of Art. 30(1) and (2) GDPR is included."""

_STOP_WORDS = frozenset(
    "a an the of for to in on or and by der die das den dem des von vom zur zum und oder fuer im in ein eine einer le la les de du des d l un une et ou pour"
    " is are do does you your we our which what any"
    " il lo gli i di del della dei delle e o per el los las y u en da do das dos het een van op"
    " av och foer pa att som med til af og w z na oraz dla od jest czy er".split()
)
_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ][a-zäöüß])")
_PLURAL = re.compile(r"\((?:s|e|n|en|es|i)\)")
_TRAILING_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]][\s;:.*?]*\Z")
_NUMBERING = re.compile(r"\A\s*(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[A-Za-z][.)]|\([A-Za-z0-9]{1,2}\)|Q\d{1,2}[.):]?)\s+")
_BRACKET = re.compile(r"[(\[]([^()\[\]]+)[)\]][\s;:.*?]*\Z")
_HALVES = re.compile(r"\s*(?:/|\n|\||\s[–—-]\s)\s*")
_FOREIGN_SCRIPT = re.compile(r"[^A-Za-z\u00c0-\u024f]*[\u0370-\u1cff\u2e80-\uffdc][^A-Za-z\u00c0-\u024f]*")
"""A heading in another alphabet, which says once more what stands beside it."""
_EXPLAINED = re.compile(
    r"\s*[,:;]\s|\s*\(|\s+(?:gemäß|gemäss|gem\.|nach\s+Art|i\.\s?S\.\s?d|im\s+Sinne|pursuant|according|in\s+accordance|under\s+Art|conformément|au\s+sens|selon|ai\s+sensi"
    r"|ex\s+art|según|conforme|nos\s+termos|volgens|als\s+bedoeld|enligt|i\s+henhold|jf\.|ifølge|etter\s+art|efter\s+art|zgodnie\s+z|w\s+rozumieniu)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\A\s*(?:if\s+(?:yes|so|applicable)|wenn\s+ja|falls\s+ja|si\s+oui|se\s+s[iì]|en\s+caso\s+afirmativo|se\s+sim|zo\s+ja|om\s+ja|hvis\s+ja|jeśli\s+tak|jeżeli\s+tak)\s*[,:–-]?\s*",
    re.IGNORECASE,
)
_NEGATIONS = frozenset(
    """not never without none nicht kein keine keinerlei ohne pas sans aucun aucune jamais nessun nessuna senza ningun
    ninguna sin nao sem nenhum nenhuma niet geen zonder inte ej ingen inga inget utan ikke intet uden uten nie brak
    bez""".split()
)
_NO = re.compile(r"\A\W*(?:no|non)\s", re.IGNORECASE)
"""A heading that begins with a no; elsewhere it may be the short form of "number"."""
_ANSWERS = re.compile(
    r"\s*[(\[–-]?\s*\b(?:ja|yes|y|j|oui|o|s[iíì]|sim|tak)\s*/\s*(?:nein|no|n|non|n[ãa]o|nee|nej|nei|nie)\s*[)\]]?\s*[?:]?\s*\Z",
    re.IGNORECASE,
)
"""The answers that a heading offers at its end, as "Drittlandtransfer ja/nein"."""
_MOST_HALVES = 3
_LONGEST_HEADING = 250
_ENOUGH = 0.5
_REMEMBERED = 5000
"""How many headings are remembered with what they are: tables are looked at more than once, and repeat themselves."""
_IN_PRACTICE = 0.93
"""How sure a heading is that only people and programs use: one in the words of the law comes before it."""
_NEARLY = 0.95
_HALF = 0.8
_QUESTION_WORDS = 4
_NEVER_BY_HALVES = frozenset({"name", "reference", "contact"})
"""Facts for which both halves of a heading must be known: "Name / address" is of somebody, not of an activity."""


@dataclass(frozen=True)
class HeadingMatch:
    """The fact that a heading stands for, None if that is not clear, and how sure the match is: 1 for a known heading."""

    key: str | None
    score: float


class HeadingIndex:
    """Synonyms made ready for matching; build one per table, or one for all."""

    def __init__(
        self,
        synonyms: Mapping[str, tuple[str, ...]],
        *,
        with_keys: bool = True,
        in_practice: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """``in_practice`` are further headings, which count a little less; with ``with_keys`` the keys are headings too."""
        self._exact: dict[str, set[str]] = {}
        for key, headings in synonyms.items():
            for heading in (key, *headings) if with_keys else headings:
                self._exact.setdefault(fold(heading), set()).add(key)
        self._met: dict[str, set[str]] = {}
        for key, headings in (in_practice or {}).items():
            for heading in headings:
                self._met.setdefault(fold(heading), set()).add(key)
        self._singular: dict[str, set[str]] = {}
        for known in (self._exact, self._met):
            for heading, keys in known.items():
                self._singular.setdefault(_singular(heading), set()).update(keys)
        self._remembered: dict[str, HeadingMatch] = {}
        self._by_words = [(_significant(heading), keys) for heading, keys in self._exact.items()]

    def match(self, heading: str) -> HeadingMatch:
        """Match a heading: as it stands, without numbering or a bracket, then by the words it shares with known ones.

        A heading in two languages, or of two words for one thing ("Team / department"), is what both of its halves
        are. Two facts that fit equally well are none: a heading is left open rather than put in the wrong place.
        """
        if not heading.strip() or len(heading) > _LONGEST_HEADING:
            return HeadingMatch(None, 0.0)
        if heading not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[heading] = self._match(heading)
        return self._remembered[heading]

    def _match(self, heading: str) -> HeadingMatch:
        bare = _NUMBERING.sub("", heading, count=1)
        without = _TRAILING_BRACKET.sub("", bare)
        words = _significant(fold(spaced(without)))
        found = self._known(heading, bare, without) or self._by_overlap(words, _negations(bare))
        if found.key is None:
            return self._by_halves(bare) or self._in_bracket(bare) or found
        return found

    def _known(self, heading: str, bare: str, without: str) -> HeadingMatch | None:
        for spelling, score in (
            (heading, 1.0),
            (spaced(heading), 1.0),
            (_PLURAL.sub("", heading), 1.0),
            (bare, 1.0),
            (without, _NEARLY),
            (_PLURAL.sub("", without), _NEARLY),
            (_ANSWERS.sub("", bare), _NEARLY),
            (_question(bare), _IN_PRACTICE),
            (_beginning(bare), _IN_PRACTICE),
        ):
            folded = fold(spelling)
            for known, most in ((self._exact, 1.0), (self._met, _IN_PRACTICE)):
                keys = known.get(folded, set()) if folded else set()
                if len(keys) == 1:
                    return HeadingMatch(next(iter(keys)), min(score, most))
        keys = self._singular.get(_singular(fold(spaced(without))), set())
        return HeadingMatch(next(iter(keys)), _IN_PRACTICE) if len(keys) == 1 else None

    def _by_halves(self, heading: str) -> HeadingMatch | None:
        """Return what the halves of a heading are, if those that are known are all the same."""
        halves = [half for half in _HALVES.split(heading) if fold(half) and not _FOREIGN_SCRIPT.fullmatch(half)]
        if len(halves) == 1 and halves[0] != heading.strip():
            return self._known(halves[0], halves[0], _TRAILING_BRACKET.sub("", halves[0]))
        if not 2 <= len(halves) <= _MOST_HALVES:
            return None
        found = [self._known(half, half, _TRAILING_BRACKET.sub("", half)) for half in halves]
        keys = {match.key for match in found if match}
        if len(keys) != 1 or (None in found and (found[0] is None or keys & _NEVER_BY_HALVES)):
            return None
        return HeadingMatch(next(iter(keys)), _IN_PRACTICE if None not in found else _HALF)

    def _in_bracket(self, heading: str) -> HeadingMatch | None:
        """Return what the bracket behind a heading that nobody knows is: "Why do we need the data? (purpose)"."""
        inner = _BRACKET.search(heading)
        found = self._known(inner[1], inner[1], inner[1]) if inner and len(fold(heading).split()) > 2 else None
        return HeadingMatch(found.key, _HALF) if found else None

    def _by_overlap(self, words: frozenset[str], negations: frozenset[str]) -> HeadingMatch:
        """Return what a heading is by its words; one that says no asks for the opposite of a known one that doesn't."""
        best: dict[str, float] = {}
        for known, keys in self._by_words:
            score = _overlap(words, known) if negations <= known else 0.0
            for key in keys if score >= _ENOUGH else ():
                best[key] = max(score, best.get(key, 0.0))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return HeadingMatch(None, 0.0)
        return HeadingMatch(*ranked[0])


def spaced(heading: str) -> str:
    """Return a heading that a program wrote, such as PersonalData, with its words apart."""
    return _CAMEL.sub(" ", heading)


def match_heading(heading: str) -> HeadingMatch:
    """Match a heading against the headings of an activity's facts; see `HeadingIndex.match`."""
    return activity_index().match(heading)


@lru_cache(maxsize=1)
def activity_index() -> HeadingIndex:
    """Return the headings of an activity's facts, ready for matching."""
    keys = {**SYNONYMS, **NORDIC_POLISH}
    synonyms = {key: (*SYNONYMS.get(key, ()), *_words(NORDIC_POLISH.get(key, ""))) for key in keys}
    return HeadingIndex(synonyms, in_practice={key: _words(text) for key, text in IN_PRACTICE.items()})


def _beginning(heading: str) -> str:
    """Return the words of a heading before what explains them, as behind a comma or "gemäß"; "" for a single word."""
    beginning = _EXPLAINED.split(heading, maxsplit=1)[0]
    return beginning if beginning != heading and len(beginning.split()) > 1 else ""


def _question(heading: str) -> str:
    """Return the question with which a heading begins, without what is asked or explained behind it; "" for no question."""
    question, mark, _ = _CONDITION.sub("", heading).partition("?")
    return question if mark and len(question.split()) >= _QUESTION_WORDS else ""


def _singular(folded: str) -> str:
    """Return a folded text without the s at the end of its longer words, in which it differs from one in the singular."""
    return " ".join(
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
        for word in folded.split()
    )


def _negations(heading: str) -> frozenset[str]:
    """Return the words with which a heading says no."""
    found = frozenset(fold(spaced(heading)).split()) & _NEGATIONS
    return found | {"no"} if _NO.match(heading) else found


def _significant(folded: str) -> frozenset[str]:
    return frozenset(folded.split()) - _STOP_WORDS


def _overlap(words: frozenset[str], known: frozenset[str]) -> float:
    """Between 0 and 0.9: how much of the longer wording the shorter one covers, if all of its words are in the longer."""
    if not words or not known or not (known <= words or (words < known and len(words) > 1)):
        return 0.0
    return 0.9 * min(len(words), len(known)) / max(len(words), len(known))
