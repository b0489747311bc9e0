"""Old office formats through the real LibreOffice, which is locked up."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import errors
from ingest.formats.office import Office, find_soffice
from ingest.intake import DOC, RTF, recognise, sniff
from ingest.opening import Opener
from ingest.walls.jail import NOBODY, SOCKET_FOLDERS, files_are_shut
from ingest.walls.sandbox import Sandbox
from tests.unit.ingest.compound_files import compound_file
from tests.unit.ingest.word_files import W, paragraph, row, word_file

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def soffice() -> Path:
    found = find_soffice()
    if found is None:
        pytest.fail("LibreOffice fehlt (libreoffice-writer-nogui); make test installiert es.")
    return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a killed process and one that lives have left."""
    folder = tmp_path_factory.mktemp("office")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (folder / f"aktenkundig-office-{gone.pid}-x").mkdir()
    (folder / f"aktenkundig-office-{os.getpid()}-fremd").mkdir()
    return folder


@pytest.fixture(scope="module")
def opener(soffice: Path, scratch: Path) -> Iterator[Opener]:
    with (
        Sandbox() as sandbox,
        Office(soffice, scratch=scratch) as office,
        Opener(sandbox, office) as opened,
    ):
        yield opened


def read(opener: Opener, data: bytes) -> list[tuple[str, str]]:
    parsed = opener.parse(recognise("akte", data))
    assert parsed.parser.startswith("LibreOffice, docx")
    return [(block.kind.value, block.text) for block in parsed.blocks]


def sockets() -> list[Path]:
    return [path for folder in SOCKET_FOLDERS for path in Path(folder).glob("OSL_PIPE_*Single*")]


def test_rich_text_is_read_with_its_tables_and_nothing_from_elsewhere(
    opener: Opener, tmp_path: Path
) -> None:
    secret = tmp_path / "nachbar.txt"
    secret.write_text("GEHEIMESWORT")
    data = (
        r"{\rtf1\ansi\ansicpg1252 {\b Antrag Nr. 15/1}\par Gr\'fc\'dfe an den Ausschuss \u8364?.\par "
        r"\trowd\cellx2000\cellx4000 Jahr\intbl\cell Betrag\intbl\cell\row "
        r"\trowd\cellx2000\cellx4000 2024\intbl\cell 5\intbl\cell\row\pard "
        rf'{{\field{{\*\fldinst INCLUDETEXT "{secret}"}}{{\fldrslt alt}}}}\par '
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{secret}"}}{{\fldrslt Bild}}}}\par }}'
    ).encode("ascii")
    assert sniff(data) == RTF
    blocks = read(opener, data)
    assert blocks[:4] == [
        ("heading", "Antrag Nr. 15/1"),
        ("paragraph", "Grüße an den Ausschuss €."),
        ("table_row", "Jahr\tBetrag"),
        ("table_row", "2024\t5"),
    ]
    assert not any("GEHEIM" in text for _, text in blocks)


