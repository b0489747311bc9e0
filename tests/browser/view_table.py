"""Every view of the surface in every state that it has, and what is no view.

Views are found by selectors, not by words: each is opened in both languages.
"""

from __future__ import annotations

from tests.browser import views_of_papers, views_of_the_house

VIEWS = views_of_papers.VIEWS + views_of_the_house.VIEWS

NO_VIEWS = frozenset(
    {
        "/dokument/{document_id}/original",
        "/entwurf/{name}/ausgabe",
        "/favicon.ico",
        "/fragen/{ident}/antwort.docx",
        "/fragen/{ident}/antwort.pdf",
        "/fragen/{ident}/tabelle.csv",
        "/suche.csv",
        "/verwaltung/loeschungen/{deletion_id}/nachweis.{form}",
        "/verwaltung/qualitaet/rueckmeldungen/fragen.jsonl",
    }
)
"""Files to take along."""

TO_OTHERS = frozenset(
    {
        "POST /darstellung",
        "POST /entwurf/neu",
        "POST /entwurf/{name}/loeschen",
        "POST /entwurf/{name}/umarbeitung",
        "POST /entwurf/{name}/zurueck",
        "POST /fragen/loeschen",
        "POST /fragen/{ident}/anhalten",
        "POST /fragen/{ident}/loeschen",
        "POST /fragen/{ident}/saetze/{number}",
        "POST /fragen/{ident}/saetze/{number}/zuruecknehmen",
        "POST /lernen/uebungen",
        "POST /pruefung/datei/docx",
        "POST /pruefung/datei/json",
        "POST /pruefung/text/json",
        "POST /suche/gemerkt/{id_}/loeschen",
        "POST /suche/gemerkt/{id_}/oeffnen",
        "POST /suche/gemerkt/{id_}/umbenennen",
        "POST /suche/gemerkt/{id_}/zurueckholen",
        "POST /verwaltung/aufnahme",
        "POST /verwaltung/auftraege/{job_id}/abbrechen",
        "POST /verwaltung/auftraege/{job_id}/fortsetzen",
        "POST /verwaltung/dokumente/{document_id}/loeschen",
        "POST /verwaltung/dokumente/{document_id}/verbergen",
        "POST /verwaltung/dokumente/{document_id}/zeigen",
        "POST /verwaltung/index/abbrechen",
        "POST /verwaltung/index/aufraeumen",
        "POST /verwaltung/index/bauen",
        "POST /verwaltung/index/modelle",
        "POST /verwaltung/index/umschalten",
        "POST /verwaltung/index/zurueck",
        "POST /verwaltung/loeschungen/{deletion_id}/aufheben",
        "POST /verwaltung/qualitaet/auswertungen",
        "POST /verwaltung/qualitaet/auswertungen/entfernen",
        "POST /verwaltung/qualitaet/rueckmeldungen/loeschen",
        "POST /verwaltung/quarantaene/entfernen",
        "POST /verwaltung/quarantaene/erneut",
    }
)
"""Acts that lead to a view of the table, show one of its parts, or give a file."""
