"""Compares what is stored with itself: database, texts, keyword tables, vectors, FAISS files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import apsw
import numpy as np

from index import codec, german, keyword_tables, records
from index.connections import query
from index.errors import StoreDamaged
from index.searching import Searcher, partition_embedder, unpack
from index.writing import STORED_VECTOR, keyword_text

# Sentences of one kind after which the rest is only counted.
SHOWN = 5


def differences(connection: apsw.Connection, searcher: Searcher) -> list[str]:
    """A German sentence for each difference, none if everything agrees."""
    found = _database(connection)
    if found:
        # Comparing parts of a broken file would only name the same damage again.
        return found
    found = _texts(connection) + _builds(connection)
    partitions = query(
        connection,
        "SELECT q.id, q.mandant, q.stufe, b.id, b.state FROM partitions q JOIN builds b "
        "ON b.id = q.build WHERE b.state <> 'aufgegeben'",
    ).fetchall()
    for id_, mandant, stufe, build, state in partitions:
        place = f"Mandant {mandant}, Schutzstufe {stufe}"
        if state != "aktiv":
            place += f", Generation {build}"
        found += _keywords(connection, id_, place)
        found += _vectors(connection, id_, place, searcher)
    return found


def _database(connection: apsw.Connection) -> list[str]:
    try:
        results = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
        broken = [] if results == ["ok"] else results
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except apsw.CorruptError as error:
        broken, orphans = [str(error)], []
    found = [f"Die Datenbank ist beschädigt: {result}" for result in broken]
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        found.append(f"{len(orphans)} Einträge verweisen ins Leere (Tabellen: {tables}).")
    return found


def _texts(connection: apsw.Connection) -> list[str]:
    sentences = []
    documents = query(connection, "SELECT row, id, mandant, source FROM documents").fetchall()
    for row, id_, mandant, source in documents:
        name = f"Dokument {str(id_)[:12]} ({source})"
        try:
            document = records.document(connection, row, None, records.ALONE)
            (shields,) = query(
                connection, "SELECT shields FROM documents WHERE row = ?", (row,)
            ).fetchone() or ("",)
            runs = codec.load(str(shields), records.read_runs)
        except (StoreDamaged, ValueError):
            sentences.append(f"{name}: Die gespeicherten Felder sind nicht lesbar.")
            continue
        ends = [0, *(run.span.end for run in runs)]
        starts = [*(run.span.start for run in runs), len(document.text)]
        if ends != starts:
            sentences.append(f"{name}: Die Schutzstufen decken den Text nicht ab.")
        for ordinal, start, stop, text, stufe, holder in query(
            connection,
            "SELECT p.ordinal, p.start, p.stop, p.text, q.stufe, q.mandant FROM passages p "
            "JOIN partitions q ON q.id = p.partition WHERE p.document = ?",
            (row,),
        ):
            here = f"{name}, Passage {ordinal}"
            if document.text[start:stop] != text:
                sentences.append(f"{here}: Der Wortlaut steht so nicht im Text des Dokuments.")
            if holder != mandant:
                sentences.append(f"{here}: Sie liegt bei einem anderen Mandanten als ihr Dokument.")
            open_level = query(
                connection,
                "SELECT 1 FROM document_levels WHERE document = ? AND stufe = ?",
                (row, str(stufe)),
            ).fetchone()
            if open_level is None:
                sentences.append(f"{here}: Ihre Schutzstufe fehlt am Dokument.")
    return _shortened(sentences)


def _builds(connection: apsw.Connection) -> list[str]:
    """What is wrong with generations. One that lacks documents is wrong only if it answers."""
    sentences = [
        f"Dokument {str(id_)[:12]} ({source}) fehlt in der Generation, die antwortet."
        for id_, source in query(
            connection,
            "SELECT d.id, d.source FROM documents d JOIN builds b ON b.state = 'aktiv' WHERE NOT "
            "EXISTS (SELECT 1 FROM build_documents h WHERE h.build = b.id AND "
            "h.document = d.row)",
        )
    ]
    if query(connection, "SELECT 1 FROM builds WHERE state = 'aktiv'").fetchone() is None:
        sentences.append("Es gibt keine Generation, die antwortet.")
    for ordinal, source in query(
        connection,
        "SELECT p.ordinal, d.source FROM passages p JOIN documents d ON d.row = p.document "
        "JOIN partitions q ON q.id = p.partition JOIN builds b ON b.id = q.build WHERE "
        "b.state <> 'aufgegeben' AND (p.build <> q.build OR NOT EXISTS (SELECT 1 FROM "
        "build_documents h WHERE h.build = q.build AND h.document = p.document))",
    ):
        sentences.append(
            f"Passage {ordinal} von {source}: Sie liegt in einer Generation, zu der sie nicht "
            "gehört."
        )
    return _shortened(sentences)


def unfinished(connection: apsw.Connection) -> list[str]:
    """A German sentence for each generation that is no damage but waits for somebody."""
    found = []
    for id_, state in query(
        connection,
        "SELECT id, state FROM builds WHERE state IN ('im_bau', 'aufgegeben') ORDER BY id",
    ):
        if state == "im_bau":
            found.append(
                f"Die Generation {id_} ist angefangen und antwortet noch nicht. »aktenkundig "
                "reindex« setzt sie fort."
            )
        else:
            found.append(
                f"Die Generation {id_} wird nicht mehr gebraucht. »aktenkundig reindex "
                "--aufraeumen« entfernt sie."
            )
    return found


def _keywords(connection: apsw.Connection, partition: int, place: str) -> list[str]:
    try:
        stored = keyword_tables.digests(connection, partition, term_digest)
        known = keyword_tables.rows(connection, partition)
    except apsw.Error:
        return [
            f"Das Stichwortverzeichnis ({place}) ist beschädigt. "
            "Bitte die Dokumente neu einlesen oder die Sicherung einspielen."
        ]
    sentences = []
    named = set()
    for row, document, ordinal, before, whole, text in query(
        connection,
        "SELECT p.row, d.source, p.ordinal, p.keyword_text, p.keyword_whole, p.text "
        "FROM passages p JOIN documents d ON d.row = p.document WHERE p.partition = ?",
        (partition,),
    ):
        named.add(row)
        held = stored.get(row)
        analysis = german.analyse(keyword_text(str(before), whole, str(text)))
        expected = keyword_tables.digest(analysis, term_digest)
        if held is None and (analysis.words or analysis.parts):
            sentences.append(
                f"Passage {ordinal} von {document} fehlt im Stichwortverzeichnis ({place})."
            )
        elif (held or 0) != expected:
            sentences.append(
                f"Passage {ordinal} von {document} steht mit anderen Stichwörtern im "
                f"Verzeichnis ({place}), als ihr Text ergibt."
            )
    surplus = len(known - named)
    if surplus:
        sentences.append(
            f"Das Stichwortverzeichnis ({place}) nennt {surplus} Passagen, die es nicht gibt."
        )
    return _shortened(sentences)


@lru_cache(maxsize=131072)
def term_digest(term: str) -> int:
    """64 bits that stand for a term; their sum over a passage does not depend on the order."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())


