"""What is being asked: which papers, which kind of answer, which claims the question itself makes.

Rules only; no model. The rules are ordered: the first kind that fits is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.understanding.departure_question import asks_for_departure
from assistant.understanding.scope import scope_problem
from assistant.understanding.wanted import VOTES, Wanted, wanted_kinds
from index.types import Drucksachennummer, Outcome, Span
from ingest.expressions import Expression, Kind, Reference, find_expressions, find_references
from ingest.papers.outcomes import read_outcome


class QuestionKind(StrEnum):
    """The kinds of question this house tells apart. Printed, so German."""

    STATUS = "status"
    ABSTIMMUNG = "abstimmung"
    DATUM = "datum"
    ANTRAGSTELLER = "antragsteller"
    DIENSTSTELLE = "dienststelle"
    BERATUNGSFOLGE = "beratungsfolge"
    BETREFF = "betreff"
    BESCHLUSSVORSCHLAG = "beschlussvorschlag"
    ABWEICHUNG = "abweichung"
    OEFFENTLICHKEIT = "oeffentlichkeit"
    VORGANG = "vorgang"
    LISTE = "liste"
    NORM = "norm"
    BETRAG = "betrag"
    PRAEZEDENZ = "praezedenz"
    SACHVERHALT = "sachverhalt"
    ZIELRICHTUNG = "zielrichtung"
    FINANZEN = "finanzen"
    ARGUMENTE = "argumente"
    BEHAUPTUNG = "behauptung"
    ENTWURF = "entwurf"
    SITZUNG = "sitzung"
    BESTAND = "bestand"
    AUFTRAG = "auftrag"
    OFFEN = "offen"
    AUSSERHALB = "ausserhalb"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        numbers: the papers it names, each once, in order.
        labels: the word before each number ("Antrag"), lower case, or None; parallel.
        asserted: an outcome the question takes for granted ("Warum wurde … abgelehnt?").
        wanted: the kinds of expression an answer must hold, the main one first; may be empty.
        asks_for_body_or_day: whether Gremium or date of the decision are asked for too.
        scope_problem: why it is outside what this house answers; German, or None.
    """

    text: str
    kind: QuestionKind
    numbers: tuple[Drucksachennummer, ...]
    labels: tuple[str | None, ...]
    wanted: tuple[Wanted, ...]
    asserted: Outcome | None
    asks_for_body_or_day: bool
    expressions: tuple[Expression, ...]
    scope_problem: str | None = None


