"""Whether a statement stands in the files: "Stimmt „5 Mio. fehlende Fachkräfte bis 2030“?".

It is held against one sentence at a time: every figure, date and name has to stand there. What only
a motion says is its movers' claim; another value for the same matter is shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.citations import check_claim, same_value
from assistant.finding.candidates import Candidate, sentences_of, term_weights
from assistant.finding.retriever import Searchable, search
from assistant.fundstelle import Ledger, innermost, paper_name
from assistant.records.exact import Finding
from assistant.records.supplements import Supplements, effect_claim
from assistant.tables import amount_problems
from assistant.types import AnswerStatus, Claim, Label
from index.german import query_terms
from index.types import Access, Document, SectionKind, Span
from ingest.expressions import Kind, find_expressions

HITS = 20
MOST_SHOWN = 3
_AMOUNTS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER})
_QUOTED = r"[„“\"»«](?P<quoted>[^„“”\"»«]{6,})[“”\"«»]"
_LEAD = re.compile(
    r"^\W*(?:und\s+|bitte\s+)?(?:"
    r"stimmt\s+(?:es|das|die\s+(?:aussage|angabe|zahl|behauptung)|der\s+satz|folgende\w*\s+\w+)?|"
    r"(?:ist|trifft)\s+(?:es|die\s+(?:aussage|angabe|zahl|behauptung))?\s*"
    r"(?:richtig|wahr|zu|zutreffend|korrekt|belegt|nachgewiesen|bekannt\s+und\s+belegt)|"
    r"(?:ist|sind|lässt\s+sich|kann\s+man)\s+(?:denn\s+)?(?:belegt|belegen|nachgewiesen|"
    r"nachweisen)|"
    r"gibt\s+es\s+(?:einen\s+|irgendeinen\s+)?(?:beleg|belege|nachweis|quelle)\s+(?:dafür|"
    r"für\s+die\s+"
    r"(?:aussage|angabe|zahl|behauptung))|"
    r"(?:prüf\w*|überprüf\w*)\s+(?:bitte\s+)?(?:die\s+(?:aussage|angabe|zahl|behauptung)|"
    r"ob\s+es\s+stimmt)|"
    r"woher\s+(?:stammt|kommt)\s+die\s+(?:aussage|angabe|zahl|behauptung)"
    r")(?P<rest>\W.*)$",
    re.IGNORECASE | re.DOTALL,
)
_THAT = re.compile(r"^[\s,:]*(?:dass|daß|das|,\s*dass)\s+(?P<said>.+?)[\s?!.]*$", re.I | re.S)
_OF = re.compile(r"^[\s,:]*(?:von|mit\s+den|mit|:)\s*(?P<said>.+?)[\s?!.]*$", re.I | re.S)
_QUOTE = re.compile(_QUOTED)
_MIN_WORDS = 2
_LIMITING = re.compile(
    r"\b(?:fast|nahezu|knapp|rund|etwa|circa|ca|ungefähr|mindestens|höchstens|wenigstens|bis\s+zu|"
    r"voraussichtlich|geschätzt\w*|schätzungsweise|über|unter|mehr\s+als|weniger\s+als|nur|"
    r"teilweise|"
    r"vorbehaltlich|nach\s+Angaben|angeblich|vermutlich|möglicherweise)\b",
    re.IGNORECASE,
)
"""Words that limit a figure; where only the source has them, they are said."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of the files that speaks to the statement."""

    candidate: Candidate
    outdated: bool

    @property
    def document(self) -> Document:
        return self.candidate.document

    @property
    def is_movers(self) -> bool:
        """Whether only those who moved the paper say so."""
        section = innermost(self.document, self.candidate.span)
        recorded = section is not None and section.kind is SectionKind.ERGEBNIS
        return bool(self.document.kopfdaten.antragsteller) and not recorded


def read_assertion(text: str) -> str | None:
    """The statement that a question asks the files to bear out; None for every other question."""
    lead = _LEAD.match(text)
    if lead is None:
        return None
    rest = lead["rest"]
    quoted = _QUOTE.search(rest)
    if quoted is not None:
        return " ".join(quoted["quoted"].split()).rstrip(" .?!")
    said = _THAT.match(rest) or _OF.match(rest)
    words = " ".join(said["said"].split()) if said else ""
    return words if len(query_terms(words)) >= _MIN_WORDS else None


def answer_assertion(parts: Searchable, access: Access, statement: str) -> Finding:
    """Where the statement stands, whose words it is, and what other values stand there."""
    hits, _ = search(parts, statement, access, HITS)
    weights = term_weights(parts, statement, access)
    supplements = Supplements(parts.store, access)
    places: list[_Place] = []
    for rank, hit in enumerate(hits):
        document = parts.store.document(access, hit.passage.document_id)
        if document is None:
            continue
        for candidate in sentences_of(document, hit, weights, rank):
            outdated = supplements.outdated(document, candidate.span)
            places.append(_Place(candidate, outdated))
    places = _each_once(places)
    borne = [place for place in places if _bears(statement, place)]
    later = {
        other.id: (place.document, other)
        for place in borne
        if place.outdated
        for other in supplements.later(place.document)
    }
    others = [
        place
        for place in places
        if place not in borne
        and _says_otherwise(statement, place, follows=place.document.id in later)
    ]
    return _finding(statement, borne, others, list(later.values()), places)


def _each_once(places: Sequence[_Place]) -> list[_Place]:
    first: dict[tuple[str, Span], _Place] = {}
    for place in places:
        first.setdefault((place.document.id, place.candidate.span), place)
    return list(first.values())


