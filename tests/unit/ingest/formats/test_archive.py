"""Archives: every member comes out or is refused, and none leads out."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable

import pytest

from ingest import errors
from ingest.formats import archive
from ingest.formats.archive import unpack_zip
from ingest.members import Labels, Member


def zip_file(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        fill(file)
    return buffer.getvalue()


def with_files(**files: bytes) -> bytes:
    def fill(file: zipfile.ZipFile) -> None:
        for name, content in files.items():
            file.writestr(name, content)

    return zip_file(fill)


def outcome(data: bytes) -> dict[str, object]:
    """What became of each member: its bytes, or the code of its refusal."""
    return {m.name: m.data if isinstance(m, Member) else m.reason.code for m in unpack_zip(data)}


def test_members_come_in_order_of_name_without_what_systems_leave() -> None:
    names = ("b/x.txt", "a.txt", ".DS_Store", "__MACOSX/a.txt", "b/Thumbs.db", "c/.git/x", "leer/")

    def fill(file: zipfile.ZipFile) -> None:
        for name in names:
            file.writestr(name, name)

    assert outcome(zip_file(fill)) == {"a.txt": b"a.txt", "b/x.txt": b"b/x.txt"}


def test_a_name_that_leads_out_is_refused_and_its_neighbours_are_not() -> None:
    def fill(file: zipfile.ZipFile) -> None:
        for name in (
            "../../etc/passwd",
            "/etc/shadow",
            "C:\\boot.ini",
            "a/../../b",
            "..\\c",
            "gut",
        ):
            file.writestr(name, "x")
        link = zipfile.ZipInfo("verweis.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")

    assert outcome(zip_file(fill)) == {
        "(..)/(..)/etc/passwd": "zip_slip",
        "(..)/c": "zip_slip",
        "etc/shadow": "zip_slip",
        "C:/boot.ini": "zip_slip",
        "(..)/b": "zip_slip",
        "gut": b"x",
        "verweis.txt": "zip_slip",
    }


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.PackedTooTightly):
        outcome(with_files(a=b" " * 30_000_000))
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 50)
    with pytest.raises(errors.PackedTooTightly):
        outcome(with_files(a=bytes(range(60))))


def test_a_member_that_lies_about_its_size_is_refused_alone() -> None:
    honest = with_files(bombe=b" " * 3_000_000, gut=bytes(range(256)) * 100)
    size = (3_000_000).to_bytes(4, "little")
    lying = honest.replace(size, (1000).to_bytes(4, "little"))
    assert lying != honest
    assert outcome(lying) == {"bombe": "damaged", "gut": bytes(range(256)) * 100}


def test_too_many_entries_and_too_large_members_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = with_files(a=b"1", b=b"22", c=b"")
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 1)
    assert outcome(data) == {"a": b"1", "b": "too_large", "c": "empty"}
    monkeypatch.setattr(archive, "MAX_ZIP_ENTRIES", 2)
    with pytest.raises(errors.TooLarge, match="mehr als 2 Einträge"):
        outcome(data)


def encrypted(data: bytes, *names: bytes) -> bytes:
    """The archive with the mark of encryption at these members, in both places."""
    marked = bytearray(data)
    for name in names:
        for head, name_at, flags_at in ((b"PK\x03\x04", 30, 6), (b"PK\x01\x02", 46, 8)):
            at = data.index(head)
            while data[at + name_at : at + name_at + len(name)] != name:
                at = data.index(head, at + 1)
            marked[at + flags_at] |= 1
    return bytes(marked)


def test_encrypted_members_are_named_and_a_wholly_encrypted_archive_once() -> None:
    data = with_files(offen=b"ja", zu=b"nein")
    assert outcome(encrypted(data, b"zu")) == {"offen": b"ja", "zu": "encrypted"}
    with pytest.raises(errors.Encrypted, match="Archiv"):
        outcome(encrypted(data, b"offen", b"zu"))


def test_what_a_sidecar_describes_waits_until_somebody_unpacks_it() -> None:
    names = ("a.pdf", "a.pdf.json", "b.txt", "b.TOML", "c.json", "d/a.pdf")
    found = outcome(with_files(**dict.fromkeys(names, b"x")))
    kept = {"c.json": b"x", "d/a.pdf": b"x"}
    assert found == {**dict.fromkeys(names[:4], "sidecar"), **kept}


def test_a_member_without_a_name_gets_one_and_stops_nobody() -> None:
    def fill(file: zipfile.ZipFile) -> None:
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        file.writestr(nameless, "namenlos")
        file.writestr("gut.txt", "gut")

    assert outcome(zip_file(fill)) == {"Eintrag 1": b"namenlos", "gut.txt": b"gut"}


def test_a_damaged_member_stops_nobody() -> None:
    data = with_files(a=bytes(range(200)), b=b"gut")
    cut = data.index(bytes(range(40, 60)))
    assert outcome(data[:cut] + b"\xff" * 5 + data[cut + 5 :]) == {"a": "damaged", "b": b"gut"}


def test_damaged_and_empty_archives_are_refused() -> None:
    with pytest.raises(errors.Damaged):
        outcome(with_files(a=b"x")[:-30])
    with pytest.raises(errors.ArchiveRefused, match="keine Dateien"):
        outcome(zip_file(lambda file: file.writestr("ordner/", "")))


def test_names_written_as_utf8_without_saying_so_are_read_as_such() -> None:
    data = with_files(**{"Änderung.txt": b"x"})
    silent = data.replace(b"\x00\x08", b"\x00\x00")
    assert silent != data
    assert outcome(silent) == {"Änderung.txt": b"x"}


def test_labels_are_printable_short_and_never_alike() -> None:
    labels = Labels()
    given = ("a.pdf", "a.pdf", "a (2).pdf", "\u202egnp.exe", "", "./x/./y", "l" * 300, "a.pdf")
    shown = [labels.label(name, "Anlage 9") for name in given]
    assert shown[:6] == ["a.pdf", "a (2).pdf", "a (2) (2).pdf", "gnp.exe", "Anlage 9", "x/y"]
    assert len(shown[6]) == 201
    assert shown[7] == "a (3).pdf"
    assert len(set(shown)) == len(shown)
