"""The work behind a question, the same for a page and for a program."""

from __future__ import annotations

from collections.abc import Callable

from assistant import desk
from assistant.types import Answer
from assistant.web.counter import Work
from assistant.web.run import Asking
from assistant.wiring import Parts
from index.types import Access


def work_of(parts: Parts, asking: Asking, access: Access) -> Work[Answer]:
    """What answers a question."""

    def work(on_event: Callable[[str, object], None], cancelled: Callable[[], bool]) -> Answer:
        return desk.ask(
            parts,
            asking.text,
            access,
            before=asking.before,
            use_generator=asking.generator and parts.generator is not None,
            freely=asking.freely,
            on_event=on_event,
            cancelled=cancelled,
        )

    return work
