"""Outlook's own files (MSG), turned into the mail they were and read as such."""

from __future__ import annotations

import datetime
import email.utils
import struct
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import HeaderParser

import olefile

from ingest.blocks import Parsed
from ingest.errors import Damaged
from ingest.formats.mail import parse_message, unpack_message
from ingest.formats.outlook_rtf import decompressed_rtf
from ingest.members import Members

PARSER = f"msg 1 (olefile {olefile.__version__})"

# The names Microsoft's documents give these: PidTagSubject, PidTagSenderName and so on.
_SUBJECT, _SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC, _HEADERS, _BODY, _HTML, _RTF = 0x0E04, 0x0E03, 0x007D, 0x1000, 0x1013, 0x1009
_SENT, _DELIVERED, _CODEPAGE, _MESSAGE_CODEPAGE = 0x0039, 0x0E06, 0x3FDE, 0x3FFD
_FILE, _LONG_FILE, _LABEL, _CONTENT_ID, _TYPE, _DATA = (
    0x3704,
    0x3707,
    0x3001,
    0x3712,
    0x370E,
    0x3701,
)
_EMBEDDED = "__substg1.0_3701000D"
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_"
_HEAD_OF_ROOT, _HEAD_OF_EMBEDDED = 32, 24
_ENTRY = struct.Struct("<HHI8s")
_MAX_DEPTH = 4
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
_LATEST = 10**17  # microseconds; beyond it there is no calendar
_UTF8_CODEPAGE = 65001

Place = tuple[str, ...]


def parse_outlook(data: bytes) -> Parsed:
    """Reads head and text of a message.

    Raises:
        Damaged, NoText.
    """
    return parse_message(mail_of(data), PARSER)


def unpack_outlook(data: bytes) -> Members:
    """The files that hang on a message.

    Raises:
        Damaged.
    """
    return unpack_message(mail_of(data))


def mail_of(data: bytes) -> MIMEMultipart:
    """The mail that a MSG file holds.

    Raises:
        Damaged.
    """
    try:
        with olefile.OleFileIO(data) as file:
            return _Reader(file).mail((), 0)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error) as error:
        raise Damaged from error


class _Reader:
    """Reads properties out of the storages of one file."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        streams = file.listdir(streams=True, storages=False)
        self._streams = {tuple(part.casefold() for part in path): path for path in streams}
        self._storages: dict[Place, list[str]] = {}
        for path in file.listdir(streams=False, storages=True):
            self._storages.setdefault(tuple(path[:-1]), []).append(path[-1])

    def mail(self, place: Place, depth: int) -> MIMEMultipart:
        """The message in a storage with all that hangs on it."""
        numbers = self._numbers(place, _HEAD_OF_EMBEDDED if place else _HEAD_OF_ROOT)
        codec = _codec(numbers.get(_CODEPAGE) or numbers.get(_MESSAGE_CODEPAGE) or 0)
        mail = MIMEMultipart("mixed")
        self._fill_head(mail, place, codec, numbers)
        plain = self._text(place, _BODY, codec)
        html = self._text(place, _HTML, codec)
        rtf = self._bytes(place, _RTF, "0102")
        body = MIMEMultipart("alternative")
        for text, kind in ((plain, "plain"), (html, "html")):
            if text.strip():
                body.attach(MIMEText(text, kind, "utf-8"))
        mail.attach(body)
        if rtf and not plain.strip() and not html.strip():
            mail.attach(_file(decompressed_rtf(rtf), "Nachrichtentext.rtf"))
        for name in self._storages.get(place, []):
            if name.casefold().startswith(_ATTACHMENT):
                self._attach(mail, (*place, name), codec, depth)
        return mail

    def _fill_head(
        self, mail: MIMEMultipart, place: Place, codec: str, numbers: dict[int, int]
    ) -> None:
        name = self._text(place, _SENDER_NAME, codec)
        smtp = self._text(place, _SENDER_SMTP, codec)
        address = smtp or self._text(place, _SENDER_ADDRESS, codec)
        named = name and "@" in address and address != name
        transport = HeaderParser().parsestr(self._text(place, _HEADERS, codec))
        sent = str(transport.get("Date", "")) or _moment(
            numbers.get(_SENT) or numbers.get(_DELIVERED)
        )
        for label, value in (
            ("Subject", self._text(place, _SUBJECT, codec)),
            ("From", f"{name} <{address}>" if named else name or address),
            ("To", self._text(place, _TO, codec)),
            ("Cc", self._text(place, _CC, codec)),
            ("Date", sent),
        ):
            line = " ".join(value.replace("\x00", " ").split())
            if line:
                mail[label] = line

    def _attach(self, mail: MIMEMultipart, place: Place, codec: str, depth: int) -> None:
        if _EMBEDDED in self._storages.get(place, []):
            if depth < _MAX_DEPTH:
                mail.attach(MIMEMessage(self.mail((*place, _EMBEDDED), depth + 1)))
            return
        names = (self._text(place, prop, codec) for prop in (_LONG_FILE, _FILE, _LABEL))
        name = next((name for name in names if name.strip()), "")
        kind = self._text(place, _TYPE, codec)
        content_id = self._text(place, _CONTENT_ID, codec)
        mail.attach(_file(self._bytes(place, _DATA, "0102"), name, kind, content_id))

    def _numbers(self, place: Place, head: int) -> dict[int, int]:
        """Numbers and moments, which stand in a table of their own."""
        table = self._stream(place, _PROPERTIES)[head:]
        whole = len(table) // _ENTRY.size * _ENTRY.size
        return {
            prop: int.from_bytes(value if kind == 0x0040 else value[:4], "little")
            for kind, prop, _, value in _ENTRY.iter_unpack(table[:whole])
        }

    def _text(self, place: Place, prop: int, codec: str) -> str:
        """A text in any of the three ways it may be kept; "" where it is missing."""
        wide = self._bytes(place, prop, "001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self._bytes(place, prop, "001E") or self._bytes(place, prop, "0102")
        return narrow.decode(codec, "replace").rstrip("\x00")

    def _bytes(self, place: Place, prop: int, kind: str) -> bytes:
        return self._stream(place, f"__substg1.0_{prop:04X}{kind}")

    def _stream(self, place: Place, name: str) -> bytes:
        path = self._streams.get(tuple(part.casefold() for part in (*place, name)))
        if path is None:
            return b""
        with self._file.openstream(path) as stream:
            return bytes(stream.read())


def _codec(codepage: int) -> str:
    if codepage == _UTF8_CODEPAGE:
        return "utf-8"
    name = f"iso8859-{codepage - 28590}" if 28591 <= codepage <= 28605 else f"cp{codepage}"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return "cp1252" if name == "iso8859-1" else name


def _moment(ticks: int | None) -> str:
    """A Windows moment, in tenths of microseconds since 1601, as a mail says it."""
    if not ticks:
        return ""
    return email.utils.format_datetime(
        _EPOCH + datetime.timedelta(microseconds=min(ticks // 10, _LATEST))
    )


def _file(data: bytes, name: str, kind: str = "", content_id: str = "") -> MIMEBase:
    main, _, sub = kind.strip().casefold().partition("/")
    plain = main.isalnum() and sub.isascii() and main not in ("multipart", "message")
    part = MIMEBase(main, sub) if plain and sub else MIMEBase("application", "octet-stream")
    part.set_payload(data)
    encode_base64(part)
    how = "inline" if content_id else "attachment"
    part.add_header("Content-Disposition", how, filename=("utf-8", "", name.replace("\x00", "")))
    if content_id:
        part["Content-ID"] = " ".join(content_id.split())
    return part
