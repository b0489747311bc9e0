"""Drafts are read within the sandbox; what is none is refused in German."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputInvalid
from assistant.review.reading import read_draft, read_pasted
from ingest.errors import EmptyFile, PathMissing, UnknownType
from ingest.intake import MARKDOWN, TEXT


def test_a_file_and_a_pasted_text_give_the_same_words(tmp_path: Path) -> None:
    text = "# Antrag Nr. 15/303\n\n## Begründung:\n\nDie Wege sind schmal."
    file = tmp_path / "entwurf.md"
    file.write_text(text, encoding="utf-8")
    held, pasted = read_draft(file, "lvs"), read_pasted(text, "lvs")
    assert held.text == pasted.text == "Antrag Nr. 15/303\n\nBegründung:\n\nDie Wege sind schmal."
    assert (held.source, pasted.source) == (str(file), "Text")
    assert (held.media_type, pasted.media_type) == (MARKDOWN, MARKDOWN)
    assert held.kopfdaten.art is not None and held.kopfdaten.art.value == "Antrag"


def test_a_pasted_mail_is_read_as_the_text_it_is() -> None:
    text = "From: a@example.de\nTo: b@example.de\nDate: heute\n\nDie Wege sind schmal."
    assert read_pasted(text, "lvs").media_type == TEXT


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "Der Text ist leer. Bitte fügen Sie den Entwurf ein."),
        ("\x00\x01\x02\x03 Text", "Der Text enthält Zeichen, die kein Text sind."),
    ],
)
def test_what_is_no_text_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        read_pasted(text, "lvs")
    assert str(refused.value) == sentence


def test_a_file_that_is_no_draft_is_refused(tmp_path: Path) -> None:
    picture, empty = tmp_path / "bild.png", tmp_path / "leer.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)
    empty.write_bytes(b"  \n")
    with pytest.raises(UnknownType) as refused:
        read_draft(picture, "lvs")
    assert str(refused.value) == (
        "Geprüft wird ein einzelner Entwurf als DOCX, PDF, ODT, DOC, RTF, HTML, Markdown oder TXT. "
        "Bitte die Datei auspacken oder in eines davon umwandeln."
    )
    with pytest.raises(EmptyFile):
        read_draft(empty, "lvs")
    missing = tmp_path / "fehlt.docx"
    with pytest.raises(PathMissing) as absent:
        read_draft(missing, "lvs")
    assert str(absent.value) == (
        f"Den Pfad „{missing}“ gibt es nicht. Bitte die Schreibweise prüfen."
    )