_UNANIMOUS = re.compile(r"\b(?:einstimmig|mehrheitlich)\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:beschlossen|angenommen|abgelehnt|verabschiedet|zugestimmt|entschieden|entscheidung|"
    r"beschluss gefasst|"
    r"beschieden|ergebnis\w*|status|stand|ausgang|ausgegangen|zurückgezogen|vertagt|verwiesen|"
    r"abgesetzt|durchgekommen|"
    r"durch(?:gegangen)?|gescheitert|erledigt|was wurde aus|was ist aus|kenntnis genommen|"
    r"bewilligt|befürwortet|"
    r"genehmigt|zustimmung|(?:raus|heraus)(?:gekommen|kam)?)\b|"
    r"\bwie (?:ging|gingen)\b.{0,80}\baus\b",
    re.IGNORECASE,
)
_APPLICANT = re.compile(
    r"\b(?:antragsteller\w*|einreicher\w*|fragesteller\w*|fraktion\w*|von wem|wer hat|"
    r"wer haben|wer stellte|wer brachte|"
    r"urheber\w*|eingereicht|"
    r"gestellt von|stammt von|wessen)\b|\bwer (?:ist|sind|war|waren) .{0,20}(?:einreicher|"
    r"initiator)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:wann|datum|datiert|tag|von wann|an welchem tag|seit wann)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b(?:beratungsfolge|gremi(?:um|en|ums)|ausschuss|ausschüsse[ns]?|ausschusses|beraten|"
    r"beratung|beratungen|"
    r"behandelt|sitzung(?:en)?|station(?:en)?|\w*ausschuss\w*|\w*versammlung|\w*kommission|\w*beirat|tagt|"
    r"vorberaten|(?-i:LA))\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:worum|thema|themen|titel|betreff|gegenstand|was steht|was beinhaltet|inhalt|"
    r"wovon handelt|zusammenfassung|fass\w*\b.*\bzusammen|"
    r"tagesordnungspunkt|überschrift|was (?:will|fordert|möchte|begehrt|verlangt))\b",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(
    r"\b(?:beschlussvorschlag\w*|beschlusstext|was soll (?:beschlossen|die verwaltung)|wortlaut|"
    r"vorgeschlagen|"
    r"was schlägt)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:dienststelle|dezernat|fachbereich|bearbeite[rt]\w*|federführ\w*|zuständig\w*)\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:öffentlich|nichtöffentlich|nicht öffentlich|vertraulich)\b", re.IGNORECASE
)
_RELATED = re.compile(
    r"\bwelche[rsnm]?\s+\w*(?:antr[aä]g|vorlage|drucksache|resolution)\w*\b.*"
    r"\b(?:geändert|ergänzt|ersetzt|abgelöst|fortgeschrieben)\b|"
    r"\bworauf\s+bezieh(?:t|en)\b|\bwas\s+(?:ändert|ergänzt|ersetzt)\b|"
    r"\bzu\s+welche[rm]\s+\w*(?:antrag|vorlage)\w*\s+gehört\b",
    re.IGNORECASE,
)
"""How a paper is tied to others: its whole case says so."""
_IF_VALID = re.compile(
    r"\b(?:gilt|gelten)\b.{0,80}\bnoch\b|\bnoch\s+(?:aktuell|gültig|in\s+kraft|maßgeblich|"
    r"verbindlich)\b|\büberholt\b|"
    r"\b(?:wurde|ist)\b.{0,60}\b(?:ersetzt|abgelöst|fortgeschrieben|aufgehoben)\b",
    re.IGNORECASE,
)
_OPEN_WORD = re.compile(
    r"\b(?:warum|weshalb|wieso|aus welche[mn]|begründ\w*|wie hoch|wie teuer|was kostet|kosten|"
    r"wie viele?|welche[rsnm]? "
    r"(?:kosten|mittel|summe|betrag|gründe|maßnahmen|ziele|änderung\w*)|wo\b|wozu|womit|"
    r"wie lange|wie oft|inwiefern|"
    r"wofür|bis wann|ab wann|wie viel)",
    re.IGNORECASE,
)
_DECIDED_WHEN = re.compile(
    r"\b(?:beschlossen|entschieden|abgelehnt|angenommen|verabschiedet|vertagt|beraten|behandelt|"
    r"zurückgezogen)\b",
    re.IGNORECASE,
)
_ASSERTING = re.compile(
    r"^\W*(?:und\s+)?(?:warum|weshalb|wieso|(?:seit|ab|bis)\s+wann|wann|wer|von wem|"
    r"von welche\w+|mit welche\w+|"
    r"mit wie|aus welche\w+|wie|in welche\w+|"
    r"welche[rsnm]?|wo|wodurch|was|womit|durch)\b",
    re.IGNORECASE,
)
_ASKING_OUTCOME = re.compile(
    r"\b(?:ob\b|wurde .{0,80}\b(?:beschlossen|angenommen|abgelehnt)\b.{0,20}\boder\b|wie wurde|"
    r"was wurde (?:zu|aus|über)|"
    r"was hat .{0,60}beschlossen|wie (?:hat|ist|lautet))",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?P<outcome>angenommen|beschlossen|abgelehnt|zurückgezogen|vertagt)e[nrsm]?\s+"
    r"(?:\w*antrag|\w*vorlage|resolution|drucksache)",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:gescheitert|durchgefallen|scheiterte)\b", re.IGNORECASE)
_ABOUT_A_NUMBER = frozenset(
    """
    und der die das zu zum zur nr nummer bitte zeige zeig mir vorgang den was ist alles über
    übersicht bei für von haben wir gibt es info infos informationen liegt liegen vor vorhanden
    gehört gehören dazu verlauf chronologie historie
    """.split()  # noqa: SIM905
)
_SHORT_NUMBER = re.compile(
    r"(?<![\d/.,])(?P<wp>[89]|1\d|20)/(?P<n>\d)(?:/(?P<e>\d{1,2}))?(?![\d/]|[.,]\d)"
)


