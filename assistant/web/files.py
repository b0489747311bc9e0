"""Styles, scripts and fonts of the surface: asked for once, then kept by the browser.

Their address holds a stamp over all of them. Whatever changes gives every file a new address, so
that no page mixes files of two versions and none has to be asked for again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).resolve().parent / "static"
STATIC_PATH = "/static/"
STAMPED = "public, max-age=31536000, immutable"


def stamp_of(folder: Path) -> str:
    """Changes with the name or a byte of any file below."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).digest()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()[:16]


class _Kept(StaticFiles):
    """Files that never change under their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = STAMPED
        return response


def serve_files(app: Starlette, folder: Path = STATIC) -> str:
    """Serves the files at `/static/<stamp>` and, to be asked for at each use, at `/static`.

    Returns the address with the stamp.
    """
    address = f"{STATIC_PATH}{stamp_of(folder)}"
    app.mount(address, _packed(_Kept(directory=folder)), name="stamped")
    app.mount(STATIC_PATH.rstrip("/"), _packed(StaticFiles(directory=folder)), name="static")
    return address


def _packed(files: StaticFiles) -> Any:
    return GZipMiddleware(files)
