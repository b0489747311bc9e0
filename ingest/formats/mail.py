"""Mails: who wrote what to whom, and the files that hang on it.

A mail is a document; each attachment is one of its own. Nothing a mail points to is fetched.
"""

from __future__ import annotations

import contextlib
import datetime
import email
import email.policy
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from ingest.blocks import Block, BlockKind, Parsed
from ingest.errors import Damaged, EmptyFile, Encrypted, FileRefused, NoText
from ingest.formats.html import parse_html
from ingest.formats.text import blocks_of_text, decode
from ingest.intake import MAX_ZIP_ENTRIES
from ingest.members import Labels, Member, Members, RefusedMember

PARSER = "mail 1"

_LABELS = (("Von", "from"), ("An", "to"), ("Kopie", "cc"))
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_PAGE_PARTS = frozenset({"text/css", "text/javascript", "application/javascript"})
_LOGO_BYTES = 32 * 1024
"""A picture shown within the text and smaller than this is a letterhead or a smiley, no scan."""

_MAX_DEPTH = 40
_FAULTS = (ValueError, LookupError, AttributeError, TypeError, AssertionError, MessageError)
"""What the standard library raises over headers and encodings that nobody should have written."""


@dataclass(slots=True)
class _Contents:
    """The parts of one mail, sorted. A body is its plain text and its HTML, either maybe None."""

    bodies: list[tuple[Message | None, Message | None]] = field(default_factory=list)
    attachments: list[Message] = field(default_factory=list)


def parse_mail(data: bytes) -> Parsed:
    """Reads head and text of a mail.

    Raises:
        Encrypted, NoText.
    """
    return parse_message(message_of(data), PARSER)


def unpack_mail(data: bytes) -> Members:
    """The files that hang on a mail."""
    return unpack_message(message_of(data))


def message_of(data: bytes) -> Message:
    """The mail that the bytes are."""
    return email.message_from_bytes(data.lstrip(b"\r\n"), policy=email.policy.compat32)


def parse_message(message: Message, parser: str) -> Parsed:
    """Blocks of a mail: its subject as heading, its head, its text.

    Raises:
        Encrypted, NoText.
    """
    if message.get_content_type() in _SEALED:
        raise Encrypted(
            "Die E-Mail ist verschlüsselt oder in einer Signatur verpackt (S/MIME, PGP). Bitte im "
            "Mailprogramm öffnen und ohne Verschlüsselung speichern."
        )
    contents = _contents(message)
    subject = header(message, "subject")
    blocks = [Block(BlockKind.HEADING, subject, level=1)] if subject else []
    blocks += [Block(BlockKind.PARAGRAPH, line) for line in _head_lines(message, contents)]
    warnings: list[str] = []
    for plain, html in contents.bodies:
        blocks += _body_blocks(plain, html, warnings)
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise NoText
    return Parsed(tuple(blocks), None, parser, tuple(dict.fromkeys(warnings)), subject)


def unpack_message(message: Message) -> Members:
    """The attachments of a mail, in their order; one that cannot be told is refused alone."""
    labels = Labels()
    attachments = _contents(message).attachments[:MAX_ZIP_ENTRIES]
    for number, part in enumerate(attachments, start=1):
        label = labels.label(_file_name(part), f"Anlage {number}")
        try:
            data = _attached_bytes(part)
        except FileRefused as error:
            yield RefusedMember(label, error)
        else:
            yield Member(label, data)


def header(message: Message, name: str) -> str:
    """One header on one line, in whatever way it is encoded; "" where it is missing."""
    raw = str(next((v for k, v in message.raw_items() if k.casefold() == name), ""))
    if not raw.isascii():
        raw = _decoded(raw.encode("utf-8", "surrogateescape"))
    with contextlib.suppress(*_FAULTS):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split())


