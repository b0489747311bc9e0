"""Who stands behind a request and what they may see: the one place where that is decided.

Until there are accounts only loopback is served, and whoever sits at the machine sees all of the
Mandant.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from assistant.errors import NotFound
from assistant.web import problems
from assistant.web.counter import Counter
from assistant.wiring import Parts
from index.types import Access


def parts_of(request: Request) -> Parts:
    """What the application was started with."""
    return cast(Parts, request.app.state.parts)


def counter_of(request: Request) -> Counter:
    """Where blocking work is handed in."""
    return cast(Counter, request.app.state.counter)


def access_of(request: Request) -> Access:
    """What the person behind a request may see."""
    return usual_access(parts_of(request))


def usual_access(parts: Parts) -> Access:
    """What most who ask may see: what is made ready for at the start."""
    return Access.operator(parts.mandant)


PartsOf = Annotated[Parts, Depends(parts_of)]
CounterOf = Annotated[Counter, Depends(counter_of)]
AccessOf = Annotated[Access, Depends(access_of)]


def operator_parts_of(parts: PartsOf, access: AccessOf) -> Parts:
    """The parts for who may see all of the Mandant; for others the address does not exist.

    Raises:
        NotFound: the person may see less.
    """
    if access != Access.operator(parts.mandant):
        raise NotFound(problems.UNKNOWN)
    return parts


OperatorParts = Annotated[Parts, Depends(operator_parts_of)]
