"""Objects of OParl 1.0 and 1.1 as one shape, whatever the vendor made of them.

Embedded objects are taken out and replaced by their ids, and only the fields that the mapping
reads are kept: no persons, no addresses. Empty words and "N/A" are absent, a single value where a
list belongs is a list of one. The kind follows from where an object stands, for some vendors
leave out `type`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

BODY = "body"
ORGANIZATION = "organization"
MEETING = "meeting"
AGENDA_ITEM = "agendaItem"
CONSULTATION = "consultation"
PAPER = "paper"
FILE = "file"

_TEXTS: dict[str, tuple[str, ...]] = {
    ORGANIZATION: ("name", "shortName", "classification", "startDate", "endDate"),
    MEETING: ("name", "start", "meetingState"),
    AGENDA_ITEM: ("number", "name", "result", "resolutionText", "meeting"),
    CONSULTATION: ("role", "paper", "meeting", "agendaItem"),
    PAPER: ("name", "reference", "date", "paperType"),
    FILE: (
        "name",
        "fileName",
        "date",
        "accessUrl",
        "downloadUrl",
        "sha1Checksum",
        "sha256Checksum",
        "sha512Checksum",
        "modified",
        "masterFile",
    ),
}
_FLAGS: dict[str, tuple[str, ...]] = {
    MEETING: ("cancelled",),
    AGENDA_ITEM: ("public",),
    CONSULTATION: ("authoritative",),
    PAPER: ("public",),
    FILE: ("public",),
}
_REFERENCES: dict[str, tuple[str, ...]] = {
    MEETING: ("organization",),
    CONSULTATION: ("organization",),
    PAPER: (
        "originatorOrganization",
        "underDirectionOf",
        "superordinatedPaper",
        "subordinatedPaper",
        "relatedPaper",
    ),
}
_EMBEDDED: dict[str, tuple[tuple[str, str], ...]] = {
    MEETING: (
        ("agendaItem", AGENDA_ITEM),
        ("invitation", FILE),
        ("resultsProtocol", FILE),
        ("verbatimProtocol", FILE),
        ("auxiliaryFile", FILE),
    ),
    AGENDA_ITEM: (("resolutionFile", FILE), ("auxiliaryFile", FILE)),
    PAPER: (("mainFile", FILE), ("auxiliaryFile", FILE), ("consultation", CONSULTATION)),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One object by itself. `deleted` ones have no fields left."""

    id: str
    kind: str
    fields: Json
    deleted: bool = False


def words(value: Any) -> str | None:
    """A text with something in it; None for everything that means nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    return None if text in {"", "N/A", "n/a", "null"} else text


def listed(value: Any) -> list[Any]:
    """A list, whether the server sent one, its only member, or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def id_of(value: Any) -> str | None:
    """The id of an object or of a reference to one."""
    return words(value.get("id")) if isinstance(value, dict) else words(value)


def is_deleted(value: Json) -> bool:
    """Whether an object is only the memory of one."""
    return value.get("deleted") is True or words(value.get("deleted")) == "true"


def items(value: Json, kind: str, fallback_id: str | None = None) -> Iterator[Item]:
    """The object and those embedded in it, each by itself, the outer one last.

    What has no id of its own and none in `fallback_id` cannot be referred to and is left out.
    """
    own = id_of(value) or fallback_id
    if own is None:
        return
    if is_deleted(value):
        yield Item(own, kind, {}, deleted=True)
        return
    fields: Json = {}
    for name in _TEXTS.get(kind, ()):
        text = id_of(value.get(name))
        if text is not None:
            fields[name] = text
    if kind == FILE and isinstance(value.get("size"), int):
        fields["size"] = value["size"]
    for name in _FLAGS.get(kind, ()):
        if isinstance(value.get(name), bool):
            fields[name] = value[name]
    for name in _REFERENCES.get(kind, ()):
        ids = [id_ for entry in listed(value.get(name)) if (id_ := id_of(entry))]
        if ids:
            fields[name] = ids
    for name, inner_kind in _EMBEDDED.get(kind, ()):
        ids = []
        for number, entry in enumerate(listed(value.get(name))):
            inner_id = id_of(entry) or f"{own}#{name}-{number}"
            if isinstance(entry, dict):
                found = list(items(entry, inner_kind, inner_id))
                yield from found
                if found and found[-1].deleted:
                    continue
            elif words(entry) is None:
                continue
            ids.append(inner_id)
        if ids:
            fields[name] = ids
    if kind == AGENDA_ITEM and (consulted := id_of(value.get("consultation"))):
        fields["consultation"] = consulted
    yield Item(own, kind, fields)
