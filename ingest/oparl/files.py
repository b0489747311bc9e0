"""One file of OParl: where it hangs, what is stated of it, and whether it is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.begleitdaten import Begleitdaten
from ingest.oparl.objects import Json, words

_CHECKSUMS = ("sha512Checksum", "sha256Checksum", "sha1Checksum")


@dataclass(frozen=True, slots=True)
class OparlFile:
    """A file to be fetched. `checksum` is (algorithm, hexadecimal), where the server names one."""

    id: str
    url: str
    checksum: tuple[str, str] | None
    size: int | None
    begleitdaten: Begleitdaten
    digest: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a file hangs; the lowest rank tells what the file is."""

    rank: int
    owner: str
    name: str
    begleitdaten: Begleitdaten


def file_of(file_id: str, file: Json, places: Sequence[Place]) -> OparlFile | None:
    """A file by its object and the places where it hangs; None where it has no address."""
    url = file.get("downloadUrl") or file.get("accessUrl")
    if url is None:
        return None
    first = places[0].begleitdaten
    others = dict.fromkeys(place.name for place in places[1:] if place.owner != places[0].owner)
    flags = [place.begleitdaten.oeffentlich for place in places] + [file.get("public")]
    begleitdaten = replace(
        first,
        titel=first.titel or words(file.get("name")) or words(file.get("fileName")),
        oeffentlich=strictest(flags),
        angaben=(*first.angaben, *(("Gehört auch zu", name) for name in others)),
    )
    checksums = [(name, str(file[name])) for name in _CHECKSUMS if name in file]
    marks = [*map(str, checksums), str(file.get("modified")), str(file.get("size"))]
    if not checksums and "modified" not in file:
        marks.append(url)
    digest = hashlib.sha256("\n".join([begleitdaten.stamp, *marks]).encode()).hexdigest()
    checksum = None
    if checksums:
        name, value = checksums[0]
        checksum = (name.removesuffix("Checksum"), value.strip().lower())
    return OparlFile(file_id, url, checksum, file.get("size"), begleitdaten, digest)


def strictest(flags: Iterable[bool | None]) -> bool | None:
    """False where one says so, else True where one says so, None where all are silent."""
    said = [flag for flag in flags if flag is not None]
    return all(said) if said else None
