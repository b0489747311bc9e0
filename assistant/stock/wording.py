"""The words by which an admin asks for what the stock holds."""

from __future__ import annotations

import re


def any_of(pattern: str) -> re.Pattern[str]:
    """A pattern for these words as whole words, however they are written."""
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


SPELT_OUT = (
    ("oeffentlich", "öffentlich"),
    ("aendert", "ändert"),
    ("aeltere", "ältere"),
    ("fruehere", "frühere"),
    ("ueberholt", "überholt"),
    ("moecht", "möcht"),
    ("vorueber", "vorüber"),
    ("antraege", "anträge"),
    ("pruefe", "prüfe"),
    ("schluessel", "schlüssel"),
)
FILES = any_of(
    r"(?:akten)?dokument(?:e|en|s)?|dateien?|unterlagen?|papiere?n?|pdfs?|schriftstücke?n?"
)
NEW = any_of(
    r"neue?[srnm]?|neu\s+(?:hinzu|dazu)gekommen\w*|hinzugekommen\w*|dazugekommen\w*|"
    r"hinzugefügt\w*|neuzugänge?n?|(?:neu\s+)?eingelesen\w*|importiert\w*|indexiert\w*|"
    r"indiziert\w*"
)
READ_IN = any_of(r"eingelesen\w*|importiert\w*|indexiert\w*|indiziert\w*")
CHANGED = any_of(r"geändert\w*|aktualisiert\w*|verändert\w*|änderungen")
NOT_READ = re.compile(
    r"\bnicht\s+(?:\w+\s+)?(?:eingelesen|importiert|indexiert|gelesen|verarbeitet)(?:\s+werden)?\b|"
    r"\b(?:ein)?lesefehler\b|\bfehler(?:n)?\s+beim\s+(?:einlesen|import|indexieren)\b",
    re.IGNORECASE,
)
FAILED = any_of(
    r"fehlgeschlagen\w*|schief\s*gegangen|schief\s*gelaufen|hängen\s*geblieben|"
    r"abgewiesen\w*|(?:in\s+(?:der\s+)?)?quarantäne"
)
BROKEN_OFF = any_of(r"gescheitert\w*|abgebrochen\w*")
AT_READING = any_of(r"(?:beim|im|bei\s+dem|bei\s+der)\s+(?:letzten\s+)?(?:einlesen|import|lauf)")
WHY_NOT = re.compile(
    r"\b(?:warum|wieso|weshalb)\b(?=.*\b(?:nicht\s+(?:\w+\s+)?(?:gefunden|zu\s+finden|auffindbar|"
    r"angezeigt|da|vorhanden|drin|enthalten|erfasst|verfügbar|auf|finden)|finde\w*\b.*\bnicht|"
    r"fehlt|unauffindbar))|"
    r"\b(?:finde|finden|findet)\b(?=.*\b(?:nicht|nirgends)\b)|"
    r"\b(?:wird|ist|sind)\b(?=.*\bnicht\s+(?:gefunden|zu\s+finden|auffindbar)\b)|"
    r"\bunauffindbar\b",
    re.IGNORECASE,
)
NOT_FOUND = any_of(
    r"nicht|nirgends|gefunden|zu\s+finden|auffindbar|unauffindbar|angezeigt|vorhanden|drin|"
    r"enthalten|erfasst|verfügbar|fehlt|finde[nt]?|index|suche|trefferliste|system|bestand|auf|da"
)
TWINS = any_of(
    r"du[bp]letten?|doubletten?|duplikate?n?|doppelte?[nrsm]?(?:\s+(?:eingelesen|abgelegt|"
    r"gespeichert|hochgeladen))?|mehrfach(?:e[nrs]?)?(?:\s+(?:eingelesen|abgelegt|gespeichert))?"
)
OLD = any_of(
    r"(?:alte|ältere|frühere|überholte|ersetzte|veraltete)[nrs]?"
    r"(?:\s+(?:fassung|version)(?:en)?)?|ersetzt|überholt|veraltet"
)
VERSIONS = any_of(
    r"(?:alte|ältere|frühere|überholte|ersetzte|veraltete)[nrs]?\s+(?:fassung|version)(?:en)?"
)
CLOSED = any_of(
    r"nicht[\s-]?öffentliche?[nrsm]?|vertrauliche?[nrsm]?|geheime?[nrsm]?|geschützte?[nrsm]?"
)
PUBLIC_INDEX = any_of(
    r"öffentliche?[nrsm]?\s+(?:teil\s+des\s+(?:such)?index|(?:such)?index(?:es)?|suche|bestand|"
    r"partition(?:en)?|vektor(?:index|bestand)|suchbestand)"
)
CONTENTS = any_of(
    r"material(?:ien)?|inhalte?n?|texte?n?|textstellen?|passagen?|vektor(?:en)?|stellen?|daten|"
    r"vorgänge?n?|tops?|tagesordnungspunkte?n?|etwas|geraten|gelandet|gelangt|enthalten|drin|"
    r"liegt|liegen|steht|stehen|prüfe[n]?|überprüfe[n]?|kontrolliere[n]?|ausgeschlossen|sicher|"
    r"nachweislich|nachweis|frei|sauber|findet|finden|befindet|befinden|sich|ob|versehentlich|"
    r"tatsächlich|garantiert|irgendwelche[sn]?|irgendwas"
)
SCANS = any_of(r"(?:ein)?gescannte?[nrs]?|scans?|ocr(?:-\w+)?|texterkennung|(?:schrift)?erkennung")
BADLY = any_of(
    r"schlechte?[nrsm]?|schlecht\s+(?:gelesen|lesbar|erkannt)\w*|unsicher\w*|mangelhaft\w*|"
    r"unlesbar\w*|nicht\s+(?:gut\s+|sicher\s+|richtig\s+)?(?:lesbar|gelesen|erkannt)\w*|"
    r"schwache?[nrs]?|ungelesen\w*|fehlerhafte?[nrs]?|niedrige?[nrs]?|geringe?[nrs]?|"
    r"qualität\w*|konfidenz|güte|misslungen\w*|probleme?n?"
)
READ = any_of(r"gelesen\w*|lesbar\w*|erkannt\w*|seiten?|sicherheit")
QUESTIONS = any_of(r"fragen|anfragen\s+an\s+das\s+system|nutzerfragen")
UNANSWERED = re.compile(
    r"\b(?:unbeantwortet\w*|unbeantwortbar\w*|nicht\s+(?:\w+\s+)?beantwortet\w*|"
    r"nicht\s+beantworten|ohne\s+(?:eine\s+)?antwort|keine\s+antwort|offen\s*geblieben|"
    r"nicht\s+belegt\w*)\b",
    re.IGNORECASE,
)
LEFT = any_of(r"blieben?|geblieben|bleiben|bekamen|bekommen|gestellte?[nr]?|endeten|häufig|oft")
SITTINGS = any_of(r"(?:ausschuss)?sitzung(?:en)?|gremiensitzung(?:en)?")
MINUTES = any_of(r"nieders?chrift(?:en)?|(?:sitzungs)?protokolle?n?")
LACKING = any_of(
    r"keine?[nr]?|fehlt|fehlen|fehlende?[nr]?|ohne|nicht(?:\s+(?:vor|da|erfasst|eingelesen))?|"
    r"steht\s+aus|stehen\s+aus|ausstehend\w*|aus|vor|vorliegt|vorliegen|liegt|liegen|dazu|leer"
)
GAP = any_of(r"keine?[nr]?|fehlt|fehlen|fehlende?[nr]?|ohne|nicht|steht|stehen|ausstehend\w*|leer")
MISSED = any_of(r"fehlen|fehlt|stehen|fehlende")
STILL = any_of(
    r"vergangene?[nr]?|zurückliegende?[nr]?|abgehaltene?[nr]?|bisherige?[nr]?|steht|stehen"
)
PAPERS = any_of(
    r"drucksachen?|vorlagen?|anträgen?|papieren?|vorgängen?|beratungen|tops?|"
    r"tagesordnungspunkten?|beschlüssen?"
)
KINDS = ((any_of(r"vorlagen?"), "vorlage"), (any_of(r"anträgen?"), "antrag"))
RESULT = any_of(r"ergebnis(?:se)?|beschlussergebnis(?:se)?|ergebnisvermerke?")
PAST = re.compile(
    r"\b(?:vorbei|vorüber|gelaufen|vergangen\w*|zurückliegend\w*|stattgefunden|"
    r"schon\s+(?:war|waren)|gewesen)\b",
    re.IGNORECASE,
)
SUBCLAUSE = any_of(
    r"obwohl|obgleich|wo|dass|deren|dessen|schon|längst|bereits|erfasst\w*|vermerkt\w*|eingetragen\w*"
)
FILLERS = frozenset(
    """
    aktuell alle allen aller alles also auch auflisten auflistung bei beim bisher bitte bräuchte
    brauche da dank danke das davon dem den denn der derzeit des die diese dir dort du eben eigene
    eigenen eigentlich ein eine einem einen einer einmal erstelle es etwa freundlichen geben gerade
    gerne gern gib gibt gibts grüßen guten habe haben hallo hat hatte hätte heraus hier hin ich im
    in index insgesamt ist jetzt können kannst könnten könntest liebe lieber liste listen mal mir
    mit möchte momentan morgen nenne nennen noch nun nur oder schon sehr sein sich sie sind so sowie
    system tag team überblick überhaupt übersicht um und uns unser unsere unserem unseren unserer
    verzeichnis vielen vom von vorhanden war waren was welche welchem welchen welcher welches wer
    werden wie wieviel wieviele viele wir wird wissen worden wurde wurden würde zeig zeige zeigen zu
    zum zur zurzeit damen herren geehrte kollegen administration admin bestand datenbestand
    für moin bleibt ergab gab konnte konnten liegt liegen warum wieso weshalb
    """.split()  # noqa: SIM905
)
YEAR = re.compile(
    r"\b(?P<w>seit|ab)?\s*(?:(?:im|in|aus|von)\s+)?(?:(?:dem\s+)?Jahr(?:e|es)?\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
