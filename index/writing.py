"""Documents into the tables and out of them, inside a write transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import apsw
import numpy as np

from index import (
    codec,
    german,
    keyword_tables,
    publication,
    records,
    structure_codec,
    visibility,
)
from index.connections import query
from index.errors import InvalidDocument
from index.store import NewDocument
from index.types import Document, Schutzstufe
from index.visibility import Run

STORED_VECTOR = np.dtype("<f2")


@dataclass(slots=True)
class Changes:
    """What a transaction touched, for the stamps set at its end."""

    touched: set[int] = field(default_factory=set)
    thinned: set[int] = field(default_factory=set)


def check(new: NewDocument) -> None:
    """Refuses a document whose parts contradict each other.

    Raises:
        InvalidDocument: counts differ, a passage is not cut from the text, a vector is no number.
    """
    document, count = new.document, len(new.passages)
    if not (len(new.keyword_texts) == len(new.vectors) == count):
        raise _invalid(document, "Passagen, Suchtexte und Vektoren sind nicht gleich viele")
    if len({passage.ordinal for passage in new.passages}) != count:
        raise _invalid(document, "zwei Passagen tragen dieselbe Nummer")
    for passage in new.passages:
        expected = records.passage_id(document.id, passage.ordinal)
        if passage.document_id != document.id or passage.id != expected:
            raise _invalid(document, "eine Passage gehört zu einem anderen Dokument")
        if passage.span.cut(document.text) != passage.text:
            raise _invalid(document, f"Passage {passage.ordinal} steht so nicht im Text")
    if count and not np.isfinite(np.asarray(new.vectors, STORED_VECTOR)).all():
        raise _invalid(document, "ein Vektor enthält keine gültigen Zahlen")


def _invalid(document: Document, reason: str) -> InvalidDocument:
    return InvalidDocument(
        f"{document.source}: Das Dokument lässt sich nicht speichern, {reason}. "
        "Bitte die Datei melden; sie wurde nicht aufgenommen."
    )


def partition(connection: apsw.Connection, build: int, mandant: str, stufe: str) -> int:
    """The partition of a generation, a Mandant and a level, made where it is missing."""
    key = (build, mandant, stufe)
    sql = "SELECT id FROM partitions WHERE build = ? AND mandant = ? AND stufe = ?"
    found = query(connection, sql, key).fetchone()
    if found is None:
        connection.execute("INSERT INTO partitions (build, mandant, stufe) VALUES (?, ?, ?)", key)
        found = query(connection, sql, key).fetchone()
        keyword_tables.create(connection, int(found[0]))
    return int(found[0])


def insert(
    connection: apsw.Connection,
    new: NewDocument,
    analyses: Sequence[german.Analysis],
    changes: Changes,
) -> None:
    """Stores one document in the active generation; one of the same bytes is replaced in all.

    `analyses` are the terms of the keyword texts, in their order.
    """
    document = new.document
    if document.supersedes == document.id:
        document = replace(document, supersedes=None)
    document = _make_room(connection, document, changes)
    passages = [
        replace(passage, visibility=visibility.passage_stufe(document, passage))
        for passage in new.passages
    ]
    runs = visibility.paint(document, passages)
    row = _insert_document(connection, document, runs)
    levels = {passage.visibility for passage in passages}
    levels.add(visibility.strictest([document.visibility, *(run.stufe for run in runs)]))
    hidden = publication.is_hidden(connection, document.mandant, document.id)
    names = {
        stufe: publication.hidden(stufe.value) if hidden else stufe.value
        for stufe in sorted(levels)
    }
    connection.executemany(
        "INSERT INTO document_levels VALUES (?, ?)", [(row, name) for name in names.values()]
    )
    _insert_numbers(connection, row, new, runs)
    if new.fingerprint:
        connection.execute(
            "INSERT INTO fingerprints VALUES (?, ?, ?)", (row, document.mandant, new.fingerprint)
        )
    new = replace(new, document=document, passages=passages)
    _insert_passages(connection, active_build(connection), row, new, analyses, names, changes)


def active_build(connection: apsw.Connection) -> int:
    """The generation that answers."""
    (found,) = query(connection, "SELECT id FROM builds WHERE state = 'aktiv'").fetchone()
    return int(found)


def insert_into_build(
    connection: apsw.Connection,
    build: int,
    row: int,
    new: NewDocument,
    analyses: Sequence[german.Analysis],
    changes: Changes,
) -> None:
    """Stores the passages of a stored document in a further generation.

    Who may see a document at all was settled when it came in, so a passage of a level that the
    document does not have is closed like the whole.
    """
    names = {
        publication.level(str(name)): str(name)
        for (name,) in query(
            connection, "SELECT stufe FROM document_levels WHERE document = ?", (row,)
        )
    }
    closed = visibility.strictest(list(names))
    stufen = [visibility.passage_stufe(new.document, passage) for passage in new.passages]
    passages = [
        replace(passage, visibility=stufe if stufe in names else closed)
        for passage, stufe in zip(new.passages, stufen, strict=True)
    ]
    new = replace(new, passages=passages)
    _insert_passages(connection, build, row, new, analyses, names, changes)


def _make_room(connection: apsw.Connection, document: Document, changes: Changes) -> Document:
    """Removes an entry of the same bytes; the new one takes its place among the versions.

    Unless it supersedes one of its own successors: then an old state was put in force again.
    """
    key = (document.mandant, document.id)
    held = query(
        connection, "SELECT row, supersedes FROM documents WHERE mandant = ? AND id = ?", key
    ).fetchone()
    if held is None:
        return document
    successors = [
        str(id_)
        for (id_,) in query(
            connection, "SELECT id FROM documents WHERE mandant = ? AND supersedes = ?", key
        )
    ]
    later = query(
        connection,
        "WITH RECURSIVE later (id) AS (SELECT ?2 UNION SELECT d.id FROM documents d "
        "JOIN later ON d.supersedes = later.id WHERE d.mandant = ?1) SELECT id FROM later",
        key,
    ).fetchall()
    remove(connection, int(held[0]), changes)
    if (document.supersedes,) in later:
        return document
    connection.executemany(
        "UPDATE documents SET supersedes = ? WHERE mandant = ? AND id = ?",
        [(document.id, document.mandant, successor) for successor in successors],
    )
    return replace(document, supersedes=document.supersedes or held[1])


def _insert_document(connection: apsw.Connection, document: Document, runs: Sequence[Run]) -> int:
    kopfdaten = document.kopfdaten
    connection.execute(
        "INSERT INTO documents (id, mandant, source, media_type, title, title_stufe, stufe, art, "
        "wahlperiode, head_stufe, text, kopfdaten, sections, pages, shields, warnings, parser, "
        "supersedes, ingested_at, structure, page_quality) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            document.mandant,
            document.source,
            document.media_type,
            document.title,
            visibility.title_stufe(document, runs).value,
            document.visibility.value,
            kopfdaten.art.value if kopfdaten.art else "",
            kopfdaten.wahlperiode,
            _head_stufe(document, runs).value,
            document.text,
            codec.dump(codec.write_kopfdaten(kopfdaten)),
            codec.dump([codec.write_section(section) for section in document.sections]),
            codec.dump(codec.write_spans(document.pages)),
            records.write_runs(runs),
            codec.dump(list(document.warnings)),
            document.parser,
            document.supersedes,
            datetime.now(UTC).isoformat(timespec="seconds"),
            codec.dump(structure_codec.write_structure(document)),
            codec.dump(codec.write_page_quality(document.page_quality)),
        ),
    )
    row = connection.last_insert_rowid()
    connection.execute(
        "UPDATE documents SET superseded_by = ? WHERE mandant = ? AND id = ?",
        (document.id, document.mandant, document.supersedes),
    )
    # Its successor is there already when a document is read anew.
    connection.execute(
        "UPDATE documents SET superseded_by = (SELECT later.id FROM documents later WHERE "
        "later.mandant = documents.mandant AND later.supersedes = documents.id "
        "ORDER BY later.row DESC LIMIT 1) WHERE row = ?",
        (row,),
    )
    return row


def _head_stufe(document: Document, runs: Sequence[Run]) -> Schutzstufe:
    """The level at which art and number may be known, as filters and counts use them."""
    readings = (document.kopfdaten.art, document.kopfdaten.nummer)
    stufen = [visibility.span_stufe(item.span, runs) for item in readings if item is not None]
    return visibility.strictest(stufen or [document.visibility])


def _insert_numbers(
    connection: apsw.Connection, row: int, new: NewDocument, runs: Sequence[Run]
) -> None:
    kopfdaten = new.document.kopfdaten
    if kopfdaten.nummer is not None:
        number, span = kopfdaten.nummer.value, kopfdaten.nummer.span
        connection.execute(
            "INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new.document.mandant,
                number.key,
                kopfdaten.benennung,
                row,
                visibility.span_stufe(span, runs).value,
                number.wahlperiode,
                number.nummer,
                number.ergaenzung,
            ),
        )
    connection.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row,
                mention.span.start,
                mention.span.end,
                mention.number.key,
                mention.number.wahlperiode,
                mention.number.nummer,
                mention.number.ergaenzung,
                visibility.span_stufe(mention.span, runs).value,
            )
            for mention in new.mentions
        ],
    )


def _insert_passages(
    connection: apsw.Connection,
    build: int,
    row: int,
    new: NewDocument,
    analyses: Sequence[german.Analysis],
    names: Mapping[Schutzstufe, str],
    changes: Changes,
) -> None:
    """Stores passages, terms and vectors; `names` are the partitions' levels by Schutzstufe."""
    mandant = new.document.mandant
    places = {stufe: partition(connection, build, mandant, name) for stufe, name in names.items()}
    changes.touched |= set(places.values())
    connection.execute("INSERT INTO build_documents VALUES (?, ?, ?)", (build, row, new.chunker))
    found: dict[int, list[tuple[int, german.Analysis]]] = {}
    vectors = np.ascontiguousarray(new.vectors, STORED_VECTOR)
    stored: list[tuple[int, bytes]] = []
    for passage, text, vector, analysis in zip(
        new.passages, new.keyword_texts, vectors, analyses, strict=True
    ):
        before = text.removesuffix(passage.text)
        whole = len(before) == len(text) and bool(passage.text)
        place = places[passage.visibility]
        connection.execute(
            "INSERT INTO passages (document, build, partition, ordinal, start, stop, text, "
            "headings, pages, keyword_text, keyword_whole) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row,
                build,
                place,
                passage.ordinal,
                passage.span.start,
                passage.span.end,
                passage.text,
                records.write_headings(visibility.headings(new.document, passage)),
                None if passage.pages is None else codec.dump(list(passage.pages)),
                before,
                int(whole),
            ),
        )
        passage_row = connection.last_insert_rowid()
        found.setdefault(place, []).append((passage_row, analysis))
        stored.append((passage_row, vector.tobytes()))
    for place, rows in found.items():
        keyword_tables.insert(connection, place, rows)
    connection.executemany("INSERT INTO vectors VALUES (?, ?)", stored)


