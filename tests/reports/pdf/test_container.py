"""The parts of the container that a whole document cannot reach."""

import io

import pytest
from pypdf import PdfReader

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

    reader = PdfReader(io.BytesIO(out.getvalue()), strict=True)
    assert [reader.get_object(number) for number in (early, late)] == ["early", {}]


def test_small_objects_are_written_together_and_all_found_again():
    out = io.BytesIO()
    file = PdfFile(out)
    early = file.reserve()

    numbers = [file.add(b"(object %d)" % place) for place in range(600)]
    file.write(early, b"(early)")
    file.close(catalog=file.write_alone(file.reserve(), b"<<>>"), info=early)

    data = out.getvalue()
    reader = PdfReader(io.BytesIO(data), strict=True)
    assert data.count(b"/ObjStm") == 3
    assert [reader.get_object(number) for number in numbers] == [f"object {place}" for place in range(600)]
    assert reader.get_object(early) == "early"


def test_a_place_that_was_never_drawn_cannot_be_linked():
    with pytest.raises(ValueError, match="'Lost' was never drawn"):
        destination(Target("Lost"))
