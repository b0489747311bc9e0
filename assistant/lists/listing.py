"""Complete, countable lists of papers, from their header fields and recorded results.

No top-k: every paper that may be seen is looked at. Where the field that decides is not on record,
the paper is named apart; it is neither in the list nor silently out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from assistant.fundstelle import Ledger
from assistant.lists.filters import filters_of
from assistant.lists.known_from_minutes import known_from_minutes, write_known_from_minutes
from assistant.lists.phrase import phrase_of
from assistant.lists.request import ListRequest
from assistant.lists.rows import COLUMNS, Row, apart, cells, newest_first, row_claim
from assistant.lists.topics import holding_a_word, is_about, write_elsewhere
from assistant.lists.vote_fit import fits_vote, vote_result
from assistant.records.absent import MinuteEntry
from assistant.records.exact import Finding
from assistant.records.vorgang import Result, is_recommendation, results
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import (
    Access,
    Document,
    DocumentSummary,
    Kopfdaten,
    Outcome,
)
from ingest.papers.fraktionen import normalise_fraktion

_NOT_DECIDED_ON = frozenset({"Niederschrift", "Einladung"})
"""Kinds whose numbers papers of other kinds bear too."""
_POSITIVE = frozenset({Outcome.BESCHLOSSEN, Outcome.GEAENDERT})


class Fit(Enum):
    """Whether a paper belongs in a list; the value says what is not on record."""

    IN = ""
    OUT = "-"
    NO_DATE = "Datum nicht erfasst"
    NO_MOVER = "Antragsteller nicht erfasst"
    NO_TERM = "Wahlperiode nicht erfasst"
    NO_RESULT = "Ergebnis nicht erfasst"
    NO_VOTE = "Stimmverhalten nicht erfasst"


def answer_list(store: Store, access: Access, request: ListRequest) -> Finding:
    """Lists every paper that the request fits; one claim a paper, newest first.

    Where words of the question were not understood, it says which, and lists nothing.
    """
    if request.not_understood:
        reason = request.not_understood
        return Finding(AnswerStatus.ABSTAINED, text=reason, objection=reason)
    found, elsewhere = collect(store, access, request)
    return _finding(request, found, elsewhere, known_from_minutes(store, access, request))


def collect(
    store: Store, access: Access, request: ListRequest
) -> tuple[dict[Fit, list[Row]], list[Document]]:
    """Every paper that fits or cannot be judged, by that, and those with the topic elsewhere."""
    found: dict[Fit, list[Row]] = {}
    elsewhere: list[Document] = []
    for summary in candidates(store, access, request):
        fit = fit_of(summary.kopfdaten, request)
        if fit is Fit.OUT:
            continue
        document = store.document(access, summary.id)
        if document is None:
            continue
        if not is_about(document, request.topic_terms):
            elsewhere.append(document)
            continue
        recorded = results(store, access, document)
        result = vote_result(recorded) if request.votes else decisive(recorded)
        if fit is Fit.IN and request.needs_outcome:
            fit = outcome_fit(result, request)
        if fit is Fit.IN and request.votes:
            fit = vote_fit(result, request)
        if fit is not Fit.OUT:
            found.setdefault(fit, []).append(Row(document, result))
    return found, elsewhere


def candidates(store: Store, access: Access, request: ListRequest) -> Iterable[DocumentSummary]:
    """All valid papers of the kinds asked for; with a topic those that hold one of its words."""
    register = [
        summary
        for summary in store.documents(access, current_only=True)
        if (
            _is_of(summary.kopfdaten, request.arten)
            if request.arten
            else not _skipped(summary, request)
        )
    ]
    if not request.topic_terms:
        return register
    return holding_a_word(store, access, register, request.topic)


def _skipped(summary: DocumentSummary, request: ListRequest) -> bool:
    """Whether nobody decides on such a paper, in a list of all kinds by what became of them."""
    return request.needs_result and _art(summary.kopfdaten) in _NOT_DECIDED_ON


def _is_of(kopf: Kopfdaten, arten: Collection[str]) -> bool:
    """Whether a paper is of a kind by its own, or by the wider one that it is numbered under.

    A Beschlusskontrolle printed as "Vorlage Nr. 15/2480" is among the Vorlagen.
    """
    return _art(kopf) in arten or kopf.benennung in arten


def _art(kopf: Kopfdaten) -> str:
    return kopf.art.value if kopf.art else ""


def fit_of(kopf: Kopfdaten, request: ListRequest) -> Fit:
    """Whether the header fields fit; results and topic are not looked at."""
    checks = (_term_fit, _body_fit, _mover_fit, _date_fit)
    fits = [check(kopf, request) for check in checks]
    if Fit.OUT in fits:
        return Fit.OUT
    return next((fit for fit in fits if fit is not Fit.IN), Fit.IN)


def _term_fit(kopf: Kopfdaten, request: ListRequest) -> Fit:
    if request.wahlperiode is None or kopf.wahlperiode == request.wahlperiode:
        return Fit.IN
    return Fit.NO_TERM if kopf.wahlperiode is None else Fit.OUT


def _body_fit(kopf: Kopfdaten, request: ListRequest) -> Fit:
    if request.gremium is None:
        return Fit.IN
    named = {station.gremium.casefold() for station in kopf.beratungsfolge}
    if kopf.gremium:
        named.add(kopf.gremium.value.casefold())
    return Fit.IN if request.gremium.casefold() in named else Fit.OUT


def _mover_fit(kopf: Kopfdaten, request: ListRequest) -> Fit:
    if not request.fraktionen:
        return Fit.IN
    if not kopf.antragsteller:
        return Fit.NO_MOVER
    movers = {normalise_fraktion(mover.value) for mover in kopf.antragsteller}
    asked = set(request.fraktionen)
    return Fit.IN if (asked <= movers if request.together else asked & movers) else Fit.OUT


def _date_fit(kopf: Kopfdaten, request: ListRequest) -> Fit:
    if request.first is None and request.last is None:
        return Fit.IN
    if kopf.datum is None:
        return Fit.NO_DATE
    day = kopf.datum.value
    early = request.first is not None and day < request.first
    late = request.last is not None and day > request.last
    return Fit.OUT if early or late else Fit.IN


def decisive(recorded: Sequence[Result]) -> Result | None:
    """The result that counts: of the latest sitting that decided, else the note on the paper."""
    return next((r for r in recorded if not is_recommendation(r)), None)


def outcome_fit(result: Result | None, request: ListRequest) -> Fit:
    """Whether the recorded result is one that is asked for."""
    recorded = result.ergebnis.outcome if result else None
    if recorded is None:
        return Fit.IN if request.undecided else Fit.NO_RESULT
    if request.undecided:
        return Fit.OUT
    asked = request.outcome
    same = recorded is asked or (asked is Outcome.BESCHLOSSEN and recorded in _POSITIVE)
    return Fit.IN if same is not request.negated else Fit.OUT


def vote_fit(result: Result | None, request: ListRequest) -> Fit:
    """Whether the recorded vote went as asked for."""
    if result is None:
        return Fit.NO_RESULT
    fits = fits_vote(result.ergebnis, request.votes)
    if fits is None:
        return Fit.NO_VOTE
    return Fit.IN if fits else Fit.OUT


def _finding(
    request: ListRequest,
    found: dict[Fit, list[Row]],
    elsewhere: Sequence[Document],
    absent: Sequence[MinuteEntry],
) -> Finding:
    rows = found.pop(Fit.IN, [])
    ledger = Ledger()
    filters = "; ".join(one.text for one in filters_of(request))
    head = f"Erfasst: {len(rows)}. Gezählt nach den Kopfdaten: {filters}."
    claims = [Claim(head, Label.ABGELEITET, ())]
    for row in sorted(rows, key=newest_first):
        claims.append(ledger.state(row_claim(row, ledger)))
    for fit, unclear in sorted(found.items(), key=lambda item: item[0].value):
        claims.append(apart(fit.value, sorted(unclear, key=newest_first), ledger))
    latest = sorted((Row(document, None) for document in elsewhere), key=newest_first)
    documents = (row.document for row in latest)
    claims += write_elsewhere(
        documents, request.topic, request.topic_terms, ledger, by_result=request.needs_result
    )
    by_sitting = request.first is not None or request.last is not None
    claims += write_known_from_minutes(absent, ledger, by_sitting=by_sitting)
    text = "\n".join(claim.text for claim in claims)
    table = AnswerTable(
        COLUMNS,
        tuple(
            cells(row, fit.value)
            for fit, group in [(Fit.IN, rows), *sorted(found.items(), key=lambda i: i[0].value)]
            for row in sorted(group, key=newest_first)
        ),
    )
    cited = tuple(ledger.citations)
    said, listed = tuple(claims), phrase_of(request)
    return Finding(AnswerStatus.ANSWERED, said, cited, text, table=table, listed=listed)
