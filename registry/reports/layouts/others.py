"""The columns of the CNIL's list, the Garante's table, the DSK's sheet and the ANPD's model."""

from registry.reference.roles import OFFICERS, ContactKind
from registry.reports.layouts import saying
from registry.reports.layouts.fields import Field, Layout
from registry.reports.listing import Holds
from registry.reports.lists.records import retention

CNIL = Layout(
    title="CNIL : liste des traitements",
    language="fr",
    origin="Colonnes de la liste des traitements du modèle de registre simplifié de la CNIL (2019), suivies de celles "
    "de sa fiche.",
    not_stated="non renseigné",
    belongs=saying.is_controllers,
    party="Responsable du traitement",
    fields=(
        Field("Nom du traitement", saying.name, width=28, holds=Holds.TEXT),
        Field("N° / RÉF", saying.reference, width=12, holds=Holds.TEXT),
        Field("Date de création de la fiche", saying.began, asked=False, width=14, holds=Holds.DATE),
        Field("Dernière mise à jour de la fiche", saying.reviewed, asked=False, width=14, holds=Holds.DATE),
        Field("Finalité du traitement", saying.purposes, width=34),
        Field("Données sensibles ? Oui/non", saying.yes_and_special_data, width=22),
        Field("Responsable(s) conjoint(s)", saying.joint_controllers, asked=False),
        Field("Catégories de personnes concernées", saying.data_subjects),
        Field("Catégories de données personnelles concernées", saying.data, width=30),
        Field("Durée de conservation", retention, width=34),
        Field("Destinataires", saying.recipients, width=30),
        Field("Transferts hors UE", saying.transfers, width=30),
        Field("Mesures de sécurité", saying.measures, width=30),
    ),
)

GARANTE_CONTROLLER = Layout(
    title="Garante: registro del titolare",
    language="it",
    origin="Colonne del modello semplificato del Garante per le PMI (FAQ dell’8 ottobre 2018).",
    not_stated="non indicato",
    belongs=saying.is_controllers,
    party="Titolare del trattamento",
    fields=(
        Field("Tipologia di trattamento", saying.name, width=22, holds=Holds.TEXT),
        Field("Finalità e basi legali del trattamento", saying.purposes_with_bases, width=34),
        Field("Categorie di interessati", saying.data_subjects),
        Field("Categorie di dati personali", saying.data, width=28),
        Field("Categorie di destinatari", saying.recipients, width=28),
        Field("Trasferimento dati verso paesi terzi", saying.transfers, width=26),
        Field("Termini ultimi di cancellazione previsti", retention, width=30),
        Field("Misure di sicurezza tecniche e organizzative", saying.measures, width=28),
    ),
)

GARANTE_PROCESSOR = Layout(
    title="Garante: registro del responsabile",
    language="it",
    origin="Colonne del modello semplificato del Garante per le PMI (FAQ dell’8 ottobre 2018).",
    not_stated="non indicato",
    belongs=saying.is_processors,
    party="Responsabile del trattamento",
    fields=(
        Field("Titolare del trattamento", saying.controllers_served, width=30),
        Field("Categorie di trattamenti", saying.categories_of_processing, width=36),
        Field("Trasferimento dati verso paesi terzi", saying.transfers, width=28),
        Field("Misure di sicurezza tecniche e organizzative", saying.measures, width=34),
    ),
)

DSK = Layout(
    title="DSK: Verzeichnis von Verarbeitungstätigkeiten",
    language="de",
    origin="Angaben des Musters der Datenschutzkonferenz (Februar 2018): Vorblatt und Hauptblatt in einer Tabelle.",
    not_stated="keine Angabe",
    belongs=saying.is_controllers,
    fields=(
        Field("Verantwortlicher, Vertreter, Datenschutzbeauftragter", saying.whose, width=30),
        Field("Gemeinsam Verantwortliche", saying.joint_controllers, asked=False),
        Field("Bezeichnung der Verarbeitungstätigkeit", saying.name, width=26, holds=Holds.TEXT),
        Field("Laufende Nummer", saying.reference, asked=False, width=12, holds=Holds.TEXT),
        Field("Datum der Einführung / der letzten Änderung", saying.created_and_reviewed, width=18),
        Field("Verantwortliche Fachabteilung, Ansprechpartner", saying.unit),
        Field("Zwecke der Verarbeitung", saying.purposes, width=32),
        Field("Rechtsgrundlagen", saying.all_bases, asked=False),
        Field("Name des eingesetzten Verfahrens", saying.systems, asked=False),
        Field("Kategorien betroffener Personen", saying.data_subjects),
        Field("Kategorien personenbezogener Daten", saying.numbered_data, width=30),
        Field("Besondere Kategorien personenbezogener Daten", saying.special_data),
        Field("Empfänger: intern", saying.recipients_in(saying.INTERNAL)),
        Field("Empfänger: extern", saying.recipients_in(saying.INTERNAL, others=True), width=28),
        Field("Datenübermittlung an Drittland oder internationale Organisation", saying.places),
        Field("Geeignete Garantien", saying.safeguards, asked=False),
        Field("Fristen für die Löschung", retention, width=34),
        Field("Technische und organisatorische Maßnahmen", saying.measures, width=32),
    ),
)

ANPD = Layout(
    title="ANPD: registro das operações de tratamento",
    language="pt",
    origin="Campos do modelo simplificado da ANPD para agentes de pequeno porte (2023).",
    not_stated="não informado",
    fields=(
        Field("Processo", saying.name, width=26, holds=Holds.TEXT),
        Field("Informações de contato", saying.whose, width=28),
        Field("Encarregado", saying.contact_of((*OFFICERS, ContactKind.CONTROLLER_CONTACT)), asked=False),
        Field("Categoria de titulares", saying.data_subjects),
        Field("Dados pessoais", saying.data, width=28),
        Field("Compartilhamento", saying.recipients, width=28),
        Field("Medidas de segurança", saying.measures, width=28),
        Field("Período de armazenamento", retention, width=32),
        Field("Finalidade", saying.purposes, width=30),
        Field("Hipótese legal", saying.all_bases),
        Field("Observações", lambda record: record.description, asked=False, width=30, holds=Holds.TEXT),
    ),
)