@pytest.fixture(scope="module")
def word_97(soffice: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real DOC with a header, a tracked change, a footnote and a table."""
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Die </w:t></w:r>'
        '<w:del w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>alte'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="a" w:date="2024-01-01T00:00:00Z">'
        '<w:r><w:t>neue</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> Fassung</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        f"<w:tbl>{row('Jahr', 'Betrag')}{row('2024', '5')}</w:tbl>{paragraph('Ende')}"
        '<w:sectPr><w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships" w:type="default" r:id="r0"/></w:sectPr>'
    )
    parts = {
        "header": f'<w:hdr xmlns:w="{W}">{paragraph("Vorlage Nr. 15/3")}</w:hdr>',
        "footnotes": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph("Quelle")}'
        "</w:footnote></w:footnotes>",
    }
    folder = tmp_path_factory.mktemp("doc")
    source = folder / "akte.docx"
    kinds = {
        "header": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
        "footnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    }
    source.write_bytes(word_file(body, parts, kinds=kinds))
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    for task in (
        ["--terminate_after_init"],
        ["--convert-to", "doc:MS Word 97", "--outdir", folder, source],
    ):
        subprocess.run(
            [soffice, profile, "--headless", *task], check=False, capture_output=True, timeout=120
        )
    return (folder / "akte.doc").read_bytes()


def test_an_old_word_file_is_read_as_accepted(opener: Opener, word_97: bytes) -> None:
    assert sniff(word_97) == DOC
    assert read(opener, word_97) == [
        ("page_header", "Vorlage Nr. 15/3"),
        ("paragraph", "Die neue Fassung¹"),
        ("paragraph", "¹ Quelle"),
        ("table_row", "Jahr\tBetrag"),
        ("table_row", "2024\t5"),
        ("paragraph", "Ende"),
    ]


def test_what_libreoffice_cannot_read_is_damaged_and_the_next_is_read(opener: Opener) -> None:
    broken = compound_file({"WordDocument": b"\xff" * 5000})
    with pytest.raises(errors.FileRefused):
        opener.parse(recognise("a.doc", broken))
    assert read(opener, rb"{\rtf1 Weiter}") == [("paragraph", "Weiter")]


def test_a_conversion_that_takes_too_long_is_ended_and_leaves_nothing(
    soffice: Path, tmp_path: Path
) -> None:
    before = sockets()
    with (
        Office(soffice, timeout_s=0.05, scratch=tmp_path) as office,
        pytest.raises(errors.ParserTimeout),
    ):
        office.to_docx(RTF, rb"{\rtf1 Hallo}")
    assert list(tmp_path.iterdir()) == []
    assert sockets() == before


def test_each_file_leaves_nothing_and_what_the_dead_have_left_is_removed(
    opener: Opener, scratch: Path
) -> None:
    assert read(opener, rb"{\rtf1 Hallo}") == [("paragraph", "Hallo")]
    left = [path.name for path in scratch.iterdir()]
    assert f"aktenkundig-office-{os.getpid()}-fremd" in left
    assert len(left) == 2  # and the profile that the next file gets a copy of


def test_root_converts_as_nobody(tmp_path: Path) -> None:
    """Shown by a program that tells who runs it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name, "akte")
        folder.mkdir()
        (folder / "vorher").write_text("x", encoding="utf-8")
        wanted = NOBODY if os.geteuid() == 0 else os.geteuid()
        shown = f"id -u > {folder}/wer && rm {folder}/vorher"
        assert locked_up(folder, "/bin/sh", "-c", shown) == 0
        assert int((folder / "wer").read_text()) == wanted
        assert not (folder / "vorher").exists()


def locked_up(folder: Path, *command: str | Path) -> int:
    """The exit code of a program that runs as LibreOffice would."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from ingest.formats.office_child import become; become(sys.argv[2:])"
    )
    limits = (1024**3, 1024**2, 20)
    arguments = [str(part) for part in (ROOT, *limits, folder, *command)]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, timeout=60
    )
    return done.returncode


def test_the_locked_up_program_sees_its_folder_and_no_other_data(tmp_path: Path) -> None:
    own, foreign = tmp_path / "eigen", tmp_path / "fremd"
    for folder in (own, foreign):
        folder.mkdir()
        (folder / "akte.txt").write_text("geheim")
    assert locked_up(own, "/bin/cat", own / "akte.txt") == 0
    assert locked_up(own, "/bin/cp", own / "akte.txt", own / "zwei.txt") == 0
    if files_are_shut():
        assert locked_up(own, "/bin/cat", foreign / "akte.txt") != 0
        assert locked_up(own, "/bin/cp", own / "akte.txt", foreign / "zwei.txt") != 0
        assert locked_up(own, "/bin/cp", own / "akte.txt", tempfile.gettempdir()) != 0
        assert locked_up(own, "/bin/rm", foreign / "akte.txt") != 0
        assert locked_up(own, "/bin/ln", "-s", "/etc/passwd", own / "verweis") != 0
    big = own / "gross.txt"
    assert locked_up(own, "/bin/dd", "if=/dev/urandom", f"of={big}", "bs=1M", "count=3") != 0
    assert big.stat().st_size <= 1024**2
