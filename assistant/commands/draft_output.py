"""What the commands of drafts print for people."""

from __future__ import annotations

from datetime import datetime

import click

from assistant.commands.output import german_date
from assistant.wire.entwurf import AbsatzWire, EntwurfWire
from assistant.wire.kept import (
    AbgelegtWire,
    FassungWire,
    KurzWire,
    MitzeichnungWire,
    UmgearbeitetWire,
    VergleichWire,
)

_SCHUTZ = {"oeffentlich": "öffentlich", "nichtoeffentlich": "nichtöffentlich"}


def print_draft(entwurf: EntwurfWire, *, words: bool = True) -> None:
    """A draft with its evidence, or only what is to be known of it."""
    if words:
        _print_words(entwurf)
    written = "Ohne Sprachmodell entworfen."
    if entwurf.stand.generator_id:
        written = f"Umgearbeitet mit dem Sprachmodell {entwurf.stand.generator_id}."
    stufe = _SCHUTZ[entwurf.schutz]
    click.echo(f"Schutzstufe nach der strengsten Quelle: {stufe}. {written}")
    click.echo(f"Offene Platzhalter: {len(entwurf.offen)}.")
    if entwurf.ersetzt:
        click.echo(f"Von der Prüfung durch Platzhalter ersetzte Absätze: {entwurf.ersetzt}.")


def _print_words(entwurf: EntwurfWire) -> None:
    click.secho(entwurf.titel, bold=True)
    for section in entwurf.abschnitte:
        click.echo("")
        click.secho(section.titel, bold=True)
        for absatz in section.absaetze:
            click.echo(f"  {_paragraph(absatz)}")
    click.echo("")
    click.secho("Belege", bold=True)
    for citation in entwurf.citations:
        quote = " ".join(citation.quote.split())
        click.echo(f"  [{citation.n}] {citation.fundstelle}: „{quote}“")
    click.echo("")


def _paragraph(absatz: AbsatzWire) -> str:
    marks = "".join(f" [{n}]" for n in absatz.citations)
    return f"{absatz.text}{marks}  ({absatz.herkunft})"


def short_line(short: KurzWire) -> str:
    """A kept draft in the list."""
    signed = " · mitgezeichnet" if short.mitgezeichnet else ""
    return (
        f"{short.name}  Fassung {short.fassung}  {_moment(short.at)}  {short.titel} · "
        f"{_SCHUTZ[short.schutz]} · offen {short.offen}{signed}"
    )


def version_line(version: FassungWire) -> str:
    """A version without its words."""
    cut = " · Worte gelöschter Quellen entfernt" if version.schnitte else ""
    return (
        f"Fassung {version.fassung}  {_moment(version.at)}  {version.anlass}, {version.author}{cut}"
    )


def print_kept(kept: AbgelegtWire) -> None:
    """A version with what is to be known of it, and who has signed."""
    click.echo(version_line(kept.fassung))
    for hint in kept.hinweise:
        click.echo(f"Hinweis: {hint}")
    click.echo("")
    print_draft(kept.entwurf)
    click.echo("")
    print_signatures(kept.mitzeichnung)


def print_comparison(found: VergleichWire) -> None:
    """What differs, section by section."""
    click.secho(f"{found.name}: von Fassung {found.von} nach Fassung {found.nach}", bold=True)
    if not found.aenderungen:
        click.echo("Kein Unterschied.")
    for change in found.aenderungen:
        click.echo("")
        click.echo(f"{change.abschnitt} ({change.art})")
        if change.vorher is not None:
            click.echo(f"  - {change.vorher.text}")
        if change.nachher is not None:
            click.echo(f"  + {change.nachher.text}")


def print_reworked(done: UmgearbeitetWire) -> None:
    """What a rewriting changed, and what it left for a reason."""
    if done.fassung is None or done.vergleich is None:
        click.echo("Nichts geändert; es entstand keine Fassung.")
    else:
        click.echo(version_line(done.fassung))
        print_comparison(done.vergleich)
    places: dict[str, list[str]] = {}
    for refused in done.abgelehnt:
        places.setdefault(refused.grund, []).append(f"{refused.schluessel} {refused.absatz}")
    for why, which in places.items():
        click.echo(f"Unverändert: {', '.join(which)}. {why}")


def print_signatures(standing: MitzeichnungWire) -> None:
    """Every Stelle and where it is."""
    click.secho("Mitzeichnung", bold=True)
    for line in standing.stellen:
        told: str = line.stand
        if line.zeichen is not None:
            told = f"{line.zeichen} von {line.name} am {german_date(line.tag)}"
            if line.stand != "gezeichnet":
                told += f" ({line.stand})"
        note = f" – {line.vermerk}" if line.vermerk else ""
        click.echo(f"  {line.stelle + ':':<34} {told}{note}")


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%d.%m.%Y %H:%M")
