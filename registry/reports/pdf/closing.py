"""What a PDF says about itself besides its pages: bookmarks, metadata and the document information."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import escape

from registry.reports.document import Document
from registry.reports.pdf.container import PdfFile, dictionary, reference, text_string
from registry.reports.pdf.page import PageRecord, Target
from registry.reports.pdf.tags import Element

PRODUCER = "registry.reports.pdf"
_OPEN_AT_MOST = 60
_LONGEST_BOOKMARK = 200


@dataclass(slots=True)
class Group:
    """Pages that were drawn together, where they begin, their element, and the cards among them."""

    target: Target
    pages: list[PageRecord]
    element: Element
    cards: list[Target] = field(default_factory=list)


def destination(target: Target) -> bytes:
    """The place of a target, as a PDF destination."""
    if target.page is None:
        raise ValueError(f"{target.title!r} was never drawn, so nothing can lead to it.")
    return b"[%d 0 R /XYZ null %.2f null]" % (target.page.reserved, target.y + 6)


def bookmark(target: Target) -> str:
    """The name of a target, for bookmarks and links."""
    return " ".join(f"{target.reference} {target.title}".split())[:_LONGEST_BOOKMARK]


def write_outline(file: PdfFile, groups: Sequence[Group]) -> int:
    """Write the bookmarks: groups and, below them, their cards (folded away when there are many). Gives the root."""
    root = file.reserve()
    numbers = [file.reserve() for _ in groups]
    cards = sum(len(group.cards) for group in groups)
    for index, group in enumerate(groups):
        entries = _item(group.target, root, numbers, index)
        if group.cards:
            kids = [file.reserve() for _ in group.cards]
            entries["First"], entries["Last"] = reference(kids[0]), reference(kids[-1])
            entries["Count"] = b"%d" % (len(kids) if cards <= _OPEN_AT_MOST else -len(kids))
            for place, card in enumerate(group.cards):
                file.write(kids[place], dictionary(_item(card, numbers[index], kids, place)))
        file.write(numbers[index], dictionary(entries))
    top = {"Type": b"/Outlines"}
    if numbers:
        shown = len(numbers) + (cards if cards <= _OPEN_AT_MOST else 0)
        top |= {"First": reference(numbers[0]), "Last": reference(numbers[-1]), "Count": b"%d" % shown}
    return file.write(root, dictionary(top))


def _item(target: Target, parent: int, siblings: Sequence[int], index: int) -> dict[str, bytes]:
    entries = {
        "Title": text_string(bookmark(target)),
        "Parent": reference(parent),
        "Dest": destination(target),
    }
    if index > 0:
        entries["Prev"] = reference(siblings[index - 1])
    if index < len(siblings) - 1:
        entries["Next"] = reference(siblings[index + 1])
    return entries


def write_information(file: PdfFile, document: Document) -> int:
    """Write the document information dictionary; gives its number."""
    moment = text_string(_pdf_date(document.produced_at))
    entries = {
        "Title": text_string(document.title),
        "Author": text_string(document.author),
        "Subject": text_string(document.subject),
        "Keywords": text_string(document.keywords),
        "Producer": text_string(PRODUCER),
        "CreationDate": moment,
        "ModDate": moment,
    }
    return file.write_alone(file.reserve(), dictionary(entries))


def write_metadata(file: PdfFile, document: Document) -> int:
    """Write the same in XMP, uncompressed so that other tools find it; gives the stream's number."""
    return file.add_stream(_xmp(document).encode("utf-8"), {"Type": b"/Metadata", "Subtype": b"/XML"}, compress=False)


def _xmp(document: Document) -> str:
    moment = document.produced_at.isoformat(timespec="seconds")
    title, author, subject, keywords, language = (
        escape("".join(character for character in text if character.isprintable()))
        for text in (document.title, document.author, document.subject, document.keywords, document.language)
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>\n'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
        f"<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{PRODUCER}</pdf:Producer>\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _pdf_date(moment: datetime) -> str:
    offset = moment.strftime("%z")
    return moment.strftime("D:%Y%m%d%H%M%S") + f"{offset[:3]}'{offset[3:5]}'"
