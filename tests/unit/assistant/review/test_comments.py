"""The commented copy: real Word comments at their words, and the text as it was."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from assistant.audit import AuditLog
from assistant.errors import InputInvalid
from assistant.review.comments import AUTHOR, refuse_other_than_docx, with_comments
from assistant.review.reviewing import Review, review
from assistant.review.types import Reviewed
from index.store import Store
from index.types import Access
from ingest.document import read_document
from ingest.formats.docx import parse_docx
from ingest.intake import recognise
from tests.review.form.planted import read, rules

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft() -> bytes:
    """A motion in Word: runs of different form within a word, a table, a word that occurs twice."""
    word = docx.Document()
    word.add_heading("Antrag Nr. 15/302", level=1)
    word.add_paragraph("öffentlich")
    word.add_heading("Beschlussvorschlag:", level=2)
    paragraph = word.add_paragraph("Die Verwaltung des L")
    paragraph.add_run("VN wird beauf").bold = True
    paragraph.add_run("tragt, bis 2026 XX zu zählen.")
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Kosten"
    table.rows[0].cells[1].text = "XX Euro"
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def reviewed_draft(data: bytes, store: Store, home: Path) -> Review:
    intake = recognise("entwurf.docx", data)
    document = read_document(intake, parse_docx(data), "lvs")
    return review(Reviewed(document, store, Access.operator("lvs"), rules()), AuditLog(home))


def anchored(body: etree._Element) -> dict[str, str]:
    """The words between start and end of each comment, by its id."""
    held: dict[str, str] = {}
    open_: set[str] = set()
    for element in body.iter():
        if element.tag == f"{W}commentRangeStart":
            open_.add(element.get(f"{W}id"))
            held[element.get(f"{W}id")] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for ident in open_:
                held[ident] += element.text or ""
    assert open_ == set()
    return held


def test_each_befund_is_a_comment_at_its_words(tmp_path: Path, empty: Store) -> None:
    data = draft()
    found = reviewed_draft(data, empty, tmp_path)
    content = with_comments(data, found)
    with ZipFile(BytesIO(content)) as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    places = anchored(body)
    told = {
        comment.get(f"{W}id"): "".join(comment.itertext())
        for comment in comments.iter(f"{W}comment")
    }
    assert {comment.get(f"{W}author") for comment in comments} == {AUTHOR}
    assert sorted((places[ident], words.split(":")[0]) for ident, words in told.items()) == [
        ("Antrag Nr. 15/302", "Fehler"),
        ("Verwaltung des LVN wird beauftragt", "Warnung"),
        ("XX", "Fehler"),
        ("XX", "Fehler"),
    ]
    missing = next(words for ident, words in told.items() if places[ident].startswith("Antrag"))
    assert missing == "Fehler: Dem Papier (Antrag) fehlt die Begründung. (fehlt im Entwurf)"
    in_cell = [p for p in body.iter(f"{W}tc") if p.find(f".//{W}commentRangeStart") is not None]
    assert ["".join(cell.itertext()) for cell in in_cell] == ["XX Euro"]


def test_the_text_and_its_form_stay_as_they_were(tmp_path: Path, empty: Store) -> None:
    data = draft()
    word = docx.Document(BytesIO(with_comments(data, reviewed_draft(data, empty, tmp_path))))
    before = docx.Document(BytesIO(data))
    assert [p.text for p in word.paragraphs] == [p.text for p in before.paragraphs]
    assert [c.text for c in word.tables[0].rows[0].cells] == ["Kosten", "XX Euro"]
    bold = "".join(run.text for run in word.paragraphs[3].runs if run.bold)
    assert bold == "VN wird beauf"
    assert len(list(word.comments)) == 4


def test_a_draft_without_findings_gets_no_comment(tmp_path: Path, empty: Store) -> None:
    data = draft()
    found = reviewed_draft(data, empty, tmp_path)
    content = with_comments(data, Review(found.document, found.public, ()))
    assert list(docx.Document(BytesIO(content)).comments) == []


def test_other_formats_are_told_to_become_docx() -> None:
    with pytest.raises(InputInvalid) as refused:
        refuse_other_than_docx(read("Ein Text."))
    assert str(refused.value) == (
        "Kommentare lassen sich nur in eine DOCX-Datei schreiben. "
        "Bitte den Entwurf als DOCX speichern oder ohne -o prüfen."
    )
