"""The parts of the container that a whole document cannot reach."""

import io

import pytest

from registry.reports.pdf.closing import destination
from registry.reports.pdf.container import PdfFile
from registry.reports.pdf.page import Target


def test_objects_may_be_written_in_any_order():
    out = io.BytesIO()
    file = PdfFile(out)
    early = file.reserve()

    late = file.add(b"<<>>")
    file.write(early, b"(early)")
    file.close(catalog=late, info=early)

    data = out.getvalue()
    offsets = [int(line[:10]) for line in data.split(b"xref\n0 3\n")[1].splitlines()[1:3]]
    assert [data[offset : offset + 7] for offset in offsets] == [b"1 0 obj", b"2 0 obj"]


def test_a_place_that_was_never_drawn_cannot_be_linked():
    with pytest.raises(ValueError, match="'Lost' was never drawn"):
        destination(Target("Lost"))
