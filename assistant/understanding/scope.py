"""Questions that this house leaves alone: orders to the machine, opinions, advice, the future."""

from __future__ import annotations

import re

_SCOPE = (
    (
        re.compile(
            r"\bignorier\w*\b.{0,60}\b(?:regel|anweisung|vorgabe|instruktion)|"
            r"\bvergiss\b.{0,40}\b(?:regel|anweisung|"
            r"vorgabe)|\bdeine[nr]?\s+(?:\w+\s+)?(?:regeln|anweisungen|vorgaben|instruktionen)\b|"
            r"\bsystem-?prompt\b|\bdu bist (?:jetzt|ab jetzt|nun)\b|"
            r"\b(?:antworte|schreibe?|zeige?|gib)\b.{0,40}\bohne\b.{0,30}\b(?:fundstelle|"
            r"quelle|beleg|zitat|prüfung)",
            re.IGNORECASE,
        ),
        "Anweisungen, die Regeln des Systems zu umgehen, werden nicht befolgt.",
    ),
    (
        re.compile(
            r"\bbesser\w* argument\w*|"
            r"\b(?:was|wie) (?:hältst|denkst|findest|meinst) du\b|"
            r"\bdeine (?:persönliche )?meinung\b|\bwie (?:gut|kompetent|"
            r"fähig|glaubwürdig|sympathisch|fleißig) (?:ist|sind|arbeitet)\b|"
            r"\b(?:macht|machen|leistet|arbeitet|ist) (?:Frau|Herr)\b.{0,60}\b(?:gut|schlecht|"
            r"kompetent|fähig|geeignet|sympathisch|fleißig)\b|"
            r"\b(?:Frau|Herr)\b.{0,60}\b(?:gute|schlechte)\s+(?:arbeit|politik)\b|"
            r"\bwen (?:soll|sollen|sollte|sollten)\b.{0,60}\bwähl|"
            r"\bist (?:Frau|Herr)\b.{0,60}\beine?\s+(?:gute|schlechte|fähige|unfähige)[rs]?\b|"
            r"\b(?:fraktion|gruppe|partei)\b.{0,30}\b(?:die|am)\s+(?:beste|schlechteste|faulste|"
            r"fleißigste|dümmste|unfähigste|kompetenteste|glaubwürdigste)n?\b|\b(?:wer|"
            r"welche\w*) .{0,60}\b(?:beste[rsn]?|"
            r"schlechteste[rsn]?|faulste[rsn]?|unfähigste[rsn]?|"
            r"kompetenteste[rsn]?)\b.{0,30}\b(?:mitglied|abgeordnete|"
            r"politiker|fraktion|dezernent|vorsitz|direktor|leitung|redner)",
            re.IGNORECASE,
        ),
        "Bewertungen von Personen und Fraktionen gibt das System nicht ab.",
    ),
    (
        re.compile(
            r"\bdarf ich\b|\bkann ich .{0,40}(?:klagen|verklagen|widersprechen|anfechten)|"
            r"\bist (?:das|es|dies\w*|der|die) .{0,60}"
            r"\b(?:rechtmäßig|rechtswidrig|verfassungswidrig|strafbar|anfechtbar)\b|"
            r"\brechtsberatung\b|^\W*(?:verstößt|verstoßen)\b.{0,100}\bgegen\b|"
            r"\berfolgsaussicht\w*|\bhätte .{0,60}\bklage\b|"
            r"\bsoll(?:te)? ich\b.{0,60}\b(?:klagen|widerspruch)",
            re.IGNORECASE,
        ),
        "Rechtsauskünfte im Einzelfall gibt das System nicht.",
    ),
    (
        re.compile(
            r"\bwird .{0,80}\b(?:künftig|voraussichtlich|wohl|wahrscheinlich|"
            r"nächste[nsr]? (?:jahr|monat|woche|wahl\w*))\b|"
            r"\bwie wird .{0,80}\b(?:ausgehen|entscheiden|abstimmen|entwickeln|enden)\b|"
            r"\bwer (?:wird|gewinnt) .{0,60}"
            r"\b(?:gewählt|wahl|nachfolge\w*|gewinnen)\b|\bwird .{0,80}\b(?:zustimmen|ablehnen|"
            r"beschließen|steigen|sinken)\b",
            re.IGNORECASE,
        ),
        "Über Künftiges geben die Akten keine Auskunft.",
    ),
)


def scope_problem(text: str) -> str | None:
    """Why a question is not answered, in German; None where it may be."""
    return next((reason for pattern, reason in _SCOPE if pattern.search(text)), None)
