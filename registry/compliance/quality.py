"""Whether the record can be read: no leftovers of templates, bare links, riddles, or records that can't be told apart."""

import re
from functools import lru_cache, reduce
from operator import or_

from django.utils.translation import gettext_noop as n

from registry.compliance.context import ACRONYM, Context, Reading
from registry.compliance.gap import EVERYBODY, NOTHING, Area, Found, Severity, rule, shortened
from registry.compliance.laws import Law
from registry.compliance.signs import sign, sign_of
from registry.compliance.texts import Text, folded, said_in, texts_of
from registry.compliance.well_known import WELL_KNOWN
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, facts, words_fact

_LAWS = tuple(Law)

_MARKS = (
    "lorem ipsum", "tbd", "tbc", "to be deleted", "to be completed", "to be determined", "to be confirmed", "completer",
    "compléter", "à définir", "ausfüllen", "auszufüllen", "noch zu klären", "noch offen", "xxx", "{{", "[", "<", "??",
    "musterfirma", "sélectionnez un élément", "choose an item", "wählen sie ein element", "por completar", "da completare",
)  # fmt: skip
"""What a placeholder holds, mostly: looked for before the texts are really read."""

_PLACEHOLDER = re.compile(
    r"lorem ipsum|\b(?:tbd|tbc|to be (?:deleted|completed|determined|confirmed)|à (?:compléter|définir)|a completer|noch zu klären"
    r"|noch offen|x{3,}|por completar|da completare|musterfirma|sélectionnez un élément|choose an item|wählen sie ein element"
    r"|bitte ausfüllen|noch auszufüllen)\b|\{\{[^{}]*\}\}|\[(?:…|\.\.\.|name|insert|bitte|à compléter)[^\]]*\]"
    r"|<(?:name|insert|bitte|row to be deleted)[^>]*>|\?\?",
    re.IGNORECASE,
)
_NOTHING_SAID = frozenset(
    {
        "?",
        "-",
        "–",
        "—",
        ".",
        "...",
        "…",
        "x",
        "test",
        "todo",
        "n/a",
        "na",
        "k.a.",
        "k. a.",
        "unknown",
        "unbekannt",
        "inconnu",
        "siehe oben",
        "s.o.",
        "see above",
        "voir ci-dessus",
        "dito",
        "ditto",
        "idem",
        "diverse",
        "diverses",
        "various",
        "divers",
    }
)
_SHORT = 20
"""What says nothing is shorter than so many characters, whatever blanks surround it."""
_LAST_WORDS = frozenset(text.split()[-1] for text in _NOTHING_SAID)
_SAYS_NOTHING = sign_of(lambda word: word.casefold() in _LAST_WORDS)
_MARKED = reduce(or_, map(sign, _MARKS))
_LINKS = sign("://") | sign("www.") | sign("\\")
_LINK = re.compile(r"(?:https?://|www\.|file:|\\\\)\S+|[A-Za-z]:\\\S+", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+")


@lru_cache(maxsize=10_000)
def _acronyms_in(word: str) -> frozenset[str]:
    """Return the abbreviations in a word that not everybody knows; a Roman number is none."""
    return frozenset([one for one in ACRONYM.findall(word) if not _ROMAN.fullmatch(one)]) - WELL_KNOWN


_CAPITALS = sign_of(_acronyms_in)


def _fact_of(text: Text) -> Fact:
    """Return the fact that the text stands in; for the words of a row the list, since all lists have their words."""
    if text.row is None:
        return facts(ActivityRecord)[text.key]
    kind = type(text.row)
    return facts(ActivityRecord)[text.list] if facts(kind)[text.key] == words_fact(kind) else facts(kind)[text.key]


@rule(
    "placeholder-left",
    Area.QUALITY,
    Severity.SERIOUS,
    "GDPR Arts. 5(2), 30(1)",
    at="name",
    signs=_SAYS_NOTHING | _MARKED,
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("%(fact)s: a placeholder stands where something should be said: “%(words)s”."),
    asks=n("What should stand here?"),
    why=n("A leftover of a template says nothing, and shows that nobody has read the record."),
    remedy=n("Replace it by what is the case, or remove it."),
)
def placeholder_left(record: ActivityRecord, context: Context) -> Found:
    reading = context.reading(record)
    short = [text for text in reading.texts if 0 < len(text) <= _SHORT]
    if not _is_marked(reading) and not any(map(_says_nothing, short)):
        return NOTHING
    return [
        (text.row, {"fact": _fact_of(text), "words": found if len(text.said) > 60 else text.said})
        for text in texts_of(record)
        if (found := _placeholder_in(text.said))
    ]


def _is_marked(reading: Reading) -> bool:
    return any(map(_PLACEHOLDER.search, reading.texts_with(reading.words_with(_MARKED))))


def _says_nothing(text: str) -> bool:
    return len(text) <= _SHORT and text.strip().casefold() in _NOTHING_SAID


def _placeholder_in(text: str) -> str:
    if _says_nothing(text):
        return text
    found = _PLACEHOLDER.search(text)
    return found[0] if found else ""


@rule(
    "link-instead-of-answer",
    Area.QUALITY,
    Severity.MINOR,
    "GDPR Arts. 5(2), 30(1)",
    at="name",
    signs=_LINKS,
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("%(fact)s: nothing but a link stands there: %(words)s"),
    asks=n("What does the document say that you refer to?"),
    why=n("An authority can't follow links into your systems: the record has to say it itself."),
    remedy=n("Write down what stands there, beside the link."),
)
def link_instead_of_answer(record: ActivityRecord, context: Context) -> Found:
    reading = context.reading(record)
    links = {word for word in reading.words_with(_LINKS) if _LINK.fullmatch(word)}
    if not any(text.strip() in links for text in reading.texts_with(links)):
        return NOTHING
    return [
        (text.row, {"fact": _fact_of(text), "words": text.said})
        for text in texts_of(record)
        if text.said.strip() in links and text.key != _NOTICE
    ]


_NOTICE = "privacy_notice"
"""Where people read about the processing: a link is what belongs there."""

_EXPLAINED_IN = ("purposes", "data_subjects", "data_categories", "recipients", "measures")


@rule(
    "acronym-unexplained",
    Area.QUALITY,
    Severity.MINOR,
    "GDPR Arts. 5(2), 12(1)",
    at="description",
    signs=_CAPITALS,
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("The record uses abbreviations that it doesn't explain: %(names)s."),
    asks=n("What do these letters stand for?"),
    why=n("A record has to be understood by somebody from outside, and notices are made from it."),
    remedy=n("Write each out once, with the abbreviation in brackets behind it."),
)
def acronym_unexplained(record: ActivityRecord, context: Context) -> Found:
    reading = context.reading(record)
    used = frozenset().union(*map(_acronyms_in, reading.words_with(_CAPITALS))) - context.abbreviations
    if not used:
        return NOTHING
    read = _acronyms_read(record, used)
    left = sorted(one for one in read if not _is_explained(one, reading.words))
    return [(None, {"names": tuple(left)})] if left else NOTHING


def _acronyms_read(record: ActivityRecord, used: frozenset[str]) -> frozenset[str]:
    """Return those abbreviations that stand in what Art. 30 asks for; laws are cited by theirs, and whole titles may be
    capitals."""
    texts = [record.name, *filter(None, said_in(record, _EXPLAINED_IN))]
    texts = [said for one in used for said in texts if one in said]
    return used.intersection([one for said in texts if said != said.upper() for one in ACRONYM.findall(said)])


def _is_explained(acronym: str, words: str) -> bool:
    """Say whether the record explains it, or cites a section of a law that is called so."""
    said = (f"({acronym})", f"{acronym} (", f"{acronym} =", f"{acronym}: ")
    return (
        any(one in words for one in said)
        or bool(_spelt_out(acronym).search(words))
        or any(
            _CITED.search(words, max(0, found.start() - _NEAR), found.start())
            for found in re.finditer(rf"\b{acronym}\b", words)
        )
    )


@lru_cache(maxsize=1_000)
def _spelt_out(acronym: str) -> re.Pattern[str]:
    """Return what finds it written out: as words that begin so, or as one long word, as in “Krankenhausinformationssystem”."""
    words = r"\w+[\s-]+".join(acronym)
    compound = r"\w{3,}".join(acronym)
    return re.compile(rf"\b(?:{words}\w+|{compound}\w{{3,}})", re.IGNORECASE)


_NEAR = 44
"""So many characters before its name stands the section of a law that is cited."""
_CITED = re.compile(r"(?:§|\bArt\b|\bs\.)[^;()\n]{0,40}$")


_GENERAL_PURPOSES = frozenset(
    {
        "marketing", "marketing purposes", "advertising", "werbung", "marketingzwecke", "publicité", "finalités marketing",
        "security", "it security", "it-security", "security purposes", "sicherheit", "it-sicherheit", "sécurité", "sécurité informatique",
        "research", "future research", "forschung", "recherche", "administration", "verwaltung", "verwaltungszwecke", "gestion",
        "business purposes", "internal purposes", "geschäftszwecke", "geschäftliche zwecke", "interne zwecke", "usage interne",
        "improving user experience", "improving users' experience", "user experience", "verbesserung des nutzererlebnisses",
        "amélioration de l'expérience utilisateur", "service improvement", "various purposes", "diverse zwecke",
    }
)  # fmt: skip
"""What the Article 29 Working Party calls too vague to be specific (WP203, III.1.1), in three languages."""
_LONGEST_GENERAL = max(map(len, _GENERAL_PURPOSES)) + 10  # with a full stop and doubled blanks
_ENDS_OF_PURPOSES = frozenset(text.split()[-1] for text in _GENERAL_PURPOSES)
_OF_PURPOSES = sign_of(lambda word: word.casefold().strip(".") in _ENDS_OF_PURPOSES)


@rule(
    "purpose-too-general",
    Area.QUALITY,
    Severity.MINOR,
    "GDPR Arts. 5(1)(b), 30(1)(b)",
    at="purposes",
    given=("purposes",),
    signs=_OF_PURPOSES,
    laws=_LAWS,
    what=n("The purpose “%(purpose)s” could stand in any record."),
    asks=n("For what exactly: which processing would this purpose rule out?"),
    why=n("A purpose has to be specific: “marketing”, “IT security” or “research” alone don't tell what is allowed."),
    remedy=n("Say what is done, for whom and to what end, such as “Sending the monthly newsletter to subscribers”."),
)
def purpose_too_general(record: ActivityRecord, context: Context) -> Found:
    brief = [row for row in record.purposes if len(row.text) <= _LONGEST_GENERAL]
    return [(row, {"purpose": row}) for row in brief if folded(row.text) in _GENERAL_PURPOSES]


@rule(
    "same-purpose-as-another-record",
    Area.QUALITY,
    Severity.MINOR,
    "GDPR Art. 30(1)(b)",
    at="purposes",
    given=("purposes", "a meeting by purpose"),
    laws=_LAWS,
    what=n("The purpose “%(purpose)s” stands word for word in other records too: %(others)s."),
    asks=n("How do these activities differ?"),
    why=n("A purpose that fits two activities says too little about either, or one of them is recorded twice."),
    remedy=n("Say what is particular to this activity, or merge the records."),
)
def same_purpose_as_another_record(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"purpose": row, "others": others})
        for row in record.purposes
        if (others := context.others("purpose", folded(row.text), record))
    ]


@rule(
    "same-name-as-another-record",
    Area.QUALITY,
    Severity.MINOR,
    "GDPR Art. 5(2)",
    at="name",
    given=("a meeting by name",),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("Another record has the same name: %(others)s."),
    asks=n("Is this the same activity, recorded twice?"),
    why=n("Records that can't be told apart are changed and read in place of each other."),
    remedy=n("Give each its own name, or retire the one that is too many."),
)
def same_name_as_another_record(record: ActivityRecord, context: Context) -> Found:
    others = context.others("name", folded(record.name), record)
    return [(None, {"others": others})] if others else NOTHING


@rule(
    "words-without-place",
    Area.QUALITY,
    Severity.MINOR,
    "GDPR Art. 5(2)",
    at="unplaced",
    given=("unplaced",),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("An import left words that no field could hold: “%(words)s”."),
    asks=n("Where does this belong?"),
    why=n("What stands in no field is read by nobody."),
    remedy=n("Move the words to where they belong, and empty the field."),
)
def words_without_place(record: ActivityRecord, context: Context) -> Found:
    return [(None, {"words": shortened(record.unplaced, MOST)})] if record.unplaced else NOTHING


MOST = 160
"""So many letters of such words are told: the field itself shows all."""
