"""Records whose notices say all that they say: what the rules on wordings must find nothing in."""

from tests.compliance.records import (
    basis,
    contact,
    data,
    organisation,
    purpose,
    recipient,
    recipient_entry,
    record,
    schedule,
    transfer,
)

NAMED = {"privacy_notice": "Notice"}
IN_ENGLISH = "What we do with the data of customers, and how the shop goes about it."
IN_GERMAN = "Wie die Daten der Beschäftigten von uns und für das Finanzamt verarbeitet werden."
IN_FRENCH = "Comment nous traitons les données des membres pour la salle et avec leur accord."
OFFICER = organisation(contacts=(contact("dpo_external", name="Grace Hopper", email="hopper@officers.example"),))


def received_by(name, **values):
    """A recipient of this name; ``role``, ``what_for`` and ``stated_as`` are of the row, others of its entry."""
    of_row = {key: values.pop(key) for key in ("role", "what_for", "stated_as") if key in values}
    return recipient(recipient_entry(name, **values), **of_row)


SHOP = record(
    **NAMED,
    organisation=OFFICER,
    description=IN_ENGLISH,
    purposes=(
        purpose("Delivery of goods that were ordered online"),
        purpose("Sending the newsletter"),
        purpose("Marketing"),
    ),
    legal_bases=(basis("A6-1-a"), basis("A6-1-b"), basis("A6-1-f")),
    recipients=(
        received_by("DHL Express Ireland", kind="independent_controller"),
        received_by("Paywell", what_for="Payment"),
        received_by("Nordsky AS", kind="processor", description="Hosting of the web shop"),
        received_by("MailBerry Inc."),
        recipient(stated_as="Hosting firms"),
    ),
    transfers=(transfer("US"), transfer("FR")),
    retention_schedule=schedule(period=3, unit="year"),
    data_categories=(
        data(retention_schedule=schedule(period=6, unit="year")),
        data(retention_schedule=schedule(period=10, unit="year")),
        data(retention_schedule=schedule(period=2, unit="week")),
        data(retention_schedule=schedule(permanent=True)),
    ),
)
PAYROLL = record(
    **NAMED,
    organisation=OFFICER,
    name="Lohnabrechnung",
    description=IN_GERMAN,
    purposes=(
        purpose("Berechnung und Auszahlung der Gehälter"),
        purpose("Schutz des Lagers vor Einbruch und Diebstahl"),
    ),
    legal_bases=(basis("A6-1-a"), basis("A6-1-f")),
    recipients=(
        received_by("Finanzamt Kiel", kind="public_authority"),
        received_by("Lohnwerk", kind="processor", sub_processor_of=recipient_entry("Rechenzentrum")),
        received_by("Nordbank AG", stated_as="Hausbank"),
        received_by("Banken", nature="category"),
        received_by("Stratus Ltd", kind="processor"),
    ),
    transfers=(transfer("US"), transfer("IN")),
    retention_schedule=schedule(period=6, unit="year"),
    data_categories=(
        data(retention_schedule=schedule(period=8, unit="year")),
        data(retention_schedule=schedule(period=3, unit="day")),
        data(retention_schedule=schedule(period=2, unit="year")),
        data(retention_schedule=schedule(period=6, unit="month")),
        data(retention_schedule=schedule(period=5, unit="year", legal_source="§ 147 AO")),
    ),
)
GYM = record(
    **NAMED,
    organisation=OFFICER,
    name="Gestion des membres",
    description=IN_FRENCH,
    purposes=(
        purpose("Gestion des abonnements et encaissement des cotisations"),
        purpose("Envoi de la lettre d’information"),
    ),
    legal_bases=(basis("A6-1-a"), basis("A6-1-f")),
    recipients=(
        received_by("Versement Facile SAS"),
        received_by("Nuagerie", kind="processor"),
        received_by("Courrielle, Inc."),
        received_by("Banques", nature="category"),
    ),
    transfers=(transfer("US"), transfer("IN")),
    retention_schedule=schedule(period=3, unit="year"),
    data_categories=(
        data(retention_schedule=schedule(period=10, unit="year")),
        data(retention_schedule=schedule(period=30, unit="day")),
        data(retention_schedule=schedule(period=1, unit="year")),
    ),
)
STAFF = record(
    **NAMED,
    organisation=organisation(country="GB", contacts=(contact("dpo_internal", email="privacy@foundation.example"),)),
    description=IN_ENGLISH,
    purposes=(
        purpose("Payment of salaries and deduction of income tax"),
        purpose("Managing sickness absence and fitness for work"),
        purpose("Performance reviews and staff development"),
        purpose("Recruitment and selection of new colleagues"),
    ),
    legal_bases=(basis("UK-A6-1-b"), basis("UK-A6-1-f"), basis("UK-A6-1-a")),
    recipients=(
        received_by("HM Revenue & Customs", kind="public_authority"),
        received_by("Nest Corporation", kind="independent_controller", description="Workplace pension scheme"),
        received_by("BDO LLP", kind="third_party", description="Audit of the annual accounts"),
        received_by("Atlas", kind="third_party", description="Solicitors"),
    ),
    transfers=(transfer("US"), transfer("IN")),
    retention_schedule=schedule(period=7, unit="year"),
    data_categories=tuple(data(retention_schedule=schedule(period=n, unit=u)) for n, u in ((6, "month"), (3, "year"))),
)
TICKETS = record(
    **NAMED,
    organisation=organisation(
        country="DE", contacts=(contact("dpo_internal", email="jens.petersen@speicher.example"),)
    ),
    description=IN_GERMAN,
    purposes=(
        purpose("Bereitstellung der Webseite und Abwehr von Angriffen"),
        purpose("Verkauf und Versand von Eintrittskarten"),
        purpose("Auswertung der Besucherzahlen zur Verbesserung des Angebots"),
        purpose("Erfüllung gesetzlicher Aufbewahrungspflichten"),
    ),
    legal_bases=(basis("A6-1-a"), basis("A6-1-f")),
    recipients=(
        received_by("Mailchimp (Intuit Inc.)", kind="processor", description="Newsletterversand"),
        received_by("PayPal (Europe) S.à r.l. et Cie", kind="independent_controller"),
        received_by("Deutsche Post AG", kind="third_party", description="Zustellung"),
        received_by("Sparkasse Vorpommern", kind="independent_controller", description="Kontoführung"),
    ),
    transfers=(transfer("US"),),
    retention_schedule=schedule(period=10, unit="year"),
    data_categories=tuple(data(retention_schedule=schedule(period=n, unit=u)) for n, u in ((1, "week"), (36, "month"))),
)
CARE = record(
    **NAMED,
    organisation=organisation(country="BE", contacts=(contact("dpo_internal", email="dpo@sainte-odile.example"),)),
    description=IN_FRENCH,
    purposes=(
        purpose("Tenue du dossier du patient"),
        purpose("Facturation des prestations et recouvrement"),
        purpose("Surveillance des accès et sécurité des bâtiments"),
        purpose("Recherche scientifique et publications anonymes"),
    ),
    legal_bases=(basis("A6-1-a"), basis("A6-1-f")),
    recipients=(
        received_by("Mutualités"),
        received_by("INAMI"),
        received_by("Laboratoire Biomed SA", description="Analyses sanguines"),
        received_by("Nuagerie SRL", kind="processor", description="Hébergement du dossier informatisé"),
    ),
    transfers=(transfer("GB"), transfer("US")),
    retention_schedule=schedule(period=30, unit="year"),
    data_categories=tuple(data(retention_schedule=schedule(period=n, unit=u)) for n, u in ((7, "year"), (30, "day"))),
)
