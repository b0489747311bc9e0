from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assistant.upkeep.originals import FOLDER, LONGEST_NAME, SPOOL, safe_name, tidy
from ingest.feeding.jobs import JobOrigin, JobPath
from tests.sample_records import antrag, make_parts


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Antrag 15-148.pdf", "Antrag 15-148.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Akten\\Vorlage.docx", "Vorlage.docx"),
        ("/", "ohne Namen"),
        ("..", "ohne Namen"),
        ("", "ohne Namen"),
        (".versteckt", "versteckt"),
        ("zwei\r\nZeilen\t.txt", "zwei Zeilen .txt"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("null\x00byte.txt", "nullbyte.txt"),
        ("Prüfung.txt", "Prüfung.txt"),
    ],
)
def test_a_sent_name_is_made_fit_to_be_shown(sent: str, shown: str) -> None:
    assert safe_name(sent) == shown


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("x" * 400 + ".docx")
    assert len(name) == LONGEST_NAME and name.endswith("x.docx")


def test_tidying_keeps_what_a_document_or_a_job_needs(tmp_path: Path) -> None:
    with make_parts(tmp_path) as parts:
        folder = tmp_path / FOLDER / "lvs"
        folder.mkdir(parents=True)
        stored, ordered, lost, fresh = (
            folder / name for name in (antrag().id, "a" * 64, "b" * 64, "c" * 64)
        )
        broken_off = tmp_path / SPOOL / "alt"
        broken_off.mkdir(parents=True)
        old = time.time() - 2 * 3600
        for path in (stored, ordered, lost, fresh):
            path.write_bytes(b"x")
        for path in (stored, ordered, lost, broken_off):
            os.utime(path, (old, old))
        running = tmp_path / SPOOL / "neu"
        running.mkdir()
        parts.jobs.create("lvs", JobOrigin.HOCHGELADEN, [JobPath(ordered, "upload/x/a.txt")])
        tidy(parts)
        assert {path.name for path in folder.iterdir()} == {stored.name, ordered.name, fresh.name}
        assert [path.name for path in (tmp_path / SPOOL).iterdir()] == ["neu"]
