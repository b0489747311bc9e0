"""The two examples under `docs/beispiele-begruendung/`: drafted and reviewed from the seeds.

`python -m tests.acceptance.examples` writes them anew. The words are those that the commands give
with `--json`; quotes are cut to a few words, for the papers are not ours to print.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "corpus" / "seeds"
MOTION = SEEDS / "002_63f6f1f6c90d5f88.txt"
DOCS = ROOT / "docs" / "beispiele-begruendung"
RULES = ROOT / "beispiele" / "mandanten" / "hausregeln-lvr.toml"
MOST_WORDS = 9

Json = dict[str, Any]


def run(home: Path, *arguments: str | Path) -> str:
    """Runs the command line as its own process; its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *map(str, arguments)],
        env={**os.environ, "AKTENKUNDIG_HOME": str(home), "AKTENKUNDIG_MANDANT": "lvr"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill(home: Path) -> None:
    """Reads the seeds into a home of the Mandant `lvr` with its rules."""
    run(home, "ingest", SEEDS)
    shutil.copy(RULES, home)


def drafted(home: Path) -> Json:
    found: Json = json.loads(run(home, "draft", DOCS / "auftrag.toml", "--json"))["entwurf"]
    return found


def reviewed(home: Path) -> Json:
    found: Json = json.loads(run(home, "review", MOTION, "--json"))
    return found


def shortened(text: str) -> str:
    """A text whose quotes are cut to a few words; quotes within quotes go with them."""
    found, depth, start, end = [], 0, 0, 0
    for at, sign in enumerate(text):
        if sign == "„":
            depth, start = depth + 1, at + 1 if depth == 0 else start
        elif sign == "“" and depth:
            depth -= 1
            if depth == 0:
                found += [text[end:start], few_words(text[start:at])]
                end = at
    return "".join([*found, text[end:]])


def few_words(quote: str) -> str:
    words = quote.split()
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    kept = " ".join(words[:MOST_WORDS])
    return f"{kept}{'“' * (kept.count('„') - kept.count('“'))} […]"


def draft_page(entwurf: Json) -> str:
    """A draft as Markdown; brackets of placeholders stay, marks of evidence are footnotes."""
    return "\n".join(_draft_lines(entwurf)) + "\n"


def _draft_lines(entwurf: Json) -> Iterator[str]:
    yield f"# {entwurf['titel']}"
    yield "\n> Entwurf, maschinell zusammengestellt; ungeprüft. Ohne Sprachmodell."
    for section in entwurf["abschnitte"]:
        yield f"\n## {section['titel']}"
        for absatz in section["absaetze"]:
            marks = "".join(f"[^{n}]" for n in absatz["citations"])
            origin = (
                "" if absatz["herkunft"] in ("belegt", "offen") else f" *({absatz['herkunft']})*"
            )
            yield f"\n{shortened(absatz['text'])}{origin}{marks}"
    yield "\n## Offene Punkte\n"
    yield from (f"{n}. {shortened(point)}" for n, point in enumerate(entwurf["offen"], start=1))
    yield "\n## Belege\n"
    for citation in entwurf["citations"]:
        quote = few_words(citation["quote"])
        yield f"[^{citation['n']}]: {citation['fundstelle']}: „{quote}“"


def review_page(review: Json) -> str:
    """A review as Markdown, finding by finding."""
    return "\n".join(_review_lines(review)) + "\n"


def _review_lines(review: Json) -> Iterator[str]:
    yield "# Prüfung des Antrags 15/247"
    for number, one in enumerate(review["findings"], start=1):
        yield f"\n## {number}. {one['severity']}: {one['place']}\n"
        if one["quote"]:
            yield f"> {few_words(one['quote'])}\n"
        yield shortened(one["reason"])
        if one["suggestion"]:
            yield f"\nVorschlag: {one['suggestion']}"
        for citation in one["citations"]:
            yield f"\n- {citation['fundstelle']}: „{few_words(citation['quote'])}“"
    counted = ", ".join(f"{kind}: {number}" for kind, number in review["counts"].items())
    yield f"\nGezählt: {counted}."


def pages(home: Path) -> dict[str, str]:
    """Each page by its name."""
    return {
        "entwurf-facharbeitskreis.md": draft_page(drafted(home)),
        "pruefung-15-247.md": review_page(reviewed(home)),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        for name, page in pages(Path(folder)).items():
            (DOCS / name).write_text(page, encoding="utf-8")
