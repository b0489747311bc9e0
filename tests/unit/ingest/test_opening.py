"""From a path to every file it stands for, each with an end of its own."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest import errors, opening
from ingest.formats.office import Office
from ingest.intake import MAIL, TEXT, recognise, take_in
from ingest.opening import Opener
from ingest.walls.sandbox import Sandbox

Tree = bytes | Mapping[str, "Tree"]


def packed(tree: Tree) -> bytes:
    """Bytes as they are; a mapping as an archive."""
    if isinstance(tree, bytes):
        return tree
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in tree.items():
            archive.writestr(name, packed(inner))
    return buffer.getvalue()


def mail(**attachments: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "a@lvs.example"
    message["Subject"] = "Unterlagen"
    message.set_content("Anbei.")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="x", filename=name)
    return message.as_bytes()


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Sandbox() as sandbox, Opener(sandbox, Office(None)) as opened:
        yield opened


def ends(opener: Opener, tmp_path: Path, name: str, tree: Tree) -> list[tuple[str, str]]:
    """Each piece below the folder, and what it is: a media type, a code, or "opened"."""
    file = tmp_path / name
    file.write_bytes(packed(tree))
    return [
        (
            str(Path(piece.source).relative_to(tmp_path)),
            piece.error.code
            if piece.error
            else piece.intake.media_type
            if piece.intake
            else "opened",
        )
        for piece in opener.pieces(take_in(file))
    ]


def test_a_file_that_holds_no_others_is_itself(opener: Opener, tmp_path: Path) -> None:
    assert ends(opener, tmp_path, "a.txt", b"Text") == [("a.txt", TEXT)]
    (piece,) = opener.pieces(take_in(tmp_path / "a.txt"))
    assert not piece.is_member
    assert piece.intake is not None
    assert opener.parse(piece.intake).blocks[0].text == "Text"


def test_members_are_named_by_all_that_they_lie_in(opener: Opener, tmp_path: Path) -> None:
    tree: Tree = {
        "akte/a.txt": b"Text",
        "post.eml": mail(**{"anlage.txt": b"Anlage", "mehr.zip": packed({"b.txt": b"b"})}),
        "programm.exe": b"MZ\x00\x01" + bytes(range(32)) * 9,
        "leer.txt": b"",
    }
    assert ends(opener, tmp_path, "a.zip", tree) == [
        ("a.zip!/akte/a.txt", TEXT),
        ("a.zip!/leer.txt", "empty"),
        ("a.zip!/post.eml!/anlage.txt", TEXT),
        ("a.zip!/post.eml!/mehr.zip!/b.txt", TEXT),
        ("a.zip!/post.eml!/mehr.zip", "opened"),
        ("a.zip!/post.eml", MAIL),
        ("a.zip!/programm.exe", "unknown_type"),
        ("a.zip", "opened"),
    ]


def test_archives_in_archives_end_at_a_depth(opener: Opener, tmp_path: Path) -> None:
    tree: Tree = {"d.txt": b"ganz innen"}
    for name in ("3.zip", "2.zip", "1.zip"):
        tree = {name: tree, "daneben.txt": b"gut"}
    assert ends(opener, tmp_path, "0.zip", tree) == [
        ("0.zip!/1.zip!/2.zip!/3.zip", "nested"),
        ("0.zip!/1.zip!/2.zip!/daneben.txt", TEXT),
        ("0.zip!/1.zip!/2.zip", "opened"),
        ("0.zip!/1.zip!/daneben.txt", TEXT),
        ("0.zip!/1.zip", "opened"),
        ("0.zip!/daneben.txt", TEXT),
        ("0.zip", "opened"),
    ]


def test_an_attachment_too_deep_is_refused_and_its_mail_is_read(
    opener: Opener, tmp_path: Path
) -> None:
    tree: Tree = {"post.eml": mail(**{"a.txt": b"x"})}
    for name in ("2.zip", "1.zip"):
        tree = {name: tree}
    deep = ends(opener, tmp_path, "0.zip", tree)
    assert deep[:2] == [
        ("0.zip!/1.zip!/2.zip!/post.eml!/a.txt", "nested"),
        ("0.zip!/1.zip!/2.zip!/post.eml", MAIL),
    ]


def test_nested_archives_share_one_allowance(
    opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree: Tree = {f"{outer}.zip": {f"{n}.txt": b"Text" for n in range(4)} for outer in range(4)}
    monkeypatch.setattr(opening, "MAX_ZIP_ENTRIES", 7)
    found = ends(opener, tmp_path, "viele.zip", tree)
    assert [end for _, end in found].count(TEXT) == 5
    assert found[-1] == ("viele.zip", "too_large")
    monkeypatch.undo()
    monkeypatch.setattr(opening, "_ALWAYS_ALLOWED_BYTES", 1)
    monkeypatch.setattr(opening, "MAX_UNPACK_RATIO", 1)
    found = ends(opener, tmp_path, "dick.zip", {"a.zip": {"a.txt": b" a" * 2000}})
    assert found == [("dick.zip!/a.zip", "zip_bomb"), ("dick.zip", "opened")]


def test_a_damaged_archive_is_one_refusal(opener: Opener, tmp_path: Path) -> None:
    whole = packed({"a.txt": b"x"})
    assert ends(opener, tmp_path, "a.zip", whole[:40]) == [("a.zip", "damaged")]
    inner: Tree = {"b.zip": whole[:40], "c.txt": b"gut"}
    assert ends(opener, tmp_path, "d.zip", inner) == [
        ("d.zip!/b.zip", "damaged"),
        ("d.zip!/c.txt", TEXT),
        ("d.zip", "opened"),
    ]


def test_after_a_damaged_archive_the_next_is_opened(opener: Opener, tmp_path: Path) -> None:
    for number in range(3):
        ends(opener, tmp_path, f"{number}.zip", packed({"a.txt": b"x"})[:40])
    assert ends(opener, tmp_path, "gut.zip", {"a.txt": b"x"})[0] == ("gut.zip!/a.txt", TEXT)


def test_leaving_an_archive_half_way_leaves_nothing_waiting(opener: Opener, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(packed({f"{n}.txt": random.Random(n).randbytes(100_000) for n in range(20)}))
    pieces = opener.pieces(take_in(file))
    assert next(pieces).is_member
    pieces.close()
    assert ends(opener, tmp_path, "b.zip", {"a.txt": b"x"})[0] == ("b.zip!/a.txt", TEXT)


def test_without_libreoffice_old_files_say_what_to_install(opener: Opener) -> None:
    with pytest.raises(errors.ConverterMissing, match="libreoffice-writer-nogui") as caught:
        opener.parse(recognise("a.rtf", b"{\\rtf1 Hallo}"))
    assert caught.value.code == "converter_missing"
