"""What OParl hands out is kept like an upload: shown, closed, backed up and erased with its paper."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.audit import AuditLog
from assistant.embedders import LazyEmbedder
from assistant.upkeep.backup import back_up, restore
from assistant.upkeep.originals import FOLDER, FetchedOriginals, erase
from assistant.viewing.original import Originals, OriginalState
from assistant.wiring import Parts
from index.store import open_store
from index.types import Access
from ingest.errors import RunEnded
from ingest.feeding.job_book import JobBook
from ingest.feeding.jobs import JobOrigin, JobPath
from tests.integration.oparl_run import OPERATOR, HashEmbedder, Register
from tests.integration.oparl_server import Ratsserver, district, running


@pytest.fixture
def server() -> Iterator[Ratsserver]:
    with running("1.1") as started:
        yield district(started)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    home = tmp_path / "home"
    with Parts(
        store=open_store(home),
        embedder=LazyEmbedder(HashEmbedder),
        generator=None,
        mandant="lvs",
        audit=AuditLog(home),
        home=home,
        jobs=JobBook(home),
    ) as made:
        yield made


def fetched(parts: Parts, server: Ratsserver) -> Register:
    register = Register(parts.home, parts.store)
    register.run(server.system, keeper=FetchedOriginals(parts))
    return register


def kept(home: Path) -> set[str]:
    return {path.name for path in (home / FOLDER / "lvs").iterdir()}


def ids(register: Register) -> dict[str, str]:
    return {
        name: summary.id
        for name, summary in register.documents().items()
        if "/file/" in summary.source
    }


def test_the_file_of_each_paper_is_there_for_who_sees_all_of_it(
    parts: Parts, server: Ratsserver
) -> None:
    found = ids(fetched(parts, server))
    assert len(found) == 5 and kept(parts.home) == set(found.values())
    originals = Originals(parts)
    for document_id in found.values():
        document = parts.store.document(OPERATOR, document_id)
        assert document is not None
        assert originals.find(OPERATOR, document).state is OriginalState.THERE
    public = Access(frozenset({"lvs"}))
    assert parts.store.document(public, found["grundstueck.txt"]) is None
    document = parts.store.document(public, found["antrag.txt"])
    assert document is not None
    assert originals.find(public, document).state is OriginalState.THERE


def test_a_file_goes_when_its_paper_does_and_no_backup_brings_it_back(
    parts: Parts, server: Ratsserver, tmp_path: Path
) -> None:
    register = fetched(parts, server)
    before = ids(register)
    back_up(parts.store, parts.home, tmp_path / "sicherung")
    server.now += timedelta(days=1)
    server.delete("paper", "/1")
    fetched(parts, server)
    assert kept(parts.home) == set(before.values()) - {before["antrag.txt"], before["karte.txt"]}
    summary = register.documents()["stoerche.txt"]
    assert erase(parts, OPERATOR, summary, who="b")
    left = {before["einladung.txt"], before["grundstueck.txt"]}
    assert kept(parts.home) == left
    parts.store.close()
    restore(tmp_path / "sicherung", tmp_path / "neu", parts.home / "loeschungen.jsonl")
    assert kept(tmp_path / "neu") == left


def test_an_archive_and_what_cannot_be_read_are_not_kept(parts: Parts, server: Ratsserver) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("nester.txt", "Liste der Nester am Kirchturm.\n\nöffentlich\n")
    server.find("paper", "/3")["auxiliaryFile"] = [
        server.file("nester.zip", buffer.getvalue()),
        server.file("kaputt.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
    ]
    register = fetched(parts, server)
    assert register.found("Kirchturm") == {"nester.txt"}
    assert kept(parts.home) == {i for name, i in ids(register).items() if name != "nester.txt"}


def test_a_waiting_upload_of_the_same_bytes_keeps_its_file(
    parts: Parts, server: Ratsserver
) -> None:
    data = b"%PDF-1.7\n1 0 obj\n<<"
    server.find("paper", "/3")["auxiliaryFile"] = [server.file("kaputt.pdf", data)]
    sha256 = hashlib.sha256(data).hexdigest()
    place = parts.home / FOLDER / "lvs" / sha256
    parts.jobs.create("lvs", JobOrigin.HOCHGELADEN, [JobPath(place, "upload/x/a.pdf")])
    register = fetched(parts, server)
    assert kept(parts.home) == {*ids(register).values(), sha256}


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(
    parts: Parts, server: Ratsserver
) -> None:
    class Full(FetchedOriginals):
        def keep(self, data: bytes, sha256: str) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    register = Register(parts.home, parts.store)
    with pytest.raises(RunEnded, match="Bitte Platz schaffen"):
        register.run(server.system, keeper=Full(parts))
    assert ids(register) == {}
    assert len(ids(fetched(parts, server))) == 5
