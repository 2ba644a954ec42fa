"""Registers in Swedish, Danish, Norwegian and Polish: headings, answers, legal bases, time limits and none of each."""

import pytest

from registry.imports.importing import apply_preview, preview
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from tests import factories
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring():
    seed_catalogues()
    organisation = factories.organisation(name="Ours", country="SE")

    def bring(*rows):
        found = preview("register.csv", as_csv(*rows), organisation=organisation)
        assert found.is_applicable, [str(problem) for problem in found.problems]
        apply_preview(found, actor=None)
        columns = found.table.mapping.main.columns
        kept = [column.heading for column in columns if column.read_as == "keep"]
        return {record.name: told(record) for record in load_register(organisation=organisation.pk).activities()}, kept

    return bring


def told(record):
    """What a record says of the questions that these registers answer."""
    return {
        "bases": [row.legal_basis.code if row.legal_basis else row.stated_as for row in record.legal_bases],
        "special": str(record.special_categories),
        "recipients": [(row.stated_as, row.role) for row in record.recipients],
        "transfers": (
            str(record.transfers_answer),
            [(row.country or row.stated_as, row.safeguard) for row in record.transfers],
        ),
        "retention": record.retention_stated_as,
    }


NO_TRANSFER = ("no", [])


def test_a_swedish_register_is_understood(bring):
    records, kept = bring(
        ("Behandling", "Ändamål med behandlingen", "Rättslig grund", "Kategorier av registrerade",
         "Kategorier av personuppgifter", "Känsliga personuppgifter", "Kategorier av mottagare", "Personuppgiftsbiträde",
         "Överföring till tredjeland", "Skyddsåtgärder vid överföring", "Tidsfrister för radering",
         "Tekniska och organisatoriska säkerhetsåtgärder", "IT-system"),
        ("Löner", "Betala löner", "Rättslig förpliktelse", "Anställda", "Kontonummer", "Nej", "Skatteverket",
         "Lönebyrån AB", "Nej", "Ej tillämpligt", "7 år efter räkenskapsårets utgång", "Kryptering", "Lön+"),
        ("Kunder", "Hantera beställningar", "Avtal", "Kunder", "Adress", "Inga", "Inga", "", "Ja (Förenta staterna)",
         "Standardavtalsklausuler", "3 år efter senaste köp", "", ""),
        ("Rehabilitering", "Stödja sjuka", "Artikel 6.1 c och artikel 9.2 b i dataskyddsförordningen", "Anställda",
         "Hälsouppgifter", "Ja", "", "", "Uppgifterna överförs inte till tredjeland", "", "", "", ""),
    )  # fmt: skip

    assert kept == []
    assert records == {
        "Löner": {
            "bases": ["A6-1-c"],
            "special": "no",
            "recipients": [("Skatteverket", ""), ("Lönebyrån AB", "processor")],
            "transfers": NO_TRANSFER,
            "retention": "7 år efter räkenskapsårets utgång",
        },
        "Kunder": {
            "bases": ["A6-1-b"],
            "special": "no",
            "recipients": [],
            "transfers": ("yes", [("US", "A46-2-c")]),
            "retention": "3 år efter senaste köp",
        },
        "Rehabilitering": {
            "bases": ["A6-1-c", "A9-2-b"],
            "special": "yes",
            "recipients": [],
            "transfers": NO_TRANSFER,
            "retention": "",
        },
    }


def test_a_danish_register_is_understood(bring):
    records, kept = bring(
        ("Behandlingsaktivitet", "Formål", "Retsgrundlag", "Kategorier af registrerede", "Kategorier af personoplysninger",
         "Følsomme oplysninger", "Kategorier af modtagere", "Databehandlere", "Overførsel til tredjelande",
         "Overførselsgrundlag", "Slettefrist", "Sikkerhedsforanstaltninger", "Afdeling"),
        ("Løn", "Udbetale løn", "Retlig forpligtelse", "Medarbejdere", "Kontonummer", "Nej", "SKAT", "Lønbureau ApS",
         "Nej", "Ikke relevant", "5 år efter regnskabsårets udløb", "Adgangsstyring", ""),
        ("Kunder", "Levere varer", "Opfyldelse af en kontrakt", "Kunder", "Adresse", "Ingen", "Ingen", "", "Storbritannien",
         "Tilstrækkelighedsafgørelse", "Indtil aftalen ophører", "", ""),
        ("Sygefravær", "Følge op", "Artikel 6, stk. 1, litra c, jf. artikel 9, stk. 2, litra b", "Medarbejdere",
         "Helbredsoplysninger", "Ja", "", "", "Der overføres ikke oplysninger til tredjelande", "", "", "", ""),
    )  # fmt: skip

    assert kept == []
    assert records == {
        "Løn": {
            "bases": ["A6-1-c"],
            "special": "no",
            "recipients": [("SKAT", ""), ("Lønbureau ApS", "processor")],
            "transfers": NO_TRANSFER,
            "retention": "5 år efter regnskabsårets udløb",
        },
        "Kunder": {
            "bases": ["A6-1-b"],
            "special": "no",
            "recipients": [],
            "transfers": ("yes", [("GB", "A45-3")]),
            "retention": "Indtil aftalen ophører",
        },
        "Sygefravær": {
            "bases": ["A6-1-c", "A9-2-b"],
            "special": "yes",
            "recipients": [],
            "transfers": NO_TRANSFER,
            "retention": "",
        },
    }


