"""What of a record stands in the columns that most authorities' forms have."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow, LegalBasisRow, RecipientRow, TransferRow
from registry.record.entries import DataCategoryEntry, LegalBasisEntry, RecipientEntry
from registry.record.organisations import OrganisationRecord
from registry.record.words import labelled, name_row, say
from registry.reference.answers import Answer
from registry.reference.lawful_basis import BasisKind
from registry.reference.roles import ActivityRole, ContactKind, RecipientRole
from registry.reference.special_category import DataSensitivity
from registry.reports import organisations
from registry.reports.listing import Value
from registry.reports.lists.naming import FACTS, names, once, said
from registry.reports.lists.transfers import place_of

INTERNAL = frozenset({str(RecipientRole.INTERNAL_UNIT)})
PROCESSORS = frozenset({str(RecipientRole.PROCESSOR), str(RecipientRole.SUB_PROCESSOR)})


def is_controllers(record: ActivityRecord) -> bool:
    """Return whether it is a controller's record, alone or with others."""
    return record.role != ActivityRole.PROCESSOR


def is_processors(record: ActivityRecord) -> bool:
    """Return whether it is a processor's record."""
    return record.role == ActivityRole.PROCESSOR


def reference(record: ActivityRecord) -> Value:
    """Return the record's reference."""
    return record.reference


def name(record: ActivityRecord) -> Value:
    """Return the record's name."""
    return record.name


def unit(record: ActivityRecord) -> Value:
    """Return the unit, with whom to ask there."""
    return once([say(FACTS["unit"], record.unit), record.contact])


def whose(record: ActivityRecord) -> Value:
    """Return the organisation whose record it is with how to reach it, its representative and its officer."""
    return tuple(organisations.in_short(record.organisation).split("\n"))


def contact_of(kinds: tuple[ContactKind, ...]) -> Callable[[ActivityRecord], Value]:
    """Return what says the contacts of these kinds of the record's organisation."""
    return lambda record: contacts(record.organisation, kinds)


def contacts(organisation: OrganisationRecord, kinds: tuple[ContactKind, ...]) -> tuple[str, ...]:
    """Return an organisation's contacts of these kinds, each with how to reach it."""
    return once(
        " · ".join(
            dict.fromkeys(filter(None, (one.name, one.company, organisations.address(one, ", "), one.email, one.phone)))
        )
        for one in organisation.contacts
        if one.kind in kinds
    )


def joint_controllers(record: ActivityRecord) -> Value:
    """Return the joint controllers with how to reach them."""
    return once(
        organisations.in_short(row.organisation) if isinstance(row.organisation, OrganisationRecord) else name_row(row)
        for row in record.joint_controllers
    )


def joint_controllers_if_any(record: ActivityRecord) -> Value:
    """Return the same; that there are none where it is the record of a controller alone."""
    return joint_controllers(record) or (_("none") if record.role == ActivityRole.CONTROLLER else ())


def controllers_served(record: ActivityRecord) -> Value:
    """Return the controllers on whose behalf data are processed, with how to reach them."""
    return once(
        organisations.in_short(row.organisation) if isinstance(row.organisation, OrganisationRecord) else name_row(row)
        for row in record.controllers
    )


def representatives_of_controllers(record: ActivityRecord) -> Value:
    """Return the representatives of those controllers."""
    found = (row.organisation for row in record.controllers)
    kinds = (ContactKind.REPRESENTATIVE,)
    return once(text for one in found if isinstance(one, OrganisationRecord) for text in contacts(one, kinds))


def categories_of_processing(record: ActivityRecord) -> Value:
    """Return what is carried out for controllers, for which of them where that differs (GDPR Art. 30(2)(b))."""
    found = once(row.categories_of_processing for row in record.controllers)
    if len(found) < 2:
        return found
    named = ((name_row(row), row.categories_of_processing) for row in record.controllers)
    return once(labelled(who, what) if who and what else what for who, what in named)


def purposes(record: ActivityRecord) -> Value:
    """Return the purposes."""
    return names(record.purposes)


def purposes_with_bases(record: ActivityRecord) -> Value:
    """Return each purpose with its legal bases in brackets, then the bases of the whole activity."""
    found = []
    for purpose in record.purposes:
        bases = [_basis(row) for row in record.legal_bases if row.purpose is purpose]
        found.append(f"{purpose.text} ({'; '.join(bases)})" if bases else purpose.text)
    return once([*found, *(_basis(row) for row in record.legal_bases if row.purpose is None)])


