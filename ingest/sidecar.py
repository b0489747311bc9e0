"""Header fields in a file beside a file: `antrag.pdf.json`, `antrag.pdf.toml`, `antrag.json`.

An error in it keeps the file out: a clerk who wrote "nichtöffentlich" and mistyped the field must
not find the paper in the open.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.begleitdaten import Begleitdaten, Station
from ingest.errors import SidecarInvalid
from ingest.expressions import find_dates

SUFFIXES = (".json", ".toml")
MAX_BYTES = 256 * 1024
_FIELDS = (
    "nummer",
    "art",
    "titel",
    "datum",
    "antragsteller",
    "dienststelle",
    "gremium",
    "beratungsfolge",
    "ergebnis",
    "sichtbarkeit",
    "mandant",
)
_STATION_FIELDS = ("gremium", "datum", "rolle", "ergebnis")
_VISIBILITIES = {
    "öffentlich": True,
    "oeffentlich": True,
    "nichtöffentlich": False,
    "nichtoeffentlich": False,
    "nicht öffentlich": False,
}


def is_sidecar(path: Path) -> bool:
    """Whether a file describes a neighbour, and is no document itself."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    return path.with_suffix("").is_file() or bool(_described(path))


def sidecar_of(path: Path) -> Path | None:
    """The file that describes `path`, or None.

    Raises:
        SidecarInvalid: there are several, or one is named after several files.
    """
    full = [path.with_name(path.name + suffix) for suffix in SUFFIXES]
    short = [path.with_suffix(suffix) for suffix in SUFFIXES]
    found = [other for other in [*full, *short] if other != path and other.is_file()]
    if not found:
        return None
    if len(found) > 1:
        names = " und ".join(f"„{other.name}“" for other in found)
        raise SidecarInvalid(f"Neben der Datei liegen {names}. Bitte nur eine Begleitdatei lassen.")
    if found[0] in short and len(_described(found[0])) > 1:
        raise SidecarInvalid(
            f"Die Begleitdatei „{found[0].name}“ passt zu mehreren Dateien. Bitte nach der Datei "
            f"nennen, die sie beschreibt, zum Beispiel „{path.name}{found[0].suffix}“."
        )
    return found[0]


def papers_of(path: Path) -> list[Path]:
    """The files that `path` describes; none where it is no sidecar."""
    if path.suffix.lower() not in SUFFIXES:
        return []
    whole = path.with_suffix("")
    return [whole] if whole.is_file() else _described(path)


def _described(sidecar: Path) -> list[Path]:
    """The files that share the stem of a sidecar named without their ending."""
    try:
        neighbours = list(sidecar.parent.iterdir())
    except OSError:
        return []
    return [
        other
        for other in neighbours
        if other.stem == sidecar.stem
        and other.suffix.lower() not in SUFFIXES
        and not other.name.startswith(".")
        and other.is_file()
    ]


def read_sidecar(path: Path, mandant: str) -> Begleitdaten | None:
    """What the sidecar of the file `path` states; None where it has none.

    Raises:
        SidecarInvalid: it cannot be read, has unknown fields or wrong values, or names another
            Mandant.
    """
    sidecar = sidecar_of(path)
    if sidecar is None:
        return None
    values = _load(sidecar)
    unknown = [name for name in values if name not in _FIELDS]
    if unknown:
        raise _wrong(
            sidecar, f"kennt das Feld „{unknown[0]}“ nicht. Möglich sind: {', '.join(_FIELDS)}"
        )
    stated = values.get("mandant")
    if stated is not None and stated != mandant:
        raise _wrong(sidecar, f"gilt für den Mandanten „{stated}“, eingelesen wird für „{mandant}“")
    return Begleitdaten(
        herkunft=f"Angaben aus der Begleitdatei {sidecar.name}",
        art=_text(sidecar, values, "art"),
        nummer=_text(sidecar, values, "nummer"),
        titel=_text(sidecar, values, "titel"),
        datum=_day(sidecar, values, "datum"),
        antragsteller=_texts(sidecar, values, "antragsteller"),
        dienststelle=_text(sidecar, values, "dienststelle"),
        gremium=_text(sidecar, values, "gremium"),
        beratungsfolge=_stations(sidecar, values.get("beratungsfolge", [])),
        ergebnis=_text(sidecar, values, "ergebnis"),
        oeffentlich=_visibility(sidecar, values.get("sichtbarkeit")),
    )


def _wrong(sidecar: Path, what: str) -> SidecarInvalid:
    return SidecarInvalid(f"Die Begleitdatei „{sidecar.name}“ {what}. Bitte berichtigen.")


def _load(sidecar: Path) -> dict[str, Any]:
    try:
        with sidecar.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        raise _wrong(sidecar, "lässt sich nicht öffnen") from None
    if len(data) > MAX_BYTES:
        raise _wrong(sidecar, f"ist größer als {MAX_BYTES // 1024} KiB")
    try:
        text = data.decode("utf-8-sig")
        if sidecar.suffix.lower() == ".toml":
            return tomllib.loads(text)
        values = json.loads(text)
    except UnicodeDecodeError:
        raise _wrong(sidecar, "ist nicht in UTF-8 gespeichert") from None
    except (ValueError, RecursionError):
        kind = sidecar.suffix[1:].upper()
        raise _wrong(sidecar, f"ist kein gültiges {kind}") from None
    if not isinstance(values, dict):
        raise _wrong(sidecar, "enthält kein Objekt mit Feldern")
    return values


def _text(sidecar: Path, values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _wrong(sidecar, f"braucht im Feld „{name}“ einen Text")
    return value


def _texts(sidecar: Path, values: dict[str, Any], name: str) -> tuple[str, ...]:
    value = values.get(name, [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(v, str) and v.strip() for v in listed):
        raise _wrong(sidecar, f"braucht im Feld „{name}“ einen Text oder eine Liste von Texten")
    return tuple(listed)


def _day(sidecar: Path, values: dict[str, Any], name: str) -> date | None:
    """A day as TOML has it, as "2023-10-24" or as "24.10.2023"."""
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        days = [found.value for found in find_dates(value.strip())]
        for text in [value.strip(), *days[:1]]:
            try:
                return date.fromisoformat(text)
            except ValueError:
                continue
    raise _wrong(sidecar, f"braucht im Feld „{name}“ ein Datum wie „2023-10-24“")


def _stations(sidecar: Path, value: Any) -> tuple[Station, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise _wrong(sidecar, "braucht im Feld „beratungsfolge“ eine Liste von Objekten")
    stations = []
    for entry in value:
        unknown = [name for name in entry if name not in _STATION_FIELDS]
        if unknown:
            known = ", ".join(_STATION_FIELDS)
            raise _wrong(
                sidecar,
                f"kennt in der Beratungsfolge das Feld „{unknown[0]}“ nicht. Möglich sind: {known}",
            )
        gremium = _text(sidecar, entry, "gremium")
        if gremium is None:
            raise _wrong(sidecar, "nennt in der Beratungsfolge eine Station ohne „gremium“")
        stations.append(
            Station(
                gremium,
                _day(sidecar, entry, "datum"),
                _text(sidecar, entry, "rolle"),
                _text(sidecar, entry, "ergebnis"),
            )
        )
    return tuple(stations)


def _visibility(sidecar: Path, value: Any) -> bool | None:
    if value is None:
        return None
    known = _VISIBILITIES.get(value.strip().lower()) if isinstance(value, str) else None
    if known is None:
        raise _wrong(
            sidecar, "braucht im Feld „sichtbarkeit“ den Wert „öffentlich“ oder „nichtöffentlich“"
        )
    return known
