"""Folds words to the form in which two spellings of the same word are equal: for comparing, never for storing."""

import re
import unicodedata

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"}
)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the text in lower case without accents and punctuation, its words separated by single spaces.

    German umlauts fold to two letters ("Empfänger" and "Empfaenger" are one word); text of signs alone folds to "".
    """
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", plain).strip()
