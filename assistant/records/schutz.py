"""Why a document is closed, said so that the admin knows who could open it."""

from __future__ import annotations

from index.types import DocumentSummary, Schutzstufe
from ingest.begleitdaten import NOTE, has_statements
from ingest.papers.arten import SITTINGS


def is_undeclared(document: DocumentSummary) -> bool:
    """Whether a document is closed only because nobody says that it is public.

    Minutes and invitations are left out: their parts say so, each for itself.
    """
    kopf = document.kopfdaten
    sitting = kopf.art is not None and kopf.art.value in SITTINGS
    closed = document.visibility is Schutzstufe.NICHTOEFFENTLICH
    return closed and kopf.oeffentlich is None and not sitting


def closed_because(document: DocumentSummary) -> str | None:
    """Why a document is closed as a whole, and what would open it; None for an open one."""
    if document.visibility is Schutzstufe.OEFFENTLICH:
        return None
    declared = document.kopfdaten.oeffentlich
    if declared is not None and not declared.value:
        return "Das Papier oder die Angaben daneben nennen es nichtöffentlich."
    if declared is not None:
        return (
            "Es wird öffentlich und an anderer Stelle nichtöffentlich genannt; die strengere "
            "Angabe gilt."
        )
    if document.source.startswith(("http://", "https://")):
        return (
            "Weder das Papier noch das Ratsinformationssystem (OParl-Feld »public«) sagt, ob es "
            "öffentlich ist; Unbekanntes gilt als nichtöffentlich. Bitte dort öffentlich stellen "
            "und »aktenkundig oparl« wiederholen."
        )
    who = "Das Papier sagt nicht"
    if has_statements(document.warnings):
        who = f"Weder das Papier noch was daneben liegt{_origin(document)} sagt"
    return (
        f"{who}, ob es öffentlich ist; Unbekanntes gilt als nichtöffentlich. Eine Begleitdatei "
        "mit dem Feld »sichtbarkeit« kann es öffentlich stellen."
    )


def _origin(document: DocumentSummary) -> str:
    for warning in document.warnings:
        if warning.startswith(NOTE):
            return f" ({warning.removeprefix(NOTE).rstrip('.')})"
    return ""