def references_in(text: str) -> list[Reference]:
    """The papers that a question names; a bare number of one digit too ("15/7").

    In the text of a paper that may be a fraction or a date, in a question it hardly is.
    """
    found = list(find_references(text))
    if found:
        return found
    return [
        Reference(
            Drucksachennummer.of(int(m["wp"]), int(m["n"]), int(m["e"]) if m["e"] else None),
            None,
            Span(m.start(), m.end()),
        )
        for m in _SHORT_NUMBER.finditer(text)
    ]


def understand(text: str) -> Question:
    """Reads a question. `text` is what was typed; nothing of it is executed."""
    references = references_in(text)
    numbers: list[Drucksachennummer] = []
    labels: list[str | None] = []
    for reference in references:
        if reference.number not in numbers:
            numbers.append(reference.number)
            labels.append(reference.label.lower() if reference.label else None)
    problem = scope_problem(text)
    kind = QuestionKind.AUSSERHALB if problem else _kind(text, len(numbers))
    return Question(
        text=text,
        kind=kind,
        numbers=tuple(numbers),
        labels=tuple(labels),
        wanted=wanted_kinds(text),
        asserted=asserted_outcome(text),
        asks_for_body_or_day=bool(_BODIES.search(text) or _DATE.search(text)),
        expressions=tuple(e for e in find_expressions(text) if e.kind is not Kind.REFERENCE),
        scope_problem=problem,
    )


def _kind(text: str, numbers: int) -> QuestionKind:
    if not numbers:
        return QuestionKind.OFFEN
    if numbers == 1 and asks_for_departure(text):
        return QuestionKind.ABWEICHUNG
    if VOTES.search(text):
        return QuestionKind.ABSTIMMUNG
    if _is_only_a_number(text) or _RELATED.search(text):
        return QuestionKind.VORGANG
    if asks_if_valid(text):
        return QuestionKind.STATUS
    if _OPEN_WORD.search(text) and not (_DATE.search(text) and _DECIDED_WHEN.search(text)):
        return QuestionKind.OFFEN
    if _PROPOSAL.search(text):
        return QuestionKind.BESCHLUSSVORSCHLAG
    if _STATUS.search(text):
        return QuestionKind.STATUS
    if _BODIES.search(text):
        return QuestionKind.BERATUNGSFOLGE
    if _DATE.search(text):
        return QuestionKind.DATUM
    if _OFFICE.search(text):
        return QuestionKind.DIENSTSTELLE
    if _APPLICANT.search(text):
        return QuestionKind.ANTRAGSTELLER
    if _PUBLIC.search(text):
        return QuestionKind.OEFFENTLICHKEIT
    if _SUBJECT.search(text):
        return QuestionKind.BETREFF
    return QuestionKind.ABSTIMMUNG if _UNANIMOUS.search(text) else QuestionKind.OFFEN


def asks_if_valid(text: str) -> bool:
    """Whether a question asks if what was decided still holds: "Gilt 15/1640 noch?"."""
    return bool(_IF_VALID.search(text))


def _is_only_a_number(text: str) -> bool:
    """Whether nothing but the number and filler stands in the question: "Und 15/247?"."""
    rest = text
    for reference in reversed(references_in(text)):
        rest = rest[: reference.span.start] + rest[reference.span.end :]
    words = re.findall(r"\w+", rest.lower())
    return _ABOUT_A_NUMBER.issuperset(words)


def asserted_outcome(text: str) -> Outcome | None:
    """The outcome that a question presupposes, or None where it merely asks for it.

    "Warum wurde der Antrag abgelehnt?" presupposes, and so does "der abgelehnte Antrag"; "Wurde
    der Antrag abgelehnt?" asks.
    """
    if called := _CALLED.search(text):
        return read_outcome(called["outcome"])
    if not _ASSERTING.search(text) or _ASKING_OUTCOME.search(text):
        return None
    return Outcome.ABGELEHNT if _FAILED.search(text) else read_outcome(text)
