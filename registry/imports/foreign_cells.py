"""From one cell of a table that isn't ours to what it says of its record, by what its column is read as."""

import re
from collections.abc import Callable, Mapping

from registry.imports.fragments import ANSWER_OF, FACTS, Fragment, Reading, Sources, row_of
from registry.imports.layouts.ticks import SPECIAL, tick
from registry.imports.mapping import IGNORE, KEEP
from registry.imports.parsing.answers import parse_answer
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.countries import find_countries
from registry.imports.parsing.legal_basis import recognise_legal_bases
from registry.imports.parsing.lists import split_list
from registry.imports.parsing.recipient_roles import parse_recipient_role
from registry.imports.parsing.safeguards import parse_safeguard
from registry.imports.problems import BadValue, ImpossibleDate
from registry.imports.source import SourceCell
from registry.imports.values import Value, blank
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.messages import Message
from registry.reference.answers import Answer
from registry.reference.dpia_criteria import AssessmentConclusion

_BARE_NONE = 20
"""A none-word longer than this carries a reason that is worth keeping."""

_Reader = Callable[[SourceCell, Blank | None, Fragment, Reading, Sources], None]


def read_cell(cell: SourceCell, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Read one cell into ``fragment``; what no field holds is kept in ``reading``, with a remark."""
    text = cell.text.strip()
    if not text or cell.key == IGNORE:
        return
    cell = cell._replace(text=text)
    kind = classify(text)
    if kind is Blank.TEMPLATE:
        reading.remark(cell, "warning", Message("This is a template's own text, not an answer; it is left out."))
        return
    if cell.value:
        _tick(cell, kind, fragment, reading, sources)
        return
    if kind is Blank.UNKNOWN and not _is_answer(cell.key):
        reading.remark(cell, "warning", Message("This says that the answer isn't known; the field is left empty."))
        return
    if cell.key == KEEP:
        reading.kept.append((cell.heading, text))
        return
    special = _SPECIAL.get(cell.key)
    list_key, _, inner = cell.key.partition(".")
    if special is not None:
        special(cell, kind, fragment, reading, sources)
    elif inner:
        _about(cell, list_key, inner, kind, fragment, reading, sources)
    elif FACTS[cell.key].kind is Kind.ROWS:
        _list(cell, kind, fragment, reading, sources)
    elif FACTS[cell.key].kind is Kind.ANSWER:
        _answer(cell, kind, fragment, reading, sources)
    else:
        _scalar(cell, kind, fragment, reading, sources)


def _is_answer(key: str) -> bool:
    return key in FACTS and FACTS[key].kind is Kind.ANSWER


# Lists


NAMED_FREELY = frozenset({"consents", "segments", "impact_assessments"})
"""Lists whose rows people name as they like: what is known about one alone makes a row called by its heading."""


def _list(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """A list in prose: each part that is called exactly like an entry becomes that entry, all others stay words."""
    if kind is Blank.NONE_STATED:
        _none(cell, fragment, reading)
        return
    fact = FACTS[cell.key]
    if cell.key in NAMED_FREELY and _bare_answer(cell.text) is not None:
        reading.keep(cell, Message("This says no more than yes or no."))
        return
    fragment.add(cell.key, [_named(fact, part, sources) for part in split_list(cell.text)], cell)
    _answered(cell, fragment)


def _none(cell: SourceCell, fragment: Fragment, reading: Reading) -> None:
    answer = ANSWER_OF.get(cell.key)
    if answer:
        fragment.say(answer, str(Answer.NO), cell)
    else:
        reading.remark(cell, "note", Message("This says that there is none; the list is left empty."))
    fragment.add(cell.key, [], cell)
    if len(cell.text) > _BARE_NONE:
        reading.keep(cell, Message("It says why there is none."), severity="note")


def _answered(cell: SourceCell, fragment: Fragment) -> None:
    answer = ANSWER_OF.get(cell.key.partition(".")[0])
    if answer:
        fragment.say(answer, str(Answer.YES), cell)


def _named(fact: Fact, text: str, sources: Sources) -> dict[str, Value]:
    """Return a row of a list that is called ``text``: the entry of that name, or the words."""
    assert fact.row is not None  # noqa: S101 only called for lists
    main, words = main_fact(fact.row), words_fact(fact.row)
    if main.kind is not Kind.ENTRY:
        return (
            row_of(fact, **{main.key: text})
            if main.kind is not Kind.CHOICE or words is None
            else row_of(fact, **{words.key: text})
        )
    found = sources.lookups.entry(main.entry, text)
    if found is not None or words is None:
        return row_of(fact, **{main.key: found})
    return row_of(fact, **{words.key: text})


def _tick(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """A cell under a value that a form lists: ticked, not ticked, or with words about it."""
    if kind is not None:
        return
    try:
        answer = parse_answer(cell.text)
    except ValueError:
        answer = None
    if answer in {Answer.NO, Answer.NOT_ASSESSED}:
        return
    fact = FACTS.get(cell.key)
    if fact is None or fact.row is None:
        reading.keep(cell, Message("Only a list has values that can be ticked."))
        return
    if answer is None and _starts_negative(cell.text):
        reading.keep(cell, Message("This begins with a no and goes on."))
        return
    row = _named(fact, cell.value, sources)
    if answer is None:
        items = "items" if "items" in row else (words_fact(fact.row) or main_fact(fact.row)).key
        row[items] = cell.text if items == "items" or not row[items] else f"{row[items]}: {cell.text}"
    fragment.add(cell.key, [row], cell)
    if cell.key == "data_categories" and cell.value in SPECIAL:
        fragment.say("special_categories", str(Answer.YES), cell)
    _answered(cell, fragment)


def _legal_bases(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    fact = FACTS["legal_bases"]
    if kind is Blank.NONE_STATED:
        fragment.add("legal_bases", [], cell)
        reading.remark(cell, "warning", Message("This says that there is no legal basis; the list is left empty."))
        return
    found = recognise_legal_bases(_spelt(cell.text))
    known = [sources.lookups.codes.get(code.casefold()) for code in found.codes]
    if None in known:
        missing = ", ".join(code for code, pk in zip(found.codes, known, strict=True) if pk is None)
        reading.remark(
            cell,
            "warning",
            Message("The catalogue has no %(codes)s; the words are kept.", codes=missing),
            Message("run seed_catalogues to add the law's own"),
        )
        rows = [row_of(fact, stated_as=cell.text)]
    else:
        rows = [row_of(fact, legal_basis=pk) for pk in known]
        if found.remainder:
            rows.append(row_of(fact, stated_as=found.remainder))
    for note in found.notes:
        reading.remark(cell, "note", note)
    if not found.codes:
        reading.remark(cell, "note", Message("No legal basis could be recognised; the words are kept as they stand."))
    fragment.add("legal_bases", rows, cell)


def _purposes_and_bases(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """A column that holds both: the text is the purpose, and the bases that it cites are read out of it."""
    if kind is Blank.NONE_STATED:
        _none(cell._replace(key="purposes"), fragment, reading)
        return
    fact = FACTS["purposes"]
    parts = [part for part in split_list(cell.text) if not _cites_only(part)]
    fragment.add("purposes", [_named(fact, part, sources) for part in parts], cell)
    found = recognise_legal_bases(cell.text)
    known = [sources.lookups.codes.get(code.casefold()) for code in found.codes]
    if None in known:
        known = []
    fragment.add("legal_bases", [row_of(FACTS["legal_bases"], legal_basis=pk) for pk in known], cell)
    if not known:
        reading.remark(
            cell, "note", Message("No legal basis could be recognised; the words are kept with the purpose.")
        )


def _cites_only(text: str) -> bool:
    found = recognise_legal_bases(text)
    return bool(found.codes) and not found.remainder


def _transfers(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Transfers: an explicit none is an answer; a country is a country; everything else stays in its words."""
    fact = FACTS["transfers"]
    if kind is Blank.NONE_STATED:
        fragment.say("transfers_answer", str(Answer.NO), cell)
        fragment.lists.setdefault("transfers", [])
        if len(cell.text) > _BARE_NONE:
            reading.keep(cell, Message("It says why there is none."), severity="note")
        return
    if _is_bare_yes(cell.text):
        fragment.say("transfers_answer", str(Answer.YES), cell)
        fragment.lists.setdefault("transfers", [])
        reading.remark(
            cell, "warning", Message("There are transfers, but not to where."), Message("the countries and safeguards")
        )
        return
    found = find_countries(cell.text)
    if found.countries and not found.words:
        rows = [row_of(fact, country=country.code) for country in found.countries]
    else:
        rows = [row_of(fact, stated_as=cell.text)]
        reading.remark(cell, "note", Message("No country could be read; the words are kept as they stand."))
    fragment.add("transfers", rows, cell)
    if _starts_negative(cell.text):
        reading.remark(
            cell,
            "warning",
            Message("This begins with a no and goes on: whether there are transfers is left unanswered."),
        )
    else:
        fragment.say("transfers_answer", str(Answer.YES), cell)


def _is_bare_yes(text: str) -> bool:
    return _bare_answer(text) is Answer.YES


def _bare_answer(text: str) -> Answer | None:
    """Return the yes or no that a text says and nothing else, or None."""
    try:
        answer = parse_answer(text)
    except ValueError:
        return None
    return answer if answer in {Answer.YES, Answer.NO} else None


def _starts_negative(text: str) -> bool:
    first = text.split()[0].strip(".,;:–—-()").casefold()
    return classify(first) is Blank.NONE_STATED


_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
_FAMILY = frozenset({"privacy", "gdpr"})


def _spelt(text: str) -> str:
    """Return a program's code, such as privacy_contract, in words; any other text as it stands."""
    if not _CODE.fullmatch(text):
        return text
    first, *others = text.split("_")
    return " ".join(others if first in _FAMILY else [first, *others])


# Single facts


_WHERE_OR_WHICH = frozenset({"privacy_notice", "rights", "rights_limits"})
"""Facts that ask for more than whether: a bare yes or no says neither where people read of it nor which rights."""


def _scalar(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    fact = FACTS[cell.key]
    if cell.key in _WHERE_OR_WHICH and _bare_answer(cell.text) is not None:
        reading.keep(cell, Message("This says no more than yes or no."))
        return
    if kind is Blank.NONE_STATED and cell.key not in {"reference", "name"}:
        fragment.say(cell.key, blank(fact), cell)
        return
    before = fragment.values.get(cell.key)
    try:
        value = sources.scalars[cell.key](cell.text, sources.organisation)
    except BadValue as error:
        if isinstance(error, ImpossibleDate):
            reading.remark(cell, "error", error.message, error.accepted)
        else:
            reading.keep(cell, error.message, error.accepted)
        return
    if before in (None, "", value) or fact.kind not in {Kind.TEXT, Kind.PROSE}:
        if before not in (None, "", value):
            reading.keep(cell, Message("Another column says something else, which is read."))
            return
        fragment.say(cell.key, value, cell)
    else:
        joint = "\n" if fact.kind is Kind.PROSE else ", "
        fragment.values[cell.key] = f"{before}{joint}{value}"


def _answer(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    try:
        answer = parse_answer(cell.text)
    except ValueError:
        if kind is Blank.NONE_STATED:
            answer = Answer.NO
        elif cell.key == "special_categories" and _special_categories(cell, fragment, sources):
            return
        else:
            reading.keep(cell, Message("This reads neither yes nor no."), FACTS[cell.key].accepted)
            return
    fragment.say(cell.key, str(answer), cell)


def _special_categories(cell: SourceCell, fragment: Fragment, sources: Sources) -> bool:
    """Read a list of nothing but special categories, such as "health data; genetic data", as these and as a yes."""
    named = [tick(part) for part in split_list(cell.text.replace(",", ";"))]
    if not all(found and found[1] in SPECIAL for found in named):
        return False
    fact = FACTS["data_categories"]
    fragment.add("data_categories", [_named(fact, found[1], sources) for found in named if found], cell)
    fragment.say("special_categories", str(Answer.YES), cell)
    return True


def _retention(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    if kind is Blank.NONE_STATED:
        reading.remark(cell, "note", Message("This says that there is none; the field is left empty."))
        if len(cell.text) > _BARE_NONE:
            reading.keep(cell, Message("It says why there is none."), severity="note")
        return
    fragment.period.append(cell)


# Facts about the rows of a list


def _about(
    cell: SourceCell,
    key: str,
    inner: str,
    kind: Blank | None,
    fragment: Fragment,
    reading: Reading,
    sources: Sources,
) -> None:
    """A fact of a list's rows that stands in a column of its own."""
    row = FACTS[key].row
    assert row is not None  # noqa: S101 the mapping's keys were checked
    fact = facts(row)[inner]
    if kind is Blank.NONE_STATED and fact.kind is not Kind.ANSWER:
        if len(cell.text) > _BARE_NONE:
            reading.keep(cell, Message("It says why there is none."), severity="note")
        return
    if fact.kind in {Kind.TEXT, Kind.PROSE}:
        fragment.tell(key, inner, cell.text, cell)
        return
    try:
        value = sources.inner[key][inner](cell.text, sources.organisation)
    except BadValue as error:
        words = words_fact(row)
        if isinstance(error, ImpossibleDate):
            reading.remark(cell, "error", error.message, error.accepted)
        elif fact.main and words is not None:
            fragment.tell(key, words.key, cell.text, cell)
        else:
            reading.keep(cell, error.message, error.accepted)
        return
    fragment.tell(key, inner, value, cell)


def _country(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """The country of a row's transfers; several countries, or any words, are transfers of their own."""
    found = find_countries(cell.text)
    if kind is None and len(found.countries) == 1 and not found.words:
        fragment.tell("transfers", "country", found.countries[0].code, cell)
    elif kind is None and not found.countries and not _is_bare_yes(cell.text) and not _starts_negative(cell.text):
        fragment.tell("transfers", "stated_as", cell.text, cell)
        reading.remark(cell, "note", Message("No country could be read; the words are kept as they stand."))
    else:
        _transfers(cell, kind, fragment, reading, sources)


def _transfer_recipient(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    if kind is Blank.NONE_STATED:
        _transfers(cell, kind, fragment, reading, sources)
    else:
        _about(cell, "transfers", "recipient", kind, fragment, reading, sources)


def _safeguard(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    if kind is Blank.NONE_STATED:
        return
    code = parse_safeguard(_spelt(cell.text))
    fragment.tell("transfers", "safeguard" if code else "stated_as", code or cell.text, cell)
    if code is None:
        reading.remark(cell, "note", Message("No safeguard could be read; the words are kept with the transfer."))


def _recipient_role(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    if kind is Blank.NONE_STATED:
        return
    role = parse_recipient_role(_spelt(cell.text))
    if role is not None:
        fragment.tell("recipients", "role", role, cell)
    else:
        fragment.tell("recipients", "stated_as", cell.text, cell)


def _data_retention(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    if kind is Blank.NONE_STATED:
        return
    schedule = sources.lookups.entry("RetentionSchedule", cell.text)
    if schedule is not None:
        fragment.tell("data_categories", "retention_schedule", schedule, cell)
    else:
        fragment.tell("data_categories", "retention_stated_as", cell.text, cell)


def _condition(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Conditions of Art. 9(2): legal bases of their own, since a list of both says not which belongs to which."""
    if kind is Blank.NONE_STATED:
        return
    text = cell.text if "9" in cell.text else f"Art. 9(2)({cell.text.strip('() ')})"
    found = recognise_legal_bases(text)
    known = [pk for code in found.codes if (pk := sources.lookups.codes.get(code.casefold()))]
    fact = FACTS["legal_bases"]
    if known and len(known) == len(found.codes):
        rows = [row_of(fact, legal_basis=pk) for pk in known]
        rows += [row_of(fact, stated_as=found.remainder)] if found.remainder else []
    else:
        rows = [row_of(fact, stated_as=cell.text)]
        reading.remark(cell, "note", Message("No condition could be recognised; the words are kept as they stand."))
    fragment.add("legal_bases", rows, cell)


def _conclusion(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Whether an impact assessment is required: yes, no, one of the choices, or words that are the reason for it."""
    answer = _bare_answer(cell.text)
    if answer is not None:
        required = AssessmentConclusion.REQUIRED if answer is Answer.YES else AssessmentConclusion.NOT_REQUIRED
        fragment.tell("impact_assessments", "conclusion", str(required), cell)
        return
    try:
        value = sources.inner["impact_assessments"]["conclusion"](cell.text, sources.organisation)
    except BadValue:
        if kind is None:
            fragment.tell("impact_assessments", "conclusion_reason", cell.text, cell)
            reading.remark(
                cell, "note", Message("Whether one is required is left open; the words are kept as the reason.")
            )
        return
    fragment.tell("impact_assessments", "conclusion", value, cell)


_SPECIAL: Mapping[str, _Reader] = {
    "impact_assessments.conclusion": _conclusion,
    "legal_bases": _legal_bases,
    "purposes_and_bases": _purposes_and_bases,
    "legal_bases.special_category_condition": _condition,
    "retention": _retention,
    "retention_number": _retention,
    "retention_unit": _retention,
    "retention_start": _retention,
    "transfers": _transfers,
    "transfers.country": _country,
    "transfers.recipient": _transfer_recipient,
    "transfers.safeguard": _safeguard,
    "recipients.role": _recipient_role,
    "data_categories.retention": _data_retention,
}
