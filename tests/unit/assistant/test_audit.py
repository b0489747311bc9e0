from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.audit import AUDIT_FILE, GENESIS, AuditEntry, AuditLog
from assistant.errors import AuditUnwritable

ENTRY = AuditEntry(
    action="frage",
    who="betreiber",
    mandant="lvs",
    kind="status",
    document_ids=("a" * 64,),
    generator_id="g",
    prompt_hash="p",
    index_generation=7,
)


def filled(home: Path, count: int = 5) -> list[bytes]:
    log = AuditLog(home)
    for _ in range(count):
        log.append(ENTRY)
    return (home / AUDIT_FILE).read_bytes().splitlines()


def test_a_line_says_who_when_what_and_on_what_it_stood(tmp_path: Path) -> None:
    line = json.loads(filled(tmp_path, 1)[0])
    assert line["action"] == "frage"
    assert line["who"] == "betreiber"
    assert line["document_ids"] == ["a" * 64]
    assert line["index_generation"] == 7
    assert line["previous"] == GENESIS
    assert line["at"].endswith("+00:00")
    assert not {"question", "text"} & line.keys()


def test_an_untouched_record_is_whole_and_an_absent_one_too(tmp_path: Path) -> None:
    assert AuditLog(tmp_path).verify() == []
    filled(tmp_path)
    assert AuditLog(tmp_path).verify() == []


@pytest.mark.parametrize("which", range(5))
def test_an_edited_line_is_found(tmp_path: Path, which: int) -> None:
    lines = filled(tmp_path)
    lines[which] = lines[which].replace(b"betreiber", b"niemand")
    (tmp_path / AUDIT_FILE).write_bytes(b"\n".join(lines) + b"\n")
    assert f"Zeile {which + 1}: nachträglich geändert" in AuditLog(tmp_path).verify()[0]


@pytest.mark.parametrize("which", range(4))
def test_a_removed_line_is_found(tmp_path: Path, which: int) -> None:
    lines = filled(tmp_path)
    del lines[which]
    (tmp_path / AUDIT_FILE).write_bytes(b"\n".join(lines) + b"\n")
    assert f"Zeile {which + 1}: schließt nicht" in AuditLog(tmp_path).verify()[0]


def test_a_shortened_record_is_found_by_its_head(tmp_path: Path) -> None:
    lines = filled(tmp_path)
    anchor = AuditLog(tmp_path).head()
    (tmp_path / AUDIT_FILE).write_bytes(b"\n".join(lines[:-1]) + b"\n")
    assert AuditLog(tmp_path).head() != anchor
    assert anchor[0] == 5


@given(st.data())
def test_swapped_or_repeated_lines_are_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    home = tmp_path_factory.mktemp("nachweis")
    lines = filled(home)
    one = data.draw(st.integers(0, 4))
    other = data.draw(st.integers(0, 4).filter(lambda index: index != one))
    if data.draw(st.booleans()):
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines.insert(one, lines[other])
    (home / AUDIT_FILE).write_bytes(b"\n".join(lines) + b"\n")
    assert AuditLog(home).verify() != []


def test_after_a_torn_line_the_record_goes_on_and_names_the_tear(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    with (tmp_path / AUDIT_FILE).open("ab") as file:
        file.write(b'{"at": "2026-')
    AuditLog(tmp_path).append(ENTRY)
    assert AuditLog(tmp_path).verify() == [
        "Nachweis, Zeile 3: nicht lesbar (abgebrochen geschrieben oder beschädigt)."
    ]


def test_many_writers_at_once_keep_the_chain(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: AuditLog(tmp_path).append(ENTRY), range(80)))
    assert AuditLog(tmp_path).verify() == []
    assert AuditLog(tmp_path).head()[0] == 80


def test_a_record_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / AUDIT_FILE).mkdir()
    with pytest.raises(AuditUnwritable, match="ohne Nachweis wird nicht geantwortet"):
        AuditLog(tmp_path).append(ENTRY)
