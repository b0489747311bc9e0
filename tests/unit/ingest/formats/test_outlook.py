"""Outlook's files: the mail they hold, its attachments, and the mails within."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from ingest import errors
from ingest.formats.outlook import parse_outlook, unpack_outlook
from ingest.formats.outlook_rtf import decompressed_rtf
from ingest.members import Member
from tests.unit.ingest.compound_files import Content, compound_file

SENT = datetime(2023, 10, 24, 12, 5, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)


def wide(**properties: str) -> dict[str, Content]:
    """Properties as Unicode: `p0037="Betreff"`."""
    return {
        f"__substg1.0_{name[1:]}001F": text.encode("utf-16-le") for name, text in properties.items()
    }


def table(head: int, *entries: tuple[int, int, bytes]) -> bytes:
    """The properties of fixed size: type, id, value."""
    return b"\0" * head + b"".join(
        struct.pack("<HHI8s", kind, prop, 6, value) for kind, prop, value in entries
    )


def attachment(**streams: bytes) -> dict[str, Content]:
    found: dict[str, Content] = {
        f"__substg1.0_{name[1:]}": content for name, content in streams.items()
    }
    return found | {"__properties_version1.0": table(8)}


def message(**properties: str) -> dict[str, Content]:
    moment = int(SENT.total_seconds() * 10**7).to_bytes(8, "little")
    return wide(**properties) | {"__properties_version1.0": table(32, (0x40, 0x0039, moment))}


HEAD = {"p0037": "Förderung", "p0C1A": "Jürgen Groß", "p0C1F": "jg@lvs.example", "p0E04": "Amt 5"}


def texts(tree: dict[str, Content]) -> list[str]:
    return [block.text for block in parse_outlook(compound_file(tree)).blocks]


def members(tree: dict[str, Content]) -> dict[str, object]:
    found = unpack_outlook(compound_file(tree))
    return {m.name: m.data if isinstance(m, Member) else m.reason.code for m in found}


def test_head_text_and_attachments_are_read() -> None:
    tree = message(**HEAD, p1000="Guten Tag,\r\n\r\nanbei der Bericht.") | {
        "__attach_version1.0_#00000000": attachment(
            p3707001F="Übersicht 2024.pdf".encode("utf-16-le"), p37010102=b"%PDF" * 2000
        ),
        "__attach_version1.0_#00000001": attachment(p3704001E=b"ALT~1.DOC", p37010102=b"x"),
    }
    assert texts(tree) == [
        "Förderung",
        "Von: Jürgen Groß <jg@lvs.example>",
        "An: Amt 5",
        "Datum: 24.10.2023, 12:05 Uhr (UTC)",
        "Anlagen: Übersicht 2024.pdf; ALT~1.DOC",
        "Guten Tag,",
        "anbei der Bericht.",
    ]
    assert members(tree) == {"Übersicht 2024.pdf": b"%PDF" * 2000, "ALT~1.DOC": b"x"}


@pytest.mark.parametrize(
    ("codepage", "body"), [(1252, "Grüße".encode("cp1252")), (65001, "Grüße".encode())]
)
def test_byte_strings_are_read_by_their_codepage(codepage: int, body: bytes) -> None:
    value = codepage.to_bytes(8, "little")
    tree: dict[str, Content] = {
        "__substg1.0_1000001E": body,
        "__properties_version1.0": table(32, (3, 0x3FDE, value)),
    }
    assert texts(tree) == ["Grüße"]


def test_a_page_is_preferred_to_its_plain_text() -> None:
    tree = message(p0037="B", p1000="flach")
    tree["__substg1.0_10130102"] = b"<table><tr><td>Jahr</td><td>2024</td></tr></table>"
    assert texts(tree)[-1] == "Jahr\t2024"


def test_a_mail_in_a_mail_is_a_member_that_can_be_read() -> None:
    inner = wide(p0037="Innen", p1000="Der innere Text.") | {"__properties_version1.0": table(24)}
    outer = message(p0037="Außen", p1000="Der äußere Text.") | {
        "__attach_version1.0_#00000000": attachment() | {"__substg1.0_3701000D": inner}
    }
    assert texts(outer)[-1] == "Der äußere Text."
    ((name, data),) = members(outer).items()
    assert name == "Innen.eml"
    assert isinstance(data, bytes)
    assert b"Innen" in data


def test_a_text_kept_as_rtf_alone_becomes_a_member() -> None:
    # The example of Microsoft's description of the format.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c09002062"
        "7705b06c647d0a800fa0"
    )
    rtf = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed_rtf(packed) == rtf
    tree = message(p0037="B") | {"__substg1.0_10090102": packed}
    assert members(tree) == {"Nachrichtentext.rtf": rtf}


def test_what_is_no_message_is_damaged() -> None:
    whole = compound_file(message(p0037="B"))
    for broken in (whole[:700], whole[:512] + b"\xff" * 2000, b"x" * 600):
        with pytest.raises((errors.Damaged, errors.NoText)):
            parse_outlook(broken)
    with pytest.raises(errors.Damaged):
        decompressed_rtf(b"\0" * 20)
