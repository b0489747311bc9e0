"""When a matter was last, or first, before a Gremium: by minutes alone, never by a plan.

An item of minutes is about a topic where its heading holds the words, or where title, subject or
Beschlussvorschlag of a paper named there do. What is only planned is named apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.sittings.consultation_question import ConsultationRequest
from assistant.sittings.minutes import Item, sitting_name
from assistant.sittings.topic import Found, Topic, planned_claim, rule_of
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import Access

COLUMNS = ("Tag", "Gremium", "TOP", "Gegenstand", "Ergebnis", "Passt, weil", "Quelle")


def answer_consultation(store: Store, access: Access, request: ConsultationRequest) -> Finding:
    """The last or first sitting on a topic, by what rule it counts, and what is only planned."""
    if request.body.problem:
        problem = request.body.problem
        status = AnswerStatus.CLARIFY if request.body.choices else AnswerStatus.ABSTAINED
        return Finding(status, text=problem, objection=problem)
    topic = Topic(
        store,
        access,
        request.words,
        request.body.name,
        years=request.years,
        first=request.first,
    )
    found = topic.found()
    counted = [one for one in found if not one.item.taken_off]
    ledger = Ledger()
    claims: list[Claim] = []
    if counted:
        nearest = [one for one in counted if one.day == counted[0].day]
        claims += [claim for one in nearest for claim in _told(one, request, ledger)]
        claims.append(Claim(_rule(topic, len(found)), Label.ABGELEITET, ()))
    else:
        claims.append(Claim(_nothing(topic), Label.ABGELEITET, ()))
    claims += [_as_taken_off(one.item, ledger) for one in found if one.item.taken_off]
    planned = topic.planned(counted[0].day if counted else None)
    claims += [planned_claim(plan, ledger) for plan in planned]
    claims = [ledger.state(claim) for claim in claims]
    text = "\n".join(claim.text for claim in claims)
    if not found and not planned:
        return Finding(AnswerStatus.ABSTAINED, text=text, objection=text)
    table = AnswerTable(COLUMNS, tuple(_cells(one) for one in counted)) if counted else None
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, table=table)


def _told(one: Found, request: ConsultationRequest, ledger: Ledger) -> Iterator[Claim]:
    """One sitting: its day and item, why it counts, what is recorded there."""
    item, which = one.item, "Zuerst" if request.first else "Zuletzt"
    text = f"{which} laut Niederschrift: {sitting_name(item.document.kopfdaten)}, {item.name}."
    yield Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(item.cite(ledger))))
    if one.paper:
        paper = one.paper
        numbers = list(ledger.cite_name(paper.document))
        if paper.place is not None:
            numbers.append(ledger.cite(paper.document, paper.place))
        text = f"Dort behandelt: {paper_name(paper.document)}; das Thema steht im {paper.field}."
        yield Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(numbers)))
    for vote in item.votes:
        if vote.ergebnis is not None:
            about = f" ({vote.gegenstand})" if vote.gegenstand else ""
            text = f"Verzeichnet ist dort{about}: „{' '.join(vote.ergebnis.text.split())}“"
            cited = ledger.cite(item.document, vote.ergebnis.span)
            yield Claim(text, Label.BELEGT, (cited,))


def _rule(topic: Topic, items: int) -> str:
    """By what rule an item counts, and how much was looked through."""
    through = f"Durchgesehene Niederschriften: {len(topic.minutes)}; passende Punkte: {items}."
    return f"{rule_of(topic.ways)} {through}"


def _nothing(topic: Topic) -> str:
    where = f" ({topic.gremium})" if topic.gremium else ""
    years = f" aus {' und '.join(map(str, topic.years))}" if topic.years else ""
    return (
        f"Keine Niederschrift{where}{years} verzeichnet eine Beratung zu diesem Thema "
        f"(durchgesehen: {len(topic.minutes)}). {rule_of(topic.ways)}"
    )


def _as_taken_off(item: Item, ledger: Ledger) -> Claim:
    """An item that does not count, because it was taken off the agenda."""
    results = [vote.ergebnis.span for vote in item.votes if vote.ergebnis]
    numbers = [*item.cite(ledger), *(ledger.cite(item.document, span) for span in results)]
    sitting = sitting_name(item.document.kopfdaten)
    text = f"Nicht mitgezählt, weil von der Tagesordnung abgesetzt: {sitting}, {item.name}."
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _cells(one: Found) -> tuple[str, ...]:
    item = one.item
    kopf = item.document.kopfdaten
    why = f"{paper_name(one.paper.document)}: {one.paper.field}" if one.paper else "Überschrift"
    results = "; ".join(" ".join(v.ergebnis.text.split()) for v in item.votes if v.ergebnis)
    body = kopf.gremium.value if kopf.gremium else ""
    source = item.document.source
    return (one.day.isoformat(), body, item.top, item.title, results, why, source)
