"""Files at the door: which ones there are, what they are, and whether they may enter.

The type is read from the bytes, never from the name. Nothing is unpacked here; that happens in
the sandbox.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import (
    ArchiveRefused,
    Damaged,
    EmptyFile,
    Encrypted,
    PathMissing,
    TooLarge,
    UnknownType,
    Unreadable,
)
from ingest.ole import SIGNATURE, CompoundFile
from ingest.zip_names import zip_names

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_PAGES = 2_000
MAX_PIXELS = 50_000_000
MAX_ZIP_ENTRIES = 10_000
MAX_UNPACK_RATIO = 200
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
FLAT_ODT = "application/vnd.oasis.opendocument.text-flat-xml"
DOC = "application/msword"
RTF = "application/rtf"
MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
ZIP = "application/zip"
HTML = "text/html"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

_PDF_HEADER_WITHIN = 1024  # as PDF readers do: junk before the header is common
_HEAD = 4096
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_OTHER_IMAGES = (b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"II+\x00", b"MM\x00+")
_NO_SHEETS = "Tabellen und Folien werden nicht gelesen. Bitte als PDF speichern."
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|h[1-6]"
    r"|p|div|table|ul|ol|center|font|base|link|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(r"<html[\s>]", re.IGNORECASE)
_HEADER_LINE = re.compile(r"\s*(?:From |[A-Za-z-]+:)")
_MAIL = re.compile(
    r"^(?:MIME-Version|Received|Return-Path|Message-ID):", re.MULTILINE | re.IGNORECASE
)
_PLAIN_MAIL = tuple(
    re.compile(rf"^{name}: ?\S", re.MULTILINE | re.IGNORECASE)
    for name in ("From", "Date", "(?:To|Subject)")
)
_BLANK_LINE = re.compile(r"\r?\n\r?\n")
_MARKDOWN = re.compile(r"^#{1,6}\s+\S|^\s*\|.+\|\s*$|\*\*\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that may enter: its bytes and what they are.

    Attributes:
        source: the path as it was given.
        sha256: of the bytes, hexadecimal; the document's id.
    """

    source: str
    data: bytes
    sha256: str
    media_type: str


def discover(paths: Sequence[Path]) -> Iterator[Path]:
    """Every file under `paths`, folders in order of name, each file once.

    Hidden files are passed over, and symbolic links to folders or out of the named folder.

    Raises:
        PathMissing: one of the paths does not exist; before any file is named.
    """
    for path in paths:
        if not path.exists():
            raise PathMissing(f"Den Pfad „{path}“ gibt es nicht. Bitte die Schreibweise prüfen.")
    return _walk(paths)


def _walk(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path, path.resolve()) if path.is_dir() else iter((path,)):
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                yield file


