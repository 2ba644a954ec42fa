"""Privacy notices as people read them, made up for the tests, in the languages that can be compared and in another."""

ENGLISH = """
Privacy notice for customers of Fjord Foods

1. Who we are
Fjord Foods Ltd, 4 Quay Street, Galway, Ireland, is the controller of your personal data. Our data protection officer can
be reached at dpo@fjord.example or by post at the address above.

2. What we use your data for
When you order in our online shop we use your name, address, e-mail address and the contents of your basket to deliver
the goods, to take payment and to answer your questions. The legal basis is the contract with you (Art. 6(1)(b) GDPR).
Tax law obliges us to keep invoices (Art. 6(1)(c) GDPR).
If you have agreed, we send you our weekly newsletter (Art. 6(1)(a) GDPR). You can withdraw your consent at any time by
the link at the end of each e-mail. We also look at what sells well in order to improve our range. That is our legitimate
interest (Art. 6(1)(f) GDPR); you may object to it.

3. Who receives your data
Parcels are brought by DHL. Payments are handled by Paywell S.A. Our shop runs on servers of a hosting company, and
newsletters are sent with Mailberry, Inc. in the United States, which takes part in the EU-U.S. Data Privacy Framework.

4. How long we keep them
We delete your account three years after your last order. Invoices are kept for six or, where the law says so, ten full
years from the end of the calendar year. Log files are gone after 14 days.

5. Your rights
You have the right of access, rectification, erasure, restriction, portability and objection. You may also lodge a
complaint with the Data Protection Commission or another supervisory authority.
"""

GERMAN = """
Datenschutzhinweise für Beschäftigte der Nordlicht Möbel GmbH

Verantwortlich für die Verarbeitung Ihrer personenbezogenen Daten ist die Nordlicht Möbel GmbH, Hafenstraße 9, 24103 Kiel.
Unsere Datenschutzbeauftragte erreichen Sie unter datenschutz@nordlicht.example.

Wozu wir Ihre Daten verarbeiten
Wir verarbeiten Ihre Stammdaten, Bankverbindung und Steuermerkmale, um Ihr Gehalt zu berechnen und auszuzahlen, sowie um
unsere Pflichten gegenüber Finanzamt und Krankenkassen zu erfüllen (Art. 6 Abs. 1 lit. b und c DSGVO). Zur Zeiterfassung
nutzen wir Ihre Kommens- und Gehenszeiten. Die Videoüberwachung der Tore stützen wir auf unser berechtigtes Interesse, das
Lager vor Diebstahl zu schützen (Art. 6 Abs. 1 lit. f DSGVO). Ein Foto im Intranet zeigen wir nur mit Ihrer Einwilligung,
die Sie jederzeit widerrufen können.

Wer die Daten erhält
Das Finanzamt, die Sozialversicherungsträger, unsere Bank und, im Rahmen einer Auftrags-
verarbeitung, das Rechenzentrum der Lohnwerk eG. Der Support unserer Personalsoftware greift aus den Vereinigten Staaten und
aus Indien auf einzelne Datensätze zu; Grundlage sind die Standardvertragsklauseln.

Wie lange wir die Daten aufbewahren
Lohnunterlagen bewahren wir sechs Jahre auf, Buchungsbelege nach § 147 AO acht Jahre. Aufzeichnungen der Kameras werden nach
72 Stunden überschrieben, Zeitbuchungen nach 24 Monaten gelöscht. Bewerbungen löschen wir nach einer Sechsmonatsfrist.

Ihre Rechte
Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung, Datenübertragbarkeit und
Widerspruch. Außerdem können Sie sich bei einer Aufsichtsbehörde beschweren, etwa beim Unabhängigen Landeszentrum.
"""

FRENCH = """
Politique de confidentialité de la salle Altitude

La société Altitude SARL, 12 rue des Tilleuls, 69003 Lyon, est responsable du traitement de vos données à caractère personnel.
Notre délégué à la protection des données répond à l’adresse dpo@altitude.example.

Pourquoi nous utilisons vos données
Nous traitons vos coordonnées et vos moyens de paiement pour gérer votre abonnement et encaisser les cotisations (exécution du
contrat). Les passages au tourniquet nous servent à limiter la fréquentation, dans notre intérêt légitime d’assurer la sécurité
de la salle. Avec votre consentement, nous vous adressons notre lettre d’information ; vous pouvez retirer ce consentement à
tout moment. Les questionnaires de santé ne sont remis qu’à votre coach.

Qui reçoit vos données
Nos prestataires informatiques, notre banque et, pour les prélèvements, la société Versement Facile. La lettre
d’information est envoyée depuis les États-Unis par Courrielle ; des données sont aussi consultées depuis l’Inde, sous
couvert des clauses contractuelles types.

Combien de temps
Les données de l’abonnement sont conservées trois ans après sa fin, les pièces comptables dix ans, les passages un mois. Les
questionnaires de santé sont détruits au bout de 12 mois.

Vos droits
Vous pouvez accéder à vos données, les rectifier, les effacer, vous opposer à leur traitement ou en demander la portabilité.
Vous pouvez introduire une réclamation auprès de la CNIL, l’autorité de contrôle.
"""

