"""The ZIP package of an office file: parts unpacked within limits, XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from ingest.errors import Damaged, Encrypted, PackedTooTightly, TooLarge
from ingest.formats.archive import ZIP_FAULTS
from ingest.formats.docx_styles import local
from ingest.intake import MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES

# Ratios below this size say nothing: a part of blanks may well shrink to a thousandth.
_SMALL_PART = 1024 * 1024


class Package:
    """The ZIP of an office file, opened within the limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except ZIP_FAULTS as error:
            raise Damaged from error
        if len(entries) > MAX_ZIP_ENTRIES:
            raise TooLarge("Die Datei besteht aus zu vielen Teilen. Bitte neu speichern.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Encrypted
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED_BYTES:
            raise PackedTooTightly
        self._names = {entry.filename.casefold(): entry for entry in entries}
        self.main = self._target_of_type("", "officeDocument") or "word/document.xml"

    def part(self, name: str) -> etree._Element | None:
        """The root of a part; None where there is no such part.

        Raises:
            Damaged, PackedTooTightly.
        """
        entry = self._names.get(name.casefold().lstrip("/"))
        if entry is None:
            return None
        return parse_xml(self._unpack(entry))

    def has_part_below(self, folder: str) -> bool:
        """Whether any part lies in a folder, named with its slash."""
        return any(name.startswith(folder) for name in self._names)

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        limit = max(_SMALL_PART, entry.compress_size * MAX_UNPACK_RATIO)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except ZIP_FAULTS as error:
            raise Damaged from error
        except RuntimeError as error:  # zipfile's word for a missing password
            raise Encrypted from error
        if len(data) > limit:
            raise PackedTooTightly
        return data

    def related(self, name: str, kind: str) -> dict[str, str]:
        """Relationship id to part name, for the relationships of one kind."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", file + ".rels"))
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            if relation.get("Type", "").endswith("/" + kind):
                target = relation.get("Target", "")
                path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[relation.get("Id", "")] = path
        return found

    def _target_of_type(self, name: str, kind: str) -> str | None:
        return next(iter(self.related(name, kind).values()), None)

    def title(self) -> str:
        """The title in the file's properties."""
        try:
            core = self.part("docProps/core.xml")
        except (Damaged, PackedTooTightly):
            return ""
        if core is None:
            return ""
        return next((str(e.text or "").strip() for e in core if local(e) == "title"), "")


def parse_xml(data: bytes) -> etree._Element:
    """The root of a part, read without entities, network or a document type.

    Raises:
        Damaged.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Damaged from error
    if root.getroottree().docinfo.doctype:
        raise Damaged(
            "Die Datei enthält eine Dokumenttyp-Definition, wie sie Schreibprogramme nie "
            "schreiben; solche "
            "Dateien dienen Angriffen. Bitte Herkunft prüfen und neu speichern."
        )
    return root
