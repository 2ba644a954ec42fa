import pytest

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from tests.compliance.records import ON, Case, basis, basis_entry, data, organisation, record, said_by, three_tests

LOJA = organisation(name="Loja Ltda", country="BR")
HEALTH = (data("Health", "special_category"),)
ARTICLE_11 = basis_entry("BR-A11-II-f", "br", "special_category_condition")


def brazilian(*codes, **values):
    return record(organisation=LOJA, legal_bases=tuple(basis(code) for code in codes), **values)


CASES = {
    "lgpd-legal-basis-missing": Case(
        passes=brazilian("A6-1-b", "BR-A7-V"),
        finds=brazilian("A6-1-b"),
        says=("The record is under the law of Brazil and names only grounds of other laws: Basis A6-1-b.",),
        not_about=record(legal_bases=(basis("A6-1-b"),)),
    ),
    "gdpr-legal-basis-missing-beside-the-lgpd": Case(
        passes=record(legal_bases=(basis("A6-1-b"), basis("BR-A7-V"))),
        finds=record(legal_bases=(basis("BR-A7-V"),)),
        says=("The record is under the GDPR too, and names only grounds of other laws: Basis BR-A7-V.",),
        not_about=brazilian("BR-A7-V"),
    ),
    "lgpd-sensitive-data-without-ground": Case(
        passes=brazilian("BR-A11-I", data_categories=HEALTH),
        finds=brazilian("BR-A7-IX", data_categories=HEALTH),
        says=("Sensitive data are processed (Health), and no ground of Art. 11 of the LGPD is named.",),
        not_about=record(data_categories=HEALTH, legal_bases=(basis("A6-1-a"),)),
    ),
}


@three_tests(CASES)
def test_a_rule_about_brazilian_grounds(rule, record, context, says):
    assert said_by(rule, record, context) == says


def about_grounds(one):
    return [gap.rule.id for gap in check_record(one, Context(ON)) if gap.rule.fact == "legal_bases"]


def test_article_11_stands_in_for_article_7_where_the_data_are_sensitive():
    assert about_grounds(brazilian("BR-A11-I", data_categories=HEALTH)) == []


@pytest.mark.parametrize(
    "row",
    [
        basis("", stated_as="Tutela da saúde, art. 11, II, f"),
        basis("BR-A7-I", special_category_condition=ARTICLE_11),
        basis("BR-A7-I", provision="Art. 11, II, a"),
    ],
)
def test_a_ground_of_article_11_may_be_named_in_other_places(row):
    one = record(organisation=LOJA, data_categories=HEALTH, legal_bases=(row,))

    assert said_by("lgpd-sensitive-data-without-ground", one, Context(ON)) == ()


def test_words_alone_may_name_a_ground_of_any_law():
    assert about_grounds(record(organisation=LOJA, legal_bases=(basis("", stated_as="Execução de contrato"),))) == []


def test_under_both_laws_sensitive_data_need_the_condition_of_each():
    both = record(data_categories=HEALTH, legal_bases=(basis("A6-1-b"), basis("BR-A7-V")))

    assert about_grounds(both) == ["lgpd-sensitive-data-without-ground", "special-category-without-condition"]
