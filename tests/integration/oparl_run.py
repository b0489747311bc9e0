"""Imports from a server into a home with a small embedder that needs no weights.

Also a program of its own, so that a test can kill it: `oparl_run.py HOME ORIGIN`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from index.store import Store, open_store
from index.types import Access, DocumentSummary
from ingest.oparl.client import OparlClient
from ingest.oparl.fetch import Keeper
from ingest.oparl.takeover import OparlReport, import_oparl
from tests.hash_embedder import HashEmbedder

MANDANT = "lvs"
OPERATOR = Access.operator(MANDANT)


@dataclass
class Register:
    """A home, its store, and what the importer waited for."""

    home: Path
    store: Store
    pauses: list[float] = field(default_factory=list)

    def run(
        self,
        origin: str,
        *,
        full: bool = False,
        hosts: tuple[str, ...] | None = None,
        progress: Callable[..., None] | None = None,
        keeper: Keeper | None = None,
    ) -> OparlReport:
        """One import; only the host of `origin` is allowed unless told otherwise."""
        allowed = (urlsplit(origin).netloc,) if hosts is None else hosts
        with OparlClient(allowed, 50, pause=self.pauses.append) as client:
            return import_oparl(
                origin,
                home=self.home,
                client=client,
                store=self.store,
                embedder=HashEmbedder(),
                mandant=MANDANT,
                full=full,
                progress=progress,
                keeper=keeper,
            )

    def documents(self) -> dict[str, DocumentSummary]:
        """The valid documents by the last part of their source."""
        return {
            summary.source.rsplit("/", 1)[-1]: summary
            for summary in self.store.documents(OPERATOR, current_only=True)
        }

    def found(self, words: str) -> set[str]:
        """The sources in which keyword search finds the words."""
        hits = self.store.keyword_search(OPERATOR, words, 20)
        ids = [hit.passage.document_id for hit in hits]
        return {
            summary.source.rsplit("/", 1)[-1]
            for summary in self.store.summaries(OPERATOR, ids).values()
        }


def counts(report: OparlReport) -> tuple[int, int, int, int, int]:
    """(indexed, unchanged, replaced, deleted, quarantined)"""
    return (
        report.indexed,
        report.unchanged,
        report.replaced,
        len(report.deleted),
        len(report.quarantined),
    )


if __name__ == "__main__":
    here = Path(sys.argv[1])
    opened = open_store(here)
    print(counts(Register(here, opened).run(sys.argv[2])), flush=True)
    opened.close()