def _vectors(
    connection: apsw.Connection, partition: int, place: str, searcher: Searcher
) -> list[str]:
    sentences = []
    bound = partition_embedder(connection, partition)
    dimension = bound[1] if bound else 0
    for document, ordinal, blob in query(
        connection,
        "SELECT d.source, p.ordinal, v.vector FROM passages p JOIN documents d "
        "ON d.row = p.document LEFT JOIN vectors v ON v.passage = p.row WHERE p.partition = ?",
        (partition,),
    ):
        here = f"Passage {ordinal} von {document} ({place})"
        if not isinstance(blob, bytes):
            sentences.append(f"{here} hat keinen Vektor.")
        elif len(blob) != dimension * STORED_VECTOR.itemsize:
            sentences.append(f"{here} hat einen Vektor falscher Länge.")
        elif not np.isfinite(np.frombuffer(blob, STORED_VECTOR)).all():
            sentences.append(f"{here} hat einen Vektor mit ungültigen Zahlen.")
    sentences = _shortened(sentences)
    if sentences or bound is None:
        return sentences
    rows, vectors = unpack(
        query(
            connection,
            "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.passage = p.row "
            "WHERE p.partition = ?",
            (partition,),
        ),
        dimension,
    )
    (state,) = query(
        connection, "SELECT state FROM partitions WHERE id = ?", (partition,)
    ).fetchone() or ("",)
    return searcher.index(partition, *bound).differences(str(state), rows, vectors)


def _shortened(sentences: Iterable[str]) -> list[str]:
    """At most `SHOWN` sentences of each partition and kind, and how many there are besides."""
    sentences = list(sentences)
    kinds: Counter[str] = Counter()
    kept = []
    for sentence in sentences:
        kind = sentence.rsplit(")", 1)[-1]
        kinds[kind] += 1
        if kinds[kind] <= SHOWN:
            kept.append(sentence)
    if len(kept) < len(sentences):
        kept.append(f"… und {len(sentences) - len(kept)} weitere Abweichungen dieser Art.")
    return kept
