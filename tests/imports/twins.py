"""Made-up tables in the layouts of supervisory authorities' templates and of other products: their columns, our content."""

from tests.imports.files import Rows

BLANK: list[str] = []

ICO_CONTACTS: Rows = [
    ["Controller", "", "", "Data protection officer", "", "", "Representative"],
    ["Name", "Sample Trading Ltd", "", "Name", "A. Sample", "", "Name", "N/A"],
    ["Address", "1 Sample Street", "", "Address", "1 Sample Street"],
    ["Email", "privacy@example.org", "", "Email", "dpo@example.org"],
    ["Telephone", "+44 20 7946 0000", "", "Telephone", "+44 20 7946 0001"],
    BLANK,
    ["Article 30 record of processing activities", "", "", "", "", "", "", "", "", "", "", "Privacy notices"],
    BLANK,
]
ICO_HEADINGS = [
    "Business function", "Purpose of processing", "Name and contact details of joint controller (if applicable)", "Categories of individuals",
    "Categories of personal data", "Categories of recipients", "Link to contract with processor",
    "Names of third countries or international organisations that personal data are transferred to (if applicable)",
    "Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)",
    "Retention schedule (if possible)", "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data", "Article 9 condition for processing special category data",
    "Legitimate interests for the processing (if applicable)", "Link to record of legitimate interests assessment (if applicable)",
    "Rights available to individuals", "Existence of automated decision-making, including profiling (if applicable)",
    "The source of the personal data (if applicable)", "Link to record of consent", "Location of personal data",
    "Data Protection Impact Assessment required?", "Data Protection Impact Assessment progress", "Link to Data Protection Impact Assessment",
    "Has a personal data breach occurred?", "Link to record of personal data breach",
    "Data Protection Act 2018 Schedule 1 Condition for processing", "GDPR Article 6 lawful basis for processing",
    "Link to retention and erasure policy document", "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
]  # fmt: skip


def ico_row(function, purpose, people, data, recipients="", **others):
    """A row of the ICO's controller template; further cells by the number of their column."""
    row = [function, purpose, "", people, data, recipients] + [""] * (len(ICO_HEADINGS) - 6)
    for column, text in others.items():
        row[int(column.removeprefix("c")) - 1] = text
    return row


ICO_CONTROLLER: Rows = [
    *ICO_CONTACTS,
    ICO_HEADINGS,
    ico_row("Finance", "Paying staff", "Employees", "Contact details", "Payroll bureau", c8="N/A", c10="6 years plus current",
            c11="Access control; Encryption", c12="Article 6(1)(b) - contract; Article 6(1)(c) - legal obligation", c17="No", c18="The employee"),
    ico_row("", "", "Employees", "Bank details", "HMRC", c10="3 years", c12="Article 6(1)(c) - legal obligation"),
    ico_row("", "", "Next of kin", "Contact details", "", c10="6 years plus current"),
    ico_row("Marketing", "Sending the newsletter", "Subscribers", "E-mail address", "Mailing service", c8="United States", c9="UK Addendum",
            c10="until the person unsubscribes", c12="Article 6(1)(a) - consent", c17="No", c21="No"),
    ico_row("Human resources", "Sickness absence", "Employees", "Health data", "", c12="Article 6(1)(c)",
            c13="Article 9(2)(b) - employment", c26="Schedule 1, Part 1, paragraph 1", c28="APD 3", c29="No", c30="A tribunal asked for it"),
]  # fmt: skip
ICO_PROCESSOR: Rows = [
    ["Name and contact details", "", "Data protection officer", "", "Representative"],
    ["Sample Services Ltd", "", "A. Sample", "", "N/A"],
    BLANK,
    ["Name and contact details of each controller", "Controller representative (if applicable)", "Categories of processing",
     "Names of third countries or international organisations that personal data are transferred to (if applicable)",
     "Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)",
     "General description of technical and organisational security measures (if possible)"],
    ["Alpha plc", "", "Hosting of the shop", "N/A", "", "Encryption at rest"],
    ["Beta plc", "C. Sample", "Sending of letters", "Canada", "Adequacy decision", "Access control"],
]  # fmt: skip

