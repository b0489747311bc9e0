"""PDF files for the tests, drawn line by line."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Line = tuple[float, float, str] | tuple[float, float, str, str, float]
"""Left, bottom, text, and font with size where they are not Helvetica 11."""


def pdf_file(pages: Sequence[Sequence[Line]], *, password: str | None = None) -> bytes:
    """A PDF with the lines of each page; an empty page is a blank one."""
    buffer = io.BytesIO()
    encrypt = password if password is not None else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt)
    canvas.setTitle("Titel der Datei")
    for lines in pages:
        for line in lines:
            font, size = (line[3], line[4]) if len(line) == 5 else ("Helvetica", 11.0)
            canvas.setFont(font, size)
            canvas.drawString(line[0], line[1], line[2])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def prose(top: float, *texts: str) -> list[Line]:
    """Lines one below the other with the leading of ordinary text."""
    return [(70, top - 14 * index, text) for index, text in enumerate(texts)]
