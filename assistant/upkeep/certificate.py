"""The certificate of a deletion in words, for the command line and to be filed."""

from __future__ import annotations

from datetime import date

from assistant.wire.life import DeletionWire

REMOVED = {
    "textstellen": "Textstellen",
    "stichwortzeilen": "Einträge im Stichwortverzeichnis",
    "vektoren": "Vektoren",
    "nummern": "Nummern im Register",
    "erwaehnungen": "erfasste Verweise",
    "quellen": "Dateipfade",
    "vormerkungen": "Einträge in Quarantäne und Warteliste",
}


def certificate_title(shown: DeletionWire) -> str:
    """Its heading."""
    return f"Nachweis der Löschung {shown.nachweis}"


def certificate_lines(shown: DeletionWire) -> list[str]:
    """What it says below its heading."""
    day = date.fromisoformat(shown.at[:10])
    lines = [
        f"Gelöscht am {day:%d.%m.%Y} um {shown.at[11:19]} Uhr (UTC) durch {shown.who}",
        f"Mandant: {shown.mandant}",
        f"Grund: {shown.reason or 'nicht angegeben'}",
        f"Prüfsumme der Kennung: {shown.digests[0]}",
    ]
    lines += [f"{label + ':':<40} {shown.removed.get(name, 0)}" for name, label in REMOVED.items()]
    if not shown.complete:
        lines.append("Das Protokoll der Datenbank wird geleert, sobald niemand mehr liest.")
    if shown.lifted:
        lines.append("Aufgehoben: Die Datei darf wieder eingelesen werden.")
    return lines


def certificate_text(shown: DeletionWire) -> str:
    """The whole as a text file; every checksum is in it."""
    further = [f"Weitere Prüfsumme: {mark}" for mark in shown.digests[1:]]
    title = certificate_title(shown)
    return "\n".join([title, "=" * len(title), "", *certificate_lines(shown), *further, ""])