SPANISH = """
Política de privacidad de la tienda

El responsable del tratamiento de sus datos personales es Almazara del Sur, S.L., calle Mayor 3, Jaén. Utilizamos sus datos para
gestionar los pedidos, enviar las mercancías y responder a sus consultas. La base jurídica es la ejecución del contrato. Si nos ha
dado su consentimiento, le enviamos nuestro boletín. Los datos se comunican a las empresas de transporte y a los bancos, y no se
transfieren a terceros países salvo a los Estados Unidos. Conservamos los datos durante seis años. Usted puede ejercer los derechos
de acceso, rectificación, supresión, oposición, limitación y portabilidad escribiendo a la dirección indicada, y presentar una
reclamación ante la Agencia Española de Protección de Datos. Los datos que nos facilita son necesarios para cumplir el contrato y
las obligaciones legales que tenemos con las autoridades, y no se toman decisiones automatizadas que le afecten de ningún modo.
"""

EMPLOYER = """
Privacy notice for staff. This notice tells you how the Foundation uses the personal data of its employees, volunteers
and trustees.
We hold your name, address, date of birth, bank account and national insurance number so that we can pay you, deduct tax
and contributions, and enrol you in the workplace pension. We need these data to perform our contract of employment with
you and to meet our duties under employment and tax law. We keep notes of absence and occupational health advice where
employment law requires it. Line managers record appraisals and training. We monitor the use of our IT systems in our
legitimate interests, to keep them safe. Pictures of you on our web site are used only if you agree, and you may change
your mind at any time.
Your data are shared with HM Revenue and Customs, the pension scheme, our payroll bureau, occupational health and, where
needed, our legal advisers and auditors. Our IT is run by suppliers who act on our instructions, some of them in the
United States and India under the International Data Transfer Agreement.
We keep your personnel file for the duration of your employment and for six years afterwards, payroll records for the
current year plus six, and unsuccessful applications for six months. Accident records are held for three years.
You have the right to see your data, to have errors corrected, to object and to have data erased. If you are unhappy
with how we handle them, contact privacy@foundation.example or the Information Commissioner’s Office (ico.org.uk).
"""

CLUB = """
Datenschutzerklärung. Schön, dass du unsere Seite besuchst! Hier erfährst du, was mit deinen Daten passiert, wenn du
unseren Blog liest, Tickets bestellst oder den Rundbrief abonnierst.
Verantwortlich ist der Kulturverein Speicher e.V., Am Kanal 3, 17489 Greifswald. Beauftragter für den Datenschutz ist
Jens Petersen, jens.petersen@speicher.example.
Beim Aufruf der Seite speichert unser Webhoster deine IP-Adresse für sieben Tage, um Angriffe abzuwehren. Das ist unser
überwiegendes Interesse nach Art. 6 Abs. 1 S. 1 lit. f DSGVO. Bestellst du Karten, so brauchen wir deinen Namen, deine
Anschrift und deine Bankdaten, um den Vertrag zu erfüllen. Die Rechnungen müssen wir zehn Jahre lang aufheben. Den
Rundbrief schicken wir dir nur, wenn du zugestimmt hast; du kannst dich jederzeit wieder abmelden. Die Anmeldung wird
noch drei Jahre nach der Abmeldung gespeichert, damit wir sie nachweisen können. Für Statistiken setzen wir Matomo ein,
das auf eigenen Servern läuft und deine Adresse kürzt.
Den Versand des Rundbriefs übernimmt ein Dienstleister in den USA, der nach dem Data Privacy Framework zertifiziert ist.
Bezahlen kannst du mit PayPal oder per Lastschrift. Tickets druckt und verschickt die Post. Sonst geben wir nichts
weiter, außer wenn wir dazu verpflichtet sind.
Du darfst Auskunft verlangen, falsche Angaben berichtigen und Daten löschen lassen, der Nutzung widersprechen, und du
darfst dich beim Landesbeauftragten für Datenschutz in Schwerin beschweren.
"""

HOSPITAL = """
Déclaration de protection de la vie privée de l’hôpital Sainte-Odile. L’hôpital traite des données à caractère personnel
de ses patients afin de vous soigner, de tenir votre dossier médical, de facturer les soins et de se conformer à la loi
relative aux droits du patient. Certaines données sont utilisées, avec votre accord, à des fins de recherche ; cet
accord peut être retiré à tout moment sans conséquence pour vos soins. Les images des caméras servent à la sécurité des
personnes et des biens, ce qui constitue un intérêt légitime de l’hôpital.
Les données sont communiquées à votre médecin traitant, à votre mutualité, à l’INAMI et aux laboratoires avec lesquels
nous collaborons. Des sous-traitants hébergent nos systèmes ; aucun d’eux ne se trouve en dehors de l’Union, à
l’exception d’un service de support établi au Royaume-Uni et d’un autre aux États-Unis.
Le dossier médical est conservé pendant trente ans au moins après le dernier contact, les données de facturation pendant
sept ans et les images pendant un mois au maximum.
Vous avez le droit de consulter votre dossier, de le faire rectifier et, dans certains cas, d’obtenir l’effacement de
vos données. Notre délégué à la protection des données (DPO) est joignable à l’adresse dpo@sainte-odile.example. Vous
pouvez également vous adresser à l’Autorité de protection des données, rue de la Presse 35, 1000 Bruxelles.
"""
