"""Fonts: which characters they have, how wide those are, how they are encoded in a page, and the subset that is
embedded in the file. reportlab reads and subsets the TrueType files."""

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFile

from registry.reports.pdf.container import PdfFile, array, dictionary, reference
from registry.reports.pdf.syllables import HYPHEN, breaks

FOLDER = Path(__file__).resolve().parent.parent / "fonts"
_WORDS_KEPT = 20_000
_LONGEST_KEPT = 40

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_BREAK_AFTER = frozenset("/-_.,;:@&?=+|\\")
NO_BREAK = "\u00a0"
_TOGETHER = re.compile(
    r" (?:(?=[·–] )"
    r"|(?:(?<=[§°] )|(?<=\bs\. )|(?<=\b[Nn][ro]\. )|(?<=\b(?:[Aa]rt|Abs|par|lit)\. )|(?<=\bArts\. ))(?=\d|[a-z]\b)"
    r"|(?<=\d )(?=[^\W\d_]{3,9} \d{4}\b)|(?<=\d\. )(?=[^\W\d_]{3,9} \d{4}\b))"
)
"""Spaces at which no line ends: before a dash or dot between words, in the number of an article, in a day."""

_RESERVED_BYTES = frozenset(b"()\\\r")


class Face:
    """A TrueType file, read once per process and never changed."""

    def __init__(self, filename: str) -> None:
        self._file: Any = TTFontFile(str(FOLDER / filename))
        self._lock = Lock()
        self.name: str = bytes(self._file.name).decode("ascii")
        self.glyphs: dict[int, int] = self._file.charToGlyph
        self.widths: dict[int, int] = {code: round(width) for code, width in self._file.charWidths.items()}
        self.characters = frozenset(chr(code) for code in self.glyphs)

    def subset(self, codes: list[int]) -> bytes:
        """A TrueType file with only the glyphs of `codes`, numbered from 1 in order of their first use."""
        with self._lock:
            return bytes(self._file.makeSubset(codes))

    def descriptor(self) -> dict[str, bytes]:
        metrics = self._file
        return {
            "Flags": b"4",
            "FontBBox": array([b"%d" % round(edge) for edge in metrics.bbox]),
            "ItalicAngle": b"0",
            "Ascent": b"%d" % round(metrics.ascent),
            "Descent": b"%d" % round(metrics.descent),
            "CapHeight": b"%d" % round(metrics.capHeight),
            "StemV": b"%d" % metrics.stemV,
        }


@lru_cache(maxsize=8)
def face(filename: str) -> Face:
    """The face of a font file in the fonts folder."""
    return Face(filename)


