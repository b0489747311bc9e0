"""What is kept of an answer so that it can be given again: its Protokoll."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from assistant.wire.answers import ReferenceWire, StampedAnswerWire
from assistant.wire.form import Wire

FORM: Literal["aktenkundig-protokoll/1"] = "aktenkundig-protokoll/1"


class ProtokollWire(Wire):
    """Frage, Stand und Antwort. Mit demselben Stand ergibt die Frage dieselben Bytes."""

    form: Literal["aktenkundig-protokoll/1"]
    program: str = Field(description="Version des Programms")
    mandant: str
    stufen: list[str] = Field(description="Schutzstufen, die sehen durfte, wer gefragt hat")
    day: date = Field(description="Tag, von dem an gerechnet wurde („im letzten Jahr“)")
    question: str
    before: ReferenceWire | None = Field(description="Worauf sich die Frage beziehen konnte")
    use_generator: bool
    answer: StampedAnswerWire = Field(description="Ohne Zeiten und ohne Siegel")


class ReplayWire(Wire):
    """Ob dieselbe Frage noch dieselbe Antwort ergibt, und wenn nicht: was anders ist."""

    same: bool
    differences: list[str] = Field(description="Was an der Antwort anders ist")
    causes: list[str] = Field(description="Was sich seither geändert hat")
    lost: list[str] = Field(description="Belege, deren Worte nicht mehr in der Quelle stehen")
    answer: StampedAnswerWire
