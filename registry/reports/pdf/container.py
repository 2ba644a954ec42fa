"""The PDF file as a container: numbered objects, streams, the cross-reference table and the page tree. Every object is
written out as soon as it is known, so that memory holds one page and not the document."""

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import BinaryIO

_COMPRESSION = 6
_KIDS_PER_NODE = 64
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
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._position = 0
        self._offsets: list[int] = [0]
        self._digest = hashlib.sha256()
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _emit(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._position += len(data)

    def reserve(self) -> int:
        """The number of an object that will be written later, so that others can already point to it."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def write(self, number: int, body: bytes) -> int:
        """Write the object reserved under `number`; gives the number back."""
        self._offsets[number] = self._position
        self._emit(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def add(self, body: bytes) -> int:
        """Write a new object; gives its number."""
        return self.write(self.reserve(), body)

    def add_stream(self, data: bytes, entries: Mapping[str, bytes] | None = None, *, compress: bool = True) -> int:
        """Write a new stream with the given dictionary entries; gives its number."""
        head = dict(entries or {})
        if compress:
            data = zlib.compress(data, _COMPRESSION)
            head["Filter"] = b"/FlateDecode"
        head["Length"] = b"%d" % len(data)
        return self.add(dictionary(head) + b"\nstream\n" + data + b"\nendstream")

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
        """Write the cross-reference table and the trailer. `out` itself stays open."""
        start = self._position
        lines = [b"0000000000 65535 f \n"]
        lines += [b"%010d 00000 n \n" % offset for offset in self._offsets[1:]]
        self._emit(b"xref\n0 %d\n" % len(lines) + b"".join(lines))
        identifier = b"<" + self._digest.hexdigest()[:32].upper().encode("ascii") + b">"
        trailer = {
            "Size": b"%d" % len(lines),
            "Root": reference(catalog),
            "Info": reference(info),
            "ID": array([identifier, identifier]),
        }
        self._emit(b"trailer\n" + dictionary(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start)
