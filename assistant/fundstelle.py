"""The place of a quote in the form officials use, and the citation cut from the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.certainty import is_uncertain, marked, name_is_uncertain, unmarked
from assistant.tables import head_spans, place_in_table, stated_cell
from assistant.types import Citation, Claim
from index.types import (
    Document,
    DocumentSummary,
    Kopfdaten,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
)
from ingest.chunk import paragraph_number
from ingest.papers.provisions import provision_at

MAX_LINE = 160
_SECTION_NAMES = {
    SectionKind.KOPF: "Kopf",
    SectionKind.BERATUNGSFOLGE: "Beratungsfolge",
    SectionKind.TAGESORDNUNGSPUNKT: "Tagesordnungspunkt",
    SectionKind.BESCHLUSSVORSCHLAG: "Beschlussvorschlag",
    SectionKind.BESCHLUSS: "Beschluss",
    SectionKind.ERGEBNIS: "Ergebnis",
    SectionKind.FINANZEN: "Finanzielle Auswirkungen",
    SectionKind.ZUSAMMENFASSUNG: "Zusammenfassung",
    SectionKind.BEGRUENDUNG: "Begründung",
    SectionKind.UNTERSCHRIFT: "Unterschrift",
}
_NAMED_AROUND = frozenset(
    {SectionKind.TOP, SectionKind.ANLAGE, SectionKind.BEGRUENDUNG, SectionKind.PARAGRAPH}
)
_PARAGRAPHS_COUNT = frozenset(
    {
        SectionKind.BEGRUENDUNG,
        SectionKind.ZUSAMMENFASSUNG,
        SectionKind.BESCHLUSSVORSCHLAG,
        SectionKind.BESCHLUSS,
        SectionKind.ANTWORT,
        SectionKind.FINANZEN,
        SectionKind.TEXT,
        SectionKind.ANLAGE,
    }
)


def cite(number: int, document: Document, span: Span, cell: Span | None = None) -> Citation:
    """Cuts the words at `span` from `document` and names their place.

    `cell` is the field of the cited row that is meant: the place then names its column.
    """
    section = innermost(document, span)
    place, page = _place(document, section, span, cell or span)
    uncertain = is_uncertain(document, span)
    # Once is enough: behind the place where that is uncertain, else behind the paper's name.
    name = unmarked(paper_name(document)) if uncertain else paper_name(document)
    return Citation(
        number=number,
        document_id=document.id,
        source=document.source,
        drucksachennummer=number_of(document.kopfdaten),
        fundstelle=marked(", ".join(part for part in (name, place) if part), uncertain),
        section=section_name(section) if section else "",
        page=page,
        quote=span.cut(document.text),
        span=span,
        uncertain=uncertain,
    )


@dataclass(slots=True)
class Ledger:
    """Collects citations while sentences are written; one number for one place."""

    citations: list[Citation] = field(default_factory=list)

    def cite(self, document: Document, span: Span, cell: Span | None = None) -> int:
        """The number under which `span` is cited; a new one if it is cited for the first time."""
        new = cite(len(self.citations) + 1, document, span, cell)
        for known in self.citations:
            if known == replace(new, number=known.number):
                return known.number
        self.citations.append(new)
        return new.number

    def cite_with_head(self, document: Document, span: Span, claim: str) -> list[int]:
        """Cites a span and, where it is a row of a table, what heads its columns."""
        numbers = [self.cite(document, span, stated_cell(claim, (document, span)))]
        return numbers + [self.cite(document, head) for head in head_spans(document, span)]

    def state(self, claim: Claim) -> Claim:
        """The claim with the mark, where it rests on words that were not surely read."""
        shaky = {citation.number for citation in self.citations if citation.uncertain}
        return replace(claim, text=marked(claim.text, bool(shaky & set(claim.citations))))

    def cite_line(self, document: Document, span: Span) -> int:
        """Cites the whole line that `span` stands in, where it is short."""
        start = document.text.rfind("\n", 0, span.start) + 1
        end = document.text.find("\n", span.end)
        end = len(document.text) if end < 0 else end
        line = Span(start, end)
        while line.end > span.end and document.text[line.end - 1].isspace():
            line = Span(line.start, line.end - 1)
        return self.cite(document, line if len(line) <= MAX_LINE else span)

    def cite_name(self, document: Document) -> list[int]:
        """Cites the lines that `paper_name` takes number, sitting and date from."""
        kopf = document.kopfdaten
        sitting = () if kopf.nummer else (kopf.sitzung, kopf.gremium, kopf.fassung)
        fields = (kopf.nummer, *sitting, kopf.datum)
        return [self.cite_line(document, reading.span) for reading in fields if reading]


def number_of(kopfdaten: Kopfdaten) -> str | None:
    """The number of a paper as a key, or None."""
    return kopfdaten.nummer.value.key if kopfdaten.nummer else None


def innermost(document: Document, span: Span) -> Section | None:
    """The deepest section that contains `span`."""
    holding = [s for s in document.sections if s.span.contains(span)]
    return max(holding, key=lambda s: (s.level, s.span.start), default=None)


def section_name(section: Section) -> str:
    """The name a reader knows a section by."""
    return _SECTION_NAMES.get(section.kind) or section.title


def paper_name(document: Document | DocumentSummary) -> str:
    """A paper's name: "Antrag Nr. 15/148 vom 24.10.2023", "Niederschrift über die 19. Sitzung".

    It carries the mark of an uncertain reading where it was read from such a page.
    """
    return marked(_paper_name(document), name_is_uncertain(document))


def _paper_name(document: Document | DocumentSummary) -> str:
    kopf = document.kopfdaten
    art = kopf.art.value if kopf.art else None
    day = f"{kopf.datum.value:%d.%m.%Y}" if kopf.datum else None
    if kopf.nummer:
        name = f"{kopf.benennung or 'Drucksache'} Nr. {kopf.nummer.value}"
        return f"{name} vom {day}" if day else name
    if art in ("Niederschrift", "Einladung") and kopf.gremium:
        which = f"die {kopf.sitzung.value}. Sitzung" if kopf.sitzung else "die Sitzung"
        link = "über" if art == "Niederschrift" else "zu"
        if link == "zu":
            which = which.replace("die ", "der ", 1)
        name = f"{art} {link} {which} {genitive(kopf.gremium.value)}"
        return f"{name} am {day}" if day else name
    if kopf.fassung:
        return f"{document.title} i. d. F. vom {kopf.fassung.value.removeprefix('vom ')}"
    return f"{document.title}, {day}" if day else document.title


def genitive(gremium: str) -> str:
    """The name of a body after "Sitzung": "des Ausschusses für …", "der Landschaftsversammlung"."""
    first, _, rest = gremium.partition(" ")
    tail = f" {rest}" if rest else ""
    lowered = first.lower()
    if lowered.endswith("ausschuss"):
        return f"des {first}es{tail}"
    if lowered.endswith(("beirat", "rat", "kreis")):
        return f"des {first}{'es' if lowered.endswith('kreis') else 's'}{tail}"
    if lowered.endswith(("versammlung", "kommission", "fraktion", "gruppe")):
        return f"der {gremium}"
    return f"({gremium})"


def _place(
    document: Document, section: Section | None, span: Span, cell: Span
) -> tuple[str, int | None]:
    page = _page(document, span)
    parts: list[str] = []
    if section is not None:
        parts += _section_parts(document, section, span)
        parts[-1:] = [_with_absatz(document, part, span) for part in parts[-1:]]
    named = {f"Tabelle „{part}“" for part in parts}
    parts += ["Tabelle" if part in named else part for part in place_in_table(document, cell)]
    if page is not None:
        parts.append(f"S. {page}")
    return ", ".join(parts), page


def _section_parts(document: Document, section: Section, span: Span) -> list[str]:
    parts: list[str] = []
    art = document.kopfdaten.art.value if document.kopfdaten.art else ""
    if art in ("Niederschrift", "Einladung") and _has_closed_part(document):
        closed = section.visibility is Schutzstufe.NICHTOEFFENTLICH
        parts.append("nichtöffentlicher Teil" if closed else "öffentlicher Teil")
    for outer in sorted(document.sections, key=lambda s: s.level):
        if outer is section or not outer.span.contains(section.span) or outer.span == section.span:
            continue
        if outer.kind in _NAMED_AROUND:
            parts.append(_short(outer))
    if section.kind is not SectionKind.TEXT or section.title:
        parts.append(_short(section))
    if section.kind in _PARAGRAPHS_COUNT and not document.pages:
        parts.append(f"{paragraph_number(document, section, span)}. Absatz")
    return list(dict.fromkeys(part for part in parts if part))


def _short(section: Section) -> str:
    if section.kind is SectionKind.TOP:
        number = re.match(r"(?:TOP|Punkt|Zu)?\s*(\d+(?:\.\d+)*)", section.title, re.IGNORECASE)
        return f"TOP {number.group(1)}" if number else section.title
    if section.kind is SectionKind.PARAGRAPH:
        number = re.match(r"(§\s*\d+\s*[a-z]?\b|Art(?:ikel|\.)\s*\d+)", section.title)
        return " ".join(number.group(1).split()) if number else section.title
    return section_name(section)


def _with_absatz(document: Document, part: str, span: Span) -> str:
    """A § with Absatz and Satz, as far as the span lies within one: "§ 5 Abs. 3 Satz 1"."""
    found = provision_at(document, span)
    if found is None or part != found[0].paragraph:
        return part
    provision, satz = found
    absatz = f" Abs. {provision.absatz}" if provision.absatz else ""
    return part + absatz + (f" Satz {satz}" if satz else "")


def _has_closed_part(document: Document) -> bool:
    return len({s.visibility for s in document.sections}) > 1


def _page(document: Document, span: Span) -> int | None:
    for number, page in enumerate(document.pages, start=1):
        if page.start <= span.start < page.end:
            return number
    return None


def quotation(quote: str, fundstelle: str) -> str:
    """A quote with its place as officials write it down: „…“ (Antrag Nr. 15/12, S. 3)."""
    return f"„{' '.join(quote.split())}“ ({fundstelle})"
