"""Rows of the documents and passages tables, and the types they stand for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from index import codec, structure_codec, visibility
from index.connections import query
from index.held import Load
from index.types import (
    Document,
    DocumentSummary,
    PageState,
    Passage,
    Schutzstufe,
    Span,
    uncertain_pages,
)
from index.visibility import Run, Stufen

DOCUMENT_COLUMNS = (
    "d.row, d.id, d.mandant, d.source, d.media_type, d.title, d.title_stufe, d.stufe, "
    "d.kopfdaten, d.shields, d.warnings, d.ingested_at, d.page_quality, d.pages"
)
PASSAGE_COLUMNS = "p.row, d.id, p.ordinal, p.start, p.stop, p.text, p.headings, p.pages, q.stufe"
PASSAGE_TABLES = (
    "passages p JOIN documents d ON d.row = p.document JOIN partitions q ON q.id = p.partition"
)
_UNREAD = (PageState.UNGELESEN, PageState.AUSSTEHEND)


@dataclass(frozen=True, slots=True)
class Versions:
    """The visible neighbours of a document in the chain of its versions."""

    supersedes: str | None = None
    superseded_by: str | None = None


ALONE = Versions()


def write_runs(runs: Sequence[Run]) -> str:
    """Runs as JSON."""
    return codec.dump([[run.span.start, run.span.end, run.stufe.value] for run in runs])


def read_runs(value: codec.Json) -> tuple[Run, ...]:
    """The inverse of `write_runs`, from the parsed JSON."""
    return tuple(Run(Span(start, end), Schutzstufe(s)) for start, end, s in value)


def summary(
    row: Sequence[Any],
    stufen: Stufen,
    passages: int,
    versions: Versions,
    load: Load = codec.load,
) -> DocumentSummary:
    """A register entry from `DOCUMENT_COLUMNS`, without what these levels may not see."""
    _, id_, mandant, source, media_type, title, title_stufe, stufe = (str(v) for v in row[:8])
    kopfdaten = load(str(row[8]), codec.read_kopfdaten)
    runs = load(str(row[9]), read_runs)
    level = Schutzstufe(stufe)
    quality = load(str(row[12]), codec.read_page_quality)
    unread = tuple(n for n, page in enumerate(quality, start=1) if page.state in _UNREAD)
    uncertain = uncertain_pages(load(str(row[13]), codec.read_spans) if quality else (), quality)
    warnings = load(str(row[10]), codec.read_strings)
    if not visibility.sees_all(runs, level, stufen):
        kopfdaten = visibility.veil_kopfdaten(kopfdaten, runs, stufen)
        title = visibility.veil_title(title, Schutzstufe(title_stufe), kopfdaten, stufen)
        warnings = warnings if level in stufen else ()
        unread = unread if level in stufen else ()
        uncertain = tuple(
            page
            for page in uncertain
            if any(run.stufe in stufen and run.span.overlaps(page.span) for run in runs)
        )
    return DocumentSummary(
        id=id_,
        mandant=mandant,
        source=source,
        media_type=media_type,
        title=title,
        kopfdaten=kopfdaten,
        visibility=level,
        passages=passages,
        ingested_at=str(row[11]),
        supersedes=versions.supersedes,
        superseded_by=versions.superseded_by,
        warnings=warnings,
        uncertain=uncertain,
        unread=unread,
        awaiting_ocr=any(page.state is PageState.AUSSTEHEND for page in quality),
        page_count=len(quality),
        recognized=sum(page.confidence is not None for page in quality),
    )


def document(
    connection: apsw.Connection, row: int, stufen: Stufen | None, versions: Versions
) -> Document:
    """A whole document as these levels may see it; with None, as it is stored."""
    found = query(
        connection,
        "SELECT id, mandant, source, media_type, title, text, pages, sections, kopfdaten, stufe, "
        "parser, warnings, shields, title_stufe, structure, page_quality FROM documents "
        "WHERE row = ?",
        (row,),
    ).fetchone()
    values = [str(value) for value in found]
    structure = codec.load(values[14], structure_codec.read_structure)
    read = Document(
        id=values[0],
        mandant=values[1],
        source=values[2],
        media_type=values[3],
        title=values[4],
        text=values[5],
        pages=codec.load(values[6], codec.read_spans),
        sections=codec.load(values[7], codec.read_sections),
        kopfdaten=codec.load(values[8], codec.read_kopfdaten),
        visibility=Schutzstufe(values[9]),
        supersedes=versions.supersedes,
        parser=values[10],
        warnings=codec.load(values[11], codec.read_strings),
        tables=structure.tables,
        provisions=structure.provisions,
        geltung=structure.geltung,
        checkboxes=structure.checkboxes,
        page_quality=codec.load(values[15], codec.read_page_quality),
    )
    if stufen is None:
        return read
    return visibility.veil(read, codec.load(values[12], read_runs), Schutzstufe(values[13]), stufen)


def write_headings(path: Sequence[tuple[str, Schutzstufe]]) -> str:
    """A heading path with its levels as JSON."""
    return codec.dump([[title, stufe.value] for title, stufe in path])


def passage(row: Sequence[Any], stufen: Stufen) -> Passage:
    """A passage from `PASSAGE_COLUMNS`, without closed headings above it."""
    document_id, ordinal = str(row[1]), row[2]
    path = codec.load(str(row[6]), lambda value: [(str(t), Schutzstufe(s)) for t, s in value])
    return Passage(
        id=passage_id(document_id, ordinal),
        document_id=document_id,
        ordinal=ordinal,
        span=Span(row[3], row[4]),
        text=str(row[5]),
        heading_path=tuple(title for title, stufe in path if stufe in stufen),
        pages=None if row[7] is None else tuple(json.loads(str(row[7]))),
        visibility=Schutzstufe(str(row[8])),
    )


def passage_id(document_id: str, ordinal: int) -> str:
    """The id a passage must bear."""
    return f"{document_id}:{ordinal}"
