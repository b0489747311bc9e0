"""Question sets: what is asked, and what an answer has to say.

A question set is JSONL; the fields are described in tests/eval/README.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class QuestionCase:
    """One question of a set. `expected_facts`: each inner tuple lists spellings of one fact."""

    id: str
    text: str
    kind: str
    answerable: bool
    expected_sources: tuple[str, ...]
    expected_facts: tuple[tuple[str, ...], ...]
    forbidden_facts: tuple[str, ...]
    accepted_facts: tuple[str, ...] = ()
    expected_status: str | None = None


def read_questions(path: Path) -> list[QuestionCase]:
    """Reads a question set.

    Raises:
        ValueError: a line is no question; the message names file and line.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            questions.append(
                QuestionCase(
                    id=raw["id"],
                    text=raw["text"],
                    kind=raw["kind"],
                    answerable=raw["answerable"],
                    expected_sources=tuple(raw.get("expected_sources", ())),
                    expected_facts=tuple(
                        (fact,) if isinstance(fact, str) else tuple(fact)
                        for fact in raw.get("expected_facts", ())
                    ),
                    forbidden_facts=tuple(raw.get("forbidden_facts", ())),
                    accepted_facts=tuple(raw.get("accepted_facts", ())),
                    expected_status=raw.get("expected_status"),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path.name}, Zeile {number}: keine gültige Frage ({error!r})"
            ) from error
    return questions


def holds_facts(shown: str, question: QuestionCase) -> bool:
    """Whether `shown` says every expected fact in one of its spellings."""
    return all(
        any(contains(shown, spelling) for spelling in fact) for fact in question.expected_facts
    )


def contains(text: str, fact: str) -> bool:
    """Whether `text` says `fact`; a figure counts only as a whole figure."""
    pattern = re.escape(_norm(fact))
    if fact[:1].isdigit():
        pattern = r"(?<!\d)(?<!\d[.,])" + pattern
    if fact[-1:].isdigit():
        pattern += r"(?![.,]?\d)"
    return re.search(pattern, _norm(text)) is not None


def _norm(text: str) -> str:
    return " ".join(text.split()).lower()
