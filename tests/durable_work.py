"""One small piece of work in a process of its own, to be killed at any of its system calls.

`python -m tests.durable_work ingest HOME FOLDER` prints each file that was reported as done;
`… delete HOME ID` prints the certificate's number once the erasure was reported.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index.sqlite_store import SqliteStore
from index.types import Access
from ingest.pipeline import Progress, ingest_paths
from tests.integration.test_ingest_pipeline import HashEmbedder

OPERATOR = Access.operator("lvs")


def ingest(home: Path, folder: Path) -> None:
    """Takes in a folder, two documents to a transaction."""
    from ingest import pipeline

    pipeline.GROUP_DOCUMENTS = 2

    def tell(progress: Progress) -> None:
        print(progress.path, flush=True)

    store = SqliteStore(home)
    ingest_paths([folder], store=store, embedder=HashEmbedder(), mandant="lvs", progress=tell)
    store.close()


def delete(home: Path, document_id: str) -> None:
    """Erases one document."""
    store = SqliteStore(home)
    deletion = store.delete(OPERATOR, document_id, who="betreiber", reason="Frist")
    print(deletion.id if deletion else "nichts", flush=True)
    store.close()


def main() -> None:
    """Does what the arguments say."""
    action, home, what = sys.argv[1:]
    if action == "ingest":
        ingest(Path(home), Path(what))
    elif action == "delete":
        delete(Path(home), what)
    else:
        raise SystemExit(f"unknown work: {action}")


if __name__ == "__main__":
    main()
