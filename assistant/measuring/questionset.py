"""Question sets: what is asked, and what an answer has to say.

A question set is JSONL; the fields are described in tests/eval/README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class QuestionCase:
    """One question of a set.

    Attributes:
        expected_facts: each inner tuple lists spellings of one fact.
        before: the question asked before this one, or "".
        expected_kind: the kind to be recognised; None where any may be.
        expected_rows: sources of exactly the papers that a list has to count; None for no list.
        expected_apart: those that it names without counting; None where that is not asked.
    """

    id: str
    text: str
    kind: str
    answerable: bool
    expected_sources: tuple[str, ...]
    expected_facts: tuple[tuple[str, ...], ...]
    forbidden_facts: tuple[str, ...]
    accepted_facts: tuple[str, ...] = ()
    expected_status: str | None = None
    before: str = ""
    expected_kind: str | None = None
    expected_rows: tuple[str, ...] | None = None
    expected_apart: tuple[str, ...] | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it is to be answered from fields and rules alone, without a search."""
        return self.expected_kind is not None and self.expected_kind != "offen"


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
                    before=raw.get("before", ""),
                    expected_kind=raw.get("expected_kind"),
                    expected_rows=_sources(raw.get("expected_rows")),
                    expected_apart=_sources(raw.get("expected_apart")),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path.name}, Zeile {number}: keine gültige Frage ({error!r})"
            ) from error
    return questions


def _sources(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)


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
