"""The course of a matter as a Sachverhalt: a sentence a step, in order of time, with sources.

What was planned "was planned"; only minutes and result notes say what happened, in their own words;
what is missing is a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.records.course import gap_of, is_of
from assistant.records.exact import Finding
from assistant.records.fields import cite_number, cite_title
from assistant.records.following import followed
from assistant.records.held import sessions_on_record
from assistant.records.recorded import result_claim
from assistant.records.supplements import effect_claim, family
from assistant.records.vorgang import Result, is_recommendation, results
from assistant.types import AnswerStatus, Claim, Label
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access, Beratung, Document, SectionKind, Span

MOST_WORDS_OF_BESCHLUSS = 600
_LAST = date.max
_RULE = (
    "Zusammengestellt aus Kopfdaten, Beratungsfolge, Niederschriften und Ergebnisvermerken, nach "
    "Datum geordnet. „War vorgesehen“ sagt nicht, dass die Beratung stattgefunden hat."
)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be said of one day; what bears no date comes last."""

    day: date
    claims: tuple[Claim, ...]


def answer_sachverhalt(
    store: Store, access: Access, question: Question, papers: Sequence[Document]
) -> Finding:
    """The course of each paper, its sentences in order of time."""
    ledger = Ledger()
    claims: list[Claim] = []
    for paper in papers:
        claims += write_sachverhalt(store, access, question, paper, ledger)
    claims = [ledger.state(claim) for claim in dict.fromkeys(claims)]
    text = "\n".join(claim.text for claim in claims)
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=(_RULE,))


def write_sachverhalt(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> list[Claim]:
    """The course of one paper in sentences, each with its citations."""
    recorded = results(store, access, document)
    steps = [Step(_day(document) or date.min, (_moved(document, ledger),))]
    steps += _stations(store, access, question, document, recorded, ledger)
    supplements = family(store, access, document)
    steps += [Step(_day(o) or _LAST, (effect_claim(document, o, ledger),)) for o in supplements]
    claims = [c for step in sorted(steps, key=lambda step: step.day) for c in step.claims]
    notes = [result for result in recorded if not result.from_minutes]
    claims += [_noted(question, document, note, ledger) for note in notes]
    if not notes:
        missing = "Ergebnisvermerk auf der Drucksache" if recorded else "Ergebnis"
        text = f"{paper_name(document)}: {missing} nicht erfasst."
        claims.append(Claim(text, Label.ABGELEITET, cite_number(document, ledger)))
    if number := document.kopfdaten.nummer:
        known = {document.id, *(other.id for other in supplements)}
        claims += followed(store, access, number.value, known, ledger)
    return claims


def _moved(document: Document, ledger: Ledger) -> Claim:
    kopf = document.kopfdaten
    numbers = [*ledger.cite_name(document), *cite_title(document, ledger)]
    subject = " ".join((kopf.tagesordnungspunkt or _Title(document.title)).value.split())
    if kopf.antragsteller:
        numbers += [ledger.cite_line(document, mover.span) for mover in kopf.antragsteller]
        names = [" ".join(mover.value.split()).rstrip(".") for mover in kopf.antragsteller]
        article = "Der" if kopf.benennung.lower().endswith("antrag") else "Die"
        who = _joined(names)
        text = f"{article} {paper_name(document)} „{subject}“ wurde gestellt von: {who}."
    elif kopf.dienststelle:
        numbers.append(ledger.cite_line(document, kopf.dienststelle.span))
        office = " ".join(kopf.dienststelle.value.split())
        text = f"Die {paper_name(document)} „{subject}“ nennt als Dienststelle: {office}."
    else:
        text = f"{paper_name(document)}: „{subject}“."
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


@dataclass(frozen=True, slots=True)
class _Title:
    value: str


def _joined(names: Sequence[str]) -> str:
    return " und ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _stations(
    store: Store,
    access: Access,
    question: Question,
    document: Document,
    recorded: Sequence[Result],
    ledger: Ledger,
) -> Iterator[Step]:
    """Each planned station with its record or its gap, and what other sittings recorded."""
    held = sessions_on_record(store, access)
    minutes = [result for result in recorded if result.from_minutes]
    shown: list[Result] = []
    for station in document.kopfdaten.beratungsfolge:
        found = [result for result in minutes if is_of(result, station)]
        shown += found
        claims = [_planned(document, station, ledger)]
        for result in found:
            claims += _recorded(question, document, result, ledger)
        gap = "" if found else gap_of(station, held)
        if gap:
            claims.append(Claim(_sentence(gap), Label.ABGELEITET, claims[0].citations))
        yield Step(station.datum or _LAST, tuple(claims))
    for result in minutes:
        if result not in shown:
            told = tuple(_recorded(question, document, result, ledger))
            yield Step(_day(result.document) or _LAST, told)


def _planned(document: Document, station: Beratung, ledger: Ledger) -> Claim:
    when = f"Für den {station.datum:%d.%m.%Y}" if station.datum else "Ohne Datum"
    verb = "ist" if station.datum and station.datum >= date.today() else "war"
    role = f" ({station.rolle})" if station.rolle else ""
    text = f"{when} {verb} die Beratung vorgesehen: {station.gremium}{role}."
    return Claim(text, Label.BELEGT, (ledger.cite_line(document, station.span),))


def _recorded(
    question: Question, document: Document, result: Result, ledger: Ledger
) -> Iterator[Claim]:
    """The words of the Beschluss and of the vote, as the minutes have them."""
    vote = result_claim(question, document, result, ledger)
    words = " ".join(result.ergebnis.text.split())
    said = "Empfehlung" if is_recommendation(result) else "Beschluss"
    name = paper_name(result.document)
    beschluss = result.beschluss
    assert beschluss is not None
    place = f", TOP {beschluss.top}" if beschluss.top else ""
    headings = [ledger.cite_line(result.document, heading) for heading in _headings(result)]
    cited = (*vote.citations, *headings, *ledger.cite_name(result.document))
    numbers = tuple(dict.fromkeys(cited))
    own = not beschluss.span.overlaps(result.ergebnis.span)
    if own and len(beschluss.span) <= MOST_WORDS_OF_BESCHLUSS:
        decided = " ".join(beschluss.span.cut(result.document.text).split())
        quote = ledger.cite(result.document, beschluss.span)
        text = f"{name}{place} ({said}): „{decided}“"
        yield Claim(text, Label.BELEGT, (quote, *numbers))
    yield replace(vote, text=f"{name}{place}, Abstimmung ({said}): „{words}“", citations=numbers)


def _headings(result: Result) -> Iterator[Span]:
    beschluss = result.beschluss
    for section in result.document.sections:
        inside = beschluss is not None and section.span.contains(beschluss.span)
        if inside and section.kind is SectionKind.TOP and len(section.heading):
            yield section.heading


def _noted(question: Question, document: Document, note: Result, ledger: Ledger) -> Claim:
    claim = result_claim(question, document, note, ledger)
    words = " ".join(note.ergebnis.text.split())
    text = f"Als Ergebnis ist auf der Drucksache Nr. {_number(document)} vermerkt: „{words}“"
    return Claim(text, Label.BELEGT, claim.citations)


def _number(document: Document) -> str:
    nummer = document.kopfdaten.nummer
    return str(nummer.value) if nummer else "ohne Nummer"


def _sentence(gap: str) -> str:
    return gap if gap.endswith(".") else f"{gap}."


def _day(document: Document) -> date | None:
    datum = document.kopfdaten.datum
    return datum.value if datum else None
