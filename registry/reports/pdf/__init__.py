"""The PDF writer: draws any `registry.reports.document.Document` straight onto pages, in one pass."""

from registry.reports.pdf.listing import write_listing
from registry.reports.pdf.writer import PdfResult, write_pdf

__all__ = ["PdfResult", "write_listing", "write_pdf"]