def _below(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return  # a folder we may not list; its neighbours go on
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            if entry.is_file() and entry.resolve().is_relative_to(root):
                yield entry
        elif entry.is_dir():
            yield from _below(entry, root)
        elif entry.is_file():
            yield entry


def read_bytes(path: Path) -> bytes:
    """The bytes of a file within the limit of size.

    Raises:
        EmptyFile, TooLarge, Unreadable.
    """
    try:
        if not path.is_file():
            raise Unreadable("Das ist keine gewöhnliche Datei und wird nicht gelesen.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable from error
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(
            f"Die Datei ist größer als {MAX_FILE_BYTES // 1024 // 1024} MiB. "
            "Bitte in Teile zerlegen."
        )
    if not data:
        raise EmptyFile
    return data


def take_in(path: Path) -> Intake:
    """Reads, hashes and recognises one file.

    Raises:
        FileRefused: empty, too large, unreadable, or of a kind that is not read.
    """
    return recognise(str(path), read_bytes(path))


def recognise(source: str, data: bytes) -> Intake:
    """Hashes and recognises bytes that lie at `source` or were unpacked from it.

    Raises:
        FileRefused: empty, or of a kind that is not read.
    """
    return Intake(source, data, hashlib.sha256(data).hexdigest(), sniff(data))


def sniff(data: bytes) -> str:
    """The media type that the bytes show.

    Raises:
        ArchiveRefused, EmptyFile, Encrypted, UnknownType.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise EmptyFile
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_type(data)
    if data.startswith(SIGNATURE):
        return _ole_type(CompoundFile(data))
    if data.startswith(b"{\\rtf"):
        return RTF
    for start, media_type in _PICTURES:
        if data.startswith(start):
            return media_type
    _refuse_binaries(data)
    if b"endobj" in data and b"/Type" in data:
        return PDF  # without its header; the reader decides what can be saved
    return _text_type(data)


def _zip_type(data: bytes) -> str:
    """Told by the names of the parts and by the kind that OpenDocument puts first, unpacked."""
    names = zip_names(data, MAX_ZIP_ENTRIES)
    if {"META-INF/manifest.xml", "content.xml"} <= names:
        kind = data[38:120] if data[30:38] == b"mimetype" else b""
        if b"opendocument" in kind and b"opendocument.text" not in kind:
            raise UnknownType(_NO_SHEETS)
        return ODT
    folded = {name.casefold() for name in names}
    if "[content_types].xml" not in folded:
        return ZIP
    is_word = any(name.startswith("word/") for name in folded)
    if not is_word and any(name.startswith(("xl/", "ppt/", "visio/")) for name in folded):
        raise UnknownType(_NO_SHEETS)
    return DOCX


def _ole_type(file: CompoundFile) -> str:
    if {"EncryptedPackage", "\tDRMContent"} & file.names:
        raise Encrypted
    if "__properties_version1.0" in file.names:
        return OUTLOOK
    if "WordDocument" in file.names:
        header = file.word_header()
        if header is not None and header.encrypted:
            raise Encrypted
        return DOC
    if {"Workbook", "Book", "PowerPoint Document"} & file.names:
        raise UnknownType(_NO_SHEETS)
    if not file.names:
        raise Damaged
    raise UnknownType


def _refuse_binaries(data: bytes) -> None:
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        raise ArchiveRefused
    if data.startswith(_OTHER_IMAGES) and b"\x00" in data[:_HEAD]:
        raise UnknownType(
            "Von den Bildformaten werden PNG, JPEG und TIFF gelesen. Bitte in eines davon "
            "umwandeln oder als PDF speichern."
        )


def _text_type(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith(_UTF16):
        text = head.decode("utf-16", errors="ignore")
    elif looks_like_utf16(head):
        text = head.decode(looks_like_utf16(head) or "", errors="ignore")
    else:
        controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b" for byte in head)
        if b"\x00" in head or controls > len(head) // 100:
            raise UnknownType
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if _HTML_START.match(text):
        return HTML
    if _is_mail(text):
        return MAIL
    if _HTML_INSIDE.search(text):
        return HTML
    if text.lstrip().startswith(("<?xml", "<office:document")):
        if "<office:document" in text and "opendocument.text" in text:
            return FLAT_ODT
        raise UnknownType("XML wird nicht gelesen. Bitte als PDF, DOCX oder TXT speichern.")
    return MARKDOWN if _MARKDOWN.search(text) else TEXT


def _is_mail(text: str) -> bool:
    if not _HEADER_LINE.match(text):
        return False
    head = _BLANK_LINE.split(text.lstrip(), maxsplit=1)[0]
    return bool(_MAIL.search(text)) or all(pattern.search(head) for pattern in _PLAIN_MAIL)


def looks_like_utf16(head: bytes) -> str | None:
    """The byte order of UTF-16 that lacks its mark, told by where the zero bytes lie."""
    pairs = len(head) // 2
    if pairs < 8 or b"\x00" not in head:
        return None
    even, odd = head[: pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.05:
        return "utf-16-be"
    return None