def test_a_norwegian_register_is_understood(bring):
    records, kept = bring(
        ("Behandlingens navn", "Formålet med behandlingen", "Behandlingsgrunnlag", "Kategorier av registrerte",
         "Kategorier av personopplysninger", "Særlige kategorier", "Mottakere", "Databehandler",
         "Overføring til tredjeland", "Overføringsgrunnlag", "Slettefrist", "Tekniske og organisatoriske tiltak", "Fagsystem"),
        ("Lønn", "Utbetale lønn", "Rettslig forpliktelse", "Ansatte", "Kontonummer", "Nei", "Skatteetaten",
         "Lønnskontor AS", "Nei", "Ikke relevant", "5 år etter regnskapsårets slutt", "Kryptering", "Lønn+"),
        ("Kunder", "Levere varer", "Oppfylle avtale", "Kunder", "Adresse", "Ingen", "Ingen", "", "Ja, USA",
         "Standard personvernbestemmelser", "Inntil avtalen opphører", "", ""),
        ("Sykefravær", "Følge opp", "Artikkel 6 nr. 1 bokstav c og artikkel 9 nr. 2 bokstav b", "Ansatte",
         "Helseopplysninger", "Ja", "", "", "Personopplysninger overføres ikke til land utenfor EU/EØS", "", "", "", ""),
    )  # fmt: skip

    assert kept == []
    assert records == {
        "Lønn": {
            "bases": ["A6-1-c"],
            "special": "no",
            "recipients": [("Skatteetaten", ""), ("Lønnskontor AS", "processor")],
            "transfers": NO_TRANSFER,
            "retention": "5 år etter regnskapsårets slutt",
        },
        "Kunder": {
            "bases": ["A6-1-b"],
            "special": "no",
            "recipients": [],
            "transfers": ("yes", [("US", "A46-2-c")]),
            "retention": "Inntil avtalen opphører",
        },
        "Sykefravær": {
            "bases": ["A6-1-c", "A9-2-b"],
            "special": "yes",
            "recipients": [],
            "transfers": NO_TRANSFER,
            "retention": "",
        },
    }


def test_a_polish_register_is_understood(bring):
    records, kept = bring(
        ("Lp.", "Nazwa czynności przetwarzania", "Cel przetwarzania", "Kategorie osób", "Kategorie danych", "Podstawa prawna",
         "Źródło danych", "Planowany termin usunięcia kategorii danych (jeżeli jest to możliwe)",
         "Nazwa podmiotu przetwarzającego i dane kontaktowe (jeśli dotyczy)",
         "Kategorie odbiorców (innych niż podmiot przetwarzający)", "Nazwa systemu lub oprogramowania",
         "Ogólny opis technicznych i organizacyjnych środków bezpieczeństwa zgodnie z art. 32 ust. 1",
         "Transfer do kraju trzeciego lub organizacji międzynarodowej (nazwa kraju i podmiotu)"),
        ("1", "Rekrutacja", "Wybór kandydata", "Kandydaci", "wykształcenie", "art. 6 ust. 1 lit. b i c RODO", "od osoby",
         "3 miesiące od zakończenia rekrutacji", "nie dotyczy", "brak", "Kadry+", "szyfrowanie", "nie"),
        ("2", "Płace", "Wypłata", "Pracownicy", "numer konta", "Obowiązek prawny", "", "10 lat", "Biuro sp. z o.o.",
         "ZUS; Urząd Skarbowy", "", "", "Brak przekazywania danych do państw trzecich"),
        ("3", "Newsletter", "Wysyłka", "Czytelnicy", "e-mail", "Zgoda", "", "do czasu wycofania zgody", "", "", "", "",
         "Stany Zjednoczone"),
        ("4", "Monitoring", "Bezpieczeństwo", "Goście", "wizerunek", "Prawnie uzasadniony interes administratora", "", "", "",
         "Policja", "", "", "Dane nie są przekazywane do państw trzecich"),
    )  # fmt: skip

    assert kept == []
    assert {name: (one["bases"], one["recipients"], one["transfers"]) for name, one in records.items()} == {
        "Rekrutacja": (["A6-1-b", "A6-1-c"], [], NO_TRANSFER),
        "Płace": (
            ["A6-1-c"],
            [("Biuro sp. z o.o.", "processor"), ("ZUS", ""), ("Urząd Skarbowy", "")],
            NO_TRANSFER,
        ),
        "Newsletter": (["A6-1-a"], [], ("yes", [("US", "")])),
        "Monitoring": (["A6-1-f"], [("Policja", "")], NO_TRANSFER),
    }


def test_verksamhet_is_the_name_where_no_other_column_has_it(bring):
    records, kept = bring(
        ("Verksamhet", "Ändamål", "Laglig grund", "Registrerade", "Personuppgifter", "Mottagare"),
        ("Skolskjuts", "Planera skolskjuts", "Allmänt intresse", "Elever", "Namn", "Bussbolaget"),
        ("Hemtjänst", "Utföra insatser", "Myndighetsutövning", "Brukare", "Namn", "Inga"),
    )

    assert (sorted(records), kept) == (["Hemtjänst", "Skolskjuts"], [])


@pytest.mark.parametrize(
    ("headings", "rows", "names"),
    [
        (("Verksamhet", "Behandling", "Ändamål", "Registrerade"), (("Skola", "Skolskjuts", "Planera", "Elever"), ("Vård", "Hemtjänst", "Utföra", "Brukare")), ["Hemtjänst", "Skolskjuts"]),
        (("Verksamhet", "Ändamål", "Registrerade", "Mottagare"), (("Skola", "Planera", "Elever", "A"), ("Skola", "Betygsätta", "Elever", "B")), ["Betygsätta", "Planera"]),
    ],
)  # fmt: skip
def test_verksamhet_is_the_unit_beside_a_name_and_where_several_records_have_the_same(bring, headings, rows, names):
    records, _ = bring(headings, *rows)

    assert sorted(records) == names
