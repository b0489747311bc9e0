"""Files at the door: found, recognised by content, refused with a reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import errors, intake
from ingest.intake import (
    DOC,
    DOCX,
    FLAT_ODT,
    HTML,
    JPEG,
    MAIL,
    MARKDOWN,
    ODT,
    OUTLOOK,
    PDF,
    PNG,
    RTF,
    TEXT,
    TIFF,
    ZIP,
    discover,
    sniff,
    take_in,
)
from tests.unit.ingest.compound_files import compound_file, word_header


def zipped(*names: str, inner: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, inner)
    return buffer.getvalue()


def odf(kind: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", "x")
        archive.writestr("META-INF/manifest.xml", "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n...", PDF),
        (b"junk before\n%PDF-1.4", PDF),
        (zipped("[Content_Types].xml", "word/document.xml"), DOCX),
        (zipped("a.pdf", "b.txt"), ZIP),
        (zipped("word/a.txt", "b.txt"), ZIP),
        (zipped("brief.docx", inner=zipped("[Content_Types].xml", "word/document.xml")), ZIP),
        (zipped("[Content_Types].xml", "word/document.xml")[:90], DOCX),
        (odf("application/vnd.oasis.opendocument.text"), ODT),
        (b'<?xml version="1.0"?><office:document office:mimetype="x.opendocument.text">', FLAT_ODT),
        (compound_file({"WordDocument": word_header(), "1Table": b""}), DOC),
        (compound_file({"Anlage": compound_file({"Workbook": b""}), "WordDocument": b""}), DOC),
        (compound_file({"__properties_version1.0": b""}), OUTLOOK),
        (b"{\\rtf1 Hallo}", RTF),
        (b"From: a@b\nMIME-Version: 1.0\n\nHallo", MAIL),
        (b"From: a@b\nTo: c@d\nDate: heute\n\nHallo", MAIL),
        (b"Von: a@b\nAn: c@d\nDatum: heute\n\nHallo", TEXT),
        (b"From: a@b\n\nTo: c@d\nDate: heute", TEXT),
        (b"<!DOCTYPE html><p>Hallo", HTML),
        (b"\xef\xbb\xbf  <HTML><body>", HTML),
        ("<html><body>Grüße".encode("utf-16"), HTML),
        ("Antrag Nr. 15/1\nDer Ausschuss für Öffentlichkeit".encode("cp1252"), TEXT),
        (b"\x89PNG\r\n\x1a\n\x00", PNG),
        (b"\xff\xd8\xff\xe0\x00", JPEG),
        (b"II*\x00", TIFF),
        (b"MM\x00*", TIFF),
        (b"# Antrag\n\nText", MARKDOWN),
        (b"Antragsteller: CDU\n\n**fett** gesetzt", MARKDOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # a zip holds the time of day
)
def test_the_bytes_say_what_a_file_is(data: bytes, media_type: str) -> None:
    assert sniff(data) == media_type


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b" \n\t\x00", errors.EmptyFile),
        (b"\x1f\x8b\x08\x00", errors.ArchiveRefused),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), errors.UnknownType),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, errors.Damaged),
        (compound_file({"EncryptedPackage": b""}), errors.Encrypted),
        (compound_file({"WordDocument": word_header(encrypted=True)}), errors.Encrypted),
        (compound_file({"Workbook": b""}), errors.UnknownType),
        (compound_file({"Fremdes": b""}), errors.UnknownType),
        (odf("application/vnd.oasis.opendocument.spreadsheet"), errors.UnknownType),
        (b"GIF89a\x00\x00\x00", errors.UnknownType),
        (b"\x89PNG\n\x00\x00\x00", errors.UnknownType),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(32)) * 4, errors.UnknownType),
        (b'<?xml version="1.0"?><a/>', errors.UnknownType),
    ],
)
def test_what_is_not_read_is_refused_with_its_own_code(
    data: bytes, error: type[errors.FileRefused]
) -> None:
    with pytest.raises(error) as caught:
        sniff(data)
    assert type(caught.value).code == error.code


@given(st.binary(max_size=300))
def test_any_bytes_are_recognised_or_refused(data: bytes) -> None:
    try:
        assert sniff(data) in {PDF, HTML, MAIL, MARKDOWN, RTF, TEXT, ZIP, PNG, JPEG, TIFF}
    except errors.FileRefused as refusal:
        assert str(refusal)


def test_folders_are_walked_in_order_without_what_is_hidden_or_leads_out(tmp_path: Path) -> None:
    outside = tmp_path / "draussen.txt"
    outside.write_text("geheim")
    root = tmp_path / "akten"
    (root / "b").mkdir(parents=True)
    (root / ".versteckt").mkdir()
    for name in ("z.txt", "b/a.txt", ".still.txt", ".versteckt/x.txt"):
        (root / name).write_text(name)
    (root / "hinaus.txt").symlink_to(outside)
    (root / "kreis").symlink_to(root)
    (root / "gleich.txt").symlink_to(root / "z.txt")
    found = [str(path.relative_to(root)) for path in discover([root, root / "z.txt"])]
    assert found == ["b/a.txt", "gleich.txt"]


def test_a_path_that_is_not_there_stops_before_the_first_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(errors.PathMissing, match=r"fehlt\.txt"):
        discover([tmp_path / "a.txt", tmp_path / "fehlt.txt"])


def test_a_file_is_taken_in_with_its_hash_and_its_path_as_given(tmp_path: Path) -> None:
    file = tmp_path / "antrag.pdf"
    file.write_bytes("Text mit Ümlaut".encode())
    taken = take_in(file)
    assert taken.media_type == TEXT
    assert taken.source == str(file)
    assert taken.sha256 == ("0a2e7104165e9c9a5b057cd1ae9a3088c0fba1c959231e3d2a14bbe1c11240dc")


def test_a_file_beyond_the_limit_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MAX_FILE_BYTES", 1024 * 1024)
    file = tmp_path / "gross.txt"
    file.write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(errors.TooLarge, match="1 MiB"):
        take_in(file)
    with pytest.raises(errors.Unreadable):
        take_in(tmp_path)
