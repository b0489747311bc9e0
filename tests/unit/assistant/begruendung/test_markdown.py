"""A draft as Markdown."""

from __future__ import annotations

from assistant.begruendung.markdown import markdown_of
from assistant.begruendung.types import Absatz, Herkunft
from index.types import Schutzstufe
from tests.unit.assistant.begruendung.drafted import CITATIONS, draft


def test_sections_labels_open_points_and_footnotes_are_there() -> None:
    text = markdown_of(draft())
    assert text.startswith("# Leihräder an weiteren Museen\n")
    assert "maschinell zusammengestellt am 05.03.2026; ungeprüft" in text
    assert "Umgearbeitet mit dem Sprachmodell probe-1. Schutzstufe: öffentlich." in text
    for section in draft().abschnitte:
        assert f"\n## {section.abschnitt.titel}\n" in text
    for citation in CITATIONS:
        assert f"\n[^{citation.number}]: " in text
    assert "*(Angabe der Bearbeitung)*" in text
    assert "## Offene Punkte\n\n1. " in text


def test_marks_in_foreign_words_stay_letters() -> None:
    hostile = "<img src=x onerror=alert(1)> **fett** [a](http://b) `c` # d"
    text = markdown_of(draft(("sachverhalt", (Absatz(hostile, Herkunft.EIGEN),)), titel=hostile))
    assert "<img" not in text.replace("\\<img", "")
    assert "\\*\\*fett\\*\\* \\[a\\](http://b) \\`c\\` \\# d" in text


def test_an_entity_in_foreign_words_stays_its_letters() -> None:
    text = markdown_of(draft(titel="&lt;b&gt; Bau & Betrieb"))
    assert text.startswith("# \\&lt;b\\&gt; Bau \\& Betrieb\n")


def test_a_closed_draft_says_that_it_is() -> None:
    text = markdown_of(draft(schutz=Schutzstufe.NICHTOEFFENTLICH, generator_id=None))
    assert "Ohne Sprachmodell. Schutzstufe: nichtöffentlich." in text
