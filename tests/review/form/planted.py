"""Clean drafts, the faults planted in them, and how many of those the checks of form find."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.hausregeln import Hausregeln, read_hausregeln
from assistant.review import form
from assistant.review.reviewing import without_repeats
from assistant.review.types import Befund, Reviewed
from index.store import NewDocument, Store
from index.types import Access, Document
from ingest.document import prepare, read_document
from ingest.formats.text import parse_text
from ingest.intake import recognise
from tests.sample_records import FakeEmbedder

HERE = Path(__file__).resolve().parent
RULES = HERE.parents[2] / "beispiele" / "mandanten"
MANDANT = "lvs"
CHARS_A_PAGE = 2500
"""A page of print, for drafts that have none."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault: in `draft` the words `before` become `after`; a Befund of `art` holds `words`."""

    draft: str
    art: str
    before: str
    after: str
    words: str


def clean_drafts() -> dict[str, str]:
    """The drafts without a fault, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(HERE.glob("*.md"))}


def planted() -> tuple[Planted, ...]:
    """All faults, in the order of the file."""
    entries = tomllib.loads((HERE / "fehler.toml").read_text("utf-8"))["fehler"]
    return tuple(
        Planted(one["entwurf"], one["art"], one["alt"], one["neu"], one["worte"]) for one in entries
    )


def faulty(fault: Planted, drafts: Mapping[str, str]) -> str:
    """The draft with its fault; the words to replace stand there exactly once."""
    clean = drafts[fault.draft]
    assert clean.count(fault.before) == 1, fault
    return clean.replace(fault.before, fault.after)


def read(text: str) -> Document:
    """A draft in Markdown as the readers of ingest give it."""
    intake = recognise("entwurf.md", text.encode())
    return read_document(intake, parse_text(intake.data), MANDANT)


def fill(store: Store) -> None:
    """Stores the few papers that the drafts are held against: an open one, a closed one, minutes."""
    embedder = FakeEmbedder()
    store.bind_embedder(embedder.embedder_id, embedder.dimension)
    for path in sorted((HERE / "bestand").glob("*.md")):
        prepared = prepare(read(path.read_text("utf-8")))
        store.add(
            [
                NewDocument(
                    prepared.document,
                    prepared.passages,
                    prepared.keyword_texts,
                    embedder.embed_passages(prepared.embedding_texts),
                    prepared.mentions,
                    prepared.fingerprint,
                )
            ]
        )


def rules() -> Hausregeln:
    """The rules of the example Mandant."""
    return read_hausregeln(RULES, MANDANT)


def befunde(text: str, store: Store, access: Access | None = None) -> list[Befund]:
    """What the checks of form say of a draft; without `access` to one who sees all."""
    reviewed = Reviewed(read(text), store, access or Access.operator(MANDANT), rules())
    return without_repeats(b for check in form.CHECKS for b in check(reviewed))


def is_found(fault: Planted, text: str, found: Sequence[Befund]) -> bool:
    """Whether a Befund of the right class names the words of the fault."""
    read_text = read(text).text
    return any(
        befund.art == fault.art
        and (fault.words in befund.span.cut(read_text) or fault.words in befund.reason)
        for befund in found
    )


def pages(text: str) -> float:
    """How many pages of print a draft fills."""
    return max(1.0, len(text) / CHARS_A_PAGE)


def measured(store: Store) -> tuple[Counter[str], Counter[str], list[Planted], float]:
    """Faults by class, found ones by class, the missed ones, and false findings a clean page."""
    drafts = clean_drafts()
    all_, found, missed = Counter[str](), Counter[str](), []
    for fault in planted():
        text = faulty(fault, drafts)
        all_[fault.art] += 1
        if is_found(fault, text, befunde(text, store)):
            found[fault.art] += 1
        else:
            missed.append(fault)
    false = sum(len(befunde(text, store)) for text in drafts.values())
    return all_, found, missed, false / sum(pages(text) for text in drafts.values())
