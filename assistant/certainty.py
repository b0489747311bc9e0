"""Words from a page that was not surely read never appear without saying so."""

from __future__ import annotations

from index.types import Document, DocumentSummary, Reading, Span

MARK = " (unsicher gelesen)"
_FULL_STOP = ".!?"


def is_uncertain(document: Document | DocumentSummary, span: Span) -> bool:
    """Whether part of `span` stands on a page that was not surely read."""
    wide = span if len(span) else Span(span.start, span.start + 1)
    return any(page.span.overlaps(wide) for page in document.uncertain)


def name_is_uncertain(document: Document | DocumentSummary) -> bool:
    """Whether what a paper is named by (kind, number, day, body) was not surely read."""
    kopf = document.kopfdaten
    readings: tuple[Reading[object] | None, ...] = (
        kopf.nummer, kopf.datum, kopf.gremium, kopf.sitzung, kopf.fassung
    )  # type: ignore[assignment]  # fmt: skip
    if any(is_uncertain(document, reading.span) for reading in readings if reading is not None):
        return True
    # The title alone: it stands where the paper begins.
    return bool(document.uncertain) and document.uncertain[0].span.start == 0


def marked(text: str, uncertain: bool = True) -> str:
    """`text` with the mark where it is `uncertain`, before its full stop; never marked twice."""
    if not uncertain or not text or text.rstrip(_FULL_STOP).endswith(MARK):
        return text
    body = text.rstrip(_FULL_STOP)
    return f"{body}{MARK}{text[len(body) :]}"


def unmarked(text: str) -> str:
    """`text` without any mark."""
    return text.replace(MARK, "")
