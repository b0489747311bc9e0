"""One FTS5 table for each partition: terms in, rows ranked by BM25 out.

The tables are contentless and hold our own terms (see `index.german`): the first column has the
words, the second the parts of compounds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import apsw

from index.connections import query
from index.german import Analysis

# Weight of a compound's part against a whole word, chosen by measurement. BM25 over these
# tables, hit@1 / hit@10 / MRR@10, on 375 questions over 4,407 replies of a city's administration:
#   stems only 0.507 / 0.811 / 0.608; parts stored 0.499 / 0.824 / 0.616;
#   parts stored and asked for, weight 0.1 0.520 / 0.845 / 0.634, 0.25 0.539 / 0.851 / 0.649,
#   0.5 0.539 / 0.843 / 0.647, 1.0 0.531 / 0.835 / 0.637.
# On 1,190 encyclopedia questions: stems only 0.900 / 0.982 / 0.932, this 0.913 / 0.990 / 0.943.
WORD_WEIGHT = 1.0
PART_WEIGHT = 0.25

# A term in more than this share of a partition's passages is left out of a query while
# KEPT_TERMS rarer ones remain: it costs most of the time and orders almost nothing.
# Measured on the administration's set: MRR@10 0.649 (0.648 with all terms) for a fifth less time;
# a share of 0.1 saves another quarter and falls to 0.633.
FREQUENT_SHARE = 0.2
FREQUENT_FROM = 1000
KEPT_TERMS = 2

# Our terms hold no blanks; these signs belong to numbers ("15/148", "2025-06-03", "41,19").
_MASK = 2**64 - 1
_TOKENIZER = "ascii tokenchars '/-,.'"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of `passages` with its BM25 score; lower is better, as SQLite has it."""

    row: int
    bm25: float


def table(partition: int) -> str:
    """Name of a partition's table; made from a number, never from words somebody wrote."""
    return f"fts_{partition:d}"


def create(connection: apsw.Connection, partition: int) -> None:
    """Makes the tables of a new partition."""
    name = table(partition)
    connection.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5(words, parts, content='', "
        f'contentless_delete=1, tokenize="{_TOKENIZER}")'
    )
    connection.execute(f"CREATE VIRTUAL TABLE {name}_terms USING fts5vocab({name}, 'row')")
    connection.execute(f"CREATE VIRTUAL TABLE {name}_places USING fts5vocab({name}, 'instance')")


def exists(connection: apsw.Connection, partition: int) -> bool:
    """Whether a partition has its tables; those of an abandoned generation go first."""
    found = query(
        connection,
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?",
        (table(partition),),
    ).fetchone()
    return found is not None


def drop(connection: apsw.Connection, partition: int) -> None:
    """Removes the tables of a partition."""
    name = table(partition)
    for each in (f"{name}_terms", f"{name}_places", name):
        connection.execute(f"DROP TABLE IF EXISTS {each}")


def insert(
    connection: apsw.Connection, partition: int, rows: Iterable[tuple[int, Analysis]]
) -> None:
    """Adds the terms of passages."""
    connection.executemany(
        f"INSERT INTO {table(partition)} (rowid, words, parts) VALUES (?, ?, ?)",
        ((row, " ".join(found.words), " ".join(found.parts)) for row, found in rows),
    )


def remove(connection: apsw.Connection, partition: int, rows: Iterable[int]) -> None:
    """Takes passages out. Their terms stay in the file until `purge`."""
    connection.executemany(
        f"DELETE FROM {table(partition)} WHERE rowid = ?", ((row,) for row in rows)
    )


def purge(connection: apsw.Connection, partition: int) -> None:
    """Rewrites the table without the terms of removed passages.

    `secure_delete` does not reach the terms of a contentless table; merging all segments does.
    """
    name = table(partition)
    connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def clear(connection: apsw.Connection, partition: int) -> None:
    """Empties the table."""
    name = table(partition)
    connection.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")


def rows(connection: apsw.Connection, partition: int) -> set[int]:
    """The rows that the table knows."""
    return {row for (row,) in query(connection, f"SELECT rowid FROM {table(partition)}")}


def digests(
    connection: apsw.Connection, partition: int, of: Callable[[str], int]
) -> dict[int, int]:
    """For each row the sum of its terms' digests, see `digest`."""
    sums: defaultdict[int, int] = defaultdict(int)
    for term, row, column in query(
        connection, f"SELECT term, doc, col FROM {table(partition)}_places"
    ):
        sums[row] += of(f"{column} {term}")
    return {row: total & _MASK for row, total in sums.items()}


def digest(analysis: Analysis, of: Callable[[str], int]) -> int:
    """The sum of the digests of a text's terms, modulo 2**64."""
    words = sum(of(f"words {term}") for term in analysis.words)
    return (words + sum(of(f"parts {term}") for term in analysis.parts)) & _MASK


def frequencies(
    connection: apsw.Connection, partition: int, terms: Sequence[str]
) -> dict[str, int]:
    """In how many passages of the partition each term stands."""
    sql = f"SELECT doc FROM {table(partition)}_terms WHERE term = ?"
    found: dict[str, int] = {}
    for term in terms:
        row = query(connection, sql, (term,)).fetchone()
        found[term] = int(row[0]) if row else 0
    return found


def weight(frequency: int, passages: int) -> float:
    """The inverse document frequency as FTS5's bm25() computes it."""
    return max(1e-6, math.log((passages - frequency + 0.5) / (frequency + 0.5)))


def useful(frequency: dict[str, int], passages: int) -> list[str]:
    """The terms to search with: those that occur, without the far too frequent ones."""
    occurring = [term for term, count in frequency.items() if count]
    limit = max(FREQUENT_FROM, FREQUENT_SHARE * passages)
    rare = [term for term in occurring if frequency[term] <= limit]
    if len(rare) >= KEPT_TERMS:
        return rare
    by_rarity = sorted(occurring, key=lambda term: (frequency[term], term))
    kept = set(by_rarity[:KEPT_TERMS])
    return [term for term in occurring if term in kept]


def search(
    connection: apsw.Connection,
    partition: int,
    terms: Sequence[str],
    k: int,
    restriction: str = "",
    bindings: dict[str, str | int] | None = None,
) -> list[Ranked]:
    """The k best rows. `restriction` is a condition on the table's `+rowid`."""
    name = table(partition)
    match = " OR ".join(_quoted(term) for term in terms)
    # The unary plus keeps SQLite from walking the allowed rows instead of the term lists.
    condition = f"AND {restriction}" if restriction else ""
    cursor = query(
        connection,
        f"SELECT rowid, bm25({name}, {WORD_WEIGHT}, {PART_WEIGHT}) AS score FROM {name} "
        f"WHERE {name} MATCH :match {condition} ORDER BY score, rowid LIMIT :k",
        {**(bindings or {}), "match": match, "k": k},
    )
    return [Ranked(int(row), float(score)) for row, score in cursor]


def documents(connection: apsw.Connection, partition: int, term: str) -> set[str]:
    """Ids of the documents with a term in one of the partition's passages."""
    name = table(partition)
    rows = query(
        connection,
        f"SELECT DISTINCT d.id FROM {name} f CROSS JOIN passages p ON p.row = f.rowid "
        f"CROSS JOIN documents d ON d.row = p.document WHERE {name} MATCH :match",
        {"match": _quoted(term)},
    )
    return {str(id_) for (id_,) in rows}


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
