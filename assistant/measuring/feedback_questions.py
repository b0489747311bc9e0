"""What people said of sentences: counted by kind of question, and as questions to evaluate with.

A question needs its words, which are kept only where the person gave them along. A set made from it
demands what the person said: the sources of what was right, and that the sentence that was wrong is
not said again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.feedback import Grund, Rueckmeldung

_WRONG = {Grund.FALSCH_BELEGT, Grund.VERALTET}


def counted(entries: Iterable[Rueckmeldung]) -> dict[str, dict[Grund, int]]:
    """How often what was said, by kind of question."""
    counts = Counter((entry.kind, entry.grund) for entry in entries)
    kinds = sorted({kind for kind, _ in counts})
    return {kind: {grund: counts[kind, grund] for grund in Grund} for kind in kinds}


def question_set(entries: Sequence[Rueckmeldung]) -> str:
    """JSONL as `aktenkundig evaluate` reads it: one line for each question that was given along."""
    by_question: dict[str, list[Rueckmeldung]] = {}
    for entry in entries:
        if entry.question:
            by_question.setdefault(entry.question, []).append(entry)
    lines = (
        json.dumps(_case(text, said), ensure_ascii=False) for text, said in by_question.items()
    )
    return "".join(f"{line}\n" for line in lines)


def _case(text: str, said: Sequence[Rueckmeldung]) -> dict[str, Any]:
    right = [entry for entry in said if entry.grund not in _WRONG]
    return {
        "id": f"r-{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        "text": text,
        "kind": said[0].kind,
        "answerable": True,
        "expected_sources": list(dict.fromkeys(s.source for entry in right for s in entry.stellen)),
        "expected_facts": [],
        "forbidden_facts": list(
            dict.fromkeys(entry.claim for entry in said if entry.grund in _WRONG)
        ),
    }
