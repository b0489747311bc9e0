"""The words of a question for a list that restrict nothing."""

from __future__ import annotations

import re

FILLERS = frozenset(
    """
    gibt gab es liegen liegt lagen vor wurde wurden worden werden hat haben hatte hatten sind ist
    war waren die der das den dem des von vom aus in im ins am an und oder alle aller bitte
    fraktion fraktionen gruppe jahr jahre jahren jahres erfasst insgesamt bisher denn
    gestellt stellte stellten eingebracht brachte ein eingereicht beraten behandelt stammen
    stammt kommen kommt kamen sie mir uns dort hier bislang schon dieser diese mit davon
    etwa sitzung sitzungen auf tagesordnung standen stehen gefasst vorgelegt vorhanden
    beantragt sämtliche jemals zeigen nennen auflisten zusammenstellen heraussuchen raussuchen
    alles schicken geben übersicht liste aufstellung gibts gabs
    """.split()  # noqa: SIM905
)
WORD = re.compile(r"\w[\w/-]*")
BESCHLUESSE = "beschlüsse"
"""Decisions themselves, not the papers decided on: no kind of paper."""
