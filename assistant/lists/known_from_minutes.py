"""Papers that a list leaves out because they are not on file: minutes alone tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.fundstelle import Ledger
from assistant.lists.request import ANTRAEGE, ListRequest
from assistant.lists.vote_fit import fits_vote
from assistant.records.absent import MinuteEntry, entry_claim, entry_of, movers_of
from assistant.types import Claim, Label
from index.german import terms
from index.store import Store
from index.types import Access, DocumentSummary, Drucksachennummer, Outcome, TopBeschluss

MOST_NAMED = 50
_DECIDED = frozenset({Outcome.BESCHLOSSEN, Outcome.GEAENDERT})


def known_from_minutes(store: Store, access: Access, request: ListRequest) -> list[MinuteEntry]:
    """The latest entry of each paper that the request fits as far as minutes tell.

    What they leave open rules nothing out. A period is that of the sitting.
    """
    known = set(store.numbers(access))
    found: dict[tuple[str, str, str], MinuteEntry] = {}
    for summary in store.documents(access, current_only=True):
        wanted = list(_wanted(summary, request, known))
        minutes = store.document(access, summary.id) if wanted else None
        for beschluss, number in wanted if minutes else ():
            assert minutes is not None
            entry = entry_of(minutes, beschluss, number)
            if entry is None or not _is_asked_for(entry, request):
                continue
            key = (minutes.mandant, entry.art, number.key)
            if key not in found or found[key].day < entry.day:
                found[key] = entry
    fitting = (entry for entry in found.values() if _ended_so(entry, request))
    return sorted(fitting, key=lambda e: (e.day, e.number.wahlperiode or 0, e.name), reverse=True)


def _wanted(
    summary: DocumentSummary, request: ListRequest, known: set[Drucksachennummer]
) -> Iterator[tuple[TopBeschluss, Drucksachennummer]]:
    """The items of minutes that may tell of a paper that is asked for, by the header alone."""
    kopf = summary.kopfdaten
    day = kopf.datum.value if kopf.datum else None
    if not kopf.beschluesse:
        return
    if (request.first and (day is None or day < request.first)) or (
        request.last and (day is None or day > request.last)
    ):
        return
    body = kopf.gremium.value.casefold() if kopf.gremium else ""
    if request.gremium and body != request.gremium.casefold():
        return
    topic = set(request.topic_terms)
    for beschluss in kopf.beschluesse:
        if beschluss.ergebnis is None or not topic <= set(terms(beschluss.titel)):
            continue
        for number in beschluss.drucksachen:
            fits = request.wahlperiode in (None, number.wahlperiode)
            if fits and number not in known:
                yield beschluss, number


def _is_asked_for(entry: MinuteEntry, request: ListRequest) -> bool:
    """Whether kind and movers fit, as far as they are told."""
    if request.arten and entry.art not in request.arten:
        return False
    if not request.fraktionen:
        return True
    movers, asked = movers_of(entry), set(request.fraktionen)
    if not movers:
        return entry.art in ANTRAEGE
    return asked <= movers if request.together else bool(asked & movers)


def _ended_so(entry: MinuteEntry, request: ListRequest) -> bool:
    """Whether outcome and vote fit; a recommendation decides nothing, so it rules nothing out."""
    if entry.recommends:
        return True
    outcome = entry.ergebnis.outcome
    if request.undecided and outcome is not None:
        return False
    if request.outcome is not None and outcome is not None:
        same = outcome is request.outcome or (
            request.outcome is Outcome.BESCHLOSSEN and outcome in _DECIDED
        )
        if same is request.negated:
            return False
    return not request.votes or fits_vote(entry.ergebnis, request.votes) is not False


def write_known_from_minutes(
    entries: Iterable[MinuteEntry], ledger: Ledger, *, by_sitting: bool
) -> list[Claim]:
    """How many there are, and each with what its minutes record; none without entries.

    `by_sitting` says that a period was asked for, which here is the one of the sitting.
    """
    named = list(entries)
    if not named:
        return []
    rule = "; als Datum gilt das der Sitzung" if by_sitting else ""
    head = (
        f"Nicht mitgezählt, weil die Drucksache nicht vorliegt und nur eine Niederschrift sie "
        f"verzeichnet ({len(named)}{rule}):"
    )
    claims = [Claim(head, Label.ABGELEITET, ())]
    for entry in named[:MOST_NAMED]:
        who = ", ".join(" ".join(mover.value.split()).rstrip(".") for mover in entry.movers)
        said = entry_claim(entry, ledger)
        title = f": {entry.beschluss.titel}" if entry.beschluss.titel else ""
        text = f"{entry.name}{f' ({who})' if who else ''}{title} – {said.text}"
        claims.append(ledger.state(Claim(text, Label.BELEGT, said.citations)))
    return claims
