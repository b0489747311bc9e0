"""How a sitting voted, item by item, as its minutes record it. Attendance is never a vote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.fundstelle import Ledger
from assistant.records.exact import Finding
from assistant.records.fields import MAX_PROPOSAL
from assistant.sittings.camps import SIDE_WORDS, camp_of, sides_of
from assistant.sittings.minutes import Item, items_of, sitting_name
from assistant.sittings.no_votes import minutes_asked, nothing_on_record
from assistant.sittings.topic import Topic, planned_claim, rule_of
from assistant.sittings.votes_question import VotesRequest
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import Access, Ergebnis, Stimmabgabe, TopBeschluss

WHICH_VOTE = (
    "Welche Abstimmung ist gemeint? Bitte nennen Sie die Drucksache („Wer hat gegen Antrag 15/148 "
    "gestimmt?“), den Tag der Sitzung oder den Gegenstand."
)
_ALL = (Stimmabgabe.JA, Stimmabgabe.NEIN, Stimmabgabe.ENTHALTUNG)
_NAMED = {
    Stimmabgabe.JA: "dafür",
    Stimmabgabe.NEIN: "dagegen",
    Stimmabgabe.ENTHALTUNG: "Enthaltung",
}
COLUMNS = (
    "Tag",
    "Gremium",
    "TOP",
    "Gegenstand",
    "Ergebnis",
    "Ja",
    "Nein",
    "Enthaltung",
    "Quelle",
)


@dataclass(frozen=True, slots=True)
class _Vote:
    """One recorded vote of an item."""

    item: Item
    beschluss: TopBeschluss
    ergebnis: Ergebnis

    @property
    def name(self) -> str:
        """The item and, where it was not the item itself, what was voted on."""
        about = self.beschluss.gegenstand
        return f"{self.item.name}" + (f", {about}" if about else "")

    @property
    def short_name(self) -> str:
        """The item by its number alone: "TOP 3 (Prüfauftrag)"."""
        top = f"TOP {self.item.top}" if self.item.top else self.item.name
        return top + (f" ({self.beschluss.gegenstand})" if self.beschluss.gegenstand else "")

    def has(self, side: Stimmabgabe) -> bool:
        """Whether such votes are on record."""
        return camp_of(self.ergebnis, side).cast is True


def answer_votes(store: Store, access: Access, request: VotesRequest) -> Finding:
    """Every recorded vote of a sitting that has what is asked for, and what is left open."""
    if request.body.problem:
        problem = request.body.problem
        status = AnswerStatus.CLARIFY if request.body.choices else AnswerStatus.ABSTAINED
        return Finding(status, text=problem, objection=problem)
    if request.names_no_vote:
        return Finding(AnswerStatus.CLARIFY, text=WHICH_VOTE, objection=WHICH_VOTE)
    topic = Topic(store, access, request.words, request.body.name) if request.words else None
    items = _items(store, access, request, topic)
    ledger = Ledger()
    if not items:
        return nothing_on_record(store, access, request, topic, ledger)
    recorded = [
        _Vote(item, beschluss, beschluss.ergebnis)
        for item in items
        for beschluss in item.votes
        if beschluss.ergebnis is not None
    ]
    voted = [vote for vote in recorded if vote.ergebnis.abstimmung is not None]
    asked = request.sides or _ALL
    chosen = [vote for vote in voted if any(vote.has(side) for side in asked)]
    if not request.sides or request.words:
        chosen = voted
    if request.top:
        chosen = recorded
    claims = [_head(request, items, voted, chosen), *_summary(request, chosen, ledger)]
    for vote in chosen:
        claims.append(_vote_claim(vote, request, ledger))
        claims += _decision(vote, ledger) if request.top else ()
    claims += _rest(request, recorded, voted, chosen, ledger)
    if topic is not None:
        claims.append(Claim(rule_of(topic.ways), Label.ABGELEITET, ()))
        if request.day is None:
            last = max(item.day for item in items if item.day)
            claims += [
                planned_claim(plan, ledger) for plan in topic.planned(None) if plan.day != last
            ]
    claims = [ledger.state(claim) for claim in claims]
    text = "\n".join(claim.text for claim in claims)
    table = AnswerTable(COLUMNS, tuple(_cells(vote) for vote in chosen)) if chosen else None
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, table=table)


def _items(store: Store, access: Access, request: VotesRequest, topic: Topic | None) -> list[Item]:
    """The items of the sittings that are asked for, in order."""
    if topic is not None:
        found = (one.item for one in topic.found())
        items = [item for item in found if request.day in (None, item.day)]
    else:
        items = [
            item
            for document in minutes_asked(store, access, request)
            for item in items_of(document)
        ]
    if request.top:
        items = [item for item in items if item.top == request.top]
    return sorted(items, key=lambda item: (item.document.source, item.span.start))


def _head(
    request: VotesRequest, items: Sequence[Item], voted: Sequence[_Vote], chosen: Sequence[_Vote]
) -> Claim:
    sittings = dict.fromkeys(sitting_name(item.document.kopfdaten) for item in items)
    where = "; ".join(sittings)
    if not voted:
        text = f"Niederschrift {where}: kein Stimmverhalten verzeichnet."
    elif not request.sides or request.words:
        text = f"Niederschrift {where}: {len(voted)} Abstimmungen mit Stimmverhalten verzeichnet."
        if len(voted) == 1:
            text = f"Niederschrift {where}: eine Abstimmung mit Stimmverhalten verzeichnet."
    else:
        wanted = " oder ".join(SIDE_WORDS[side] for side in request.sides)
        count = len(chosen) or "keiner"
        text = (
            f"Niederschrift {where}: {wanted} verzeichnet bei {count} von {len(voted)} "
            "Abstimmungen."
        )
    return Claim(text, Label.ABGELEITET, ())


def _summary(request: VotesRequest, chosen: Sequence[_Vote], ledger: Ledger) -> Iterator[Claim]:
    """Who stood on the sides, and where the Fraktionen stood, that are asked for; derived."""
    told = [
        (SIDE_WORDS[side], [camp_of(vote.ergebnis, side).words for vote in chosen])
        for side in request.sides
    ]
    for fraktion in request.fraktionen:
        sides = (sides_of(vote.ergebnis, fraktion) for vote in chosen)
        stood = [", ".join(_NAMED[side] for side in named) or "nicht genannt" for named in sides]
        told.append((fraktion, stood))
    numbers = [ledger.cite(vote.item.document, vote.ergebnis.span) for vote in chosen]
    for about, words in told if chosen else ():
        votes = zip(chosen, words, strict=True)
        listed = "; ".join(f"{vote.short_name}: {said}" for vote, said in votes)
        cited = tuple(dict.fromkeys(numbers))
        yield Claim(f"{about} nach dem Wortlaut: {listed}.", Label.ABGELEITET, cited)


def _vote_claim(vote: _Vote, request: VotesRequest, ledger: Ledger) -> Claim:
    """One vote in the words of the record, with its item."""
    quoted = " ".join(vote.ergebnis.text.split())
    day = f"{sitting_name(vote.item.document.kopfdaten)}, " if request.day is None else ""
    numbers = [ledger.cite(vote.item.document, vote.ergebnis.span), *vote.item.cite(ledger)]
    text = f"{day}{vote.name}: „{quoted}“"
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _decision(vote: _Vote, ledger: Ledger) -> Iterator[Claim]:
    """The words of what was decided, where the minutes have any besides the vote."""
    document, span = vote.item.document, vote.beschluss.span
    words = " ".join(span.cut(document.text).split())
    if not span.overlaps(vote.ergebnis.span) and 0 < len(words) <= MAX_PROPOSAL:
        text = f"Beschluss laut Niederschrift: „{words}“"
        yield Claim(text, Label.BELEGT, (ledger.cite(document, span),))


def _rest(
    request: VotesRequest,
    recorded: Sequence[_Vote],
    voted: Sequence[_Vote],
    chosen: Sequence[_Vote],
    ledger: Ledger,
) -> Iterator[Claim]:
    """The votes that do not have what is asked for, and those whose record leaves it open."""
    left = [vote for vote in voted if vote not in chosen]
    is_open = [
        vote
        for vote in left
        if any(camp_of(vote.ergebnis, side).cast is None for side in request.sides)
    ]
    without = [vote for vote in left if vote not in is_open]
    unvoted = [vote for vote in recorded if vote not in voted and vote not in chosen]
    wanted = " oder ".join(SIDE_WORDS[side] for side in request.sides)
    for said, votes in (
        (f"Nach der Niederschrift ohne {wanted}", without),
        (f"Offen lässt die Niederschrift {wanted}", is_open),
        ("Ergebnis ohne Stimmverhalten verzeichnet", unvoted),
    ):
        if votes:
            numbers = [ledger.cite(vote.item.document, vote.ergebnis.span) for vote in votes]
            names = "; ".join(vote.name for vote in votes)
            yield Claim(f"{said}: {names}.", Label.ABGELEITET, tuple(dict.fromkeys(numbers)))


def _cells(vote: _Vote) -> tuple[str, ...]:
    kopf = vote.item.document.kopfdaten
    ja, nein, enthaltung = (camp_of(vote.ergebnis, side).words for side in _ALL)
    return (
        kopf.datum.value.isoformat() if kopf.datum else "",
        kopf.gremium.value if kopf.gremium else "",
        vote.item.top,
        vote.item.title + (f"; {vote.beschluss.gegenstand}" if vote.beschluss.gegenstand else ""),
        " ".join(vote.ergebnis.text.split()),
        ja,
        nein,
        enthaltung,
        vote.item.document.source,
    )