CNIL_LIST: Rows = [
    ["Responsable", "Nom :", "Exemple SARL", "Prénom :", "", "Adresse :", "1 rue de l'Exemple"],
    ["", "Code postal :", "00000", "Ville :", "Villeneuve"],
    ["Identification du traitement", "", "", "", "Finalité du traitement", "", "", "Données sensibles ?"],
    ["Nom du traitement", "N° / RÉF", "Date de création de la fiche", "Dernière mise à jour de la fiche", "", "", "", "Oui/non"],
    ["(EXEMPLE) Traitement fictif", "0", "", "", "Ne rien faire", "", "", "Non"],
    ["Paie du personnel", "T-1", "01/02/2025", "03/02/2026", "Calculer et verser les salaires", "", "", "Non"],
    ["Suivi médical", "T-2", "01/02/2025", "", "Aptitude au poste", "", "", "Oui"],
]  # fmt: skip


def cnil_card(reference, name, *, sensitive="Non concerné", transfer=("", "", "", "")):
    """A card of the CNIL's simplified model, with less lines than the form has."""
    recipient, country, safeguard, link = transfer
    return [
        ["Fiche de registre", "", "", "", "", "", reference, "", "Voir le site"],
        ["Description du traitement", "", "", "", "", "", "", "", "► Finalité"],
        ["Nom du traitement", name, "", "", "", "", "", "", "► Destinataires"],
        ["N° / RÉF", reference],
        ["Date de création du traitement", "2025-02-01"],
        ["Mise à jour du traitement", "2026-02-03"],
        BLANK,
        ["Acteurs", "Nom", "Adresse", "Code Postal", "Ville", "Pays", "Téléphone", "Adresse mél"],
        [
            "Responsable du traitement",
            "Exemple SARL",
            "1 rue de l'Exemple",
            "00000",
            "Villeneuve",
            "France",
            "",
            "rgpd@example.org",
        ],
        ["Responsable(s) conjoint(s)", "Non applicable"],
        BLANK,
        ["Finalité(s) du traitement effectué"],
        ["Finalité principale", "Payer le personnel"],
        ["Sous-finalité 1", "Calculer les cotisations"],
        ["Sous-finalité 2"],
        BLANK,
        ["Catégories de données personnelles concernées", "Description", "", "", "Durée de conservation"],
        [
            "État civil, identité, données d'identification, images…",
            "nom, prénom",
            "",
            "",
            "5 ans à compter du versement",
        ],
        ["Données de localisation (déplacements, données GPS, GSM, etc.)", "Non concerné", "", "", "—"],
        ["Numéro de Sécurité Sociale (ou NIR)", "numéro", "", "", "5 ans à compter du versement"],
        BLANK,
        ["Données sensibles", "Description", "", "", "Durée de conservation"],
        ["Données concernant la santé", sensitive, "", "", "—" if sensitive == "Non concerné" else "50 ans"],
        BLANK,
        ["Catégories de personnes concernées", "Description", "", "", "Précisions"],
        ["Catégorie de personnes 1", "Salariés", "", "", "et apprentis"],
        ["Catégorie de personnes 2", "Sélectionnez un élément dans cette liste déroulante ►"],
        BLANK,
        ["Destinataires", "Type de destinataire", "", "", "Précisions"],
        ["Destinataire 1", "Service interne qui traite les données", "", "", "Comptabilité"],
        ["Destinataire 2", "Sous-traitants", "", "", "Cabinet de paie"],
        BLANK,
        ["Mesures de sécurité", "Type de mesure de sécurité", "", "", "Précisions"],
        ["Mesure de sécurité 1", "Chiffrement des données", "", "", "au repos"],
        BLANK,
        ["Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "", "Liens vers la documentation"],
        ["Organisme destinataire 1", recipient, country, safeguard, "", link],
    ]


DPC: Rows = [
    ["Record of processing activities"],
    ["Processing activity", "Business unit", "Purpose of processing", "Categories of data subjects", "Categories of personal data",
     "Categories of recipients", "Article 6 legal basis", "Article 9 basis", "Transfers to third countries", "Transfer mechanism",
     "Retention period", "Technical and organisational measures", "Has a breach occurred?", "Last update"],
    ["Recruitment", "HR", "Filling vacancies", "Job applicants", "CV; References", "Interview panel", "Art. 6(1)(b)", "None", "None",
     "", "1 year after the competition", "Access control", "No", "2026-01-31"],
]  # fmt: skip
BELGIAN: Rows = [
    ["Register van verwerkingsactiviteiten", "", "Ondernemingsnummer 0123.456.789"],
    ["Nummer", "Proceseigenaar", "Functionele omschrijving", "Doel van de verwerking", "Soort verwerking", "Rechtsgrond",
     "Categorieën van persoonsgegevens", "Categorieën van betrokkenen", "Ontvangers", "Bewaartermijn", "Doorgifte naar derde landen", "Bron", "Beveiligingsmaatregelen"],
    ["Geef een nummer", "Vermeld de functie", "Beschrijf kort", "Kies uit de lijst", "Kies uit de lijst", "Kies uit de lijst", "Kies uit de lijst",
     "Kies uit de lijst", "Vermeld alle ontvangers", "Geef de termijn", "Kies uit de lijst", "Vermeld de bron", "Beschrijf kort"],
    ["1", "Hoofd personeel", "Loonadministratie", "Uitbetalen van lonen", "Verzamelen", "uitvoering van een overeenkomst", "Identificatiegegevens; Bankgegevens",
     "Werknemers", "Sociaal secretariaat", "7 jaar na einde dienstverband", "nvt", "de werknemer", "Toegangscontrole"],
]  # fmt: skip
GARANTE: Rows = [
    ["TITOLARE: Esempio S.r.l.", "", "C.F. 00000000000", "", "Rev. 01.00 del 01/02/2026"],
    ["Tipologia di trattamento", "Finalità e basi legali del trattamento", "Categorie di interessati", "Categorie di dati personali",
     "Categorie di destinatari", "Trasferimento dati verso paesi terzi", "Termini ultimi di cancellazione previsti", "Misure di sicurezza tecniche e organizzative"],
    ["Gestione del personale", "Pagamento degli stipendi\nArt. 6, par. 1, lett. b) GDPR", "Dipendenti", "Dati anagrafici; Dati bancari", "Consulente del lavoro",
     "Nessuno", "10 anni dalla cessazione del rapporto", "Controllo degli accessi"],
]  # fmt: skip
DSK: Rows = [
    ["Hauptblatt"],
    ["Lfd. Nr.", "Bezeichnung der Verarbeitungstätigkeit", "Datum der Einführung", "Verantwortliche Fachabteilung", "Ansprechpartner", "Zwecke der Verarbeitung",
     "Name des eingesetzten Verfahrens", "Kategorien betroffener Personen", "Kategorien personenbezogener Daten", "Besondere Kategorien personenbezogener Daten",
     "Empfänger intern", "Empfänger extern", "Datenübermittlung Drittland", "Fristen für die Löschung", "Technische und organisatorische Maßnahmen"],
    ["ALLGEMEINES"],
    ["1", "Zeiterfassung", "01.03.2024", "Personal", "Leitung Personal", "Abrechnung der Arbeitszeit", "Zeitwirtschaft", "Beschäftigte", "1. Name\n2. Zeiten", "Nein",
     "Personalabteilung", "Lohnbüro", "keine und auch nicht geplant", "10 Jahre nach Ende des Kalenderjahres", "siehe Sicherheitskonzept"],
    ["Summe: 1"],
]  # fmt: skip
BAVARIA: Rows = [
    ["5.1", "Bezeichnung der Verarbeitungstätigkeit", "Wohngeldstelle"],
    ["5.2", "Aktenzeichen", "W-17"],
    ["5.3", "Stand", "01.02.2026"],
    ["5.5", "Gemeinsam Verantwortliche", "keine"],
    ["6.1", "Zwecke", "Bewilligung von Wohngeld"],
    ["6.2", "Rechtsgrundlagen", "Art. 6 Abs. 1 lit. e DSGVO; § 23 WoGG"],
    ["7", "Kategorien personenbezogener Daten", "Stammdaten; Einkommen"],
    ["8", "Kategorien betroffener Personen", "Antragstellende"],
    ["9", "Kategorien von Empfängern", "Rechenzentrum"],
    ["10", "Übermittlung in ein Drittland", "nein"],
    ["11", "Fristen für die Löschung", "10 Jahre nach Abschluss"],
    ["12", "Technische und organisatorische Maßnahmen", "Rollenkonzept"],
]
AEPD_LABELS = [
    "Responsable", "Finalidad", "Base jurídica", "Categorías de interesados", "Categorías de datos", "Categorías de destinatarios",
    "Transferencias internacionales", "Plazo de supresión", "Medidas técnicas y organizativas de seguridad",
]  # fmt: skip
AEPD: Rows = [
    [label, text]
    for label, text in zip(
        AEPD_LABELS,
        ["Ayuntamiento de Ejemplo", "Llevar el padrón", "Art. 6.1.c RGPD", "Vecinos", "Nombre; Domicilio", "Administraciones públicas", "No están previstas",
         "No procede", "Control de accesos"],
        strict=True,
    )
]  # fmt: skip
AEPD_SIDE_BY_SIDE: Rows = [
    ["Nombre de la actividad", "Padrón", "Nóminas"],
    *(
        [label, first, second]
        for (label, first), second in zip(
            AEPD[1:],
            ["Pagar los salarios", "Art. 6.1.b RGPD", "Empleados", "Datos bancarios", "Seguridad Social", "No", "5 años desde el pago", "Cifrado"],
            strict=True,
        )
    ),
]  # fmt: skip
LGA: Rows = [
    ["ID", "Organisation name (download only)", "Data protection officer (download only)", "Record type", "Service area", "Processing activity", "Purpose of processing", "Lawful basis",
     "Data subjects", "Personal data", "Recipients", "Retention period", "Security measures"],
    ["101", "Sample Council", "A. Sample", "Controller", "Libraries", "Lending", "Lending books", "6(1)(e)", "Members", "Name; Loans", "None", "2 years", "Access control"],
    ["102", "", "", "Controller", "Parking", "Permits", "Issuing permits", "6(1)(e)", "Residents", "Name; Vehicle", "Enforcement contractor", "6 years", "Access control"],
]  # fmt: skip
ANPD: Rows = [
    ["Razão social", "Exemplo Ltda", "CNPJ", "00.000.000/0001-00"],
    BLANK,
    ["Informações de contato", "Processo, finalidade e hipótese legal", "Categoria de titular", "Dados pessoais", "Compartilhamento", "Medidas de segurança", "Período de armazenamento", "Observações"],
    ["rh@example.org", "Folha de pagamento\nArt. 7, V, da LGPD", "Empregados", "Nome; Conta bancária", "Não há", "Controle de acesso", "5 anos após o término do contrato", ""],
]  # fmt: skip
LUXEMBOURG: Rows = [
    ["Responsable: Association Exemple"],
    ["Finalité", "Catégories de personnes concernées", "Catégories de données traitées", "Catégories de destinataires", "Transferts vers des pays tiers",
     "Délais prévus pour l'effacement des données", "Mesures de sécurité organisationnelles et techniques"],
    ["Gestion des membres", "Membres", "Nom; Adresse", "Banque", "Néant", "3 ans après le départ", "Mot de passe"],
]  # fmt: skip
PARTS: dict[str, Rows] = {
    "Activities": [["Ref", "Name", "Department"], ["A1", "Payroll", "HR"], ["A2", "Newsletter", "Marketing"]],
    "Purposes": [["Activity ref", "Purpose", "Legal basis"], ["A1", "Paying staff", "6(1)(b)"], ["A1", "Reporting to the tax office", "6(1)(c)"], ["A2", "Informing subscribers", "6(1)(a)"]],
    "Personal data": [["Ref", "Name", "Retention", "Source"], ["A1", "Salary", "6 years", "the employee"], ["A2", "E-mail address", "until withdrawal", "the subscriber"], ["A9", "Nobody's", "", ""]],
    "Lists": [["Value"], ["Contract"], ["Consent"]],
}  # fmt: skip
TICKS: Rows = [
    ["Reference", "Name", "Purpose", "HealthData", "GeoLocationData", "CivilStatus", "Kunden"],
    ["1", "Occupational health", "Medical examinations", "true", "false", "X", "nein"],
    ["2", "Fleet", "Planning of routes", "", "1", "true", "Ja"],
]
LINES: Rows = [
    ["id", "activity", "purpose", "personal data", "retention", "start date", "recipient"],
    ["7", "Orders", "Selling", "Name", "10 years", "2021-01-31", "Carrier"],
    ["7", "Orders", "Selling", "Payment data", "6 months", "2021-01-31", "Bank"],
    ["8", "Claims", "Answering claims", "Name", "3 years", "2021-31-31", ""],
]
