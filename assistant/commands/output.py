"""What the command line prints: JSON objects, and pages for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date

import click
from pydantic import BaseModel

from assistant.certainty import MARK
from assistant.wire.answers import CitationWire, HitWire, StampedAnswerWire
from assistant.wire.papers import DocumentWire, PaperWire, ShowWire
from assistant.wire.status import StatusWire

KI_HINWEIS = (
    "Ein Sprachmodell hat die Sätze aus den Belegen gebildet; "
    "maßgeblich ist der Wortlaut der Akten."
)
LONGEST_TEXT = 280
WIRKUNG = {
    "ersetzt": "wird durch dieses Papier ersetzt",
    "aendert": "wird durch dieses Papier geändert",
    "ergaenzt": "wird durch dieses Papier ergänzt",
    "unbekannt": "was dieses Papier an ihr ändert, sagt es nicht (unbekannt)",
}


def print_json(value: BaseModel | dict[str, object]) -> None:
    """Prints one JSON object on one line of stdout, at once."""
    data = value.model_dump() if isinstance(value, BaseModel) else value
    click.echo(json.dumps(data, ensure_ascii=False))
    sys.stdout.flush()


def print_answer(answer: StampedAnswerWire) -> None:
    """Kurzantwort, Belege, Einordnung, Stand."""
    click.secho("Kurzantwort", bold=True)
    if answer.claims:
        for claim in answer.claims:
            marks = "".join(f" [{n}]" for n in claim.citations)
            click.echo(f"  {claim.text}{marks}  ({claim.label})")
            for problem in claim.problems:
                click.echo(f"      ! {problem}")
    else:
        click.echo(f"  {answer.text}")
    for note in answer.notes:
        click.echo(f"  Hinweis: {note}")
    if answer.citations:
        _print_citations("Belege", answer.citations)
    if answer.nearest:
        _print_citations("Nächste Fundstellen (tragen keine Antwort)", answer.nearest)
    click.echo()
    click.echo(_stand(answer))
    if answer.stand.generator_id and answer.claims:
        click.echo(f"KI-Hinweis: {KI_HINWEIS}")


def _print_citations(heading: str, citations: Sequence[CitationWire]) -> None:
    click.echo()
    click.secho(heading, bold=True)
    for citation in citations:
        click.echo(f"  [{citation.n}] {citation.fundstelle}")
        for line in citation.quote.splitlines():
            click.echo(f"      | {line}")


def _stand(answer: StampedAnswerWire) -> str:
    parts = [f"Stand: Indexgeneration {answer.stand.index_generation}"]
    total = answer.timings_ms.get("total")
    if total is not None:
        parts.append(f"{total / 1000:.1f} s".replace(".", ","))
    return " · ".join(parts)


def print_hits(hits: Sequence[HitWire]) -> None:
    """Found places, the best first."""
    if not hits:
        click.echo("Keine Treffer.")
    for hit in hits:
        page = (f", S. {hit.page}" if hit.page else "") + (MARK if hit.uncertain else "")
        click.secho(f"{hit.rank:>3}. {hit.title}", bold=True)
        click.echo(f"     {hit.drucksachennummer or hit.source} · {hit.section or 'Text'}{page}")
        for paper in hit.later:
            click.secho(f"     {paper}", fg="yellow")
        click.echo(f"     {_shortened(hit.text)}")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"


def print_documents(documents: Sequence[DocumentWire]) -> None:
    """The register, a document a line."""
    for document in documents:
        mark = " (ersetzt)" if document.superseded_by else ""
        number = document.drucksachennummer or "–"
        art = document.art or "–"
        day = german_date(document.datum)
        click.echo(
            f"{document.document_id[:12]}  {art:<22} {number:<12} {day:<10}  {document.title}{mark}"
        )
    click.echo(f"{len(documents)} Dokument{'' if len(documents) == 1 else 'e'}.")


def print_show(show: ShowWire) -> None:
    """All that is known under a number."""
    if not show.found:
        click.echo(f"Unter der Nummer {show.number} liegt kein Dokument vor.")
        if show.near:
            click.echo(f"Ähnliche Nummern: {', '.join(show.near)}")
    elif len({paper.art for paper in show.papers}) > 1:
        click.echo(f"Die Nummer {show.number} tragen mehrere Papiere verschiedener Art:")
    for paper in show.papers:
        click.echo()
        _print_paper(paper)
    if show.mentions:
        click.echo()
        click.secho("Erwähnt in", bold=True)
        for title in dict.fromkeys(mention.title for mention in show.mentions):
            count = sum(mention.title == title for mention in show.mentions)
            click.echo(f"  {title}" + (f" ({count} Stellen)" if count > 1 else ""))


def _print_paper(paper: PaperWire) -> None:
    click.secho(paper.title, bold=True)
    if paper.superseded_by:
        click.echo(f"  Frühere Fassung, ersetzt durch {paper.superseded_by[:12]}.")
    fields = (
        ("Art", paper.art),
        ("Nummer", paper.drucksachennummer),
        ("Datum", german_date(paper.datum)),
        ("Antragsteller", ", ".join(paper.antragsteller)),
        ("Dienststelle", paper.dienststelle),
        ("Gremium", paper.gremium),
        ("Sitzung", paper.sitzung),
        ("Tagesordnungspunkt", paper.tagesordnungspunkt),
        ("Schutz", "öffentlich" if paper.visibility == "oeffentlich" else "nichtöffentlich"),
        ("Ergebnis", paper.ergebnis),
        ("Ausgangsvorlage", WIRKUNG.get(paper.wirkung or "")),
        ("Datei", paper.source),
        ("Kennung", paper.document_id),
    )
    for name, value in fields:
        if value:
            click.echo(f"  {name + ':':<20} {value}")
    if paper.beratungsfolge:
        click.echo("  Beratungsfolge:")
    for station in paper.beratungsfolge:
        parts = [german_date(station.datum), station.gremium, station.rolle, station.ergebnis]
        click.echo(f"    {' · '.join(part for part in parts if part)}")
    for warning in paper.warnings:
        click.echo(f"  Hinweis: {warning}")


def german_date(iso: str | None) -> str:
    """The day "2023-10-24" as "24.10.2023"; empty for None."""
    return date.fromisoformat(iso).strftime("%d.%m.%Y") if iso else ""


def _generation(status: StatusWire) -> str:
    since = status.generation.since
    return f"{status.generation.number}" + (f", seit {german_date(since[:10])}" if since else "")


def print_status(status: StatusWire) -> None:
    """Counts and stamps."""
    rows: list[tuple[str, object]] = [
        ("Version", status.version),
        ("Mandant", status.mandant),
        ("Dokumente", status.documents),
        ("davon ersetzt", status.superseded),
        ("Textstellen", status.passages),
        ("In Quarantäne", status.quarantined),
        ("Indexgeneration", status.index_generation),
        ("Suchmodell", status.embedder_id or "noch keines"),
        ("Zerlegung", status.generation.chunker or "nicht vermerkt"),
        ("Generation", _generation(status)),
    ]
    rows += [(f"  {art}", count) for art, count in sorted(status.by_art.items())]
    for name, value in rows:
        click.echo(f"{name + ':':<28} {value}")