def data_subjects(record: ActivityRecord) -> Value:
    """Return the categories of data subjects."""
    return names(record.data_subjects)


def data(record: ActivityRecord) -> Value:
    """Return the categories of personal data."""
    return names(record.data_categories)


def special_data(record: ActivityRecord) -> Value:
    """Return the special categories of data; "none" only where that is answered."""
    found = names(filter(_is_special, record.data_categories))
    return found or answer(record.special_categories)


def yes_and_special_data(record: ActivityRecord) -> Value:
    """Return the same, for a form that asks for yes or no first."""
    found = names(filter(_is_special, record.data_categories))
    return (_("Yes"), *found) if found else answer(record.special_categories)


def _is_special(row: DataCategoryRow) -> bool:
    entry = row.category
    return isinstance(entry, DataCategoryEntry) and entry.sensitivity in {
        DataSensitivity.SPECIAL_CATEGORY,
        DataSensitivity.CRIMINAL_OFFENCE,
    }


def answer(value: str) -> str:
    """Return an answer in a word; nothing where nobody has assessed the question."""
    return {str(Answer.YES): _("Yes"), str(Answer.NO): _("No")}.get(str(value), "")


def sources(record: ActivityRecord) -> Value:
    """Return where the data come from."""
    return once(row.source for row in record.data_categories)


def numbered_data(record: ActivityRecord) -> Value:
    """Return the categories of data with their numbers, so that other columns can refer to them."""
    return tuple(f"{number}. {name_row(row)}" for number, row in enumerate(record.data_categories, start=1))


def recipients(record: ActivityRecord) -> Value:
    """Return all recipients, each with its role; "No" only where it is answered that there are none."""
    return once(map(_recipient, record.recipients)) or _no(record.recipients_answer)


def recipients_in(roles: frozenset[str], *, others: bool = False) -> Callable[[ActivityRecord], Value]:
    """Return what says the recipients in these roles, or in all others."""

    def say_them(record: ActivityRecord) -> Value:
        found = once(name_row(row) for row in record.recipients if (role_of(row) in roles) is not others)
        return found or (() if record.recipients else _no(record.recipients_answer))

    return say_them


def role_of(row: RecipientRow) -> str:
    """Return a recipient's role here, else its usual one."""
    usual = row.recipient.kind if isinstance(row.recipient, RecipientEntry) else ""
    return row.role or usual


def _recipient(row: RecipientRow) -> str:
    role = said(RecipientRow, "role", role_of(row))
    return f"{name_row(row)} ({role})" if role else name_row(row)


def processors(record: ActivityRecord) -> Value:
    """Return the processors."""
    return once(name_row(row) for row in record.recipients if role_of(row) in PROCESSORS)


def contracts(record: ActivityRecord) -> Value:
    """Return where the contracts with processors are kept."""
    entries = (row.recipient for row in record.recipients if role_of(row) in PROCESSORS)
    return once(
        f"{entry.name}: {entry.contract_document or said(RecipientEntry, 'contract_kind', entry.contract_kind)}"
        for entry in entries
        if isinstance(entry, RecipientEntry) and (entry.contract_document or entry.contract_kind)
    )


def places(record: ActivityRecord) -> Value:
    """Return the third countries and international organisations; "No" only where it is answered."""
    return once(place_of(row) or name_row(row) for row in record.transfers) or _no(record.transfers_answer)


def states_abroad(home: str) -> Callable[[ActivityRecord], Value]:
    """Return what says all States but ``home`` (a code) to which data go, be they third countries of the European Union
    or not; "No" only where every recipient is at home and it is answered that nothing is transferred."""

    def say_them(record: ActivityRecord) -> Value:
        entries = [row.recipient for row in record.recipients]
        seats = {entry.country: entry for entry in entries if isinstance(entry, RecipientEntry) and entry.country}
        states = [said(RecipientEntry, "country", code) for code in seats if code != home]
        found = once([*(place_of(row) or name_row(row) for row in record.transfers), *states])
        is_known = all(isinstance(entry, RecipientEntry) and entry.country for entry in entries) and (
            bool(entries) or record.recipients_answer == Answer.NO
        )
        return found or (_no(record.transfers_answer) if is_known else ())

    return say_them


