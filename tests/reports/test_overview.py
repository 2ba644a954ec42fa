"""What the charts of a register count."""

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.document import Bar
from registry.reports.overview import MOST_BARS, Overview
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def make_activity(**fields) -> models.ProcessingActivity:
    return factories.activity(models.Organisation.objects.first() or factories.organisation(), **fields)


def charts():
    overview = Overview()
    for record in load_register().activities():
        overview.add(record)
    return {chart.title: chart for chart in overview.charts()}


def add_basis(activity, basis=None, **fields):
    with change_set():
        models.ActivityLegalBasis.objects.create(activity=activity, legal_basis=basis, **fields)


def make_basis(place: int, **fields) -> models.LegalBasis:
    with change_set():
        defaults = {"regime": "eu", "kind": "lawful_basis", "title": f"Basis {place:02d}", "code": f"X-{place}"}
        return models.LegalBasis.objects.create(**(defaults | fields))


def add_transfer(activity, **fields):
    with change_set():
        models.Transfer.objects.create(activity=activity, **fields)


def test_a_record_counts_once_for_each_basis_that_it_names():
    consent, contract = make_basis(1, title="Consent", citation="Art. X"), make_basis(2, title="Contract")
    first, second, third, _fourth = (make_activity() for _ in range(4))
    for basis in (consent, consent, contract):
        add_basis(first, basis)
    add_basis(second, contract)
    add_basis(third, stated_as="whatever the law says")

    chart = charts()["Legal bases"]

    assert chart.bars == (
        Bar("Contract", 2), Bar("Art. X – Consent", 1), Bar("in words only", 1, muted=True), Bar("not stated", 1, muted=True),
    )  # fmt: skip
    assert chart.whole == 4


def test_the_least_frequent_share_a_bar():
    activity = make_activity()
    for place in range(MOST_BARS + 3):
        add_basis(activity, make_basis(place))

    bars = charts()["Legal bases"].bars

    assert [bar.label for bar in bars[:MOST_BARS]] == [f"Basis {place:02d}" for place in range(MOST_BARS)]
    assert bars[MOST_BARS:] == (Bar("Each of 3 others, at most", 1, muted=True),)


def test_transfers_are_counted_by_country_and_by_safeguard():
    _answered, _silent, one, other = (
        make_activity(transfers_answer=answer) for answer in ("no", "not_assessed", "yes", "yes")
    )
    add_transfer(one, country="IN", safeguard="scc")
    add_transfer(one, country="IN", safeguard="")
    add_transfer(other, international_organisation="Universal Postal Union")

    found = charts()

    assert found["Transfers by country"].bars == (
        Bar("India", 1), Bar("Universal Postal Union", 1), Bar("none", 1, muted=True), Bar("not stated", 1, muted=True),
    )  # fmt: skip
    assert found["Transfers by country"].whole == 4
    safeguards = found["Transfers by safeguard"]
    assert [(bar.count, bar.muted) for bar in safeguards.bars] == [(1, False), (1, True)]
    assert safeguards.whole == 2
    assert safeguards.note == "Of the 2 records with transfers. A record may name several."


def test_one_record_with_transfers_is_one():
    add_transfer(make_activity(transfers_answer="yes"), country="IN", safeguard="scc")

    assert charts()["Transfers by safeguard"].note == "Of the 1 record with transfers. A record may name several."


def test_a_processors_records_have_no_legal_bases():
    activity = make_activity(role="processor")
    add_transfer(activity, country="IN")

    assert list(charts()) == ["Transfers by country"]


def test_no_records_no_charts():
    assert charts() == {}
