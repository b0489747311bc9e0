"""Reads what an OParl server answers, broken JSON and missing envelopes of known vendors too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from ingest.errors import OparlNotUnderstood

Json = dict[str, Any]

OK = HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said: its bytes, and its clock where it names one."""

    status: int
    data: bytes
    server_time: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `broken_off` says that the list goes in circles from here."""

    objects: tuple[Json, ...]
    next_url: str | None
    broken_off: bool = False


def clock_of(words: str | None) -> datetime | None:
    """The moment that a header of HTTP names."""
    try:
        moment = parsedate_to_datetime(words) if words else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def parse(reply: Reply, url: str) -> Any:
    """JSON, also where control characters stand in strings as they are (ALLRIS).

    Raises:
        OparlNotUnderstood: another status than 200, or no JSON.
    """
    if reply.status != OK:
        raise not_understood(url)
    try:
        text = reply.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = reply.data.decode("latin-1")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise not_understood(url) from None


def read_page(value: Any, url: str) -> Page:
    """A page of a list, in whatever envelope.

    Raises:
        OparlNotUnderstood: nothing that could be a list.
    """
    if isinstance(value, list):
        # SD.NET answers [] for an empty list; other lists bare of their envelope are whole.
        return Page(tuple(item for item in value if isinstance(item, dict)), None)
    if not isinstance(value, dict):
        raise not_understood(url)
    data = value.get("data")
    if data is None and "id" in value:
        return Page((value,), None)  # the one object of the list instead of the list
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise not_understood(url)
    links = value.get("links")
    following = links.get("next") if isinstance(links, dict) else None
    objects = tuple(item for item in data if isinstance(item, dict))
    return Page(objects, urljoin(url, following) if _is_link(following) else None)


def _is_link(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.strip() != "N/A"


def says_empty(reply: Reply) -> bool:
    """Whether a 404 is SD.NET's own "resource not found", and not a wrong address."""
    try:
        value = json.loads(reply.data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "SD.NET" in str(value.get("type", ""))


def not_understood(url: str) -> OparlNotUnderstood:
    """The error for an answer that is not what the standard asks."""
    return OparlNotUnderstood(
        f"Die Antwort auf {url[:200]} ist nicht lesbar oder nicht das, was OParl vorschreibt. "
        "Bitte die Adresse prüfen und beim Betreiber des Ratsinformationssystems nachfragen."
    )
