from __future__ import annotations

import asyncio
import socket

import pytest

from assistant import serve
from assistant.errors import AddressRefused, AddressTaken


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "8.8.8.8", "example.org", ""])
def test_any_address_but_loopback_is_refused(host: str) -> None:
    with pytest.raises(AddressRefused, match="nur auf diesem Rechner"):
        serve.bind(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_served_and_its_address_named(host: str) -> None:
    with serve.bind(host, 0) as listening:
        port = listening.getsockname()[1]
        assert serve.url_of(listening) == f"http://127.0.0.1:{port}"


def test_a_page_goes_out_without_waiting_for_its_head_to_be_confirmed() -> None:
    async def served(listening: socket.socket) -> int:
        waits = asyncio.get_running_loop().create_future()

        async def accepted(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            waits.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            await writer.wait_closed()

        async with await asyncio.start_server(accepted, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            try:
                return int(await waits)
            finally:
                writer.close()
                await writer.wait_closed()

    with serve.bind("127.0.0.1", 0) as listening:
        assert asyncio.run(served(listening)) == 1


def test_a_taken_port_is_a_sentence_that_names_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"Port {port} ist belegt.*--port"):
            serve.bind("127.0.0.1", port)
