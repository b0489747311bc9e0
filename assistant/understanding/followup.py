"""Follow-up questions: "Und 15/247?", "Wer hat das beantragt?".

What is carried from one question to the next is the reference and the kind of question, never the
earlier words or their answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.types import Answer, Reference
from assistant.understanding.question import Question, QuestionKind, references_in, understand
from ingest.expressions import find_references

_BARE = {QuestionKind.VORGANG}
CARRIED = frozenset(
    {
        QuestionKind.STATUS,
        QuestionKind.ABSTIMMUNG,
        QuestionKind.DATUM,
        QuestionKind.ANTRAGSTELLER,
        QuestionKind.DIENSTSTELLE,
        QuestionKind.BERATUNGSFOLGE,
        QuestionKind.BETREFF,
        QuestionKind.BESCHLUSSVORSCHLAG,
        QuestionKind.ABWEICHUNG,
        QuestionKind.OEFFENTLICHKEIT,
        QuestionKind.VORGANG,
    }
)
"""Kinds of question about one paper: what goes on from them is about the same."""
_GOES_ON = re.compile(r"^\W*(?:und|sowie|oder|auch|ebenso|dann)\b", re.IGNORECASE)
_PAPER = r"(?:Antrag|Vorlage|Anfrage|Drucksache|Resolution|Papier)\w*"
_TRUE = r"(?:richtig|wahr|korrekt|so|belegt|zutreffend)"
"""After "es" of "ist es richtig, dass …", which points at nothing before."""
_POINTS_BACK = re.compile(
    # "das" is an article before a noun, a pronoun before a participle or at the end.
    r"\bdas\b(?=\s*(?:[?.!,]|$|(?:denn|auch|genau|alles|so)?\s*(?:beantragt|beschlossen|eingebracht|"
    r"entschieden|abgelehnt|angenommen|beraten|behandelt|gestellt|begründet|vorgeschlagen|umgesetzt|"
    r"gefordert|eingereicht|geschehen|passiert|ausgegangen|gewesen|kosten|gekostet)\b))|"
    rf"\bdies(?:e[rsmn]?)?\s+{_PAPER}|\bdies(?:es|er)?\b(?=\s*[?.!])|"
    r"\b(?:dazu|hierzu|davon|hiervon|darüber|hierüber|dafür|dagegen|daraus|damit)\b|"
    r"\b(?:kam|kommt|gekommen)\b.{0,10}\bdabei\b|\bdabei\s+(?:he)?raus|"
    rf"\b(?:der|den|des|dem|die)\s+{_PAPER}(?![\s\w]*(?:Nr\.?\s*)?\d)"
    r"(?!\w|\s+(?:zu[mr]?|über|von|vom|des|der|für|betreffend|auf)\b)|"
    r"^\W*(?:und\s+)?(?:wann|wer|wie|warum|weshalb|worum|was|wo|wurde|ist|hat|von wem)\b.{0,40}?"
    rf"\b(?:er|(?<!gibt )(?<!gab )(?<!wird )es(?!\s+{_TRUE}\b)|ihn|ihm|ihr|sie)\b|"
    r"\bwelche[rsnm]?\s+\w+\s+(?:haben?|hat|ist|sind|war|wurden?|stammt|kommt|gehört|berieten?|"
    r"behandelten?)\s+(?:er|es|ihn|ihm|ihr|sie)\b",
    re.IGNORECASE,
)
_OUTCOME = r"(?:beschlossen|angenommen|abgelehnt|zurückgezogen|vertagt|verwiesen|erledigt)"
_ONLY_ASKS = re.compile(
    r"^\W*(?:und\s+)?(?:wann|warum|weshalb|wieso|von wem|mit welcher mehrheit|einstimmig|wer|"
    rf"{_OUTCOME}(?:\s+oder\s+(?:doch\s+)?(?:nicht|{_OUTCOME}))?|mit welchem ergebnis|"
    r"in welchem (?:ausschuss|gremium)|und die begründung)\W*$",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"^\W*(?i:ich\s+meine?\s+)?(?i:den|die|das|der)\s+(?P<label>(?!Fraktion)[A-ZÄÖÜ]\w+)"
    r"(?:\s+(?:meine?\s+ich|ist\s+gemeint|bitte|natürlich))*\W*$"
)
LONGEST_WORDS = 14


def reference_of(question: Question, answer: Answer) -> Reference | None:
    """What the next question may refer to; None where this one was about no one paper.

    The papers that the question names, else the one paper that every sentence of the answer rests
    on.
    """
    if question.numbers:
        return Reference(papers_of(question), question.kind.value)
    if question.kind is not QuestionKind.OFFEN or not answer.claims:
        return None
    cited = {c.drucksachennummer for c in answer.citations}
    places = (c.fundstelle.split(" vom ")[0].split(",")[0] for c in answer.citations)
    names = {place.replace("Nr. ", "") for place in places}
    if len(cited) != 1 or len(names) != 1 or None in cited:
        return None
    return Reference(tuple(names), question.kind.value)


def papers_of(question: Question) -> tuple[str, ...]:
    """The papers that a question names, as officials do ("Antrag 15/148")."""
    named = zip(question.labels, question.numbers, strict=True)
    return tuple(f"{label.capitalize()} {n}" if label else str(n) for label, n in named)


def understand_after(text: str, before: Reference | None) -> Question:
    """Reads a question that may refer to the one before it.

    A question of its own is read as it is. The text of a follow-up gets the papers it refers to,
    in brackets; that text is what is shown as understood.
    """
    question = understand(text)
    if before is None or question.scope_problem:
        return question
    kinds = {kind.value: kind for kind in CARRIED}
    if question.numbers:
        if question.kind in _BARE and _GOES_ON.search(text) and before.kind in kinds:
            return replace(question, kind=kinds[before.kind])
        return question
    if before.kind in kinds and (chosen := _chosen(text, before)):
        return replace(understand(chosen), kind=kinds[before.kind])
    papers = [name for paper in before.papers if (name := _as_named(paper))]
    if not papers or not refers_back(text):
        return question
    bare = text.rstrip(" ?!.")
    return understand(f"{bare} ({', '.join(papers)})?")


def _chosen(text: str, before: Reference) -> str:
    """The paper that "Den Antrag meine ich" picks from a number that several papers bear."""
    means = _MEANS.match(text)
    if means is None or len(before.papers) != 1:
        return ""
    (paper,) = (f"{means['label']} {before.papers[0]}",)
    found = find_references(paper)
    return paper if [r.label for r in found] == [means["label"]] else ""


def _as_named(paper: str) -> str:
    """Kind and number of a paper, and nothing else that a client may have written there."""
    for reference in find_references(paper):
        return f"{reference.label} {reference.number}" if reference.label else str(reference.number)
    return ""


def refers_back(text: str) -> bool:
    """Whether a question without a number points at something said before."""
    if references_in(text) or len(text.split()) > LONGEST_WORDS:
        return False
    return bool(_POINTS_BACK.search(text) or _ONLY_ASKS.match(text))