def _bears(statement: str, place: _Place) -> bool:
    """Whether one sentence, or one row with its column, holds all that the statement says."""
    candidate = place.candidate
    if amount_problems(statement, [(place.document, candidate.span)]):
        return False
    return not check_claim(statement, [candidate.words], _headings(place))


def _headings(place: _Place) -> list[str]:
    """What may lend nouns to a sentence: the paper's title and the headings above it."""
    return [place.document.title, *place.candidate.hit.passage.heading_path]


def _says_otherwise(statement: str, place: _Place, *, follows: bool) -> bool:
    """Whether a sentence speaks of the same matter and gives another figure of the same kind.

    The title may lend the matter's name only where the paper follows the one that bears the
    statement: a title stands above many figures.
    """
    stated = [e for e in find_expressions(statement) if e.kind in _AMOUNTS | {Kind.DATE}]
    held = find_expressions(place.candidate.words)
    kinds = {e.kind for e in stated}
    if not stated or not any(e.kind in kinds for e in held):
        return False
    if all(any(same_value(e, other) for other in held) for e in stated):
        return False
    bare = statement
    for expression in reversed(find_expressions(statement)):
        bare = f"{bare[: expression.span.start]} {bare[expression.span.end :]}"
    if len(query_terms(bare)) < _MIN_WORDS:
        return False
    return not check_claim(bare, [place.candidate.words], _headings(place) if follows else [])


def _finding(
    statement: str,
    borne: Sequence[_Place],
    others: Sequence[_Place],
    later: Sequence[tuple[Document, Document]],
    places: Sequence[_Place],
) -> Finding:
    ledger = Ledger()
    if not borne and not others:
        for place in _nearest(statement, places):
            ledger.cite(place.document, place.candidate.span)
        text = (
            f"Nicht belegt: Keine einzelne Stelle im Bestand trägt die Angabe „{statement}“. Das "
            f"sagt "
            "nicht, dass sie falsch ist. [prüfen: Primärquelle]"
        )
        cited = tuple(ledger.citations)
        return Finding(AnswerStatus.ABSTAINED, text=text, objection=text, nearest=cited)
    claims = [_borne_claim(statement, place, ledger) for place in _best(borne)]
    if borne and all(place.is_movers for place in borne):
        text = "Ein Nachweis dafür liegt im Bestand nicht vor [prüfen: Primärquelle]."
        claims.append(Claim(text, Label.NICHT_BELEGT, ()))
    if others and not borne:
        text = "So steht die Angabe nicht im Bestand. Zur selben Sache steht dort ein anderer Wert:"
        claims.append(Claim(text, Label.NICHT_BELEGT, ()))
    claims += [effect_claim(earlier, other, ledger) for earlier, other in later]
    claims += [_other_claim(place, ledger) for place in others[:MOST_SHOWN]]
    claims = [ledger.state(claim) for claim in claims]
    text = "\n".join(claim.text for claim in claims)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), tuple(ledger.citations), text)


def _nearest(statement: str, places: Sequence[_Place]) -> list[_Place]:
    """The sentences that share most figures, then most words, with the statement."""
    stated = find_expressions(statement)
    shared = [
        (sum(any(same_value(e, h) for h in find_expressions(p.candidate.words)) for e in stated), p)
        for p in places
        if p.candidate.coverage and not _is_head(p)
    ]
    shared.sort(key=lambda pair: (-pair[0], -pair[1].candidate.coverage, pair[1].candidate.rank))
    return [place for _, place in shared[:MOST_SHOWN]]


def _is_head(place: _Place) -> bool:
    section = innermost(place.document, place.candidate.span)
    return section is not None and section.kind is SectionKind.KOPF


def _best(borne: Sequence[_Place]) -> list[_Place]:
    """A few of the places, one a paper; what others than the movers say, and what holds, first."""
    first: dict[str, _Place] = {}
    for place in sorted(borne, key=lambda p: (p.outdated, p.is_movers, p.candidate.rank)):
        first.setdefault(place.document.id, place)
    return list(first.values())[:MOST_SHOWN]


def _borne_claim(statement: str, place: _Place, ledger: Ledger) -> Claim:
    own = {word.lower() for word in _LIMITING.findall(statement)}
    limits = [w for w in _LIMITING.findall(place.candidate.words) if w.lower() not in own]
    if not limits:
        return _claim("Die Angabe steht so in", place, ledger)
    quoted = ", ".join(f"„{word}“" for word in dict.fromkeys(limits))
    return _claim(f"Die Angabe steht, dort mit {quoted}, in", place, ledger)


def _other_claim(place: _Place, ledger: Ledger) -> Claim:
    return _claim("Anderer Wert in", place, ledger)


def _claim(lead: str, place: _Place, ledger: Ledger) -> Claim:
    document, span = place.document, place.candidate.span
    movers = [" ".join(m.value.split()).rstrip(".") for m in document.kopfdaten.antragsteller]
    quoted = " ".join(place.candidate.words.split())
    text = f"{lead} {paper_name(document)}"
    section = innermost(document, span)
    if section is not None and section.kind is SectionKind.BESCHLUSSVORSCHLAG:
        text += ", als Vorschlag (Beschlussvorschlag), nicht als Beschluss"
    if place.is_movers:
        text += f", als Angabe der Antragsteller ({', '.join(movers)})"
    if place.outdated:
        text += " (überholt, siehe spätere Drucksache)"
    text += f": „{quoted}“"
    numbers = [*ledger.cite_with_head(document, span, text), *ledger.cite_name(document)]
    numbers += [
        ledger.cite_line(document, mover.span) for mover in document.kopfdaten.antragsteller
    ]
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))
