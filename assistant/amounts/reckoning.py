"""What may be reckoned from amounts: differences of like units, another unit.

Whatever is reckoned is shown with how, for no paper says it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_FACTORS = {"€": 1, "T€": 10**3, "Mio. €": 10**6, "Mrd. €": 10**9}
_FIGURE = re.compile(
    r"(?P<sign>[-–−+]?)\s?(?P<figure>\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r"\s?(?:€|T€|Euro|EUR|TEUR|%|Prozent)?"
)
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and what it counts in, as in `Cell.unit`; "" where no unit is printed."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{german(self.value)} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference, and the words that say it with how it was reckoned."""

    value: Decimal
    text: str


def amount_of(words: str, unit: str) -> Amount | None:
    """The amount that a cell prints; None where its words are no plain figure ("ca. 5")."""
    match = _FIGURE.fullmatch(" ".join(words.split()))
    if match is None:
        return None
    value = Decimal(re.sub(r"[.\u00a0\u202f]", "", match["figure"]).replace(",", "."))
    return Amount(-value if match["sign"] not in ("", "+") else value, unit)


def converted(amount: Amount, unit: str) -> Amount | None:
    """The same amount of money in another unit; None for what is no money."""
    if amount.unit == unit:
        return amount
    if amount.unit not in _FACTORS or unit not in _FACTORS:
        return None
    return Amount(amount.value * _FACTORS[amount.unit] / _FACTORS[unit], unit)


def difference(first: Amount, second: Amount) -> Difference | None:
    """How much more the second amount is, with how that was reckoned; None for unlike units.

    Amounts in € and in T€ are put into the smaller unit first, which is said.
    """
    rule = ""
    if first.unit != second.unit:
        finer = min((first.unit, second.unit), key=lambda unit: _FACTORS.get(unit, 0))
        pair = converted(first, finer), converted(second, finer)
        if pair[0] is None or pair[1] is None:
            return None
        first, second = pair[0], pair[1]
        rule = f"; beide umgerechnet in {finer}"
    change = second.value - first.value
    unit = "Prozentpunkte" if first.unit == "%" else first.unit
    text = f"{_signed(change)} {unit}".strip()
    how = f"{second} {_MINUS} {_bracketed(first)}"
    if first.unit != "%" and first.value > 0:
        share = (100 * change / first.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        text += f" ({_signed(share)} %)"
        rule += f"; Prozent von {first}, auf eine Stelle gerundet"
    return Difference(change, f"{text}, gerechnet: {how}{rule}")


def german(value: Decimal) -> str:
    """A figure as Germans print it: "1.006.300", "−4.100", "0,5"."""
    digits = format(abs(value).normalize(), "f")
    whole, _, rest = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return (_MINUS if value < 0 else "") + grouped + (f",{rest}" if rest else "")


def _signed(value: Decimal) -> str:
    return f"+{german(value)}" if value > 0 else german(value)


def _bracketed(amount: Amount) -> str:
    return f"({amount})" if amount.value < 0 else str(amount)
