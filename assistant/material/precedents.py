"""Precedents: what became of earlier papers on a topic, decided and rejected ones alike.

No search by meaning and no ranking: every valid paper whose title, subject or Beschlussvorschlag
holds the words of the topic is named, of whichever Fraktion. What a paper proposed is never called
decided; only its recorded result says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.fundstelle import Ledger, paper_name
from assistant.lists.known_from_minutes import known_from_minutes, write_known_from_minutes
from assistant.lists.listing import Fit, candidates, decisive, fit_of
from assistant.lists.phrase import OUTCOME_WORDS
from assistant.lists.request import ListRequest
from assistant.lists.rows import Row, apart, newest_first, row_claim
from assistant.lists.topics import is_about, write_elsewhere
from assistant.records.absent import MinuteEntry
from assistant.records.exact import Finding
from assistant.records.fields import cite_title
from assistant.records.vorgang import results
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import Access, Document, Outcome

COLUMNS = (
    "Drucksache",
    "Datum",
    "Urheber",
    "Gegenstand",
    "Ergebnis",
    "Ergebnis laut",
    "Fundstelle",
)
RULE = "Wörter im Titel, Tagesordnungspunkt oder Beschlussvorschlag"
_NO_RESULT = "Ergebnis nicht erfasst"
_ONLY_RECOMMENDED = "nur eine Empfehlung erfasst, keine Entscheidung"
_NOTE = (
    "Ein Antrag oder Beschlussvorschlag ist keine Beschlusslage; was beschlossen ist, sagt nur das "
    "vermerkte Ergebnis."
)
_ASK_TOPIC = (
    "Zu welchem Thema werden Präzedenzfälle gesucht? Bitte nennen Sie es in ein bis fünf Worten, "
    "etwa: „Welche Präzedenzfälle gibt es für Facharbeitskreise?“"
)
_UNNAMED = "in anderen Worten vermerkt"


@dataclass(frozen=True, slots=True)
class Precedents:
    """The papers on a topic by what is on record of their outcome, newest first.

    Attributes:
        decided: with the recorded result that counts, whatever it is.
        recommended: a committee's recommendation is on record, no decision.
        open: no result is on record.
        absent: not on file; minutes alone tell of them.
        searched: how many papers of these kinds were looked at.
        minutes: how many Niederschriften were looked at.
        elsewhere: what speaks of the topic in other places only, newest first.
    """

    decided: tuple[Row, ...]
    recommended: tuple[Row, ...]
    open: tuple[Row, ...]
    absent: tuple[MinuteEntry, ...]
    searched: int
    minutes: int
    elsewhere: tuple[Document, ...] = ()

    @property
    def papers(self) -> tuple[Document, ...]:
        """Every paper on file, in the order in which it is shown."""
        return tuple(row.document for row in (*self.decided, *self.recommended, *self.open))


def find_precedents(store: Store, access: Access, request: ListRequest) -> Precedents:
    """Gathers every paper on the topic of a request with what became of it."""
    decided: list[Row] = []
    recommended: list[Row] = []
    unrecorded: list[Row] = []
    elsewhere: list[Row] = []
    for summary in candidates(store, access, request):
        if fit_of(summary.kopfdaten, request) is not Fit.IN:
            continue
        document = store.document(access, summary.id)
        if document is None:
            continue
        if not is_about(document, request.topic_terms):
            elsewhere.append(Row(document, None))
            continue
        recorded = results(store, access, document)
        counts = decisive(recorded)
        if counts is not None:
            decided.append(Row(document, counts))
        elif recorded:
            recommended.append(Row(document, recorded[0]))
        else:
            unrecorded.append(Row(document, None))
    register = store.documents(access, current_only=True)
    arten = [entry.kopfdaten.art.value for entry in register if entry.kopfdaten.art]
    return Precedents(
        decided=tuple(sorted(decided, key=newest_first)),
        recommended=tuple(sorted(recommended, key=newest_first)),
        open=tuple(sorted(unrecorded, key=newest_first)),
        absent=tuple(known_from_minutes(store, access, request)),
        searched=sum(art in request.arten for art in arten),
        minutes=arten.count("Niederschrift"),
        elsewhere=tuple(row.document for row in sorted(elsewhere, key=newest_first)),
    )


def precedents_among(store: Store, access: Access, papers: Sequence[Document]) -> Precedents:
    """Papers that somebody named, each with what became of it."""
    recorded = [(paper, results(store, access, paper)) for paper in papers]
    decided = [Row(p, counts) for p, found in recorded if (counts := decisive(found))]
    known = [Row(p, found[0]) for p, found in recorded if found and decisive(found) is None]
    without = [Row(p, None) for p, found in recorded if not found]
    return Precedents(tuple(decided), tuple(known), tuple(without), (), len(papers), 0)


def answer_precedents(
    store: Store, access: Access, request: ListRequest, about: Document | None = None
) -> Finding:
    """The precedents for a topic; asks for the topic where the question names none.

    `about` is the paper that a follow-up speaks of: its title is offered for a topic.
    """
    if not request.topic_terms:
        return _ask_topic(about)
    found = find_precedents(store, access, request)
    if not (found.papers or found.absent):
        return _nothing(request, found)
    ledger = Ledger()
    claims = [_head(request, found), *write_precedents(found, ledger)]
    claims += _elsewhere(request, found, ledger)
    text = "\n".join(claim.text for claim in claims)
    return Finding(
        AnswerStatus.ANSWERED,
        tuple(claims),
        tuple(ledger.citations),
        text,
        notes=(_NOTE,),
        table=table_of(found, ledger),
    )


def write_precedents(found: Precedents, ledger: Ledger) -> list[Claim]:
    """A sentence for each paper with its result; those without a decision are named apart."""
    claims = [ledger.state(row_claim(row, ledger)) for row in found.decided]
    claims += [ledger.state(_recommendation(row, ledger)) for row in found.recommended]
    if found.open:
        claims.append(apart(_NO_RESULT, found.open, ledger))
    return claims + write_known_from_minutes(found.absent, ledger, by_sitting=False)


def _recommendation(row: Row, ledger: Ledger) -> Claim:
    claim = row_claim(row, ledger)
    said = claim.text.replace(" – Ergebnis: ", " – Empfehlung, keine Entscheidung erfasst: ")
    return Claim(said, claim.label, claim.citations)


def _head(request: ListRequest, found: Precedents) -> Claim:
    ended = Counter(row.result.ergebnis.outcome for row in found.decided if row.result)
    counted = ", ".join(
        f"{OUTCOME_WORDS[outcome] if outcome else _UNNAMED} {n}" for outcome, n in _in_order(ended)
    )
    text = (
        f"Zum Thema „{request.topic}“ mit erfasstem Ergebnis: {len(found.decided)}"
        f"{f' ({counted})' if counted else ''}. Regel: {RULE}; {_filters(request)}, "
        "alle Ergebnisse gleichermaßen."
    )
    return Claim(text, Label.ABGELEITET, ())


def _in_order(ended: Counter[Outcome | None]) -> list[tuple[Outcome | None, int]]:
    return [(outcome, ended[outcome]) for outcome in (*OUTCOME_WORDS, None) if ended[outcome]]


def _filters(request: ListRequest) -> str:
    said = [request.art_words]
    said.append(" oder ".join(request.fraktionen) or "alle Urheber")
    if request.wahlperiode is not None:
        said.append(f"{request.wahlperiode}. Wahlperiode")
    if request.first:
        said.append(f"ab {request.first:%d.%m.%Y}")
    if request.last:
        said.append(f"bis {request.last:%d.%m.%Y}")
    return ", ".join(said)


def table_of(found: Precedents, ledger: Ledger) -> AnswerTable:
    """The papers once more, cell by cell."""
    rows = [_cells(row, "", ledger) for row in found.decided]
    rows += [_cells(row, _ONLY_RECOMMENDED, ledger) for row in found.recommended]
    rows += [_cells(row, _NO_RESULT, ledger) for row in found.open]
    rows += [_entry_cells(entry, ledger) for entry in found.absent]
    return AnswerTable(COLUMNS, tuple(rows))


def _cells(row: Row, missing: str, ledger: Ledger) -> tuple[str, ...]:
    kopf, result = row.document.kopfdaten, row.result
    subject = kopf.tagesordnungspunkt
    movers = [mover.value for mover in kopf.antragsteller]
    if not movers and kopf.dienststelle:
        movers = [kopf.dienststelle.value]
    recorded = result.ergebnis.text if result else ""
    place = ledger.cite(result.document, result.ergebnis.span) if result else 0
    fields = (
        f"{kopf.benennung} {kopf.nummer.value if kopf.nummer else ''}",
        kopf.datum.value.isoformat() if kopf.datum else "",
        ", ".join(movers),
        subject.value if subject else row.document.title,
        "; ".join(filter(None, (missing, recorded))),
        paper_name(result.document) if result else "",
        ledger.citations[place - 1].fundstelle if place else paper_name(row.document),
    )
    return tuple(" ".join(field.split()) for field in fields)


def _entry_cells(entry: MinuteEntry, ledger: Ledger) -> tuple[str, ...]:
    place = ledger.cite(entry.minutes, entry.ergebnis.span)
    who = ", ".join(mover.value for mover in entry.movers)
    outcome = f"Empfehlung: {entry.result}" if entry.recommends else entry.result
    fields = (
        f"{entry.art or 'Drucksache'} {entry.number} (liegt nicht vor)",
        "",
        who,
        entry.beschluss.titel,
        outcome,
        paper_name(entry.minutes),
        ledger.citations[place - 1].fundstelle,
    )
    return tuple(" ".join(field.split()) for field in fields)


def _ask_topic(about: Document | None) -> Finding:
    text = _ASK_TOPIC
    ledger = Ledger()
    if about is not None:
        subject = about.kopfdaten.tagesordnungspunkt
        title = " ".join((subject.value if subject else about.title).split())
        text += f" {paper_name(about)} hat den Gegenstand „{title}“."
        cite_title(about, ledger)
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text, nearest=cited)


def _nothing(request: ListRequest, found: Precedents) -> Finding:
    """Says what was searched, and which papers speak of it in other places."""
    text = (
        f"Zum Thema „{request.topic}“ ist kein Präzedenzfall erfasst. Durchsucht: {found.searched} "
        f"Drucksachen ({_filters(request)}; {RULE}) und die Tagesordnungspunkte von "
        f"{found.minutes} Niederschriften. Andere Wörter für dasselbe Thema können mehr finden."
    )
    ledger = Ledger()
    text = " ".join([text, *(claim.text for claim in _elsewhere(request, found, ledger))])
    near = tuple(ledger.citations)
    return Finding(AnswerStatus.ABSTAINED, text=text, objection=text, nearest=near)


def _elsewhere(request: ListRequest, found: Precedents, ledger: Ledger) -> list[Claim]:
    wanted = request.topic_terms
    return write_elsewhere(found.elsewhere, request.topic, wanted, ledger, by_result=True)
