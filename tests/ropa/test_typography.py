"""French and German are set as their readers are used to: spaces, quotation marks, apostrophes, dots."""

import re

import pytest

from tests.reports.test_languages import CATALOGUES, entries, said_in

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
TAG = re.compile(r"<[^>]*>")
RULES = {
    "fr": {
        "a narrow no-break space before ; ! ?": rf"(?<!^)(?<!{NARROW})[;!?]",
        "a narrow no-break space before a colon": rf"(?<!{NARROW}):(?=\s|$)",
        "narrow no-break spaces inside guillemets": rf"«(?!{NARROW})|(?<!{NARROW})»",
        "a narrow no-break space before %": rf"[\d}}][ {WIDE}]?%(?!\()",
        "guillemets for quotation marks": "[“”„]",
        "no other space than the narrow one, but after n°": rf"(?<!n°){WIDE}|n° ",
        "no space before an ellipsis behind a word": rf"\w[ {WIDE}{NARROW}]…",
    },
    "de": {
        "no space before a mark": rf"[ {WIDE}{NARROW}][;:!?.,](?!\w)",
        "„…“ for quotation marks": "[”«»]|„[^“]*„|“[^„]*“|^[^„]*“|„[^“]*$",
        "a no-break space between a number and %": rf"[\d}}][ {NARROW}]?%(?!\()",
        "a no-break space behind Nr.": r"Nr\. ",
        "a no-break space before an ellipsis behind a word": r"\w …|(?<!\)s)(?<=\w)…",
    },
}
BOTH = {
    "an apostrophe that is one": r"\w'\w",
    "straight quotation marks nowhere": '"',
    "one sign for an ellipsis": r"\.\.\.",
    "single spaces": r"\S  +\S",
}
END = re.compile(r"[.:?!…]?\s*$")


def texts(language):
    """What each text is in English, and what it is in a language, without the tags of HTML."""
    for one in entries(language):
        english = [one["msgid"], one.get("msgid_plural", "")]
        for form, said in enumerate(said_in(one)):
            yield TAG.sub("", english[min(form, 1)]), TAG.sub("", said)


def is_about_syntax(english):
    """Whether a text shows signs that a person is to type just so."""
    return '"' in english or " ; " in english or "|" in english or "%(key)s:" in english or english.endswith(" ;")


@pytest.mark.parametrize(
    ("language", "rule"), [(language, rule) for language in RULES for rule in {**RULES[language], **BOTH}]
)
def test_what_is_said_keeps_to(language, rule):
    wrong = re.compile({**RULES[language], **BOTH}[rule])

    assert [said for english, said in texts(language) if not is_about_syntax(english) and wrong.search(said)] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_sentence_ends_as_it_does_in_english(language):
    def ends(text):
        return END.search(text)[0].replace(NARROW, "").strip()

    assert [said for english, said in texts(language) if ends(english) != ends(said)] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_text_that_is_joined_to_another_keeps_its_outer_spaces(language):
    def outer(text):
        return text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]

    assert [said for english, said in texts(language) if outer(english) != outer(said)] == []


def test_every_language_has_its_rules():
    assert sorted(RULES) == sorted(CATALOGUES)
