from __future__ import annotations

import threading
import time

from ingest.readahead import ahead


def test_a_stop_ends_the_wait_for_a_slow_piece_and_interrupts_it() -> None:
    interrupted = threading.Event()
    stop = threading.Event()

    def work(item: int) -> int:
        if item == 2:
            stop.set()
            interrupted.wait(30)
        return item

    began = time.monotonic()
    with ahead(work, range(9), on_stop=interrupted.set, stopped=stop.is_set) as results:
        seen = list(results)
    assert seen in ([0], [0, 1], [])
    assert interrupted.is_set()
    assert time.monotonic() - began < 10


def test_without_a_stop_every_result_comes_in_order() -> None:
    with ahead(lambda item: item * 2, range(40), on_stop=lambda: None) as results:
        assert list(results) == list(range(0, 80, 2))