def remove(connection: apsw.Connection, row: int, changes: Changes) -> None:
    """Takes a document out of every generation.

    The versions around it are joined, an earlier one is valid again.
    """
    id_, mandant, supersedes = query(
        connection, "SELECT id, mandant, supersedes FROM documents WHERE row = ?", (row,)
    ).fetchone()
    places: dict[int, list[int]] = {}
    for passage_row, place in query(
        connection, "SELECT row, partition FROM passages WHERE document = ?", (row,)
    ):
        places.setdefault(int(place), []).append(int(passage_row))
    for place, rows in places.items():
        if keyword_tables.exists(connection, place):
            keyword_tables.remove(connection, place, rows)
    changes.thinned |= set(places)
    changes.touched |= {
        int(place)
        for (place,) in query(
            connection,
            "SELECT q.id FROM partitions q JOIN document_levels l ON l.stufe = q.stufe "
            "WHERE l.document = ? AND q.mandant = ?",
            (row, mandant),
        )
    }
    connection.execute("DELETE FROM documents WHERE row = ?", (row,))
    connection.execute(
        "UPDATE documents SET supersedes = ? WHERE mandant = ? AND supersedes = ?",
        (supersedes, mandant, id_),
    )
    connection.execute(
        "UPDATE documents SET superseded_by = (SELECT later.id FROM documents later WHERE "
        "later.mandant = documents.mandant AND later.supersedes = documents.id "
        "ORDER BY later.row DESC LIMIT 1) WHERE mandant = ? AND superseded_by = ?",
        (mandant, id_),
    )


