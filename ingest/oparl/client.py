"""Talks to an OParl server: only to hosts that the settings name, politely, and with patience.

Nothing here knows what an object means. Broken answers are read in `ingest.oparl.answers`, broken
objects in `ingest.oparl.objects`.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

import httpx

from ingest.errors import (
    OparlFileGone,
    OparlHostRefused,
    OparlNotUnderstood,
    OparlUnreachable,
    TooLarge,
)
from ingest.intake import MAX_FILE_BYTES
from ingest.oparl.answers import (
    Json,
    Page,
    Reply,
    clock_of,
    not_understood,
    parse,
    read_page,
    says_empty,
)

log = logging.getLogger(__name__)

MAX_JSON_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_PAGES = 100_000
ATTEMPTS = 4
LONGEST_PAUSE_S = 60.0
ONE_REQUEST_S = 300.0
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_FILTER_NAME = "modified_since"


class FilterRefused(OparlNotUnderstood):
    """The server answers a list, but not when asked for the changes since a day."""


class OparlClient:
    """One connection to the servers of one import. Not for several threads at once.

    Takes no proxy from the environment, keeps no cookies between hosts, and asks before every
    request, redirects included, whether its host is allowed.
    """

    def __init__(
        self,
        hosts: tuple[str, ...],
        requests_per_second: float,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`hosts` are names, with ":port" where the port is not the usual one."""
        self._hosts = frozenset(host.strip().casefold() for host in hosts)
        self._interval_s = 1.0 / requests_per_second
        self._pause = pause
        self._last = float("-inf")
        self._plain_queries = False
        self._client = httpx.Client(
            timeout=_TIMEOUT,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": "Aktenkundig (OParl)", "Accept": "application/json, */*;q=0.5"},
        )

    def __enter__(self) -> OparlClient:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def check(self, url: str) -> None:
        """Refuses an address outside the allowed hosts.

        Raises:
            OparlHostRefused: another host, or an unprotected connection.
        """
        # Read by what opens the connection, so that both mean the same host.
        try:
            parts = httpx.URL(url)
        except (httpx.InvalidURL, TypeError, ValueError):
            raise OparlHostRefused(f"„{url[:200]}“ ist keine Adresse eines Rechners.") from None
        host = parts.host.casefold()
        if parts.scheme not in {"http", "https"} or not host or parts.userinfo:
            raise OparlHostRefused(f"„{url[:200]}“ ist keine Adresse der Form https://rechner/….")
        shown = f"[{host}]" if ":" in host else host
        named = f"{shown}:{parts.port}" if parts.port else shown
        if named not in self._hosts:
            raise OparlHostRefused(
                f"Der Rechner „{named}“ ist nicht für OParl zugelassen; es wurde keine Verbindung "
                "zu ihm aufgebaut. Wenn er einer der erlaubten ist, bitte in den Einstellungen "
                "unter »oparl_hosts« eintragen."
            )
        if parts.scheme == "http" and not _is_loopback(host):
            raise OparlHostRefused(
                f"Die Verbindung zu „{named}“ wäre unverschlüsselt. Bitte die Adresse mit "
                "https:// angeben."
            )

    def object(self, url: str) -> Json | None:
        """One object; None where the server says that there is none (404, 410).

        Raises:
            OparlError: refused host, unreachable server, or no JSON object.
        """
        reply = self._get(url, MAX_JSON_BYTES)
        if reply.status in _GONE:
            return None
        value = parse(reply, url)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]  # ALLRIS and SD.NET wrap single objects now and then
        if not isinstance(value, dict):
            raise not_understood(url)
        return value

    def server_time(self, url: str) -> tuple[Json, datetime]:
        """An object that must be there, and the server's clock (ours where it names none)."""
        reply = self._get(url, MAX_JSON_BYTES)
        value = parse(reply, url) if reply.status == httpx.codes.OK else None
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            raise OparlNotUnderstood(
                f"Unter {url} liegt kein OParl-System. Bitte die Adresse prüfen."
            )
        return value, reply.server_time or datetime.now(UTC)

    def pages(self, url: str, since: datetime | None = None) -> Iterator[Page]:
        """The pages of a list by `links.next`, from `url` on, until there is no next.

        With `since`, the changes since then; `url` is then the bare address of the list.

        Raises:
            FilterRefused: the list cannot be asked for changes.
            OparlError: as in `object`.
        """
        seen: set[str] = set()
        at: str | None = url
        first = True
        while at is not None:
            page = self._changes(at, since) if first and since else self._page(at, since)
            seen.add(at)
            first = False
            circle = page.next_url in seen or len(seen) >= MAX_PAGES
            at = None if circle else page.next_url
            yield Page(page.objects, at, circle)

    def file(self, url: str) -> bytes:
        """The bytes of a file.

        Raises:
            OparlFileGone, TooLarge: this file cannot be had.
            OparlError: as in `object`.
        """
        reply = self._get(url, MAX_FILE_BYTES)
        if reply.status in _GONE or reply.status != httpx.codes.OK:
            raise OparlFileGone
        return reply.data

    def _changes(self, url: str, since: datetime) -> Page:
        """The first page of the changes, worded as the standard asks, then as SessionNet bears."""
        moment = since.astimezone(UTC).replace(microsecond=0)
        wordings = [f"{moment:%Y-%m-%dT%H:%M:%SZ}"]
        if not self._plain_queries:
            wordings.insert(0, quote(moment.isoformat(), safe=""))
        for wording in wordings:
            mark = "&" if urlsplit(url).query else "?"
            try:
                page = self._page(f"{url}{mark}{_FILTER_NAME}={wording}", since)
            except (OparlUnreachable, OparlNotUnderstood):
                continue
            self._plain_queries = wording is wordings[-1]
            return page
        raise FilterRefused

    def _page(self, url: str, since: datetime | None) -> Page:
        reply = self._get(url, MAX_JSON_BYTES)
        if reply.status in _GONE:
            # SD.NET says "not found" where a list is empty.
            if since is not None or says_empty(reply):
                return Page((), None)
            raise not_understood(url)
        return read_page(parse(reply, url), url)

    def _get(self, url: str, most_bytes: int) -> Reply:
        """One answer; redirects are followed where they lead to allowed hosts.

        Raises:
            OparlUnreachable: after all attempts.
        """
        for _ in range(MAX_REDIRECTS + 1):
            self.check(url)
            reply, goes_to = self._patiently(url, most_bytes)
            if goes_to is None:
                return reply
            url = urljoin(url, goes_to)
        raise OparlNotUnderstood(f"Der Server leitet {url} im Kreis um.")

    def _patiently(self, url: str, most_bytes: int) -> tuple[Reply, str | None]:
        for attempt in range(1, ATTEMPTS + 1):
            wait = float(2 ** (attempt - 1))
            self._wait_for_turn()
            try:
                reply, headers = self._once(url, most_bytes)
            except httpx.HTTPError as error:
                log.warning("oparl request failed: %s, attempt %d", type(error).__name__, attempt)
            else:
                if reply.status not in _TRY_AGAIN:
                    moved = reply.status in _REDIRECTS
                    return reply, headers.get("location") if moved else None
                log.warning("oparl request answered %d, attempt %d", reply.status, attempt)
                wait = _asked_pause_s(headers) or wait
            if attempt < ATTEMPTS:
                self._pause(wait)
        raise OparlUnreachable(
            f"Der OParl-Server antwortet nicht auf {url[:200]}. Was schon übernommen ist, bleibt; "
            "bitte den Befehl später noch einmal ausführen."
        )

    def _once(self, url: str, most_bytes: int) -> tuple[Reply, httpx.Headers]:
        began = time.monotonic()
        with self._client.stream("GET", url) as response:
            self._client.cookies.clear()
            data = bytearray()
            for piece in response.iter_bytes():
                data += piece
                if len(data) > most_bytes:
                    raise TooLarge(
                        f"Die Antwort des Servers ist größer als {most_bytes // 1024 // 1024} MiB."
                    )
                if time.monotonic() - began > ONE_REQUEST_S:
                    raise httpx.ReadTimeout("too slow altogether")
            clock = clock_of(response.headers.get("date"))
            return Reply(response.status_code, bytes(data), clock), response.headers

    def _wait_for_turn(self) -> None:
        wait = self._last + self._interval_s - time.monotonic()
        if wait > 0:
            self._pause(wait)
        self._last = time.monotonic()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _asked_pause_s(headers: Mapping[str, str]) -> float | None:
    """How long the server asks us to stay away, within reason."""
    words = headers.get("retry-after", "")
    if words.isdigit():
        return min(float(words), LONGEST_PAUSE_S)
    until = clock_of(words)
    if until is None:
        return None
    return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_PAUSE_S)
