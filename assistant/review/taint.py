"""Whether a public draft names or quotes what is closed.

All is looked up with the access of the person who reviews: whoever may not see closed papers is
told nothing of them, not even that there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.fundstelle import cite, paper_name
from assistant.records.schutz import closed_because
from assistant.review.prose import prose_sentences
from assistant.review.quotation import quotations
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.types import Citation
from index.types import Access, Document, DocumentSummary, Schutzstufe, SearchHit, SectionKind, Span
from ingest.expressions import find_dates, find_references
from ingest.papers.arten import SITTINGS

SAME_WORDS = 8
"""So many words in a row are a quote."""
_HITS = 5
_SHORTEST_TITLE = 20
_FEWEST_TITLE_WORDS = 3
_CLOSED = Schutzstufe.NICHTOEFFENTLICH
_BOTH = re.compile(
    r"\böffentliche[nrs]?\s*(?:Teil\s*)?(?:und|oder|/|sowie)\s*(?:die |der |im )?"
    r"nicht[\s-]?öffentliche[nrs]?\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\bnicht[\s-]?öffentlich\w*|\bvertraulich(?:e[nrsm]?)?\b(?!\s+(?:behandel|Geburt|Gespräch"
    r"|Beratung))|\bnur für den (?:internen |Dienst)\w*|\bVS-NfD\b|\bVerschlusssache\w*"
    r"|\bnicht zur Veröffentlichung\b|\bstreng geheim\b",
    re.IGNORECASE,
)
_TOP = re.compile(r"\b(?:TOP|Tagesordnungspunkt|Punkt)\s*(?:N\s*)?(\d{1,2}(?:\.\d{1,2})*)\b")
_NUMBER = re.compile(r"(?:TOP|Tagesordnungspunkt|Punkt|Zu)?\s*(?:N\s*)?(\d{1,2}(?:\.\d{1,2})*)")
_TOKEN = re.compile(r"\w+")


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Nothing for a draft that stays closed."""
    if not reviewed.public:
        return
    yield from _words(reviewed.document)
    if _CLOSED in reviewed.access.stufen:
        yield from _papers(reviewed)
        yield from _titles(reviewed)
        yield from _items(reviewed)
        yield from _quotes(reviewed)


def _fault(span: Span, reason: str, *citations: Citation) -> Befund:
    return Befund(
        BefundArt.NICHTOEFFENTLICH, Severity.FEHLER, span, reason, citations=tuple(citations)
    )


def _words(document: Document) -> Iterator[Befund]:
    declared = document.kopfdaten.oeffentlich
    if declared is not None and not declared.value:
        yield _fault(
            declared.span,
            "Der Entwurf nennt sich selbst nichtöffentlich, wird aber als öffentlicher geprüft.",
        )
    both = [Span(*match.span()) for match in _BOTH.finditer(document.text)]
    quotes = quotations(document.text)
    for match in _WORDS.finditer(document.text):
        span = Span(*match.span())
        if any(quote.contains(span) for quote in quotes):
            continue
        if not any(other.contains(span) for other in both) and not (
            declared is not None and declared.span.overlaps(span)
        ):
            yield Befund(
                BefundArt.NICHTOEFFENTLICH,
                Severity.HINWEIS if match.group()[:1] in "nN" else Severity.WARNUNG,
                span,
                f"Ein öffentlicher Entwurf sagt „{match.group()}“. Bitte prüfen, ob hier etwas "
                "aus einer nichtöffentlichen Beratung steht.",
            )


def _papers(reviewed: Reviewed) -> Iterator[Befund]:
    """Numbers that only closed papers bear."""
    own = reviewed.document.kopfdaten.nummer
    for reference in find_references(reviewed.document.text):
        if own is not None and own.value == reference.number:
            continue
        entries = reviewed.store.by_number(reviewed.access, reference.number)
        if not entries or any(entry.visibility is not _CLOSED for entry in entries):
            continue
        entry = entries[0]
        held = reviewed.store.document(reviewed.access, entry.id)
        number = held.kopfdaten.nummer if held else None
        cited = (cite(1, held, number.span),) if held and number else ()
        reason = f"{paper_name(entry)} ist nichtöffentlich. {closed_because(entry) or ''}".strip()
        yield _fault(reference.span, reason, *cited)


def _titles(reviewed: Reviewed) -> Iterator[Befund]:
    """Titles of closed papers, and of closed items of minutes, that no open paper bears."""
    register = reviewed.store.documents(reviewed.access, current_only=True)
    open_titles = {_folded(entry.title) for entry in register if entry.visibility is not _CLOSED}
    own = reviewed.document.title
    for entry in register:
        closed = {item.titel for item in entry.kopfdaten.beschluesse if item.visibility is _CLOSED}
        if entry.visibility is _CLOSED and not (_is_draft(reviewed, entry) or _is_sitting(entry)):
            closed.add(entry.title)
        for title in sorted(closed):
            if _folded(title) in open_titles or not _tells(title) or _folded(title) == _folded(own):
                continue
            words = r"\W+".join(re.escape(word) for word in _TOKEN.findall(title))
            for match in re.finditer(rf"\b{words}\b", reviewed.document.text, re.IGNORECASE):
                reason = f"Die Worte sind der Titel von Nichtöffentlichem: {paper_name(entry)}."
                yield _fault(Span(*match.span()), reason)


