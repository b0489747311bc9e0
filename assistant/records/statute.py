"""What a § says: word for word from the statute, with its Fassung and what has amended it since.

No model. A § without a statute, or one that several statutes have, is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.fundstelle import Ledger, innermost, paper_name
from assistant.records.amendments import (
    AMENDING,
    Amendment,
    amendment_claim,
    art_of,
    day_of,
    in_force_claims,
    title_of,
)
from assistant.records.exact import Finding
from assistant.records.norm_request import NormRequest
from assistant.types import AnswerStatus, Claim, Label
from index.german import terms
from index.store import Store
from index.types import Access, Document, DocumentSummary, Provision
from ingest.papers.amending import orders_on
from ingest.papers.arten import STATUTES

_INSERTING = re.compile(r"\bfolgende[rsn]?\b.*\b(?:ein|an)gefügt\b", re.IGNORECASE)


def answer_norm(store: Store, access: Access, request: NormRequest) -> Finding:
    """The words of the §, its Fassung, and every later amendment that names it."""
    statutes = [
        document
        for summary in store.documents(access, current_only=True)
        if _is_named(summary, request.name)
        if (document := store.document(access, summary.id)) is not None
    ]
    if not _owned(statutes, request):
        return _silence(request, [])
    amending = [d for d in statutes if art_of(d) == AMENDING]
    if AMENDING.lower() in request.name.lower():
        return _changed_by(request, amending)
    bearing = [d for d in statutes if art_of(d) != AMENDING and _provisions(d, request)]
    if request.year is not None:
        bearing = [d for d in bearing if (day := day_of(d)) and day.year == request.year]
    if not bearing and request.year is None and len(amending) < len(statutes):
        inserted = _inserted(request, amending)
        if inserted is not None:
            return inserted
    if not bearing:
        return _silence(request, [d for d in statutes if art_of(d) != AMENDING])
    if len({title_of(d) for d in bearing}) > 1:
        names = "; ".join(sorted({paper_name(d) for d in bearing}))
        text = f"{request} gibt es in mehreren Regelwerken: {names}. Welches ist gemeint?"
        return Finding(AnswerStatus.CLARIFY, text=text, objection=text)
    bearing.sort(key=lambda d: day_of(d) or date.min, reverse=True)
    return _finding(request, bearing, amending)


def _is_named(summary: DocumentSummary, name: str) -> bool:
    art = summary.kopfdaten.art
    if art is None or art.value not in STATUTES:
        return False
    if AMENDING.lower() in name.lower():
        return art.value == AMENDING
    wanted = terms(name)[:1] if name.lower() not in ("satzung", "ordnung", "richtlinie") else []
    held = set(terms(f"{summary.title} {art.value}"))
    if art.value == AMENDING:
        # An amendment calls the statute by its whole name; its parts are what both share.
        return not wanted or bool(set(terms(name)) & held)
    return all(term in held for term in wanted)


def _owned(statutes: Sequence[Document], request: NormRequest) -> bool:
    """Whether one of the statutes speaks of each word of the owner that a question names."""
    wanted = {found[0] for word in request.owner.split() if (found := terms(word))}
    return not wanted or any(wanted <= set(terms(statute.text)) for statute in statutes)


def _inserted(request: NormRequest, amending: Sequence[Document]) -> Finding | None:
    """A § that the statute on record does not have and a later amendment brings in."""
    ledger = Ledger()
    claims = [
        ledger.state(claim)
        for document in sorted(amending, key=lambda d: day_of(d) or date.min)
        for claim in _amendments(document, request, ledger, "Eingefügt durch", _INSERTING)
    ]
    if not claims:
        return None
    note = f"Das Regelwerk selbst ist nicht in einer Fassung mit {request} erfasst."
    text = "\n".join([*(claim.text for claim in claims), note])
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=(note,))


def _changed_by(request: NormRequest, amending: Sequence[Document]) -> Finding:
    """What amending statutes order of a §, where they are asked about themselves."""
    ledger = Ledger()
    claims = [
        ledger.state(claim)
        for document in sorted(amending, key=lambda d: day_of(d) or date.min)
        for claim in _amendments(document, request, ledger)
    ]
    if not claims:
        return _silence(request, amending)
    text = "\n".join(claim.text for claim in claims)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), tuple(ledger.citations), text)


def _provisions(document: Document, request: NormRequest) -> list[Provision]:
    return [
        provision
        for provision in document.provisions
        if re.sub(r"[§\s]", "", provision.paragraph).lower() == request.paragraph
        and request.absatz in ("", provision.absatz)
    ]


def _silence(request: NormRequest, statutes: Sequence[Document]) -> Finding:
    if statutes:
        names = "; ".join(dict.fromkeys(paper_name(d) for d in statutes))
        year = f" in einer Fassung von {request.year}" if request.year else ""
        text = f"{request} ist{year} nicht erfasst. Durchsucht: {names}."
    else:
        name = f"{request.name} ({request.owner})" if request.owner else request.name
        text = f"Ein Regelwerk „{name}“ ist unter diesem Namen nicht erfasst."
    return Finding(AnswerStatus.ABSTAINED, text=text, objection=text)


def _finding(
    request: NormRequest, fassungen: Sequence[Document], amending: Sequence[Document]
) -> Finding:
    ledger = Ledger()
    statute = fassungen[0]
    claims = list(_words(statute, request, ledger))
    claims += in_force_claims(statute, ledger)
    since = day_of(statute)
    amended = [
        claim
        for document in sorted(amending, key=lambda d: day_of(d) or date.min)
        if since is None or (day := day_of(document)) is None or day > since
        for claim in _amendments(document, request, ledger)
    ]
    claims += amended
    for older in fassungen[1:]:
        span = _provisions(older, request)[0].span
        text = f"Frühere Fassung: {paper_name(older)}."
        cited = (ledger.cite(older, span), *ledger.cite_name(older))
        claims.append(Claim(text, Label.BELEGT, cited))
    claims = [ledger.state(claim) for claim in claims]
    notes = [] if amended else ["Spätere Änderungen sind nicht erfasst."]
    spoken = set(terms("\n".join(p.span.cut(statute.text) for p in _provisions(statute, request))))
    unspoken = [word for word in request.topics if not set(terms(word)[:1]) & spoken]
    notes += [f"Von „{word}“ ist dort nicht die Rede." for word in unspoken]
    text = "\n".join([*(claim.text for claim in claims), *notes])
    return Finding(
        AnswerStatus.ANSWERED, tuple(claims), tuple(ledger.citations), text, notes=tuple(notes)
    )


def _words(statute: Document, request: NormRequest, ledger: Ledger) -> Iterator[Claim]:
    for number, provision in enumerate(_provisions(statute, request)):
        quoted = " ".join(provision.span.cut(statute.text).split())
        printed = quoted.startswith(f"({provision.absatz})")
        absatz = "" if printed or not provision.absatz else f" Abs. {provision.absatz}"
        lead = f"{provision.paragraph}{absatz}"
        if number == 0:
            lead = f"{paper_name(statute)}, {lead}"
        cited = [ledger.cite(statute, provision.span)]
        section = innermost(statute, provision.span)
        if section is not None and len(section.heading):
            cited.append(ledger.cite(statute, section.heading))
        cited += ledger.cite_name(statute) if number == 0 else []
        yield Claim(f"{lead}: „{quoted}“", Label.BELEGT, tuple(dict.fromkeys(cited)))


def _amendments(
    document: Document,
    request: NormRequest,
    ledger: Ledger,
    how: str = "Änderung durch",
    only: re.Pattern[str] | None = None,
) -> Iterator[Claim]:
    """The orders of an amending statute on the §, and since when they hold."""
    spans = orders_on(document.text, request.paragraph, request.absatz)
    orders = [Amendment(document, span) for span in spans]
    orders = [order for order in orders if only is None or only.search(order.words)]
    for order in orders:
        yield amendment_claim(order, ledger, how)
    if orders:
        yield from in_force_claims(document, ledger, " der Änderung")
