"""Hostile words in every file that goes out: they are characters there, and nothing leads away."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pypdf
import pytest
from docx import Document as new_docx
from lxml import etree

from assistant import draft_export, review_desk
from assistant.answer_export import answer_docx, answer_pdf
from assistant.export import as_csv
from assistant.search_desk import search_table
from assistant.searching.choice import Choice
from assistant.searching.register import Register
from assistant.today import today
from assistant.types import Answer, AnswerStatus, AnswerTable, Citation, Claim, Label
from assistant.wiring import Parts
from index.types import Span
from tests.browser.hostile_house import OPERATOR, SENTENCE, fill_house, joined
from tests.browser.payloads import HOST, PAYLOADS, letters_of
from tests.sample_records import make_parts

WORDS = tuple(payload.text for payload in PAYLOADS)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OWN_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|NOTEREF \w+(?: \\h)?)\s*")
ACTING = ("altChunk", "object", "hyperlink", "control", "subDoc", "movie", "script")
ACTING_IN_PDF = {"/JS", "/AA", "/URI", "/AcroForm", "/XFA", "/EF", "/EmbeddedFiles", "/JavaScript"}
WITHIN = {"/GoTo"}
"""What an action may be: a way to a place of the same file."""
FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home")) as made:
        fill_house(made)
        yield made


def check_docx(content: bytes, wanted: Iterable[str]) -> None:
    """Well-formed, no relation to elsewhere, no field but our own; the words are all there."""
    shown = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            data = package.read(name)
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(data, parser)
            assert root.getroottree().docinfo.doctype == "", name
            if name.endswith(".rels"):
                assert [r.attrib for r in root if r.get("TargetMode") == "External"] == [], name
                assert HOST.encode() not in data
            assert [e.tag for tag in ACTING for e in root.iter(f"{W}{tag}")] == [], name
            fields = [e.get(f"{W}instr", "") for e in root.iter(f"{W}fldSimple")]
            fields += [e.text or "" for e in root.iter(f"{W}instrText")]
            assert [field for field in fields if not OWN_FIELD.fullmatch(field)] == [], name
            shown += ["".join(text or "" for text in root.itertext())]
    text = letters_of("".join(shown))
    assert [word for word in wanted if letters_of(word) not in text] == []


def check_pdf(content: bytes, wanted: Iterable[str]) -> None:
    """Nothing in it acts: no script, form, file or way out, though ways within; the words are there."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    shown = "".join(page.extract_text() for page in reader.pages)
    assert [word for word in wanted if letters_of(word) not in letters_of(shown)] == []
    waiting = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop().get_object()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, Mapping):
            assert ACTING_IN_PDF.isdisjoint(one), one
            if "/Rect" in one:
                assert one.get("/Subtype") == "/Link", one
            for action in ("/A", "/OpenAction"):
                told = one.get(action)
                if isinstance(told, Mapping):
                    assert told["/S"] in WITHIN, one
            waiting += [
                value for value in one.values() if isinstance(value, pypdf.generic.PdfObject)
            ]
        elif isinstance(one, list):
            waiting += one
    assert len(seen) > 100


def check_csv(content: bytes) -> None:
    """No cell begins as a formula, however a program trims it, unless it is an amount."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) > 1 and len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not FORMULA.match(cell.strip()), cell
        assert not cell.startswith(("\t", "\r", "\n")), cell


def answer() -> Answer:
    """One that has them in every place of an answer."""
    cited = [
        Citation(n, "a" * 64, word, word, word, word, None, word, Span(0, len(word)))
        for n, word in enumerate(WORDS, 1)
    ]
    claims = tuple(Claim(c.quote, Label.BELEGT, (c.number,), (c.quote,)) for c in cited)
    return Answer(
        question=joined(PAYLOADS),
        kind="liste",
        status=AnswerStatus.ANSWERED,
        text=joined(PAYLOADS),
        claims=claims,
        citations=tuple(cited),
        notes=WORDS,
        table=AnswerTable(WORDS[:2], tuple((word, word) for word in WORDS)),
        generator_id=WORDS[0],
    )


def test_an_answer_goes_out_as_words() -> None:
    held = answer()
    check_docx(answer_docx(held.question, held, WORDS[5], today()), WORDS)
    assert held.table is not None
    check_csv(as_csv(held.table))
    formulas = tuple(p.text for p in PAYLOADS if p.family == "formula")
    check_csv(as_csv(AnswerTable(formulas, (formulas,))))


def test_what_a_search_found_goes_out_as_words(parts: Parts) -> None:
    check_csv(as_csv(search_table(parts, Register(), Choice(), OPERATOR)))


def test_the_pdf_of_an_answer_holds_nothing_but_words() -> None:
    held = answer()
    content = answer_pdf(held.question, held, WORDS[5], today())
    check_pdf(content, [word for word in WORDS if word.isascii() and word.isprintable()])


@pytest.mark.parametrize("kind", ["program", "address", "file"])
def test_a_pdf_that_acts_is_told_from_one_that_does_not(kind: str) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(30):
        writer.add_blank_page(100, 100)
    if kind == "program":
        name = pypdf.generic.NameObject
        launch = {name("/S"): name("/Launch"), name("/F"): pypdf.generic.TextStringObject("a.exe")}
        writer.root_object[name("/OpenAction")] = pypdf.generic.DictionaryObject(launch)
    elif kind == "address":
        writer.add_uri(0, f"http://{HOST}/1", pypdf.generic.RectangleObject((0, 0, 9, 9)))
    else:
        writer.add_attachment("a.txt", b"a")
    written = io.BytesIO()
    writer.write(written)
    with pytest.raises(AssertionError):
        check_pdf(written.getvalue(), ())


@pytest.mark.parametrize("number", range(4))
def test_a_draft_goes_out_as_words(parts: Parts, number: int) -> None:
    content = draft_export.as_docx(parts, OPERATOR, f"boese-{number}", 1)
    check_docx(content, [p.text for p in PAYLOADS[number::4]])
    text = draft_export.as_markdown(parts, OPERATOR, f"boese-{number}", 1)
    plain = re.sub(r"\\[\\`*_<>#|~\[\]&]", "", text)
    own = re.sub(r"\[\^\d+\]:?|^#+ |^> |\*\([^)]*\)\*", "", plain, flags=re.MULTILINE)
    assert not re.search(r"[<>\[\]`|]|&(?:#|\w+;)", own)


def test_a_commented_draft_gets_nothing_but_words(parts: Parts, tmp_path: Path) -> None:
    document = new_docx()
    document.add_heading("Begründung", 1)
    printable = [letters for p in PAYLOADS[::6] if (letters := p.text).isprintable()]
    for word in printable:
        document.add_paragraph(word)
    document.add_paragraph("Die Anfrage 15/211 fragt. " + SENTENCE.format("der Leihräder"))
    document.add_paragraph("Der Antrag 15/201 wurde am 25.05.2023 abgelehnt.")
    path = tmp_path / "entwurf.docx"
    document.save(str(path))
    name = f"{quote(WORDS[1], safe='<> =')}.docx"
    content = review_desk.review_docx(parts, name, path.read_bytes(), OPERATOR, public=True)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "word/comments.xml" in package.namelist()
    check_docx(content, printable)
