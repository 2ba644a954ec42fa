"""Texts that are kept as what they say and name, and said later in any language."""

import copy
import json

import pytest
from django.utils import translation

from registry.record.messages import Message, keep, listed, message_from, plural_message, say, sentences

NAMED = Message("There is no sheet “%(sheet)s” in the file.", sheet="100 %s")
MANY = plural_message("up to %(count)s character", "up to %(count)s characters", 12_400)
ONE = plural_message("up to %(count)s character", "up to %(count)s characters", 1)
INNER = Message("%(field)s: the text is too long.", field=Message("Recipients"))
LISTED = Message("one of: %(names)s", names=listed(["A", Message("Recipients")], ", …"))
BARE = Message("Split it into several files.").bare()
BOTH = sentences(Message("It says why there is none."), Message("This must be yes or no."))
LITERAL = Message("100% of it")


@pytest.mark.parametrize(
    ("message", "english", "german"),
    [
        (NAMED, "There is no sheet “100 %s” in the file.", "In der Datei gibt es kein Blatt „100 %s“."),
        (MANY, "up to 12,400 characters", "bis zu 12.400 Zeichen"),
        (ONE, "up to 1 character", "bis zu 1 Zeichen"),
        (INNER, "Recipients: the text is too long.", "Empfänger: Der Text ist zu lang."),
        (LISTED, "one of: A, Recipients, …", "eines von: A, Empfänger, …"),
        (BARE, "Split it into several files", "Teilen Sie sie in mehrere Dateien"),
        (
            BOTH,
            "It says why there is none. This must be yes or no.",
            "Das sagt, warum es keine gibt. Hier muss Ja oder Nein stehen.",
        ),
        (LITERAL, "100% of it", "100% of it"),
    ],
)
def test_a_message_is_english_as_text_and_said_in_the_language_in_force_also_once_it_was_kept(message, english, german):
    again = message_from(json.loads(json.dumps(keep(message))))

    assert message == again == english
    with translation.override("de"):
        assert (say(message), say(again)) == (german, german)
    with translation.override("en"):
        assert say(again) == english


def test_the_plural_is_that_of_the_language():
    none = plural_message("up to %(count)s character", "up to %(count)s characters", 0)

    with translation.override("fr"):
        assert (say(none), say(ONE)) == ("0 caractère au plus", "1 caractère au plus")
        assert say(MANY) == "12\N{NO-BREAK SPACE}400 caractères au plus"


def test_what_was_kept_as_mere_text_is_said_as_it_stands():
    with translation.override("de"):
        assert say(message_from("The activity has no name.")) == "The activity has no name."
        assert say(keep("Ours")) == "Ours"


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copy_is_a_message_too(copied):
    with translation.override("de"):
        assert say(copied(INNER)) == "Empfänger: Der Text ist zu lang."
