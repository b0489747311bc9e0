"""Serves the web page and the API on this machine's own address, and on no other."""

from __future__ import annotations

import errno
import ipaddress
import socket

from assistant.errors import AddressRefused, AddressTaken
from assistant.wiring import Parts

GRACE_S = 2


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on a loopback address.

    Raises:
        AddressRefused: the address is not loopback.
        AddressTaken: another program listens there, or the port needs more rights.
    """
    address = _loopback(host)
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    # Told that it is TCP, asyncio sends a page without waiting until its head is confirmed: 41 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((str(address), port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EACCES:
            raise AddressRefused(
                f"Der Port {port} ist dem System vorbehalten. "
                "Bitte wählen Sie mit --port eine Zahl ab 1024."
            ) from None
        raise AddressTaken(
            f"Der Port {port} ist belegt oder nicht verfügbar. Läuft Aktenkundig schon? "
            f"Sonst wählen Sie mit --port einen anderen, zum Beispiel --port {_other(port)}."
        ) from None
    return listening


def url_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(parts: Parts, listening: socket.socket) -> None:
    """Serves until the process is told to stop. No line of access log: paths carry questions."""
    import uvicorn

    from assistant.web.application import make_app

    config = uvicorn.Config(
        make_app(parts),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=32768,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise AddressRefused(
            f"Auf »{host}« wird nicht bedient: Solange es keine Anmeldung gibt, ist Aktenkundig "
            "nur auf diesem Rechner selbst erreichbar (127.0.0.1)."
        )
    return address


def _other(port: int) -> int:
    return port + 1 if port < 65535 else 8000
