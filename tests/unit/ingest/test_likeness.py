from __future__ import annotations

from dataclasses import replace

import pytest

from index.types import Document, Kopfdaten, Schutzstufe, Span
from ingest.likeness import VERSION_LIKENESS, fingerprint, is_version, likeness

TEXT = " ".join(f"Satz {n} handelt von Bäumen an der Straße {n}." for n in range(12))


def document(text: str = TEXT, source: str = "a.txt") -> Document:
    return Document(
        "0" * 64, "lvs", source, "text/plain", "", text, (), (), Kopfdaten(),
        Schutzstufe.OEFFENTLICH,
    )  # fmt: skip


def test_case_space_and_signs_do_not_change_the_fingerprint() -> None:
    assert fingerprint(document()) == fingerprint(document(f"\n\n{TEXT.upper()}".replace(".", " ")))
    assert fingerprint(document()) != fingerprint(document(TEXT.replace("Satz 3", "Satz 33")))


def test_visibility_changes_the_fingerprint() -> None:
    closed = replace(document(), visibility=Schutzstufe.NICHTOEFFENTLICH)
    assert fingerprint(closed) != fingerprint(document())


def test_too_little_text_or_an_unread_page_has_no_fingerprint() -> None:
    assert fingerprint(document("Anlage 1")) == ""
    half = replace(document(), pages=(Span(0, len(TEXT)), Span(len(TEXT), len(TEXT))))
    assert fingerprint(half) == ""


def test_a_rewritten_sentence_leaves_texts_alike_and_another_subject_does_not() -> None:
    changed = TEXT.replace("Satz 3 handelt von Bäumen", "Neu beschlossen werden Bänke")
    assert likeness(TEXT, changed) > 0.7 > VERSION_LIKENESS
    assert likeness(TEXT, "Die Klinik erhält ein neues Dach aus Schiefer.") == 0
    assert (likeness("Ja", "ja"), likeness("Ja", "Nein")) == (1, 0)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (document(), document(TEXT + " Ende."), True),
        (document(), document("Etwas ganz anderes steht jetzt hier drin."), True),
        (document(), document("Etwas ganz anderes steht jetzt hier.", "b.txt"), False),
        (document(), document(TEXT, "15-1-anlage-2.txt"), False),
        (document(source="anlage_a.txt"), document(TEXT, "anlage_b.txt"), True),
        (document(), document(TEXT, "tieranlagen.txt"), True),
    ],
)
def test_path_name_and_text_say_whether_it_is_a_version(
    earlier: Document, later: Document, expected: bool
) -> None:
    assert is_version(earlier, later) is expected
