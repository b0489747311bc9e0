"""What a paper itself says of its financial effects: row by row, and placeholders for the rest.

Nothing is added up or concluded. That there are no effects is said only where the paper says so,
in its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.fundstelle import Ledger, paper_name
from assistant.hausregeln import Hausregeln
from assistant.material.treated import items_of
from assistant.records.exact import Finding
from assistant.records.fields import cite_number
from assistant.records.supplements import Supplements, effect_claim
from assistant.records.vorgang import is_recommendation, results
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import Access, CheckState, Document, Row, Section, SectionKind, Span
from ingest.expressions import Kind, find_expressions
from ingest.papers.table_reading import (
    cell_words,
    heading_of,
    in_header,
    row_at,
    table_at,
    value_of,
)
from ingest.sentences import split_sentences

SECTION = "finanzen"
"""Key of the section that says who answers for financial effects."""
COLUMNS = ("Drucksache", "Angabe", "Wert", "Fundstelle")
_OPTION = re.compile(r"\[\s?[xX]?\s?\]|[☐☑☒]")
_NO_EFFECT = re.compile(r"\bkeine\w*\s+(?:finanzielle\w*\s+)?auswirkung", re.IGNORECASE)
_NOTE = (
    "Nur zitiert, nichts berechnet oder ergänzt. Platzhalter in eckigen Klammern stehen für "
    "Angaben, "
    "die das Papier nicht enthält."
)


def answer_finances(
    store: Store, access: Access, papers: Sequence[Document], rules: Hausregeln
) -> Finding:
    """The financial effects as each paper and its Ergänzungen state them.

    `rules` say what such a section has to state, and who has to say what is missing.
    """
    ledger = Ledger()
    claims: list[Claim] = []
    rows: list[tuple[str, str, str, str]] = []
    supplements = Supplements(store, access)
    told: set[str] = set()
    for paper in papers:
        for document in (paper, *supplements.later(paper)):
            if document.id not in told:
                told.add(document.id)
                wanted = rules if document is paper else None
                claims += _write(store, access, document, supplements, ledger, rows, wanted)
    claims = [ledger.state(claim) for claim in dict.fromkeys(claims)]
    text = "\n".join(claim.text for claim in claims)
    table = AnswerTable(COLUMNS, tuple(rows)) if len(rows) > 1 else None
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=(_NOTE,), table=table)


def placeholder(missing: str, rules: Hausregeln) -> str:
    """What stands in a draft for something no source gives."""
    office = rules.zustaendig(SECTION)
    return (
        f"[Angabe fehlt: {missing} – zuständig: {office}]"
        if office
        else f"[Angabe fehlt: {missing}]"
    )


def _write(
    store: Store,
    access: Access,
    document: Document,
    supplements: Supplements,
    ledger: Ledger,
    rows: list[tuple[str, str, str, str]],
    rules: Hausregeln | None,
) -> list[Claim]:
    claims: list[Claim] = []
    for later in supplements.later(document):
        claims.append(effect_claim(document, later, ledger))
    sections = [s for s in document.sections if s.kind is SectionKind.FINANZEN]
    spans = list(_statements(document, sections)) if sections else list(_amounts(document))
    proposed = _proposed(document) if sections else ()
    name = paper_name(document)
    if not sections:
        claims.append(_no_section(document, bool(spans), ledger))
    said: list[str] = []
    for span in (*proposed, *spans):
        words = _words(document, span)
        if _has_unknown_box(document, span):
            text = f"{name}: [prüfen: Ankreuzfelder im Papier] „{words}“"
            claims.append(Claim(text, Label.BELEGT, _cited(document, span, ledger, text)))
            said.append(words)
            continue
        said.append(words)
        outdated = supplements.outdated(document, span)
        mark = " (überholt, siehe spätere Drucksache)" if outdated else ""
        in_proposal = any(
            s.kind is SectionKind.BESCHLUSSVORSCHLAG and s.span.contains(span)
            for s in document.sections
        )
        place = ", Beschlussvorschlag" if in_proposal else ""
        text = f"{name}{place}{mark}: „{words}“"
        cited = _cited(document, span, ledger, text)
        claims.append(Claim(text, Label.BELEGT, cited))
        row = row_at(document, span.start)
        label, value = _cells(document, row) if row else ("", words)
        found_at = ledger.citations[cited[0] - 1].fundstelle
        rows.append((f"{name}{mark}", label, value, found_at))
    claims += _decided(store, access, document, ledger)
    if not sections:
        claims += _spoken(store, access, document, ledger)
    if rules and not any(_NO_EFFECT.search(words) for words in said):
        claims += _missing(said, bool(sections), rules)
    return claims


def _decided(store: Store, access: Access, document: Document, ledger: Ledger) -> Iterator[Claim]:
    """The sentences of recorded Beschlüsse on the paper that name an amount of money."""
    for result in results(store, access, document):
        if result.beschluss is None:
            continue
        minutes, start = result.document, result.beschluss.span.start
        said = "Empfehlung" if is_recommendation(result) else "Beschluss"
        for sentence in split_sentences(result.beschluss.span.cut(minutes.text)):
            span = sentence.shifted(start)
            words = " ".join(span.cut(minutes.text).split())
            if _has_money(words):
                cited = (ledger.cite(minutes, span), *ledger.cite_name(minutes))
                text = f"{paper_name(minutes)}, {said}: „{words}“"
                yield Claim(text, Label.BELEGT, tuple(dict.fromkeys(cited)))


def _spoken(store: Store, access: Access, document: Document, ledger: Ledger) -> Iterator[Claim]:
    """What was said of amounts where minutes treat the paper."""
    for minutes, item in items_of(store, access, document):
        recorded = [
            section.span
            for section in minutes.sections
            if section.kind in (SectionKind.BESCHLUSS, SectionKind.ERGEBNIS)
        ]
        for span in _statements(minutes, [item]):
            words = " ".join(span.cut(minutes.text).split())
            if _has_money(words) and not any(other.overlaps(span) for other in recorded):
                cited = (ledger.cite(minutes, span), *ledger.cite_name(minutes))
                text = f"{paper_name(minutes)}, Wortbeitrag: „{words}“"
                yield Claim(text, Label.BELEGT, tuple(dict.fromkeys(cited)))


def _statements(document: Document, sections: Sequence[Section]) -> Iterator[Span]:
    """Each row and each sentence of the sections, in their order."""
    for section in sections:
        start = max(section.heading.end, section.span.start)
        body = Span(start, section.span.end).cut(document.text)
        seen: set[Span] = set()
        for sentence in split_sentences(body):
            span = sentence.shifted(start)
            row = row_at(document, span.start)
            place = row.span if row else span
            if in_header(document, span.start) and row is None:
                continue
            if place not in seen and any(c.isalnum() for c in place.cut(document.text)):
                seen.add(place)
                yield place
        for table in document.tables:
            for row in table.rows:
                inside = section.span.contains(row.span)
                if inside and row.span not in seen:
                    seen.add(row.span)
                    yield row.span


def _proposed(document: Document) -> tuple[Span, ...]:
    """The sentences of the Beschlussvorschlag that name an amount of money."""
    sections = [s for s in document.sections if s.kind is SectionKind.BESCHLUSSVORSCHLAG]
    return tuple(
        span for span in _statements(document, sections) if _has_money(span.cut(document.text))
    )


def _has_money(text: str) -> bool:
    return any(e.kind is Kind.MONEY for e in find_expressions(text))


def _amounts(document: Document) -> Iterator[Span]:
    """The sentences of a paper without such a section that name an amount of money."""
    for sentence in split_sentences(document.text):
        if _has_money(sentence.cut(document.text)):
            row = row_at(document, sentence.start)
            yield row.span if row else sentence


def _words(document: Document, span: Span) -> str:
    row = row_at(document, span.start)
    if row is not None and row.cells:
        return ": ".join(filter(None, _cells(document, row)))
    return " ".join(span.cut(document.text).split())


def _cells(document: Document, row: Row) -> tuple[str, str]:
    table = table_at(document, row.span.start)
    if table is not None and len(row.cells) > 1:
        values = "; ".join(cell_words(document, table, cell) for cell in row.cells)
    else:
        values = "; ".join(value_of(document, cell) for cell in row.cells)
    return heading_of(document, row), " ".join(values.split())


def _cited(document: Document, span: Span, ledger: Ledger, text: str) -> tuple[int, ...]:
    numbers = [*ledger.cite_with_head(document, span, text), *ledger.cite_name(document)]
    return tuple(dict.fromkeys(numbers))


def _has_unknown_box(document: Document, span: Span) -> bool:
    boxes = [box for box in document.checkboxes if span.contains(box.mark)]
    if boxes:
        return all(box.state is not CheckState.ANGEKREUZT for box in boxes)
    return _OPTION.search(span.cut(document.text)) is not None


def _no_section(document: Document, has_amounts: bool, ledger: Ledger) -> Claim:
    text = f"{paper_name(document)} hat keinen Abschnitt „Finanzielle Auswirkungen“."
    text += (
        " Beträge stehen an diesen Stellen:" if has_amounts else " Beträge nennt das Papier nicht."
    )
    return Claim(text, Label.ABGELEITET, cite_number(document, ledger))


def _missing(said: Sequence[str], has_section: bool, rules: Hausregeln) -> Iterator[Claim]:
    """A placeholder for each expected statement that the paper's own section does not make."""
    held = "\n".join(said) if has_section else ""
    for angabe in rules.finanzangaben:
        if not angabe.pattern.search(held):
            yield Claim(placeholder(angabe.name, rules), Label.NICHT_BELEGT, ())
