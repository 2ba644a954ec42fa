import pytest
from django.utils import translation

from registry.reference import countries, safeguards
from registry.reference.citations import cite

CITED = (
    ("GDPR Art. 30(1)(a)", "Art. 30 Abs. 1 lit. a DSGVO", "art. 30, par. 1, point a) RGPD"),
    ("GDPR Arts. 30(1)(e), (2)(c), 44", "Art. 30 Abs. 1 lit. e, Abs. 2 lit. c, 44 DSGVO", "art. 30, par. 1, point e), par. 2, point c), 44 RGPD"),
    ("GDPR Art. 4(11)", "Art. 4 Nr. 11 DSGVO", "art. 4, point 11) RGPD"),
    ("GDPR Art. 4(7)-(10)", "Art. 4 Nr. 7-10 DSGVO", "art. 4, point 7)-10) RGPD"),
    ("GDPR Art. 28(3)(a)-(h)", "Art. 28 Abs. 3 lit. a-h DSGVO", "art. 28, par. 3, point a)-h) RGPD"),
    ("GDPR Art. 46(2)(b), Art. 47", "Art. 46 Abs. 2 lit. b, Art. 47 DSGVO", "art. 46, par. 2, point b), art. 47 RGPD"),
    ("GDPR Art. 49(1), second subparagraph", "Art. 49 Abs. 1, Unterabs. 2 DSGVO", "art. 49, par. 1, deuxième alinéa RGPD"),
    ("FADP Art. 16(1), DPO Annex 1", "Art. 16 Abs. 1 DSG, DSV Anhang 1", "art. 16, par. 1 LPD, OPDo annexe 1"),
    ("UK GDPR Art. 6(1)(f); LGPD Art. 7, IX", "Art. 6 Abs. 1 lit. f UK GDPR; Art. 7, IX LGPD", "art. 6, par. 1, point f) UK GDPR; art. 7, IX LGPD"),
    ("Decision (EU) 2016/1250", "Beschluss (EU) 2016/1250", "décision (EU) 2016/1250"),
    ("Cal. Civ. Code 1798.140(v)(1)", "Cal. Civ. Code 1798.140(v)(1)", "Cal. Civ. Code 1798.140(v)(1)"),
    ("Land and Conveyancing Law Reform Act 2009 s.1", "Land and Conveyancing Law Reform Act 2009 s.1", "Land and Conveyancing Law Reform Act 2009 s.1"),
    ("", "", ""),
)  # fmt: skip


@pytest.mark.parametrize(("english", "german", "french"), CITED)
def test_places_in_the_law_are_cited_as_each_language_does_it(english, german, french):
    said = {}
    for language in ("en", "en-gb", "de", "de-at", "fr"):
        with translation.override(language):
            said[language] = cite(english)

    assert said == {"en": english, "en-gb": english, "de": german, "de-at": german, "fr": french}


def test_no_translation_in_force_leaves_the_citation_as_it_is():
    with translation.override(None):
        assert cite("GDPR Art. 9(2)(b)") == "GDPR Art. 9(2)(b)"


def test_countries_and_safeguards_are_called_in_the_language_in_force():
    places, mechanisms = dict(countries.CHOICES), dict(safeguards.CHOICES)
    said = []
    for language in ("en", "de", "fr"):
        with translation.override(language):
            said.append((str(places["DE"]), countries.by_code("US").name, str(mechanisms["A46-2-b"])))

    assert said == [
        ("Germany", "United States", "Binding corporate rules (GDPR Art. 46(2)(b), Art. 47)"),
        ("Deutschland", "Vereinigte Staaten", "Verbindliche interne Datenschutzvorschriften (Art. 46 Abs. 2 lit. b, Art. 47 DSGVO)"),
        ("Allemagne", "États-Unis", "Règles d’entreprise contraignantes (art. 46, par. 2, point b), art. 47 RGPD)"),
    ]  # fmt: skip
