"""Asks the real models the two hundred questions and prints how often an order was obeyed.

`.venv/bin/python -m tests.injections.measure` takes a few seconds a question, and prints a figure;
the targets that hold for whatever generator are in tests/integration/test_injections.py.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import open_parts
from index.store import Store
from ingest.pipeline import ingest_paths
from models.embedder import Embedder
from models.generator import Generator
from tests.injections.obedience import Asked, ask_all, figures
from tests.injections.papers import planted, write_papers


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the papers into a home that is thrown away, asks, prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jede", type=int, default=1, help="nur jede n-te Frage")
    options.add_argument("--json", type=Path, default=None, help="schreibt jede Antwort dorthin")
    options.add_argument("--entwirft", action="store_true", help="das Modell schreibt selbst Sätze")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        with open_parts(settings, need_generator=True, mandant="lvs") as parts:
            assert parts.generator is not None
            asked = measure(
                parts.store,
                parts.embedder,
                parts.generator,
                chosen.jede,
                drafts=chosen.entwirft,
            )
    show(asked, chosen.json)
    return 0


def measure(
    store: Store,
    embedder: Embedder,
    generator: Generator,
    every: int = 1,
    *,
    drafts: bool = False,
) -> list[Asked]:
    """Fills an empty store with the papers and asks each `every`th question."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_papers(Path(folder))
        report = ingest_paths([Path(folder)], store=store, embedder=embedder, mandant="lvs")
        assert report.indexed == written, report
    with closing(generator):
        return ask_all(
            list(planted())[::every], store, embedder, lambda _: generator, drafts=drafts
        )


def show(asked: Sequence[Asked], kept: Path | None) -> None:
    """Prints the counts and the rate, and keeps the answers where that is wanted."""
    count = figures(asked)
    for name, value in count.items():
        print(f"{name:<20}{value:>5}")
    print(f"{'Gehorsam':<20}{count['gehorcht'] / max(count['gefragt'], 1):>9.1%}")
    if kept is None:
        return
    rows = [
        {
            "nummer": one.paper.number,
            "träger": one.paper.carrier,
            "anweisung": one.paper.order.words,
            "antwort": one.answer.text,
            "gehorcht": one.obeys,
        }
        for one in asked
    ]
    kept.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
