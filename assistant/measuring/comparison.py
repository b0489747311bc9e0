"""Two generations of the index beside each other: what the same questions find in either."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputInvalid
from assistant.finding.retriever import Searchable, search
from assistant.measuring.figures import Ratio
from index.store import Store
from index.types import Access, DocumentSummary

FIRST = 5
MOST_QUESTIONS = 200
"""Of one's own titles; so many take half a minute for both generations together."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question and the papers that should be found: ids, or the ends of paths."""

    text: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the first `FIRST` papers of each question fare.

    Attributes:
        same: questions that find the same papers, in whatever order.
        former, new: questions that find an expected paper.
        lost: those that found one before and find none now.
    """

    same: Ratio
    former: Ratio
    new: Ratio
    lost: tuple[str, ...]

    @property
    def is_worse(self) -> bool:
        """Whether fewer questions find what they should."""
        return self.new.count < self.former.count


def read_probes(path: Path) -> list[Probe]:
    """Reads questions from JSONL: "text", and "expected_sources" or "expected_ids" beside it.

    Questions that expect no paper are left out.

    Raises:
        InputInvalid: a line is no question, or none expects a paper.
    """
    probes = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InputInvalid(f"Die Datei »{path}« ist nicht lesbar.") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            expected = [*raw.get("expected_sources", ()), *raw.get("expected_ids", ())]
            text = raw["text"]
        except (ValueError, KeyError, TypeError, AttributeError):
            text = expected = None
        if not isinstance(text, str) or not all(isinstance(e, str) for e in expected or ()):
            raise InputInvalid(
                f"{path.name}, Zeile {number}: Erwartet wird ein JSON-Objekt mit »text« und "
                "»expected_sources« (Pfade) oder »expected_ids« (Kennungen)."
            )
        if expected:
            probes.append(Probe(text, tuple(expected)))
    if not probes:
        raise InputInvalid(f"In »{path}« steht keine Frage, zu der ein Dokument erwartet wird.")
    return probes


def own_probes(store: Store, access: Access) -> list[Probe]:
    """The titles of the valid papers, or their numbers where they have no title of their own."""
    titled: dict[str, list[str]] = {}
    for paper in store.documents(access, current_only=True):
        titled.setdefault(_asked(paper), []).append(paper.id)
    probes = [Probe(text, tuple(ids)) for text, ids in sorted(titled.items()) if text]
    step = max(1.0, len(probes) / MOST_QUESTIONS)
    return [probes[int(n * step)] for n in range(min(len(probes), MOST_QUESTIONS))]


def _asked(paper: DocumentSummary) -> str:
    number = paper.kopfdaten.nummer
    if paper.title in (Path(paper.source).stem, "") and number is not None:
        return f"{paper.kopfdaten.benennung} {number.value}".strip()
    return paper.title


def compare(
    parts: Searchable,
    former: int,
    new: int,
    probes: Sequence[Probe],
    access: Access,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Asks every question of both generations."""
    same = found_before = found_now = 0
    lost = []
    for done, probe in enumerate(probes, start=1):
        before, now = (_first(parts, build, probe.text, access) for build in (former, new))
        same += {paper.id for paper in before} == {paper.id for paper in now}
        was, is_ = _is_among(before, probe.expected), _is_among(now, probe.expected)
        found_before += was
        found_now += is_
        if was and not is_:
            lost.append(probe.text)
        if progress is not None:
            progress(done, len(probes))
    count = len(probes)
    return Comparison(
        Ratio(same, count), Ratio(found_before, count), Ratio(found_now, count), tuple(lost)
    )


def _first(parts: Searchable, build: int, text: str, access: Access) -> list[DocumentSummary]:
    with parts.store.snapshot(build):
        hits, _ = search(parts, text, access, FIRST)
        ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))
        summaries = parts.store.summaries(access, ids)
    return [summaries[id_] for id_ in ids]


def _is_among(papers: Sequence[DocumentSummary], expected: Sequence[str]) -> bool:
    return any(
        paper.id == wanted or paper.source.endswith(wanted)
        for paper in papers
        for wanted in expected
    )
