"""Views of those who look after the house, who learn, and what it states, in every state."""

from __future__ import annotations

from tests.browser.view_acts import (
    View,
    building,
    nothing_sent,
    picked,
    refreshed_job,
    refreshed_jobs,
    refused,
    sending,
    solved,
    unfolded,
)

VIEWS = (
    View("/verwaltung", "leer", "/verwaltung", ".kacheln", house="leer"),
    View("/verwaltung", "uebersicht", "/verwaltung", ".aufgabe"),
    View("/verwaltung/aufnahme", "leer", "/verwaltung/aufnahme", "#hochladen", house="leer"),
    View(
        "/verwaltung/aufnahme",
        "lang",
        "/verwaltung/aufnahme",
        "#auftraege progress",
        refreshed_jobs,
        ("/verwaltung/aufnahme/auftraege",),
    ),
    View(
        "/verwaltung/aufnahme",
        "nichts-gewaehlt",
        "/verwaltung/aufnahme",
        ".fehlertext",
        nothing_sent,
    ),
    View(
        "/verwaltung/aufnahme", "laedt-hoch", "/verwaltung/aufnahme", ".sendung progress", sending
    ),
    View(
        "/verwaltung/aufnahme", "abgelehnt", "/verwaltung/aufnahme", ".sendung.fehlertext", refused
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "laeuft",
        "/verwaltung/auftraege/{auftrag-laeuft}",
        "progress",
        refreshed_job,
        ("/verwaltung/auftraege/{job_id}/stand",),
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "wartend",
        "/verwaltung/auftraege/{auftrag-wartend}",
        "#auftrag",
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "fertig",
        "/verwaltung/auftraege/{auftrag-fertig}",
        "#abgewiesen",
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "fehlgeschlagen",
        "/verwaltung/auftraege/{auftrag-fehlgeschlagen}",
        ".kern-alert--danger",
    ),
    View("/verwaltung/quarantaene", "leer", "/verwaltung/quarantaene", "h1", house="leer"),
    View("/verwaltung/quarantaene", "lang", "/verwaltung/quarantaene", "li.karte", unfolded),
    View("/verwaltung/dokumente", "leer", "/verwaltung/dokumente", "[role=status]", house="leer"),
    View("/verwaltung/dokumente", "lang", "/verwaltung/dokumente", "table.dokumente"),
    View("/verwaltung/dokumente", "nichts", "/verwaltung/dokumente?q=Zeppelin", "[role=status]"),
    View(
        "/verwaltung/dokumente",
        "falsche-angabe",
        "/verwaltung/dokumente?seite=0",
        "[role=alert]",
    ),
    View(
        "/verwaltung/dokumente/{document_id}",
        "dokument",
        "/verwaltung/dokumente/{text}",
        "dl",
        unfolded,
    ),
    View(
        "/verwaltung/dokumente/{document_id}",
        "verborgen",
        "/verwaltung/dokumente/{verborgen}",
        ".kern-alert--warning",
    ),
    View(
        "/verwaltung/dokumente/{document_id}",
        "schlecht-gelesen",
        "/verwaltung/dokumente/{unsicher-blatt}",
        "#seiten",
    ),
    View(
        "/verwaltung/dokumente/{document_id}/loeschen",
        "nachfrage",
        "/verwaltung/dokumente/{text}/loeschen",
        "main form",
    ),
    View("/verwaltung/loeschungen", "leer", "/verwaltung/loeschungen", "h1", house="leer"),
    View("/verwaltung/loeschungen", "liste", "/verwaltung/loeschungen", "table"),
    View(
        "/verwaltung/loeschungen/{deletion_id}",
        "nachweis",
        "/verwaltung/loeschungen/{nachweis}",
        "dl",
    ),
    View("/verwaltung/index", "ruhe", "/verwaltung/index", "#generationen", unfolded),
    View("/verwaltung/index", "stoerung", "/verwaltung/index", "[role=alert]", house="leer"),
    View(
        "/verwaltung/index",
        "baut",
        "/verwaltung/index",
        "#generationen progress",
        building,
        ("/verwaltung/index/stand",),
    ),
    View("/verwaltung/qualitaet", "leer", "/verwaltung/qualitaet", "h1", house="leer"),
    View("/verwaltung/qualitaet", "diagramme", "/verwaltung/qualitaet", "figure svg", unfolded),
    View(
        "/verwaltung/qualitaet/rueckmeldungen",
        "leer",
        "/verwaltung/qualitaet/rueckmeldungen",
        "h1",
        house="leer",
    ),
    View(
        "/verwaltung/qualitaet/rueckmeldungen",
        "lang",
        "/verwaltung/qualitaet/rueckmeldungen",
        "li.rueckmeldung",
        unfolded,
    ),
    View("/verwaltung/zustand", "leer", "/verwaltung/zustand", "h1", house="leer"),
    View("/verwaltung/zustand", "diagramme", "/verwaltung/zustand", "figure svg", unfolded),
    # ------------------------------------------------------------ Lernen, Erklärungen
    View("/lernen", "uebersicht", "/lernen", ".lernkarten"),
    View("/lernen/rundgang", "rundgang", "/lernen/rundgang", ".schritte"),
    View("/lernen/uebungen", "uebungen", "/lernen/uebungen", ".uebungen"),
    View("/lernen/uebungen/{number}", "offen", "/lernen/uebungen/1", ".satzwahl"),
    View("/lernen/uebungen/{number}", "unbekannt", "/lernen/uebungen/99", "[role=alert]"),
    View(
        "POST /lernen/uebungen/{number}", "daneben", "/lernen/uebungen/1", ".kern-alert", picked(1)
    ),
    View("POST /lernen/uebungen/{number}", "geloest", "/lernen/uebungen/2", ".falsch", solved),
    View("/lernen/grenzen", "grenzen", "/lernen/grenzen", ".grenze"),
    View("/lernen/modelle", "modelle", "/lernen/modelle", "h1"),
    View("/lernen/daten", "daten", "/lernen/daten", ".tafeln"),
    View("/lernen/daten", "leer", "/lernen/daten", "h1", house="leer"),
    View("/barrierefreiheit", "erklaerung", "/barrierefreiheit", ".erklaerung"),
    View("/datenschutz", "hinweis", "/datenschutz", ".erklaerung"),
)