def _is_draft(reviewed: Reviewed, entry: DocumentSummary) -> bool:
    """Whether an entry is the draft itself, or an earlier state of it."""
    own, other = reviewed.document.kopfdaten.nummer, entry.kopfdaten.nummer
    same_number = own is not None and other is not None and own.value == other.value
    return entry.id == reviewed.document.id or same_number


def _is_sitting(entry: DocumentSummary) -> bool:
    """Whether a title only says that a Gremium met, which is no secret."""
    return entry.kopfdaten.art is not None and entry.kopfdaten.art.value in SITTINGS


def _folded(title: str) -> str:
    return " ".join(_TOKEN.findall(title)).casefold()


def _tells(title: str) -> bool:
    return len(title) >= _SHORTEST_TITLE and len(_TOKEN.findall(title)) >= _FEWEST_TITLE_WORDS


def _items(reviewed: Reviewed) -> Iterator[Befund]:
    """Items of closed parts, named by number, day and, where several met that day, Gremium."""
    text = reviewed.document.text
    named = [
        (span, item, {found.value for found in find_dates(span.cut(text))})
        for span in prose_sentences(reviewed.document)
        for item in _TOP.finditer(span.cut(text))
    ]
    if not named:
        return
    sittings = [
        entry
        for entry in reviewed.store.documents(reviewed.access, current_only=True)
        if _is_sitting(entry)
    ]
    for span, item, days in named:
        held = [entry for entry in sittings if _day(entry) in days]
        told = [entry for entry in held if _gremium(entry).casefold() in span.cut(text).casefold()]
        for entry in told or (held if len({_gremium(one) for one in held}) == 1 else []):
            document = reviewed.store.document(reviewed.access, entry.id)
            heading = _closed_item(document, item.group(1)) if document else None
            if document and heading:
                where = f"im nichtöffentlichen Teil: {paper_name(entry)}"
                reason = f"TOP {item.group(1)} steht {where}."
                place = Span(*item.span()).shifted(span.start)
                yield _fault(place, reason, cite(1, document, heading))
                break


def _day(entry: DocumentSummary) -> str:
    return entry.kopfdaten.datum.value.isoformat() if entry.kopfdaten.datum else ""


def _gremium(entry: DocumentSummary) -> str:
    return entry.kopfdaten.gremium.value if entry.kopfdaten.gremium else ""


def _closed_item(document: Document, number: str) -> Span | None:
    """The heading of an item where all that bear its number are closed."""
    found = [
        section
        for section in document.sections
        if section.kind is SectionKind.TOP
        and (match := _NUMBER.match(section.title))
        and match.group(1) == number
    ]
    if found and all(section.visibility is _CLOSED for section in found):
        return found[0].heading
    return None


def _quotes(reviewed: Reviewed) -> Iterator[Befund]:
    """Words in a row that closed passages hold and open ones do not."""
    text, access = reviewed.document.text, reviewed.access
    closed = Access(access.mandanten, frozenset({_CLOSED}))
    open_ = Access(access.mandanten, access.stufen - {_CLOSED})
    for span in prose_sentences(reviewed.document):
        words = span.cut(text)
        if len(_TOKEN.findall(words)) < SAME_WORDS:
            continue
        for hit in reviewed.store.keyword_search(closed, words, _HITS):
            found = _shared(words, hit)
            if found is None:
                continue
            here, there = found
            quote = here.cut(words)
            held = reviewed.store.document(access, hit.passage.document_id)
            if held is None or _is_state_of(reviewed, held):
                continue
            if any(_shared(quote, o) for o in reviewed.store.keyword_search(open_, quote, _HITS)):
                continue
            source = cite(1, held, there.shifted(hit.passage.span.start))
            reason = f"Die Worte stehen so in einer nichtöffentlichen Quelle: {source.fundstelle}."
            yield _fault(here.shifted(span.start), reason, source)
            break


def _is_state_of(reviewed: Reviewed, held: Document) -> bool:
    own, other = reviewed.document.kopfdaten.nummer, held.kopfdaten.nummer
    same_number = own is not None and other is not None and own.value == other.value
    return held.id == reviewed.document.id or same_number


def _shared(words: str, hit: SearchHit) -> tuple[Span, Span] | None:
    """The longest run of equal words, here and in the passage; None where it is no quote."""
    here = [(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(words)]
    there = [(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(hit.passage.text)]
    starts: dict[tuple[str, ...], int] = {}
    for at in range(len(there) - SAME_WORDS + 1):
        starts.setdefault(tuple(word for word, _, _ in there[at : at + SAME_WORDS]), at)
    best: tuple[int, int, int] | None = None
    for at in range(len(here) - SAME_WORDS + 1):
        other = starts.get(tuple(word for word, _, _ in here[at : at + SAME_WORDS]))
        if other is None:
            continue
        length = SAME_WORDS
        while (
            at + length < len(here)
            and other + length < len(there)
            and here[at + length][0] == there[other + length][0]
        ):
            length += 1
        if best is None or length > best[0]:
            best = length, at, other
    if best is None:
        return None
    length, at, other = best
    return (
        Span(here[at][1], here[at + length - 1][2]),
        Span(there[other][1], there[other + length - 1][2]),
    )
