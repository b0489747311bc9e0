"""ZITAT: words in quotation marks that no stored paper holds, or holds otherwise.

Only what the draft gives as somebody's words: a quotation of five words or more beside a paper, or
behind a word like "wörtlich". Titles and names in quotation marks are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.fundstelle import Ledger
from assistant.review.alignment import Match, best_match, holds, words_of
from assistant.review.sentences import Sentence, sentences_of
from assistant.review.stock import Place, Stock
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.review.wording import befund, named
from index.types import Document, SectionKind, Span

SHORTEST = 5
"""Words that a quotation has at least; fewer are a term."""
NEAR = 0.35
"""Share of its words that may differ from the original they are meant for. Of the quotations with
planted faults in tests/review none differs by more than 0.25 of its words; paraphrases differ by
more than half."""
_HITS = 12
_QUOTE = re.compile(r"„([^„“”]+)[“”]|\"([^\"\n]+)\"|»([^«»]+)«|«([^«»]+)»|“([^“”]+)”")
_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*")
_INSERTED = re.compile(r"\[[^\]]*\]")
_SAID = re.compile(
    r"\b(?:wörtlich|Wortlaut|heißt es|lautet\w*|zitier\w*|Zitat|so die|so der|erklärte\w*|erklärt"
    r"|führte?\w* aus|schreibt|schrieb|formuliert\w*|begründet\w*|laut|gemäß|nach den Worten"
    r"|beschlossen|beschließt|beauftragt|festgestellt|fest|steht|nennt|ausgeführt)\b",
    re.IGNORECASE,
)
_NAMES_MINUTES = re.compile(r"\b(?:Niederschrift|Protokoll)\b")
_TITLE_BEFORE = re.compile(
    r"\b(?:[\w-]*(?:[Tt]itel\w*|[Pp]rogramm\w*|[Pp]rojekt\w*|[Bb]roschüre|[Kk]onzept\w*|[Rr]eihe"
    r"|[Aa]ktion|[Ii]nitiative|[Aa]ktionsplan|[Aa]rbeitskreis\w*|[Ff]achtag\w*|[Kk]ongress\w*|Thema|Themas"
    r"|[Aa]usstellung|[Mm]otto|[Ll]eitfaden|[Ss]tudie|[Gg]utachten|[Rr]ichtlinie\w*|[Ss]atzung"
    r"|[Gg]esetz\w*|[Vv]ereins?|[Ss]tiftung|[Bb]ündnis\w*|[Kk]ampagne|[Vv]eranstaltung|[Tt]agung"
    r"|Antrag\w*|Vorlage|Anfrage|Resolution|Produktgruppe|Betreff|Tagesordnungspunkt)"
    r"(?:\s+(?:Nr\.\s*)?\d[\d/]*)?(?:\s+vom\s[\d.]+)?\s*|\b(?:Titel|Betreff|Thema)\s*:\s*|\b(?:zu[mr]?|über)\s+)\Z"
)


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation in the draft; `span` are its words without the marks."""

    span: Span
    words: str
    attributed: bool
    sentence: Sentence


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Every quotation of the draft that is not verbatim."""
    stock = Stock(reviewed)
    for quoted in _quotations(reviewed.document):
        parts = [part for part in _CUT.split(quoted.words) if len(words_of(part)) > 1]
        parts = [_INSERTED.sub(" ", part) for part in parts]
        found = [_check_part(stock, quoted, part) for part in parts]
        wrong = next((one for one in found if one is not None), None)
        if wrong is not None:
            yield wrong


def _quotations(draft: Document) -> Iterator[_Quoted]:
    previous: Sentence | None = None
    for sentence in sentences_of(draft):
        for match in _QUOTE.finditer(sentence.words):
            group = next(i for i in range(1, 6) if match[i] is not None)
            words = match[group]
            if len(words_of(words)) < SHORTEST:
                continue
            before = sentence.words[: match.start()]
            titled = _TITLE_BEFORE.search(before) is not None
            if titled or sentence.section is SectionKind.TAGESORDNUNGSPUNKT:
                continue
            outside = before + " " + sentence.words[match.end() :]
            near = bool(sentence.rests_on) or (previous is not None and bool(previous.references))
            around = f"{previous.words if previous is not None else ''} {outside}"
            near = near or _NAMES_MINUTES.search(around) is not None
            said = _SAID.search(outside) is not None or before.rstrip().endswith(":")
            span = Span(*match.span(group)).shifted(sentence.span.start)
            yield _Quoted(span, words, near or said, sentence)
        previous = sentence


def _check_part(stock: Stock, quoted: _Quoted, words: str) -> Befund | None:
    wanted = words_of(words)
    referenced = _referenced(stock, quoted.sentence)
    if any(holds(paper.text, wanted) for paper in referenced):
        return None
    hits = stock.hits(words, _HITS)
    documents = {document.id: document for document, _ in hits}
    if any(holds(document.text, wanted) for document in documents.values()):
        return None
    places: list[Place] = [(paper, Span(0, len(paper.text))) for paper in referenced]
    places += [(document, hit.passage.span) for document, hit in hits]
    allowed = max(1, int(NEAR * len(wanted)))
    matches = [
        (match, document)
        for document, span in places
        if (match := best_match(document.text, span, wanted, allowed)) is not None
    ]
    if matches:
        return _not_verbatim(quoted, *min(matches, key=lambda pair: pair[0].differing))
    if not quoted.attributed:
        return None
    return _not_found(quoted, referenced)


def _referenced(stock: Stock, sentence: Sentence) -> Sequence[Document]:
    papers = [paper for r in sentence.rests_on for paper in stock.bearing(r.number)]
    family = [other for paper in papers for other in stock.family(paper)]
    recorded = [result.document for paper in papers for result in stock.results(paper)]
    return list({paper.id: paper for paper in (*papers, *family, *recorded)}.values())


def _not_verbatim(quoted: _Quoted, match: Match, document: Document) -> Befund:
    ledger = Ledger()
    ledger.cite(document, match.span)
    original = " ".join(match.span.cut(document.text).split())
    whole = len(words_of(quoted.words)) == match.wanted
    reason = f"Das Zitat ist nicht wörtlich. {named(document, ledger)} sagt: „{original}“"
    return befund(
        BefundArt.ZITAT, Severity.FEHLER, quoted.span, reason, ledger, original if whole else ""
    )


def _not_found(quoted: _Quoted, referenced: Sequence[Document]) -> Befund:
    ledger = Ledger()
    reason = "Der Wortlaut des Zitats steht in keinem erfassten Papier."
    if referenced:
        looked = ", ".join(named(paper, ledger) for paper in referenced[:3])
        reason = (
            "Der Wortlaut des Zitats steht weder in der genannten Drucksache noch sonst im "
            "Bestand. "
            f"Durchgesehen: {looked}."
        )
    return befund(BefundArt.ZITAT, Severity.WARNUNG, quoted.span, reason, ledger)