def _head_lines(message: Message, contents: _Contents) -> Iterator[str]:
    for label, name in _LABELS:
        value = header(message, name)
        if value:
            yield f"{label}: {value}"
    date = header(message, "date")
    if date:
        try:
            moment = email.utils.parsedate_to_datetime(date)
            zone = " (UTC)" if moment.utcoffset() == datetime.timedelta(0) else ""
            yield f"Datum: {moment:%d.%m.%Y, %H:%M} Uhr{zone}"
        except _FAULTS:
            yield f"Datum: {date}"
    names = [name for part in contents.attachments if (name := _file_name(part))]
    if names:
        yield "Anlagen: " + "; ".join(names)


def _contents(message: Message) -> _Contents:
    contents = _Contents()
    _sort(message, contents, 0)
    return contents


def _sort(part: Message, contents: _Contents, depth: int) -> None:
    kind = part.get_content_type()
    if depth > _MAX_DEPTH:
        raise Damaged
    if kind == "message/rfc822" and depth > 0:
        contents.attachments.append(part)
    elif kind == "multipart/alternative":
        _sort_alternatives(part, contents, depth)
    elif part.is_multipart():
        for child in _children(part):
            _sort(child, contents, depth + 1)
    elif _is_body(part):
        is_html = kind == "text/html"
        contents.bodies.append((None, part) if is_html else (part, None))
    elif kind not in _SIGNATURES | _PAGE_PARTS and not _is_logo(part):
        contents.attachments.append(part)


def _sort_alternatives(part: Message, contents: _Contents, depth: int) -> None:
    """One body said in several ways counts once; what hangs on any of them counts too."""
    inner = _Contents()
    for child in _children(part):
        _sort(child, inner, depth + 1)
    plain = next((p for p, _ in inner.bodies if p is not None), None)
    html = next((h for _, h in inner.bodies if h is not None), None)
    if plain is not None or html is not None:
        contents.bodies.append((plain, html))
    contents.attachments += inner.attachments


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if payload else []


def _is_body(part: Message) -> bool:
    if part.get_content_type() not in ("text/plain", "text/html"):
        return False
    return part.get_content_disposition() != "attachment" and not _file_name(part)


def _is_logo(part: Message) -> bool:
    if part.get_content_maintype() != "image" or part.get_content_disposition() == "attachment":
        return False
    shown_inside = part.get("Content-ID") or part.get("Content-Location")
    return bool(shown_inside) and len(_payload(part)) < _LOGO_BYTES


def _file_name(part: Message) -> str:
    if part.get_content_type() == "message/rfc822":
        inner = next(iter(_children(part)), None)
        return (header(inner, "subject") if inner is not None else "") + ".eml"
    try:
        name = part.get_filename("")
    except _FAULTS:
        return ""
    try:
        return " ".join(str(make_header(decode_header(name))).split())
    except _FAULTS:
        return " ".join(name.split())


def _attached_bytes(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = next(iter(_children(part)), None)
        if inner is None:
            raise EmptyFile
        try:
            return inner.as_bytes()
        except (*_FAULTS, KeyError) as error:
            raise Damaged from error
    return _payload(part)


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _FAULTS as error:
        raise Damaged from error
    return payload if isinstance(payload, bytes) else b""


def _body_blocks(
    plain: Message | None, html: Message | None, warnings: list[str]
) -> Iterator[Block]:
    if html is not None:
        try:
            parsed = parse_html(_text(html).encode("utf-8", "replace"))
        except (NoText, Damaged):
            parsed = None
        if parsed is not None:
            warnings += parsed.warnings
            yield from parsed.blocks
            return
    if plain is not None:
        yield from blocks_of_text(_text(plain), None)


def _text(part: Message) -> str:
    """The text of a part: by the encoding it names where that holds, else by what it looks like."""
    data = _payload(part)
    try:
        name = part.get_content_charset() or ""
        if name and name not in ("us-ascii", "unknown-8bit"):
            # Mail programs that say latin-1 mean Windows, as browsers know.
            return data.decode("cp1252" if name == "iso-8859-1" else name)
    except _FAULTS:
        pass
    return _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        return decode(data)[0]
    except FileRefused:
        return data.decode("cp1252", "replace")  # too little text to tell: the commonest
