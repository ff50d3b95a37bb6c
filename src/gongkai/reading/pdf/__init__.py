"""PDF with a text layer → Document, from the characters and rules that its pages show."""

from gongkai.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
