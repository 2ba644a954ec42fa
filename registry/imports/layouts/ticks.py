"""The values that forms list ready to be ticked: what a column of true and false, or a line of a form, stands for."""

from collections.abc import Mapping
from functools import lru_cache

from registry.imports.layouts.headings import spaced
from registry.imports.parsing.folding import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ";").split(";") if word.strip())


DATA_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "Civil status and identity": _words("""civil status; identity; identification data; identity data; civil status identity identification data images
        état civil; état civil, identité, données d'identification, images; état-civil, identité, données d'identification, images; identité; données d'identification
        Stammdaten; Personenstammdaten; Identifikationsdaten; identificatiegegevens; dati identificativi; dati anagrafici; datos identificativos; datos de identificación; dados de identificação; dados cadastrais"""),
    "Contact details": _words("""contact data; contact details; contact information; coordonnées; Kontaktdaten; contactgegevens; dati di contatto; datos de contacto; dados de contato; dados de contacto"""),
    "Personal life": _words("""personal life; private life; vie personnelle; vie personnelle (habitudes de vie, situation familiale, etc.); Privatleben; persönliche Lebensumstände; vita personale; vida personal; circunstancias sociales; vida pessoal; persoonlijk leven; privéleven"""),
    "Professional life": _words("""professional life; vie professionnelle; vie professionnelle (CV, scolarité, formation professionnelle, distinctions, etc.); Berufsleben; berufliche Angaben; vita professionale; vita lavorativa; vida profesional; datos profesionales; vida profissional; beroepsleven"""),
    "Economic and financial information": _words("""economic financial data; economic and financial data; financial data; economic and financial information; financial; informations d'ordre économique et financier
        informations d'ordre économique et financier (revenus, situation financière, situation fiscale, etc.); données économiques et financières; Finanzdaten; wirtschaftliche und finanzielle Angaben; financiële gegevens
        dati economici e finanziari; dati finanziari; datos económicos y financieros; datos económicos, financieros y de seguros; dados financeiros; dados econômicos e financeiros"""),
    "Connection data": _words("""connection data; données de connexion; données de connexion (adresse IP, logs, etc.); données de connexion (adress IP, logs, etc.); Verbindungsdaten; Zugangsdaten; dati di connessione; datos de conexión; dados de conexão; verbindingsgegevens"""),
    "Location data": _words("""geo location data; geolocation data; location data; location; geolocation; données de localisation; données de localisation (déplacements, données GPS, GSM, etc.); Standortdaten; dati di localizzazione; dati di geolocalizzazione
        datos de localización; datos de geolocalización; dados de localização; locatiegegevens"""),
    "Internet data": _words("""internet data; internet; données internet; internet (cookies, traceurs, données de navigation, mesures d'audience, etc.); Internetdaten; Nutzungsdaten; dati di navigazione; datos de navegación; dados de navegação; internetgegevens"""),
    "Racial or ethnic origin": _words("""racial data; racial or ethnic origin; ethnic origin; racial and ethnic origin; origine raciale ou ethnique; données révélant l'origine raciale ou ethnique; origines raciales ou ethniques; rassische und ethnische Herkunft
        rassische oder ethnische Herkunft; ethnische Herkunft; origine razziale o etnica; origen racial o étnico; origen étnico o racial; origem racial ou étnica; ras of etnische afkomst"""),
    "Political opinions": _words("""political opinions; political opinion; opinions politiques; données révélant les opinions politiques; politische Meinungen; politische Meinung; opinioni politiche; opiniones políticas; opiniões políticas; opinião política; politieke opvattingen"""),
    "Religious or philosophical beliefs": _words("""religious beliefs; religious or philosophical beliefs; religion; convictions religieuses ou philosophiques; données révélant les convictions religieuses ou philosophiques; religiöse oder weltanschauliche Überzeugungen
        Religion; convinzioni religiose o filosofiche; convicciones religiosas o filosóficas; convicções religiosas ou filosóficas; convicção religiosa; religieuze of levensbeschouwelijke overtuigingen"""),
    "Trade union membership": _words("""trade union membership; union membership; appartenance syndicale; données révélant l'appartenance syndicale; Gewerkschaftszugehörigkeit; appartenenza sindacale; afiliación sindical; filiação sindical; lidmaatschap van een vakbond"""),
    "Genetic data": _words("""genetic data; genetic; données génétiques; genetische Daten; dati genetici; datos genéticos; dados genéticos; genetische gegevens"""),
    "Biometric data for unique identification": _words("""biometric data; biometric; biometrics; données biométriques; données biométriques aux fins d'identifier une personne physique de manière unique; biometrische Daten; dati biometrici; datos biométricos; dados biométricos; biometrische gegevens"""),
    "Data concerning health": _words("""health data; health; data concerning health; medical data; santé; données de santé; données concernant la santé; Gesundheitsdaten; dati relativi alla salute; dati sanitari; datos de salud; datos relativos a la salud; dados de saúde; dados referentes à saúde; gezondheidsgegevens"""),
    "Sex life or sexual orientation": _words("""sexual orientations; sexual orientation; sex life; sex life or sexual orientation; vie sexuelle ou orientation sexuelle; données concernant la vie sexuelle ou l'orientation sexuelle; Sexualleben oder sexuelle Orientierung; sexuelle Orientierung
        vita sessuale o orientamento sessuale; vida sexual u orientación sexual; vida sexual; seksueel gedrag of seksuele gerichtheid"""),
    "Criminal convictions and offences": _words("""criminal convictions; criminal data; criminal offences; criminal convictions and offences; condamnations pénales ou infractions; données relatives à des condamnations pénales ou infractions; données relatives à des condamnations pénales ou à des infractions
        strafrechtliche Verurteilungen und Straftaten; Strafdaten; condanne penali e reati; dati giudiziari; condenas e infracciones penales; condenações penais e infrações; strafrechtelijke gegevens"""),
    "National identification or social security number": _words("""national identification number; national identifier; national id; social security number; numéro de sécurité sociale; numéro de sécurité sociale (ou NIR); NIR; nationale Kennziffer; Sozialversicherungsnummer; codice fiscale
        número de identificación nacional; número nacional de identificação; nationaal identificatienummer; burgerservicenummer; BSN"""),
    "Photographs and video recordings": _words("""images; photos; photographs; video; photographs and video recordings; Fotos; Bild- und Videoaufnahmen; images et vidéos; fotos y vídeos; immagini; beeldmateriaal"""),
}  # fmt: skip
"""Names of the catalogue's own entries and how forms in seven languages call the same."""

