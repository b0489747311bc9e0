"""Damage that fits no format in particular, and the choice of what is done to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.image_mutations import IMAGE
from tests.fuzz.pdf_mutations import PDF
from tests.fuzz.seeds import seeds
from tests.fuzz.zip_mutations import ZIP

Mutation = Callable[[bytes, Random], bytes]

_EXTREMES = (
    b"\x00" * 4,
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x80" + b"\x00" * 3,
)
LARGEST = 4 * 1024**2


def flip_bits(data: bytes, rng: Random) -> bytes:
    """A few bits anywhere."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 16, 64))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def overwrite(data: bytes, rng: Random) -> bytes:
    """Numbers at the edge of their range."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(changed))
        changed[place : place + 4] = rng.choice(_EXTREMES)
    return bytes(changed)


def truncate(data: bytes, rng: Random) -> bytes:
    """The end is missing, as after a copy that broke off."""
    return data[: rng.randrange(1, len(data))] if len(data) > 1 else data


def behead(data: bytes, rng: Random) -> bytes:
    """Junk before the file, or its beginning missing."""
    if rng.random() < 0.5:
        return rng.randbytes(rng.choice((1, 100, 2000))) + data
    return data[min(rng.randrange(1, 200), len(data) - 1) :]


def cut_out(data: bytes, rng: Random) -> bytes:
    """A piece is missing."""
    start, end = _piece(data, rng)
    return data[:start] + data[end:] or data


def duplicate(data: bytes, rng: Random) -> bytes:
    """A piece stands there more than once."""
    start, end = _piece(data, rng)
    times = min(rng.choice((1, 2, 50)), LARGEST // max(1, end - start))
    return data[:end] + data[start:end] * times + data[end:]


def swap(data: bytes, rng: Random) -> bytes:
    """Two pieces have changed places."""
    cuts = sorted(rng.randrange(len(data) + 1) for _ in range(4))
    a, b, c, d = cuts
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def zero(data: bytes, rng: Random) -> bytes:
    """A hole, as a bad disk leaves it."""
    start, end = _piece(data, rng)
    return data[:start] + bytes(end - start) + data[end:]


def splice(data: bytes, rng: Random) -> bytes:
    """A piece of another file, of any kind, in the middle."""
    others = seeds(rng.choice(("pdf", "docx", "zip", "image", "html")))
    other = others[rng.choice(sorted(others))]
    start, end = _piece(other, rng)
    place = rng.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place:]


def _piece(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.choice((1, 16, 200, 4096, len(data) // 2 + 1)))


GENERIC: Sequence[Mutation] = (
    flip_bits, overwrite, truncate, behead, cut_out, duplicate, swap, zero, splice,
)  # fmt: skip
SPECIAL: dict[str, Sequence[Mutation]] = {
    "pdf": PDF,
    "docx": ZIP,
    "odt": ZIP,
    "zip": ZIP,
    "image": IMAGE,
}


def mutate(kind: str, data: bytes, rng: Random) -> tuple[bytes, tuple[str, ...]]:
    """One to three kinds of damage on a file.

    Returns:
        The bytes, and the names of what was done to them.
    """
    done: list[str] = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        special = SPECIAL.get(kind, ())
        choices = special if special and rng.random() < 0.6 else GENERIC
        mutation = rng.choice(choices)
        changed = mutation(data, rng)
        if changed and len(changed) <= LARGEST:
            data = changed
            done.append(mutation.__name__)
    return data, tuple(done)
