"""What a check of the public partitions found: see `index.exposure`."""

from __future__ import annotations

from dataclasses import dataclass

CLOSED, HIDDEN = "nichtöffentlich", "verborgen"
"""Why a passage may not be public: some of its words are closed, or the document is hidden."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A passage that everybody finds although it is closed. `why` is one of the two above."""

    document_id: str
    source: str
    ordinal: int
    why: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the public partitions of a Mandant hold, every generation that may answer counted.

    Attributes:
        passages, vectors, keyword_rows, indexed: passages and their vectors in the database, rows
            of the keyword tables, and vectors in the index that is searched (of the generation
            that answers alone).
        exposed: passages among them that are closed.
        strays: rows of keyword tables and of the index that no passage there accounts for.
    """

    documents: int
    passages: int
    vectors: int
    keyword_rows: int
    indexed: int
    exposed: tuple[Exposed, ...]
    strays: int
