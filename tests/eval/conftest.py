"""Prints what the question set has come to at the end of a run of tests."""

from __future__ import annotations

import pytest

from assistant.measuring.evaluation import Report

REPORT = pytest.StashKey[Report]()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Adds the figures, where the question set was asked; no single question is named."""
    report = config.stash.get(REPORT, None)
    if report is None:
        return
    terminalreporter.section("Prüffragen")
    width = max(len(name) for name in report.figures)
    for name, ratio in report.figures.items():
        terminalreporter.write_line(f"{name:<{width}}  {ratio}")