SPECIAL: frozenset[str] = frozenset(
    (
        "Racial or ethnic origin", "Political opinions", "Religious or philosophical beliefs", "Trade union membership", "Genetic data",
        "Biometric data for unique identification", "Data concerning health", "Sex life or sexual orientation",
    )
)  # fmt: skip
"""Those that Art. 9(1) names."""

DATA_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "Employees": _words("employees; staff; salariés; Beschäftigte; Mitarbeiter; Mitarbeitende; dipendenti; empleados; empregados; trabalhadores; werknemers; medewerkers"),
    "Customers": _words("customers; clients; Kunden; Kundinnen und Kunden; clienti; clientes; klanten"),
    "Suppliers": _words("suppliers; fournisseurs; Lieferanten; fornitori; proveedores; fornecedores; leveranciers"),
    "Prospects": _words("prospects; Interessenten; potenziali clienti; clientes potenciales; potenciais clientes; prospecten"),
    "Job applicants": _words("job applicants; applicants; candidates; candidats; Bewerber; Bewerberinnen und Bewerber; candidati; candidatos; sollicitanten"),
    "Service providers": _words("service providers; prestataires; Dienstleister; prestatori di servizi; prestadores de servicios; prestadores de serviços; dienstverleners"),
    "Children": _words("children; minors; enfants; mineurs; Kinder; Minderjährige; minori; menores; crianças; kinderen"),
    "Patients": _words("patients; Patienten; pazienti; pacientes; patiënten"),
    "Visitors": _words("visitors; visiteurs; Besucher; visitatori; visitantes; bezoekers"),
    "Members": _words("members; membres; adhérents; Mitglieder; soci; miembros; socios; membros; leden"),
}  # fmt: skip


LISTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "data_categories": DATA_CATEGORIES,
    "data_subjects": DATA_SUBJECTS,
}


def tick(heading: str) -> tuple[str, str] | None:
    """Return (list, entry) for a heading that names a value of a form's list, or None."""
    known = _known()
    for spelling in (heading, spaced(heading)):
        if found := known.get(fold(spelling)):
            return found
    return None


@lru_cache(maxsize=1)
def _known() -> Mapping[str, tuple[str, str]]:
    return {
        fold(spelling): (key, name)
        for key, entries in LISTS.items()
        for name, spellings in entries.items()
        for spelling in (name, *spellings)
    }
