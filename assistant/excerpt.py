"""The words of a Beleg where they stand: with the text before and after them."""

from __future__ import annotations

from pydantic import Field

from assistant.errors import InputInvalid
from assistant.fundstelle import cite
from assistant.wire.form import Wire
from index.types import Document, Span

CONTEXT_CHARACTERS = 1200
"""How much text is shown on either side."""


class ExcerptWire(Wire):
    """Eine Stelle im Wortlaut, mit dem Text davor und danach."""

    document_id: str
    source: str
    title: str
    fundstelle: str
    page: int | None = Field(description="Seite, wo die Datei Seiten hat")
    before: str
    quote: str
    after: str
    start: int
    end: int
    begins: bool = Field(description="Der Auszug beginnt am Anfang des Dokuments")
    uncertain: bool = Field(description="Von einer unsicher gelesenen Seite eines Scans")
    ends: bool = Field(description="Der Auszug endet am Ende des Dokuments")


def excerpt(
    document: Document, start: int, end: int, context: int = CONTEXT_CHARACTERS
) -> ExcerptWire:
    """Cuts `start` to `end` out of the document, with at most `context` on either side.

    The context goes to whole lines where it can.

    Raises:
        InputInvalid: the range does not lie in the text.
    """
    text = document.text
    if not start < end <= len(text):
        raise InputInvalid("Diese Stelle liegt nicht im Text des Dokuments.")
    citation = cite(1, document, Span(start, end))
    first = _line_start(text, max(0, start - context), start)
    last = _line_end(text, min(len(text), end + context), end)
    return ExcerptWire(
        document_id=document.id,
        source=document.source,
        title=document.title,
        fundstelle=citation.fundstelle,
        page=citation.page,
        before=text[first:start],
        quote=citation.quote,
        after=text[end:last],
        start=start,
        end=end,
        begins=first == 0,
        uncertain=citation.uncertain,
        ends=last == len(text),
    )


def _line_start(text: str, at: int, limit: int) -> int:
    """The first line that begins at or after `at`, before `limit`; else `at`."""
    if at == 0:
        return 0
    newline = text.find("\n", at, limit)
    return newline + 1 if newline >= 0 else at


def _line_end(text: str, at: int, limit: int) -> int:
    """The end of the last whole line up to `at`, after `limit`; else `at`."""
    if at == len(text):
        return at
    newline = text.rfind("\n", limit, at)
    return newline if newline >= 0 else at
