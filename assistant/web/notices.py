"""What an action has done, told once on the page that follows it.

The cookie holds a random mark only; the words stay in the server's memory until they are shown.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

COOKIE = "hinweis"
MOST = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """The text `hinweis.<key>`; `kind` is one of KERN's alerts."""

    key: str
    kind: str = "success"
    values: dict[str, object] = field(default_factory=dict)


class Notices:
    """Notices that nobody has seen yet; the oldest are dropped beyond `MOST`."""

    def __init__(self) -> None:
        """Starts with none."""
        self._kept: OrderedDict[str, Notice] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, notice: Notice) -> str:
        """Keeps a notice and gives the mark it is fetched by."""
        mark = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[mark] = notice
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return mark

    def take(self, mark: str) -> Notice | None:
        """The notice of a mark, once."""
        with self._lock:
            return self._kept.pop(mark, None)


_notices = Notices()


def go_on(path: str, key: str = "", kind: str = "success", **values: object) -> Response:
    """Sends the browser on to a page of ours, which tells `hinweis.<key>` first."""
    answer = RedirectResponse(path, 303)
    if key:
        mark = _notices.keep(Notice(key, kind, values))
        answer.set_cookie(COOKIE, mark, 120, httponly=True, samesite="strict")
    return answer


def notice_of(request: Request) -> Notice | None:
    """What the page is to tell first."""
    return _notices.take(request.cookies.get(COOKIE, ""))
