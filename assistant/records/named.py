"""What became of a paper that a question names by its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.fundstelle import Ledger
from assistant.records.absent import entry_claim
from assistant.records.by_title import Candidate, papers_named
from assistant.records.exact import Finding, answer_exactly
from assistant.records.fields import cite_number
from assistant.types import AnswerStatus
from assistant.understanding.question import Question, QuestionKind, understand
from assistant.understanding.status_question import read_named_paper
from index.store import Store
from index.types import Access

MOST_CHOICES = 8
_KINDS = frozenset(
    {
        QuestionKind.STATUS,
        QuestionKind.ABSTIMMUNG,
        QuestionKind.ANTRAGSTELLER,
        QuestionKind.DATUM,
        QuestionKind.BERATUNGSFOLGE,
        QuestionKind.ABWEICHUNG,
    }
)


def answer_named(
    store: Store, question: Question, access: Access
) -> tuple[Question, Finding] | None:
    """What became of the one paper that the words of a question name, with the question as taken.

    It asks back where they name several, and is None where they name none.
    """
    named = read_named_paper(question)
    if named is None:
        return None
    papers = papers_named(store, access, named)
    if not papers and named.fraktionen:  # whoever names a wrong mover is told the right one
        others = papers_named(store, access, replace(named, fraktionen=()))
        papers = [paper for paper in others if paper.movers] if len(others) == 1 else []
    if not papers or len(papers) > MOST_CHOICES:
        return None
    if len(papers) > 1:
        return replace(question, kind=QuestionKind.STATUS), which_of(store, access, papers)
    taken = understand(f"{question.text.rstrip(' ?!.')} ({papers[0].reference})?")
    # Words of the subject ("der Ausschüsse") say nothing about what is asked.
    frame = re.sub(rf"\b(?:{'|'.join(map(re.escape, named.words))})\b", " ", taken.text)
    taken = replace(taken, kind=understand(frame).kind)
    if taken.kind not in _KINDS:
        taken = replace(taken, kind=QuestionKind.STATUS)
    finding = answer_exactly(store, taken, access, by_title=True)
    if finding is None:
        return None
    if finding.status is AnswerStatus.ABSTAINED and str(papers[0].number) not in finding.text:
        text = f"{papers[0].reference} „{papers[0].title}“: {finding.text}"
        finding = replace(finding, text=text, objection=text)
    return taken, finding


def which_of(store: Store, access: Access, papers: Sequence[Candidate]) -> Finding:
    """Asks back which of several papers is meant."""
    ledger = Ledger()
    names = []
    for paper in papers:
        document = store.document(access, paper.summary.id) if paper.summary else None
        if document is not None:
            cite_number(document, ledger)
        elif paper.entry is not None:
            entry_claim(paper.entry, ledger)
        names.append(f"{paper.reference} „{paper.title}“")
    choices = "; ".join(names)
    text = f"Die Worte der Frage passen auf mehrere Drucksachen: {choices}. Welche ist gemeint?"
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text, nearest=cited)
