"""Figures, times and sizes as the language of the surface writes them."""

from __future__ import annotations

from datetime import date, datetime

UNITS = ("B", "KB", "MB", "GB", "TB")


class Spelling:
    """Writes for one language: "1.234,5" in German, "1,234.5" in English."""

    def __init__(self, language: str) -> None:
        """Takes the language of the texts."""
        self._english = language == "en"

    def number(self, value: float, digits: int = 0) -> str:
        """With groups of thousands."""
        plain = f"{value:,.{digits}f}"
        return plain if self._english else plain.translate(str.maketrans(",.", ".,"))

    def percent(self, share: float | None, digits: int = 1) -> str:
        """A share of one; a dash where there is none."""
        return "–" if share is None else f"{self.number(100 * share, digits)} %"

    def size(self, count: int | None) -> str:
        """Bytes in the unit that leaves one to three digits before the point."""
        if count is None:
            return "–"
        value, unit = float(count), 0
        while value >= 1000 and unit < len(UNITS) - 1:
            value, unit = value / 1000, unit + 1
        return f"{self.number(value, 0 if unit == 0 or value >= 100 else 1)} {UNITS[unit]}"

    def duration(self, ms: float | None) -> str:
        """Milliseconds below a second, then seconds, then minutes."""
        if ms is None:
            return "–"
        if ms < 1000:
            return f"{self.number(ms)} ms"
        if ms < 120_000:
            return f"{self.number(ms / 1000, 1)} s"
        return f"{self.number(ms / 60_000)} min"

    def moment(self, at: str | None) -> str:
        """Day and time of this machine's zone; a dash where there is none."""
        if not at:
            return "–"
        local = datetime.fromisoformat(at).astimezone()
        return f"{self.day(local.date())}, {local:%H:%M}"

    def day(self, value: date | None) -> str:
        """A day with its year."""
        if value is None:
            return "–"
        return f"{value.day} {value:%b %Y}" if self._english else f"{value:%d.%m.%Y}"

    def short_day(self, value: date) -> str:
        """A day without its year, for an axis."""
        return f"{value.day} {value:%b}" if self._english else f"{value:%d.%m.}"