def safeguards_if_any(record: ActivityRecord) -> Value:
    """Return the safeguards; that none are needed where it is answered that nothing is transferred."""
    none = record.transfers_answer == Answer.NO and not record.transfers
    return safeguards(record) or (_("not applicable") if none else ())


def safeguards(record: ActivityRecord) -> Value:
    """Return the safeguards, each with its place and where it is documented."""
    return once(map(_safeguard, record.transfers))


def transfers(record: ActivityRecord) -> Value:
    """Return each transfer: to whom, where, on what ground, and where that is documented.

    "No" only where it is answered that there are none.
    """
    return once(map(_transfer, record.transfers)) or _no(record.transfers_answer)


def _safeguard(row: TransferRow) -> str:
    ground = "; ".join(filter(None, (said(TransferRow, "safeguard", row.safeguard), row.document)))
    return f"{place_of(row)}: {ground}" if ground and place_of(row) else ground


def _transfer(row: TransferRow) -> str:
    ground = said(TransferRow, "safeguard", row.safeguard)
    return ", ".join(once([name_row(row), place_of(row), ground, row.document]))


def _no(given: str) -> Value:
    return _("No") if given == Answer.NO else ()


def measures(record: ActivityRecord) -> Value:
    """Return the security measures."""
    return names(record.measures)


def systems(record: ActivityRecord) -> Value:
    """Return the systems, each with the country that hosts it."""
    found = []
    for row in record.systems:
        country = said(type(row.system), "hosting_country", row.system.hosting_country) if row.system else ""
        found.append(f"{name_row(row)} ({country})" if country else name_row(row))
    return once(found)


def lawful_bases(record: ActivityRecord) -> Value:
    """Return the lawful bases, those in words among them."""
    return once(map(_basis, _of_kind(record, {BasisKind.LAWFUL_BASIS, BasisKind.NATIONAL_LAW, ""})))


def conditions(record: ActivityRecord) -> Value:
    """Return the conditions for special categories of data and for data on offences."""
    as_bases = map(_basis, _of_kind(record, {BasisKind.SPECIAL_CATEGORY, BasisKind.CRIMINAL_OFFENCE}))
    beside = (row.special_category_condition.label for row in record.legal_bases if row.special_category_condition)
    return once([*as_bases, *beside])


def all_bases(record: ActivityRecord) -> Value:
    """Return every legal basis with its provision."""
    return once(map(_basis, record.legal_bases))


def _of_kind(record: ActivityRecord, kinds: Iterable[str]) -> Iterator[LegalBasisRow]:
    for row in record.legal_bases:
        kind = row.legal_basis.kind if isinstance(row.legal_basis, LegalBasisEntry) else ""
        if kind in kinds:
            yield row


def _basis(row: LegalBasisRow) -> str:
    named = name_row(row)
    return f"{named}: {row.provision}" if row.provision and named else named or row.provision


def interests(record: ActivityRecord) -> Value:
    """Return the legitimate interests."""
    return once(row.interest for row in record.legal_bases)


def interest_assessments(record: ActivityRecord) -> Value:
    """Return where the balancing of interests is documented."""
    return once(row.assessment_document for row in record.legal_bases)


def schedule_1(record: ActivityRecord) -> Value:
    """Return the conditions of Schedule 1 to the Data Protection Act 2018."""
    return once(row.schedule_1_condition for row in record.legal_bases)


def automated(record: ActivityRecord) -> Value:
    """Return whether there is profiling and whether decisions are automated, where that is answered."""
    answers = ((key, answer(getattr(record, key))) for key in ("profiling", "automated_decisions"))
    return tuple(labelled(FACTS[key].title, given) for key, given in answers if given)


def day(value: date | None) -> str:
    """Return a day in words."""
    return date_format(value, "DATE_FORMAT") if value else ""


def created_and_reviewed(record: ActivityRecord) -> Value:
    """Return when the processing was introduced and when its record was last looked at."""
    return once([day(record.began_on), day(record.last_reviewed_on)])


def began(record: ActivityRecord) -> Value:
    """Return when the processing was introduced."""
    return record.began_on


def reviewed(record: ActivityRecord) -> Value:
    """Return when the record was last looked at."""
    return record.last_reviewed_on
