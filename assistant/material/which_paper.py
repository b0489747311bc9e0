"""The papers that a drafter's question is about: by number, by what was said before, by subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.material.precedent_question import topic_request
from assistant.records.by_title import papers_named
from assistant.records.exact import Finding, answer_exactly
from assistant.records.named import which_of
from assistant.records.vorgang import look_up
from assistant.types import AnswerStatus, Reference
from assistant.understanding.question import Question, QuestionKind, references_in, understand
from assistant.understanding.status_question import NamedPaper
from index.store import Store
from index.types import Access, Document

MOST_PAPERS = 3
MOST_CHOICES = 8
_ASK = "Um welche Drucksache geht es? Bitte nennen Sie die Nummer, etwa: „{}“"
_ART = re.compile(r"\b(antrag|vorlage|resolution|anfrage)\b", re.IGNORECASE)
_FRAME = re.compile(
    r"\b(?:(?:gegen)?argument\w*|gründe|standpunkte?|positionen|einwände|bedenken|vorbehalte|meinungen|stimmen|dafür|dagegen|pro|"
    r"[ck]ontra|wider|gegen|beratung\w*|debatte\w*|diskussion\w*|aussprache\w*|niederschrift\w*|"
    r"protokoll\w*|fass\w*|formulier\w*|schreib\w*|sachverhalt\w*|fundstellen?|chronologi\w*|"
    r"zusammen\w*|finanzielle\w*|auswirkung\w*|haushaltsauswirkung\w*|finanzauswirkung\w*|folgen|"
    r"zielrichtung\w*|\S*aktionsplan\w*|handlungsfelder|ziele|berühr\w*|betr[iäa]ff\w*|betroffen|"
    r"antr[aä]g\w*|vorlage\w*|resolution\w*|anfrage\w*|drucksache\w*|beratungsfolge|werdegang|"
    r"verlauf|"
    r"entw[ie]rf\w*|erstell\w*|verfass\w*|darstell\w*|spr[aei]ch\w*|spricht|bisherige\w*|"
    r"verfahren\w*|text\w*|abschnitt\w*|punkt|ab|als|eine?n?|und|vorgeschichte|sammle|samml\w*)\b",
    re.IGNORECASE,
)


def papers_asked(
    store: Store, access: Access, question: Question, before: Reference | None, example: str
) -> tuple[Question, Sequence[Document] | Finding]:
    """The papers that a question is about, or the finding that says why there are none.

    A question that names nothing is about the paper of the answer before. The question comes back
    with the numbers of its papers. `example` is shown where the paper has to be asked for.
    """
    if not question.numbers:
        question = _carried(question, before) or _by_subject(store, access, question)
    if not question.numbers:
        choices = _choices(store, access, question)
        return question, choices or _clarify(_ASK.format(example))
    found: list[Document] = []
    for number, label in zip(question.numbers, question.labels, strict=True):
        papers = look_up(store, access, number, label)
        if len(papers.found) != 1:
            one = replace(question, numbers=(number,), labels=(label,), asserted=None)
            told = answer_exactly(store, replace(one, kind=QuestionKind.VORGANG), access)
            return question, told or _clarify(_ASK.format(example))
        found.append(papers.found[0])
    return question, found[:MOST_PAPERS]


def _clarify(text: str) -> Finding:
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text)


def _carried(question: Question, before: Reference | None) -> Question | None:
    """The question with the papers of the answer before, where it names no subject itself."""
    if before is None or not before.papers or _subject(question.text):
        return None
    named = [name for paper in before.papers for name in references_in(paper)]
    if not named:
        return None
    labels = tuple(n.label.lower() if n.label else None for n in named)
    return replace(question, numbers=tuple(n.number for n in named), labels=labels)


def _subject(text: str) -> tuple[str, ...]:
    """The words of a question that say which paper is meant."""
    request = topic_request(_FRAME.sub(" ", text), date.today())
    return tuple(request.topic.split())


def _named(question: Question) -> NamedPaper | None:
    words = _subject(question.text)
    art = _ART.search(question.text)
    named = NamedPaper(words, art[1].lower() if art else None, (), None, ())
    return named if words else None


def _by_subject(store: Store, access: Access, question: Question) -> Question:
    named = _named(question)
    papers = papers_named(store, access, named) if named else []
    if not 0 < len(papers) <= MOST_PAPERS or any(paper.entry for paper in papers):
        return question
    numbers = understand(" ".join(f"{paper.reference};" for paper in papers))
    return replace(question, numbers=numbers.numbers, labels=numbers.labels)


def _choices(store: Store, access: Access, question: Question) -> Finding | None:
    named = _named(question)
    papers = papers_named(store, access, named) if named else []
    return which_of(store, access, papers) if 0 < len(papers) <= MOST_CHOICES else None