def stamp(connection: apsw.Connection, changes: Changes) -> None:
    """Counts the stamps on, so that every reader notices."""
    connection.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
    )
    stamp_partitions(connection, changes)


def stamp_partitions(connection: apsw.Connection, changes: Changes) -> None:
    """Counts the stamps of partitions on, where the documents stay what they are."""
    state = secrets.token_hex(8)
    connection.executemany(
        "UPDATE partitions SET generation = generation + 1, state = ?, removals = removals + ? "
        "WHERE id = ?",
        [(state, int(place in changes.thinned), place) for place in sorted(changes.touched)],
    )


def keyword_text(before: str, whole: int, text: str) -> str:
    """The keyword text of a stored passage."""
    return before if whole else before + text


def renew_terms(connection: apsw.Connection, partitions: Iterable[int], changes: Changes) -> None:
    """Fills keyword tables again from the stored texts, after the analysis changed."""
    for place in partitions:
        keyword_tables.clear(connection, place)
        rows = query(
            connection,
            "SELECT row, keyword_text, keyword_whole, text FROM passages WHERE partition = ?",
            (place,),
        )
        keyword_tables.insert(
            connection,
            place,
            (
                (int(row), german.analyse(keyword_text(str(before), int(whole), str(text))))
                for row, before, whole, text in rows.fetchall()
            ),
        )
        changes.touched.add(place)
