"""What LibreOffice converts; it runs locked up and sees one file at a time.

Each file gets a fresh copy of a profile in a folder of its own: what a hostile file leaves
behind there never meets the next one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Self

from ingest.errors import ConverterMissing, Damaged, ParserCrashed, ParserTimeout, TooLarge
from ingest.intake import DOC, MAX_FILE_BYTES, RTF
from ingest.walls.jail import NOBODY, SOCKET_FOLDERS

CONVERTED: Mapping[str, str] = MappingProxyType({DOC: "doc", RTF: "rtf"})
"""Media types that are read through LibreOffice, and the endings it knows them by."""

TIMEOUT_S = 60.0
MEMORY_BYTES = 2 * 1024**3
"""Address space, of which LibreOffice reserves far more than it uses."""

MAX_OUTPUT_BYTES = 256 * 1024**2

_FOLDER = "aktenkundig-office-"
_TO_DOCX = "docx:MS Word 2007 XML"
_TO_PDF = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"}}'
)
"""With tags, title and bookmarks, which a screen reader goes by."""
_PROFILE = "profil"
_SOCKETS = "OSL_PIPE_*SingleOfficeIPC_*"
_SILENT = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault")
_ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SAL_USE_VCLPLUGIN": "svp"}
_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + _SETTING.format("DisableMacrosExecution", "true")
    + _SETTING.format("MacroSecurityLevel", 3)
    + _SETTING.format("BlockUntrustedRefererLinks", "true")
    + "</oor:items>"
)
_BECOME = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from ingest.formats.office_child import become; become(sys.argv[2:])"
)


def find_soffice(path: str | None = None) -> Path | None:
    """LibreOffice's program on the search path; None where there is none."""
    for name in ("soffice", "libreoffice", "lowriter"):
        found = shutil.which(name, path=path)
        if found:
            program = Path(found).resolve()
            inner = program.with_name("soffice.bin")  # what the script would start
            return inner if inner.is_file() else program
    return None


class Office:
    """Converts old documents to DOCX, and DOCX to PDF. For one thread at a time.

    Args:
        soffice: the program; None where it is missing.
        scratch: folder for the temporary folders; the system's where none is given.
    """

    def __init__(
        self,
        soffice: Path | None,
        *,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        scratch: Path | None = None,
    ) -> None:
        self._soffice = soffice
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._scratch = scratch or Path(tempfile.gettempdir())
        self._fresh: Path | None = None
        self._running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def to_docx(self, media_type: str, data: bytes) -> bytes:
        """The same document as DOCX.

        Raises:
            ConverterMissing: LibreOffice is not installed.
            Damaged, TooLarge: it makes nothing, or too much, of the file.
            ParserFailed: it crashed, or took too long.
        """
        return self._convert(data, CONVERTED[media_type], _TO_DOCX, "docx")

    def to_pdf(self, docx: bytes) -> bytes:
        """A DOCX as an accessible PDF.

        Raises:
            ConverterMissing: LibreOffice is not installed.
            Damaged, TooLarge: it makes nothing, or too much, of the file.
            ParserFailed: it crashed, or took too long.
        """
        return self._convert(docx, "docx", _TO_PDF, "pdf")

    def _convert(self, data: bytes, ending: str, target: str, made: str) -> bytes:
        if self._soffice is None:
            raise ConverterMissing
        fresh = self._fresh or self._make_profile(self._soffice)
        with self._folder() as folder:
            shutil.copytree(fresh / _PROFILE, folder / _PROFILE)
            file = folder / f"datei.{ending}"
            file.write_bytes(data)
            out = folder / "aus"
            self._run(self._soffice, folder, "--convert-to", target, "--outdir", out, file)
            return _result(out / f"datei.{made}")

    def interrupt(self) -> None:
        """Stops a conversion that another thread waits for; it sees a crash."""
        running = self._running
        if running is not None:
            _kill_group(running)

    def close(self) -> None:
        """Removes what is left on disk."""
        if self._fresh is not None:
            shutil.rmtree(self._fresh, ignore_errors=True)
            self._fresh = None

    def _make_profile(self, soffice: Path) -> Path:
        """Starts LibreOffice once without a file: a first start ends after making its profile."""
        clear_conversions(self._scratch)
        folder = self._new_folder()
        try:
            user = folder / _PROFILE / "user"
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
            self._run(soffice, folder, "--terminate_after_init")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._fresh = folder
        return folder

    def _new_folder(self) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-", dir=self._scratch))

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        folder = self._new_folder()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _run(self, soffice: Path, folder: Path, *arguments: str | Path) -> None:
        limits = (self._memory_bytes, MAX_OUTPUT_BYTES, int(self._timeout_s) + 2)
        profile = f"-env:UserInstallation={(folder / _PROFILE).as_uri()}"
        command = [soffice, *_SILENT, profile, *arguments]
        ours = Path(__file__).resolve().parents[2]
        self._running = running = subprocess.Popen(
            [sys.executable, "-E", "-s", "-c", _BECOME]
            + [str(part) for part in (ours, *limits, folder, *command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**_ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder)},
            cwd=folder,
            start_new_session=True,
        )
        try:
            status = running.wait(self._timeout_s)
        except subprocess.TimeoutExpired as error:
            raise ParserTimeout from error
        finally:
            _kill_group(running)
            running.wait()
            self._running = None
            _remove_dead_sockets()
        if status == -signal.SIGXCPU:
            raise ParserTimeout
        if status < 0:
            raise ParserCrashed


def clear_conversions(scratch: Path | None = None) -> None:
    """Removes what the conversions of killed processes have left."""
    for folder in (scratch or Path(tempfile.gettempdir())).glob(f"{_FOLDER}*-*"):
        process = folder.name.removeprefix(_FOLDER).split("-")[0]
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _remove_dead_sockets() -> None:
    """Removes the sockets that LibreOffice may make and not remove, once nobody listens."""
    for name in SOCKET_FOLDERS:
        for path in Path(name).glob(_SOCKETS):
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
                if path.lstat().st_uid not in _users():
                    continue
                try:
                    probe.connect(str(path))
                except ConnectionRefusedError:
                    path.unlink()


def _users() -> set[int]:
    """As whom LibreOffice may have run: root's runs as nobody."""
    return {os.geteuid(), NOBODY} if os.geteuid() == 0 else {os.geteuid()}


def _result(path: Path) -> bytes:
    """What LibreOffice wrote; it has shown where there is nothing that the file is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise Damaged from error
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge
    if not data:
        raise Damaged
    return data


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
