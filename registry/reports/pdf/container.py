"""The PDF file as a container: numbered objects, streams, the cross-reference and the page tree. Every object is
written out as soon as it is known, so that memory holds one page and not the document. Small objects are compressed
together, some hundreds at a time: a tagged page has a hundred of them."""

import hashlib
import re
import sys
import zlib
from array import array as numbers
from collections.abc import Mapping, Sequence
from typing import BinaryIO

_COMPRESSION = 4
_KIDS_PER_NODE = 64
_GATHERED = 250
_ALONE, _GATHERED_IN = 1 << 56, 2 << 56
_PLAIN = re.compile(r"[ -'*-\[\]-~]*")


def text_string(text: str) -> bytes:
    """The text as a PDF text string: literal for plain ASCII without brackets or backslash, else UTF-16 in hex."""
    if _PLAIN.fullmatch(text):
        return b"(" + text.encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode("ascii") + b">"


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """A PDF dictionary with the entries in the order given."""
    return b"<<" + b" ".join(b"/%b %b" % (key.encode("ascii"), value) for key, value in entries.items()) + b">>"


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def array(values: Sequence[bytes]) -> bytes:
    return b"[" + b" ".join(values) + b"]"


class PdfFile:
    """Writes PDF 1.7 objects to `out`, which needs only `write`: the positions are counted here.

    The same objects in the same order give the same bytes, the file's identifier included.

    `_places` holds an entry of the cross-reference for each object, eight bytes as they stand in the file: what kind of
    place it is (one byte), the position in the file or the stream that it is gathered in (five), and its place there
    (two). There may be millions.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._position = 0
        self._places = numbers("Q", [0xFFFF])
        self._gathered: list[tuple[int, bytes]] = []
        self._digest = hashlib.sha256()
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _emit(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._position += len(data)

    def reserve(self) -> int:
        """The number of an object that will be written later, so that others can already point to it."""
        self._places.append(0)
        return len(self._places) - 1

    def write(self, number: int, body: bytes) -> int:
        """Write the object reserved under `number`; gives the number back."""
        self._gathered.append((number, body))
        if len(self._gathered) == _GATHERED:
            self._write_gathered()
        return number

    def add(self, body: bytes) -> int:
        """Write a new object; gives its number."""
        return self.write(self.reserve(), body)

    def write_alone(self, number: int, body: bytes) -> int:
        """Write the object reserved under `number` uncompressed, where it stands for every reader to see."""
        self._places[number] = _ALONE + (self._position << 16)
        self._emit(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def add_stream(self, data: bytes, entries: Mapping[str, bytes] | None = None, *, compress: bool = True) -> int:
        """Write a new stream with the given dictionary entries; gives its number."""
        return self.write_alone(self.reserve(), _stream(data, entries or {}, compress=compress))

    def _write_gathered(self) -> None:
        """Write the small objects that wait as one compressed stream."""
        gathered, self._gathered = self._gathered, []
        if not gathered:
            return
        heads: list[bytes] = []
        start = 0
        for number, body in gathered:
            heads.append(b"%d %d " % (number, start))
            start += len(body) + 1
        head = b"".join(heads)
        entries = {"Type": b"/ObjStm", "N": b"%d" % len(gathered), "First": b"%d" % len(head)}
        stream = self.add_stream(head + b"\n".join([body for _, body in gathered]), entries)
        places = self._places
        for place, (number, _) in enumerate(gathered, _GATHERED_IN + (stream << 16)):
            places[number] = place

    def parents(self, count: int) -> list[int]:
        """Reserve the page tree's lower nodes for `count` pages: the parent's number of each page, in order."""
        nodes = [self.reserve() for _ in range(0, count, _KIDS_PER_NODE)]
        return [nodes[index // _KIDS_PER_NODE] for index in range(count)]

    def add_page_tree(self, pages: Sequence[int], parents: Sequence[int], inherited: Mapping[str, bytes]) -> int:
        """Write the page tree over `pages`; `inherited` holds what all pages share. Gives the root's number."""
        root = self.reserve()
        nodes = list(dict.fromkeys(parents))
        for index, node in enumerate(nodes):
            kids = pages[index * _KIDS_PER_NODE : (index + 1) * _KIDS_PER_NODE]
            entries = {
                "Type": b"/Pages",
                "Parent": reference(root),
                "Kids": array([reference(kid) for kid in kids]),
                "Count": b"%d" % len(kids),
            }
            self.write(node, dictionary(entries))
        top = {
            "Type": b"/Pages",
            "Kids": array([reference(node) for node in nodes]),
            "Count": b"%d" % len(pages),
        }
        return self.write(root, dictionary(top | dict(inherited)))

    def close(self, *, catalog: int, info: int) -> None:
        """Write what waits, and the cross-reference stream, which is the trailer too. `out` itself stays open."""
        self._write_gathered()
        start, number = self._position, self.reserve()
        self._places[number] = _ALONE + (start << 16)
        if sys.byteorder == "little":
            self._places.byteswap()
        identifier = b"<" + self._digest.hexdigest()[:32].upper().encode("ascii") + b">"
        entries = {
            "Type": b"/XRef",
            "Size": b"%d" % len(self._places),
            "W": b"[1 5 2]",
            "Root": reference(catalog),
            "Info": reference(info),
            "ID": array([identifier, identifier]),
        }
        body = _stream(self._places.tobytes(), entries, compress=True)
        self._emit(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, body, start))


def _stream(data: bytes, entries: Mapping[str, bytes], *, compress: bool) -> bytes:
    head = dict(entries)
    if compress:
        data = zlib.compress(data, _COMPRESSION)
        head["Filter"] = b"/FlateDecode"
    head["Length"] = b"%d" % len(data)
    return dictionary(head) + b"\nstream\n" + data + b"\nendstream"
