from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.errors import InputInvalid
from assistant.upkeep.originals import SPOOL
from assistant.web.problems import Refused
from assistant.web.upload import Receiver

TYPE = "multipart/form-data; boundary=grenze"


def part(name: str, data: bytes, field: str = "files") -> bytes:
    head = f'--grenze\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n"


END = b"--grenze--\r\n"


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_files_arrive_whole_in_pieces_of_any_size(tmp_path: Path, step: int) -> None:
    data = bytes(range(256)) * 3 + b"\r\n--grenz"
    body = part("Prüfung.txt", data) + part("../Prüfung.txt", b"") + END
    receiver = Receiver(tmp_path, TYPE)
    for at in range(0, len(body), step):
        receiver.feed(body[at : at + step])
    first, second = receiver.finish()
    assert (first.name, second.name) == ("Prüfung.txt", "Prüfung (2).txt")
    assert first.path.read_bytes() == data and second.path.read_bytes() == b""
    assert first.sha256 == hashlib.sha256(data).hexdigest()
    assert first.path.is_relative_to(tmp_path / SPOOL) and first.path.name == "0000"
    receiver.discard()
    assert list((tmp_path / SPOOL).iterdir()) == []


def test_a_file_is_refused_as_soon_as_it_passes_the_limit(tmp_path: Path) -> None:
    receiver = Receiver(tmp_path, TYPE, largest_file=1000)
    receiver.feed(part("klein.txt", b"x" * 1000))
    with pytest.raises(Refused, match="413"):
        receiver.feed(part("gross.txt", b"x" * 1001)[:-1])
    receiver.discard()
    assert list((tmp_path / SPOOL).iterdir()) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (part("a.txt", b"halb"), "unvollständig"),
        (b"kein Formular", "unvollständig"),
        (part("a.txt", b"x", field="andere") + END, "im Feld »files«"),
    ],
)
def test_what_is_no_whole_form_of_files_is_refused(
    tmp_path: Path, body: bytes, sentence: str
) -> None:
    receiver = Receiver(tmp_path, TYPE)
    with pytest.raises(InputInvalid, match=sentence):
        receiver.feed(body)
        receiver.finish()
    receiver.discard()


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data"])
def test_another_content_type_is_415(tmp_path: Path, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        Receiver(tmp_path, kind)
    assert refused.value.status_code == 415
    assert not (tmp_path / SPOOL).exists()
