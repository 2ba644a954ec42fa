"""Whether the processing may happen at all: Art. 6 and its likes."""

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Quoted, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.texts import says
from registry.record.activity import ActivityRecord
from registry.reference.answers import Answer
from registry.reference.lawful_basis import BY_CODE, BasisKind
from registry.reference.source import in_force

_LAWFUL = frozenset({str(BasisKind.LAWFUL_BASIS), str(BasisKind.NATIONAL_LAW)})


@rule(
    "legal-basis-missing",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "GDPR Art. 6(1)",
    at="legal_bases",
    given=("no legal_bases",),
    also={Law.BR: "LGPD Arts. 7, 37", Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Arts. 8, 24(1)(g)"},
    what=n("The record names no legal basis."),
    asks=n("On which ground are these data processed?"),
    why=n("Without one of the grounds of the law the processing is unlawful, whatever else is in order."),
    remedy=n("Add the legal basis of each purpose, or of the whole activity."),
)
def legal_basis_missing(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.legal_bases else HERE


@rule(
    "no-lawful-basis-among-legal-bases",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "GDPR Art. 6(1)",
    at="legal_bases.legal_basis",
    given=("legal_bases", "no a lawful basis"),
    what=n("The record names only %(names)s, none of which is a ground of Art. 6."),
    asks=n("Which of the six grounds of Art. 6 is this based on?"),
    why=n(
        "A condition for special categories, or a provision about offences, comes on top of a lawful basis and doesn't replace it."
    ),
    remedy=n("Add the lawful basis of Art. 6 beside what is there."),
)
def no_lawful_basis(record: ActivityRecord, context: Context) -> Found:
    if not record.legal_bases:
        return NOTHING
    for row in record.legal_bases:
        if row.legal_basis is None or row.legal_basis.kind in _LAWFUL:
            return NOTHING  # words alone may name it
    return [(None, {"names": tuple([row.legal_basis for row in record.legal_bases])})]


@rule(
    "purpose-without-legal-basis",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Arts. 5(1)(b), 6(1)",
    at="purposes",
    given=("legal_bases", "no a legal basis for all purposes"),
    also={Law.BR: "LGPD Art. 7"},
    what=n("Other purposes have a legal basis of their own; “%(purpose)s” has none."),
    asks=n("On which ground are data processed for this purpose?"),
    why=n("Each purpose needs its ground: notices have to name both together."),
    remedy=n("Add a legal basis for this purpose, or one for the whole activity."),
)
def purpose_without_legal_basis(record: ActivityRecord, context: Context) -> Found:
    covered = set()
    for row in record.legal_bases:
        if row.purpose is None:
            return NOTHING
        covered.add(row.purpose.pk)
    if not covered or len(covered) == len(record.purposes):
        return NOTHING
    return [(row, {"purpose": row}) for row in record.purposes if row.pk not in covered]


@rule(
    "legal-basis-not-in-force",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Art. 6",
    at="legal_bases.legal_basis",
    given=("a basis out of force",),
    laws=tuple(Law),
    what=n("%(basis)s isn't in force on %(on)s."),
    asks=n("What is the processing based on today?"),
    why=n("A ground supports processing only while it is law."),
    remedy=n("Replace it by a ground that is in force."),
)
def legal_basis_not_in_force(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in record.legal_bases:
        basis = row.legal_basis
        if basis is None:
            continue
        term = BY_CODE.get(basis.code)
        ended = basis.retired_on is not None and basis.retired_on <= context.on
        if ended or (term is not None and not in_force(term, context.on)):
            found.append((row, {"basis": basis, "on": context.on}))
    return found


@rule(
    "legal-obligation-without-provision",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Art. 6(1)(c), (3)",
    at="legal_bases.provision",
    given=("a legal obligation",),
    what=n("A legal obligation is relied on, and no provision is named that imposes it."),
    asks=n("Which law obliges you to process these data?"),
    why=n("The obligation has to be laid down in Union or Member State law; a contract or a guideline isn't one."),
    remedy=n("Enter law and section as the provision, such as “Companies Act 2014 s.285”."),
)
def legal_obligation_without_provision(record: ActivityRecord, context: Context) -> Found:
    return _without_provision(record, grounds.LEGAL_OBLIGATION)


@rule(
    "public-task-without-provision",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Art. 6(1)(e), (3)",
    at="legal_bases.provision",
    given=("a public task",),
    what=n(
        "A task in the public interest or official authority is relied on, and no provision is named that confers it."
    ),
    asks=n("Which law gives you this task?"),
    why=n("The task has to be laid down in Union or Member State law."),
    remedy=n("Enter law and section as the provision."),
)
def public_task_without_provision(record: ActivityRecord, context: Context) -> Found:
    return _without_provision(record, grounds.PUBLIC_TASK)


def _without_provision(record: ActivityRecord, codes: frozenset[str]) -> Found:
    if grounds.names_law_by_itself(record):
        return NOTHING
    return [
        (row, {})
        for row in record.legal_bases
        if row.legal_basis is not None and row.legal_basis.code in codes and not grounds.provision_of(row)
    ]


@rule(
    "legitimate-interest-not-stated",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Arts. 6(1)(f), 13(1)(d), 14(2)(b)",
    at="legal_bases.interest",
    given=("legitimate interests", "an interest not stated"),
    also={Law.BR: "LGPD Art. 10"},
    what=n("Legitimate interests are relied on, and the record doesn't say which."),
    asks=n("Which interest is pursued, and whose?"),
    why=n("The interest can only be weighed, and told to the people concerned, once it is named."),
    remedy=n("Enter the interest in a sentence."),
)
def legitimate_interest_not_stated(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {})
        for row in record.legal_bases
        if row.legal_basis is not None
        and row.legal_basis.code in grounds.LEGITIMATE_INTEREST
        and not (row.interest or grounds.says_more_than_ground(row.stated_as))
    ]


@rule(
    "legitimate-interest-not-assessed",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Arts. 5(2), 6(1)(f)",
    at="legal_bases.assessment_document",
    given=("legitimate interests", "an interest not assessed"),
    also={Law.BR: "LGPD Art. 10"},
    what=n(
        "Legitimate interests are relied on%(which)s, and no balancing against those of the people concerned is documented."
    ),
    asks=n("Where have you weighed this interest against the rights of the people concerned?"),
    why=n(
        "The ground only holds where those rights don't override the interest, and it is for the controller to show that."
    ),
    remedy=n("Carry out the assessment, and enter where it is documented, its outcome and its date."),
)
def legitimate_interest_not_assessed(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"which": Quoted(row.interest, is_aside=True) if row.interest else ""})
        for row in record.legal_bases
        if row.legal_basis is not None
        and row.legal_basis.code in grounds.LEGITIMATE_INTEREST
        and not (says(row.assessment_document) or says(row.assessment_outcome))
    ]


@rule(
    "legitimate-interest-of-a-public-authority",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "GDPR Art. 6(1), second subparagraph",
    at="legal_bases.legal_basis",
    given=("legitimate interests", "public authority"),
    what=n("%(organisation)s is a public authority, and legitimate interests are relied on."),
    asks=n("Does this belong to your public tasks, and which law gives you the task?"),
    why=n("Public authorities can't rely on legitimate interests in the performance of their tasks."),
    remedy=n(
        "Rely on the task in the public interest with its provision; where it is no public task, say so in the provision."
    ),
)
def legitimate_interest_of_a_public_authority(record: ActivityRecord, context: Context) -> Found:
    if record.organisation.public_authority != Answer.YES:
        return NOTHING
    return [
        (row, {"organisation": record.organisation})
        for row in record.legal_bases
        if row.legal_basis is not None
        and row.legal_basis.code in grounds.LEGITIMATE_INTEREST_BALANCED
        and not row.provision
    ]
