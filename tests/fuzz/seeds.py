"""Sound files of every format, from the samples and made here, for the fuzz to damage."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pypdf
from PIL import Image, ImageDraw
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from tests.unit.ingest.pdf_files import pdf_file, prose
from tests.unit.ingest.word_files import paragraph, row, word_file

rl_config.invariant = 1  # no dates: equal bytes every time
SAMPLES = Path(__file__).resolve().parents[2] / "beispiele"
LARGEST_SAMPLE = 60_000
TEXT = (
    "Der Ausschuss für Bäume und Grünflächen beschließt die Vorlage 15/148 über 12.500 € im Jahr."
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def seeds(kind: str) -> Mapping[str, bytes]:
    """Name to bytes of the sound files of one kind; see `KINDS`."""
    made = dict(sorted(_MAKERS[kind]()))
    if kind in ("docx", "odt"):
        return {name: _undated(data) for name, data in made.items()}
    return made


def _undated(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({entry.filename: archive.read(entry) for entry in archive.infolist()})


def _samples(ending: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(SAMPLES.rglob(f"*.{ending}")):
        if path.stat().st_size <= LARGEST_SAMPLE:
            yield path.name, path.read_bytes()


def _pdfs() -> Iterator[tuple[str, bytes]]:
    yield from _samples("pdf")
    pages = [prose(760, *[TEXT] * 12) for _ in range(4)]
    plain = pdf_file(pages)
    yield "plain", plain
    yield "password", pdf_file(pages[:1], password="geheim")
    yield "open-password", pdf_file(pages[:1], password="")
    yield "table", _pdf_table()
    yield "font", _pdf_font()
    yield "picture", _pdf_picture()
    yield "attachment", _rewritten(plain, attach=True)
    yield "object-streams", _rewritten(plain, attach=False)


def _pdf_table() -> bytes:
    buffer = io.BytesIO()
    rows = [["Haushaltsstelle", "2024 (T€)", "2025 (T€)"]]
    rows += [[f"Museum {n}", f"{n * 13}", f"{n * 17}"] for n in range(30)]
    table = Table(rows)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(buffer).build([Paragraph(TEXT * 3, style), table, Paragraph(TEXT, style)])
    return buffer.getvalue()


def _pdf_font() -> bytes:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1)
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry("Kapitel", "a")
    canvas.setFont("Vera", 11)
    for line in range(20):
        canvas.drawString(60, 780 - 16 * line, TEXT)
    canvas.acroForm.checkbox(name="ja", x=60, y=100, checked=True)
    canvas.acroForm.textfield(name="wert", x=60, y=140, value="Wert")
    canvas.save()
    return buffer.getvalue()


def _pdf_picture() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(60, 780, TEXT)
    canvas.drawInlineImage(_picture(), 60, 500, 200, 100)
    canvas.drawString(60, 480, TEXT)
    canvas.showPage()
    canvas.drawInlineImage(_picture(), 0, 0, 595, 842)
    canvas.save()
    return buffer.getvalue()


def _rewritten(data: bytes, *, attach: bool) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    if attach:
        writer.add_attachment("anlage.txt", TEXT.encode())
    writer.compress_identical_objects()
    for page in writer.pages:
        page.compress_content_streams()
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _docx() -> Iterator[tuple[str, bytes]]:
    yield from _samples("docx")
    body = "".join(paragraph(f"{number}. {TEXT}") for number in range(20))
    yield "plain", word_file(body)
    table = "<w:tbl>" + "".join(row("Museum", str(n), "T€") for n in range(15)) + "</w:tbl>"
    nested = table.replace("</w:tc>", table + "<w:p/></w:tc>", 1)
    yield "tables", word_file(paragraph(TEXT) + table + nested)
    note = f'<w:footnote xmlns:w="{_W}" w:id="2">{paragraph(TEXT)}</w:footnote>'
    changed = (
        f'<w:p><w:ins w:id="1"><w:r><w:t>{TEXT}</w:t></w:r></w:ins><w:del w:id="2"><w:r>'
        '<w:delText>alt</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        '<w:altChunk r:id="r9" xmlns:r="urn:r"/>'
    )
    parts = {
        "footnotes": f'<w:footnotes xmlns:w="{_W}">{note}</w:footnotes>',
        "header": f'<w:hdr xmlns:w="{_W}">{paragraph("Kopf")}</w:hdr>',
        "numbering": f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="1"><w:lvl '
        'w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
    }
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    yield "parts", word_file(changed + paragraph(TEXT, properties=numbered) * 5, parts)


def _odt() -> Iterator[tuple[str, bytes]]:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    cells = "".join(
        f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in "abc"
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:text><text:h text:outline-level="1">Titel</text:h><text:p>{TEXT}</text:p>'
        f"<table:table>{f'<table:table-row>{cells}</table:table-row>' * 4}</table:table>"
        f"<text:list><text:list-item><text:p>{TEXT}</text:p></text:list-item></text:list>"
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f"<office:document-styles {spaces}/>")
        archive.writestr("META-INF/manifest.xml", manifest)
    yield "plain", buffer.getvalue()


def _mail() -> Iterator[tuple[str, bytes]]:
    message = EmailMessage()
    message["From"], message["To"] = "amt@beispiel.example", "gremium@beispiel.example"
    message["Subject"], message["Message-ID"] = "Vorlage über Bäume", "<1@beispiel.example>"
    message["Date"] = "Mon, 02 Dec 2024 10:00:00 +0100"
    message.set_content(f"{TEXT}\n" * 10)
    yield "plain", bytes(message)
    message.add_alternative(f"<html><p>{TEXT}</p></html>", subtype="html")
    pdf = pdf_file([prose(700, TEXT)])
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename="Anlage 1.pdf")
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"grenze-{number}")
    yield "attachment", bytes(message)
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "amt@beispiel.example", "WG: Vorlage"
    outer["MIME-Version"] = "1.0"
    outer.set_content("Zur Kenntnis.")
    outer.add_attachment(message)
    outer.set_boundary("grenze-aussen")
    yield "nested", bytes(outer)


def _zips() -> Iterator[tuple[str, bytes]]:
    files = {
        "vorlage.txt": (TEXT * 20).encode(),
        "Ordner/Anlage für Bäume.pdf": pdf_file([prose(700, TEXT)]),
        "Ordner/bericht.docx": _undated(word_file(paragraph(TEXT))),
        "seite.html": f"<html><body><p>{TEXT}</p></body></html>".encode(),
        "post.eml": dict(_mail())["plain"],
    }
    yield "mixed", packed(files)
    yield "stored", packed(files, zipfile.ZIP_STORED)
    yield "nested", packed({"innen.zip": packed(files), "liste.txt": TEXT.encode()})
    yield "many", packed({f"{n:03}.txt": f"{n} {TEXT}".encode() for n in range(60)})


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)  # without the time of day: equal bytes every time
            entry.compress_type = method
            archive.writestr(entry, data)
    return buffer.getvalue()


def _picture() -> Image.Image:
    picture = Image.new("L", (640, 240), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(8):
        draw.text((10, 10 + 26 * line), TEXT[:80], fill=0)
    return picture


def _images() -> Iterator[tuple[str, bytes]]:
    picture = _picture()
    for name, options in {
        "png": {"format": "PNG"},
        "jpeg": {"format": "JPEG", "quality": 70},
        "tiff-g4": {"format": "TIFF", "compression": "group4"},
        "tiff-lzw": {"format": "TIFF", "compression": "tiff_lzw"},
        "tiff-raw": {"format": "TIFF"},
        "gif": {"format": "GIF"},
        "bmp": {"format": "BMP"},
    }.items():
        buffer = io.BytesIO()
        (picture.convert("1") if name == "tiff-g4" else picture).save(buffer, **options)
        yield name, buffer.getvalue()
    buffer = io.BytesIO()
    picture.save(buffer, format="TIFF", save_all=True, append_images=[picture] * 3)
    yield "tiff-pages", buffer.getvalue()


def _html() -> Iterator[tuple[str, bytes]]:
    yield from _samples("html")
    rows = "".join(f"<tr><td>Museum {n}<td>{n} T€" for n in range(20))
    yield "plain", f"<html><body><h1>Titel</h1><p>{TEXT}<table>{rows}</table>".encode()


_MAKERS = {
    "pdf": _pdfs,
    "docx": _docx,
    "zip": _zips,
    "image": _images,
    "odt": _odt,
    "eml": _mail,
    "html": _html,
}
KINDS = tuple(_MAKERS)
