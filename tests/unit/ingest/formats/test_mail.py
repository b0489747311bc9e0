"""Mails: head, text and what hangs on them, in whatever way it is encoded."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from ingest import errors
from ingest.formats.mail import parse_mail, unpack_mail
from ingest.members import Member


def letter(text: str = "Guten Tag,\n\nanbei die Unterlagen.") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Anfrage zur Förderung"
    message["From"] = "Jürgen Groß <jg@lvs.example>"
    message["To"] = "post@lvs.example"
    message["Date"] = "Tue, 24 Oct 2023 14:05:00 +0200"
    message.set_content(text)
    return message


def texts(data: bytes) -> list[str]:
    return [block.text for block in parse_mail(data).blocks]


def members(data: bytes) -> dict[str, object]:
    return {m.name: m.data if isinstance(m, Member) else m.reason.code for m in unpack_mail(data)}


def test_head_and_text_become_blocks_and_attachments_members() -> None:
    message = letter()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Ä b.pdf")
    message.add_attachment("Notiz", filename="Notiz.txt")
    message.add_attachment("Noch eine", filename="Notiz.txt")
    data = message.as_bytes()
    parsed = parse_mail(data)
    assert [(block.kind.value, block.text) for block in parsed.blocks] == [
        ("heading", "Anfrage zur Förderung"),
        ("paragraph", "Von: Jürgen Groß <jg@lvs.example>"),
        ("paragraph", "An: post@lvs.example"),
        ("paragraph", "Datum: 24.10.2023, 14:05 Uhr"),
        ("paragraph", "Anlagen: Ä b.pdf; Notiz.txt; Notiz.txt"),
        ("paragraph", "Guten Tag,"),
        ("paragraph", "anbei die Unterlagen."),
    ]
    assert parsed.title == "Anfrage zur Förderung"
    assert members(data) == {
        "Ä b.pdf": b"%PDF-1.7",
        "Notiz.txt": b"Notiz\n",
        "Notiz (2).txt": b"Noch eine\n",
    }


def test_one_body_said_twice_is_read_once_with_its_tables() -> None:
    message = letter("Jahr 2024")
    message.add_alternative(
        "<p>Kosten</p><table><tr><td>Jahr</td><td>2024</td></tr></table><p hidden>geheim</p>",
        subtype="html",
    )
    parsed = parse_mail(message.as_bytes())
    assert [(b.kind.value, b.text) for b in parsed.blocks][-2:] == [
        ("paragraph", "Kosten"),
        ("table_row", "Jahr\t2024"),
    ]
    assert parsed.warnings == ("Unsichtbarer Text der Seite wurde weggelassen.",)


def test_an_empty_page_leaves_the_plain_text() -> None:
    message = letter("Nur hier steht etwas.")
    message.add_alternative("<html><body></body></html>", subtype="html")
    assert texts(message.as_bytes())[-1] == "Nur hier steht etwas."


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\n", "Grüße – €".encode("cp1252")),
        (b"Content-Type: text/plain; charset=utf-8\n", "Grüße – €".encode("cp1252")),
        (b"Content-Type: text/plain; charset=unfug\n", "Grüße – €".encode()),
        (b"", "Grüße – €".encode()),
        (b"Content-Type: text/plain; charset=utf-16\n", "Grüße – €".encode("utf-16")),
        (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
            b"R3LDvMOfZSDigJMg4oKs",
        ),
    ],
)
def test_text_is_read_in_the_encoding_it_has_whatever_it_says(head: bytes, body: bytes) -> None:
    assert texts(b"From: a@b\nMIME-Version: 1.0\n" + head + b"\n" + body)[-1] == "Grüße – €"


@pytest.mark.parametrize(
    "subject",
    [
        "Förderung".encode(),
        "Förderung".encode("cp1252"),
        b"=?iso-8859-1?Q?F=F6rderung?=",
        b"=?utf-8?B?RsO2cmRlcnVuZw==?=",
        b"=?utf-8?Q?F=C3=B6r?=\n =?utf-8?Q?derung?=",
    ],
)
def test_subjects_are_read_however_they_are_encoded(subject: bytes) -> None:
    assert texts(b"From: a@b\nSubject: " + subject + b"\n\nText")[0] == "Förderung"


def test_a_forwarded_mail_is_a_member_and_a_letterhead_picture_is_none() -> None:
    message = letter()
    message.add_attachment(letter("Der innere Text."))
    message.add_attachment(
        b"\x89PNG" + b"x" * 100, maintype="image", subtype="png", disposition="inline", cid="<1@x>"
    )
    message.add_attachment(
        b"\x89PNG" + b"x" * 40_000, maintype="image", subtype="png", disposition="inline", cid="<2>"
    )
    found = members(message.as_bytes())
    assert list(found) == ["Anfrage zur Förderung.eml", "Anlage 2"]
    inner = found["Anfrage zur Förderung.eml"]
    assert isinstance(inner, bytes)
    assert texts(inner)[-1] == "Der innere Text."
    assert "Der innere Text." not in texts(message.as_bytes())


def test_sealed_mails_are_refused_and_signed_ones_are_read() -> None:
    sealed = b"From: a@b\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB"
    with pytest.raises(errors.Encrypted, match="S/MIME"):
        parse_mail(sealed)
    signed = (
        b"From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/signed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nOffener Text\n"
        b"--x\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMIIB\n--x--\n"
    )
    assert texts(signed)[-1] == "Offener Text"
    assert members(signed) == {}


def test_broken_mails_are_read_as_far_as_they_go() -> None:
    cut = (
        b"From: a@b\nDate: irgendwann\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
        b"boundary=x\n\n--x\nContent-Type: text/plain\n\nAnfang\n--x\nContent-Type: application/pdf\n"
        b'Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="a.pdf"\n\n'
        b"JVBERi0x!!!"
    )
    assert texts(cut) == ["Von: a@b", "Datum: irgendwann", "Anlagen: a.pdf", "Anfang"]
    assert members(cut) == {"a.pdf": b"%PDF-1"}
    with pytest.raises(errors.NoText):
        parse_mail(b"MIME-Version: 1.0\n\n")


def test_a_mail_nested_beyond_measure_is_refused() -> None:
    head = b"From: a@b\nMIME-Version: 1.0\n"
    for number in range(60):
        head += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    with pytest.raises(errors.Damaged):
        parse_mail(head + b"Content-Type: text/plain\n\nTief")
