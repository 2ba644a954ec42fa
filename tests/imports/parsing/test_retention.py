"""Which periods a time limit's words name, as suggestions."""

import pytest

from registry.imports.parsing.retention import suggest_periods


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 Jahre ab letztem Kontakt", [(10, "year", "letztem Kontakt")]),
        ("5 ans à compter du versement de la paie", [(5, "year", "versement de la paie")]),
        ("6 years plus current", [(6, "year", "plus current")]),
        ("six (6) months from the end of the contract.", [(6, "month", "end of the contract")]),
        ("drei Jahre nach Ende des Kalenderjahres, danach Archiv", [(3, "year", "Ende des Kalenderjahres")]),
        ("6 anni dalla cessazione del rapporto", [(6, "year", "cessazione del rapporto")]),
        ("5 años desde la última compra", [(5, "year", "última compra")]),
        ("cinco anos após o término do contrato", [(5, "year", "término do contrato")]),
        ("7 jaar na einde dienstverband", [(7, "year", "einde dienstverband")]),
        ("90 Tage aktiv; 12 Monate Archiv", [(90, "day", ""), (12, "month", "")]),
        ("30 Jahre für Ehrungsakten, 10 Jahre nach Abschluss", [(30, "year", ""), (10, "year", "Abschluss")]),
        ("2 weeks", [(2, "week", "")]),
        ("24-Monate", [(24, "month", "")]),
        ("until end of contract", [(None, "", "end of contract")]),
        ("Bis Verfahrensabschluss (mind. 5 Jahre)", [(None, "", "Verfahrensabschluss"), (5, "year", "")]),
        ("jusqu'à la fin du contrat", [(None, "", "fin du contrat")]),
        ("unbefristet", [(None, "", "")]),
        ("5-10 Jahre", []),
        ("5 bis 10 Jahre", []),
        ("2.0", []),
        ("as long as necessary", []),
        ("gemäß Aktenordnung", []),
        ("§ 147 AO", []),
        ("", []),
    ],
)
def test_periods_are_suggested_in_the_order_of_the_text(text, found):
    assert [(one.number, one.unit, one.trigger) for one in suggest_periods(text)] == found


def test_a_provision_behind_a_period_is_its_source_and_no_event():
    (one,) = suggest_periods("10 Jahre nach § 147 AO")

    assert (one.trigger, one.legal_source, one.until, one.permanent) == ("", "§ 147 AO", False, False)


def test_every_suggestion_says_where_it_comes_from():
    first, second = suggest_periods("Compte : durée du compte + 12 mois. Photos : 6 mois sans activité")

    assert (first.source, second.source) == ("12 mois. Photos :".rstrip(" :"), "6 mois sans activité")
    assert second.as_json() == {
        "number": 6, "unit": "month", "trigger": "", "source": "6 mois sans activité", "legal_source": "", "until": False, "permanent": False,
    }  # fmt: skip


def test_kept_for_good_and_kept_until():
    assert [one.permanent for one in suggest_periods("dauerhaft")] == [True]
    assert [one.until for one in suggest_periods("hasta la baja")] == [True]