class Coverage:
    """What the fonts of one document could not do: characters without a glyph, and text that runs right to left."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.right_to_left = False

    def lacks_something(self) -> bool:
        return bool(self.missing) or self.right_to_left


class Font:
    """A face as used in one document: measures and encodes words, and remembers which characters were used.

    A character is encoded in two bytes, numbered in order of first use. Numbers with a byte that would have to be
    escaped in a PDF string are left out, so that encoded text needs no escaping at all.
    """

    def __init__(self, source: Face, coverage: Coverage, language: str = "") -> None:
        self._face = source
        self._language = language.split("-")[0]
        self._coverage = coverage
        self._ids: dict[str, bytes] = {}
        self._advances: dict[bytes, int] = {}
        self._next = 0
        self._words: dict[str, tuple[int, bytes]] = {}
        self.space_width, self.space = self.word(" ")

    def _id(self, character: str) -> bytes:
        known = self._ids.get(character)
        if known is None:
            self._next += 1
            while not _RESERVED_BYTES.isdisjoint(self._next.to_bytes(2, "big")):
                self._next += 1
            known = self._ids[character] = self._next.to_bytes(2, "big")
            self._advances[known] = self._face.widths[ord(character)]
        return known

    def clean(self, text: str) -> str:
        """The text with line breaks made equal, invisible marks removed, and every character that the face lacks
        replaced by its code point in square brackets (and noted in the coverage)."""
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text).replace("\t", "    "))
        text = _INVISIBLE.sub("", text)
        if _RIGHT_TO_LEFT.search(text):
            self._coverage.right_to_left = True
        lacking = set(text) - self._face.characters
        lacking.discard("\n")
        if lacking:
            self._coverage.missing |= lacking
            text = text.translate({ord(character): f"[U+{ord(character):04X}]" for character in lacking})
        return text

    def word(self, word: str) -> tuple[int, bytes]:
        """Width in thousandths of the size, and the encoded bytes, of a cleaned word."""
        known = self._words.get(word)
        if known is None:
            widths = self._face.widths
            # a reader who searches for two words finds them with a plain space between them
            letters = word.replace(NO_BREAK, " ")
            known = sum([widths[ord(character)] for character in letters]), b"".join(map(self._id, letters))
            if len(word) <= _LONGEST_KEPT:
                if len(self._words) >= _WORDS_KEPT:
                    self._words.clear()
                self._words[word] = known
        return known

    def measure(self, encoded: bytes) -> int:
        """Width in thousandths of the size of encoded text."""
        return sum(self._advances[encoded[place : place + 2]] for place in range(0, len(encoded), 2))

    def reach(self, word: str, start: int, limit: int) -> int:
        """The place up to which the word fits from `start` on, in thousandths of the size."""
        widths = self._face.widths
        for place in range(start, len(word)):
            limit -= widths[ord(word[place])]
            if limit < 0:
                return place
        return len(word)

    def pieces(self, word: str, limit: int, room: int = 0) -> list[str]:
        """A word too wide for a line in pieces that fit, broken after punctuation where that is near, else between
        syllables with a hyphen, where the language's are known, else anywhere. A piece has at least one character,
        even when the limit is narrower than that. With `room` left on a line there is one more piece before them: the
        syllables that fit there, or nothing."""
        syllables = breaks(word, self._language)
        found: list[str] = []
        start = 0
        if room:
            start = self._syllables_in(word, 0, room, syllables)
            found.append(word[:start] + self._hyphen(word[:start]))
        while (end := max(self.reach(word, start, limit), start + 1)) < len(word):
            near = _after_punctuation(word, start + (end - start) // 2, end)
            cut = near or self._syllables_in(word, start, limit, syllables) or _after_punctuation(word, start, end)
            mark = "" if near or cut not in syllables else self._hyphen(word[start:cut])
            found.append(word[start : cut or end] + mark)
            start = cut or end
        return [*found, word[start:]]

    def _syllables_in(self, word: str, start: int, limit: int, syllables: Set[int]) -> int:
        """The place after the last syllable that fits from `start` on with a hyphen; 0 when none does."""
        if not syllables:
            return 0
        end = self.reach(word, start, limit - self._face.widths[ord(HYPHEN)])
        return max((place for place in syllables if start < place <= end), default=0)

    def _hyphen(self, piece: str) -> str:
        return HYPHEN if piece and piece[-1] not in _BREAK_AFTER else ""

    def lines(self, text: str, limit: int) -> list[bytes]:
        """The text broken into encoded lines no wider than `limit` thousandths of the size; nothing is lost but
        repeated spaces. Lines that more words follow end in a space beyond the limit, so that readers who join the
        lines find where the words end."""
        lines: list[bytes] = []
        space, space_width, known = self.space, self.space_width, self._words
        for paragraph in self.clean(text).strip("\n").split("\n"):
            current: list[bytes] = []
            room = limit
            for word in self._unbroken(paragraph, limit):
                if not word:
                    continue
                width, encoded = known.get(word) or self.word(word)
                if width <= room:
                    current.append(encoded)
                    room -= width + space_width
                elif width <= limit:
                    current.append(b"")
                    lines.append(space.join(current))
                    current = [encoded]
                    room = limit - width - space_width
                else:
                    *full, last = self.pieces(word, limit, room if current else 0)
                    if current:
                        first = full.pop(0)
                        current.append(self.word(first)[1])
                        lines.append(space.join(current))
                    lines += [self.word(piece)[1] for piece in full]
                    width, encoded = self.word(last)
                    current = [encoded]
                    room = limit - width - space_width
            current.append(b"")
            lines.append(space.join(current))
        lines[-1] = lines[-1][: -len(space)]
        return lines

    def _unbroken(self, paragraph: str, limit: int) -> list[str]:
        """What lines may not break, in order: words, and what belongs to them where that fits on a line."""
        glued = _TOGETHER.sub(NO_BREAK, paragraph)
        words = glued.split(" ")
        if NO_BREAK not in glued:
            return words
        return [
            part
            for word in words
            for part in (word.split(NO_BREAK) if NO_BREAK in word and self.word(word)[0] > limit else (word,))
        ]

    def embed(self, file: PdfFile) -> int:
        """Write the font with the glyphs used so far into the file; gives the font object's number."""
        codes = [ord(character) for character in self._ids]
        data = self._face.subset(codes)
        tag = "".join(chr(65 + int(digit, 16)) for digit in f"{len(codes):06X}")
        name = f"/{tag}+{self._face.name}".encode("ascii")
        embedded = file.add_stream(data, {"Length1": b"%d" % len(data)})
        descriptor = {"Type": b"/FontDescriptor", "FontName": name} | self._face.descriptor()
        descriptor["FontFile2"] = reference(embedded)
        widths = [b"%d[%d]" % (_number(known), self._face.widths[ord(one)]) for one, known in self._ids.items()]
        descendant = {
            "Type": b"/Font",
            "Subtype": b"/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "FontDescriptor": reference(file.add(dictionary(descriptor))),
            "DW": b"600",
            "W": array(widths),
            "CIDToGIDMap": reference(file.add_stream(self._glyph_map())),
        }
        font = {
            "Type": b"/Font",
            "Subtype": b"/Type0",
            "BaseFont": name,
            "Encoding": b"/Identity-H",
            "DescendantFonts": array([reference(file.add(dictionary(descendant)))]),
            "ToUnicode": reference(file.add_stream(self._unicode_map())),
        }
        return file.add(dictionary(font))

    def _glyph_map(self) -> bytes:
        """Glyph numbers of the subset by character number, two bytes each."""
        table = bytearray(2 * (self._next + 1))
        placed: dict[int, int] = {0: 0}
        for character, known in self._ids.items():
            glyph = placed.setdefault(self._face.glyphs[ord(character)], len(placed))
            place = 2 * _number(known)
            table[place : place + 2] = glyph.to_bytes(2, "big")
        return bytes(table)

    def _unicode_map(self) -> bytes:
        """The map from character numbers to Unicode, from which readers search and copy text."""
        pairs = [f"<{known.hex()}><{one.encode('utf-16-be').hex()}>" for one, known in self._ids.items()]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n{body}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _after_punctuation(word: str, start: int, end: int) -> int:
    """The last place after punctuation that lies behind `start` and not behind `end`; 0 when there is none."""
    return next((place for place in range(end, start, -1) if word[place - 1] in _BREAK_AFTER), 0)


def _number(encoded: bytes) -> int:
    return int.from_bytes(encoded, "big")
