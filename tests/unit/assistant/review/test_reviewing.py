"""Findings come in the order of the draft, without repeats, at places an official would name."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.audit import AUDIT_FILE, AuditLog
from assistant.review.reviewing import place_of, review, run, without_repeats
from assistant.review.types import Befund, BefundArt, Severity
from assistant.wire.review import review_wire
from index.store import Store
from index.types import Span
from tests.review.form.planted import clean_drafts, read
from tests.unit.assistant.review.drafts import reviewed

CLEAN = clean_drafts()["antrag-hecken"]


def befund(start: int, end: int, severity: Severity, reason: str = "Grund") -> Befund:
    return Befund(BefundArt.PLATZHALTER, severity, Span(start, end), reason)


def test_of_overlapping_findings_of_one_sort_the_weightiest_is_left() -> None:
    light, heavy = befund(0, 10, Severity.HINWEIS), befund(5, 12, Severity.FEHLER)
    apart = befund(2, 4, Severity.WARNUNG)
    other = Befund(BefundArt.ABSCHNITT, Severity.HINWEIS, Span(5, 6), "Grund")
    assert without_repeats([light, heavy, apart, other]) == [apart, other, heavy]


def test_two_things_that_are_missing_do_not_repeat_each_other() -> None:
    one, two = befund(9, 9, Severity.FEHLER, "A fehlt."), befund(9, 9, Severity.FEHLER, "B fehlt.")
    assert without_repeats([two, one, two]) == [one, two]


def test_a_place_is_named_by_section_and_paragraph() -> None:
    draft = read(CLEAN)
    start = draft.text.index("Die Patientinnen")
    place = place_of(draft, Span(start, start + 16))
    assert (place.name, place.section, place.paragraph, place.page) == (
        "Abschnitt „Begründung“, 2. Absatz",
        "Begründung",
        2,
        None,
    )
    end = len(draft.text)
    assert place_of(draft, Span(end, end)).name == "fehlt im Entwurf"


def test_a_review_leaves_one_line_without_a_word_of_the_draft(tmp_path: Path, empty: Store) -> None:
    text = CLEAN.replace("An vier Standorten", "An XX Standorten")
    found = review(reviewed(text, empty), AuditLog(tmp_path))
    wire = review_wire(found)
    assert wire.counts == {"Fehler": 1, "Warnung": 0, "Hinweis": 0}
    (finding,) = wire.findings
    assert finding.model_dump() == {
        "art": "platzhalter",
        "severity": "Fehler",
        "place": "Abschnitt „Begründung“, 1. Absatz",
        "section": "Begründung",
        "paragraph": 1,
        "page": None,
        "start": found.document.text.index("XX"),
        "end": found.document.text.index("XX") + 2,
        "quote": "XX",
        "reason": "Der Platzhalter „XX“ ist noch offen.",
        "suggestion": "",
        "citations": [],
    }
    (line,) = (tmp_path / AUDIT_FILE).read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["action"], entry["mandant"], entry["who"]) == ("pruefung", "lvs", "betreiber")
    assert "XX" not in line and "Hecken" not in line
    assert empty.documents(reviewed(text, empty).access) == []


def test_what_stands_within_a_placeholder_is_told_once(store: Store) -> None:
    found = run(reviewed("Kurz.\n\n[prüfen: Antrag Nr. 15/71 – dort steht anderes]", store))
    assert [befund.art for befund in found] == [BefundArt.PLATZHALTER]
