"""Files built to hurt whoever reads them, one for each class that readers of documents fell for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from tests.unit.ingest.word_files import paragraph, word_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zip_of(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of exactly these names, however odd."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo("x")
            entry.filename, entry.compress_type = name, method
            archive.writestr(entry, content)
    return buffer.getvalue()


def slipping_word_file(target: str) -> bytes:
    """A Word file with parts that would land outside of any folder it is unpacked into."""
    sound = word_file(paragraph("Ein Satz über Bäume."))
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    names = (f"../../../../../../../..{target}", target, f"..\\..\\..{target}")
    return zip_of([*parts, *((name, b"ausgebrochen") for name in names)])


def with_relation(target: str, kind: str = "header") -> bytes:
    """A Word file whose part is said to lie elsewhere in the file system."""
    sound = word_file(paragraph("Ein Satz."), {kind: f'<w:hdr xmlns:w="{W}"/>'})
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = [
            (e.filename, archive.read(e).replace(f"{kind}.xml".encode(), target.encode()))
            for e in archive.infolist()
        ]
    return zip_of(parts)


def bomb_of_parts(parts: int, part_bytes: int, *, overlapping: bool = False) -> bytes:
    """A Word file of many parts that together unpack far beyond the limit.

    Overlapping, all directory entries name one packed part: no nesting needed.
    """
    part = paragraph("A" * part_bytes).encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    content = packer.compress(part) + packer.flush()
    facts = struct.pack("<4H3I", 0, 8, 0, 33, zlib.crc32(part), len(content), len(part))
    body, central = bytearray(), bytearray()
    for number in range(parts):
        name = b"word/document.xml" if number == 0 else b"word/%011d.xml" % number
        start = 0 if overlapping else len(body)
        if not body or not overlapping:
            body += struct.pack("<4sH", b"PK\x03\x04", 20) + facts
            body += struct.pack("<2H", len(name), 0) + name + content
        central += struct.pack("<4s2H", b"PK\x01\x02", 20, 20) + facts
        central += struct.pack("<5H2I", len(name), 0, 0, 0, 0, 0, start) + name
    sizes = (len(central), len(body), 0)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, parts, parts, *sizes)
    return bytes(body + central + end)


def with_entity(declaration: str, use: str) -> bytes:
    """A Word file whose main part declares an entity and uses it."""
    return word_file(paragraph(f"Ein Satz {use}."), prolog=f"<!DOCTYPE d [{declaration}]>")


def billion_laughs(levels: int = 10) -> str:
    """Declarations of entities, each ten times the one before."""
    first = '<!ENTITY a0 "lachen">'
    rest = (f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, levels))
    return first + "".join(rest)


def pdf_of(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """A PDF of objects as they are, with a sound table of contents."""
    body = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    size = max(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        body += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    body += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(body)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def flate_many_times(content: bytes, times: int) -> bytes:
    """Content packed again and again, with the filters that undo it."""
    for _ in range(times):
        content = zlib.compress(content, 6)
    return stream(content, b"/Filter [" + b"/FlateDecode " * times + b"]")


def pdf_page(content: bytes, more: Mapping[int, bytes] | None = None, font: bytes = b"") -> bytes:
    """A PDF of one page; `content` is the stream object, `font` the dictionary of its font."""
    font = font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            4: content,
            5: font,
            **(more or {}),
        }
    )


def looping_pdf() -> bytes:
    """A page tree that holds itself, twice, and says it has a million pages."""
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 1000000 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 500000 >>",
        }
    )


def pdf_of_pages(count: int) -> bytes:
    """Many blank pages in a few bytes each: all are one object."""
    kids = b"3 0 R " * count
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        }
    )


def letter_bomb(letters: int, each: int) -> bytes:
    """Few letters on the page, each of which a character map turns into very many."""
    many = b"0041" * each
    lines = b"\n".join(b"<%02x> <%s>" % (code, many) for code in range(32, 127))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /B def "
        b"1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfchar\n"
        + lines
        + b"\nendbfchar endcmap end end"
    )
    words = b"BT /F1 10 Tf 50 700 Td (" + b"Wort " * (letters // 5) + b") Tj ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    packed = zlib.compress(cmap, 9)
    return pdf_page(stream(words), {6: stream(packed, b"/Filter /FlateDecode")}, font)


def range_bomb() -> bytes:
    """A character map of ranges over all that four bytes can say."""
    lines = b"<00000000> <ffffffff> <0041>\n" * 100
    cmap = (
        b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
        b"100 beginbfrange\n" + lines + b"endbfrange endcmap"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    words = b"BT /F1 10 Tf 50 700 Td <00410042004300440045> Tj ET"
    return pdf_page(stream(words), {6: stream(cmap)}, font)


def pixel_flood(width: int, height: int) -> bytes:
    """A small PNG with far more pixels than anybody prints."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(width + 1)
    rows = min(height, 20_000_000 // max(1, width))
    packed = b"IDAT" + b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    chunks = (header, packed, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )


def pdf_with_flood(width: int, height: int) -> bytes:
    """A page with text and a picture that unpacks to more pixels than memory holds."""
    zeros = zlib.compress(bytes(10_000_000), 9)
    picture = stream(
        zeros,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode" % (width, height),
    )
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >> >>",
            4: stream(
                b"BT /F1 12 Tf 50 700 Td (Ein Satz unter dem Bild.) Tj ET q 500 0 0 500 0 0 cm /I Do Q"
            ),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            6: picture,
        }
    )
