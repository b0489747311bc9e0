"""Depublishing: a hidden document lives in partitions that no Access names.

The keyword table, the vectors and the levels of a hidden document bear the mark of `HIDDEN`
before their Schutzstufe. So nothing of it is found, counted or weighed by anybody, without any
reader having to remember that it must be left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw
import numpy as np

from index import codec, records
from index.connections import query
from index.reading import COUNTED
from index.records import ALONE, PASSAGE_COLUMNS, PASSAGE_TABLES
from index.store import NewDocument
from index.types import Mention, Schutzstufe, Span

HIDDEN = "depubliziert/"

ALL = frozenset(Schutzstufe)

WHOLLY = (
    f"{COUNTED} AND NOT EXISTS (SELECT 1 FROM document_levels l WHERE l.document = d.row AND "
    f"replace(l.stufe, '{HIDDEN}', '') NOT IN (SELECT value FROM json_each(:stufen)))"
)
"""Of documents `d`, those of which the person may see all, hidden or not."""


def hidden(stufe: str) -> str:
    """The name of a level's hidden counterpart."""
    return HIDDEN + stufe


def level(stufe: str) -> Schutzstufe:
    """The Schutzstufe that a partition's name stands for, hidden or not."""
    return Schutzstufe(stufe.removeprefix(HIDDEN))


def is_hidden(connection: apsw.Connection, mandant: str, document_id: str) -> bool:
    """Whether a document is depublished, stored at this moment or not."""
    found = query(
        connection,
        "SELECT 1 FROM depublications WHERE mandant = ? AND document = ?",
        (mandant, document_id),
    ).fetchone()
    return found is not None


def read_back(connection: apsw.Connection, row: int, build: int, dimension: int) -> NewDocument:
    """A stored document in the form in which it once came into a generation."""
    document = records.document(connection, row, None, ALONE)
    passages, texts, vectors = [], [], []
    for found in query(
        connection,
        f"SELECT {PASSAGE_COLUMNS}, p.keyword_text, p.keyword_whole, v.vector "
        f"FROM {PASSAGE_TABLES} JOIN vectors v ON v.passage = p.row WHERE d.row = ? "
        "AND p.build = ? ORDER BY p.ordinal",
        (row, build),
    ):
        stored: Sequence[Any] = (*found[:8], level(str(found[8])).value)
        passage = records.passage(stored, ALL)
        passages.append(passage)
        texts.append(str(found[9]) if found[10] else str(found[9]) + passage.text)
        vectors.append(np.frombuffer(found[11], "<f2").astype(np.float32))
    mentions = [
        Mention(document.id, codec.read_number(list(found[2:6])), Span(found[0], found[1]))
        for found in query(
            connection,
            "SELECT start, stop, key, wahlperiode, nummer, ergaenzung FROM mentions "
            "WHERE document = ? ORDER BY rowid",
            (row,),
        )
    ]
    (fingerprint,) = query(
        connection, "SELECT fingerprint FROM fingerprints WHERE document = ?", (row,)
    ).fetchone() or ("",)
    (chunker,) = query(
        connection,
        "SELECT chunker FROM build_documents WHERE build = ? AND document = ?",
        (build, row),
    ).fetchone() or ("",)
    matrix = np.array(vectors, np.float32).reshape(len(vectors), dimension)
    return NewDocument(
        document, passages, texts, matrix, mentions, str(fingerprint), chunker=str(chunker)
    )
