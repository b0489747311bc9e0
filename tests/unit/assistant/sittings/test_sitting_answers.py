"""Answers about sittings: from minutes alone, plans apart, nothing closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.types import Answer, AnswerStatus, Label
from assistant.wiring import Parts
from index.types import (
    Access,
    Document,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.papers.outcomes import read_outcome
from ingest.papers.votes import read_votes
from tests.sample_records import document, find, make_parts, read, stored

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))
OPEN, CLOSED = Schutzstufe.OEFFENTLICH, Schutzstufe.NICHTOEFFENTLICH

Top = tuple[str, str, str, Schutzstufe]


def minutes(day: date, tops: tuple[Top, ...], art: str = "Niederschrift") -> Document:
    """Minutes of the Kulturausschuss with one vote for each item that has words for it."""
    head = f"{art}\nKulturausschuss\n{day:%d.%m.%Y}\n"
    text, sections, votes = head, [], []
    for number, title, said, stufe in tops:
        start = len(text)
        heading = Span(start, start + len(f"TOP {number} {title}"))
        text += f"TOP {number} {title}\n"
        if said:
            span = Span(len(text), len(text) + len(said))
            ergebnis = Ergebnis(said, read_outcome(said), span, read_votes(said))
            named = (Drucksachennummer.of(15, 12),) if "15/12" in title else ()
            votes.append(TopBeschluss(number, title, named, span, ergebnis, stufe))
            text += f"{said}\n"
        title = f"TOP {number} {title}"
        whole = Span(start, len(text))
        sections.append(Section(SectionKind.TOP, title, 1, whole, heading, stufe))
    kopf = Kopfdaten(
        art=read(text, art, art),
        gremium=read(text, "Kulturausschuss", "Kulturausschuss"),
        datum=Reading(day, find(text, f"{day:%d.%m.%Y}")),
        beschluesse=tuple(votes),
    )
    source = f"akten/{art.lower()}-{day}.txt"
    paper = document(text, source, "lvs", OPEN, kopf, f"{art} Kulturausschuss")
    parts = (Section(SectionKind.KOPF, "Kopf", 1, Span(0, len(head)), Span(0, 0), OPEN), *sections)
    return replace(paper, sections=parts)


EARLY = minutes(
    date(2023, 4, 20),
    (
        ("1", "Lange Nacht der Museen", "einstimmig abgelehnt", OPEN),
        (
            "2",
            "Antrag Nr. 15/12",
            "mehrheitlich beschlossen Ja: 7 (CDU, SPD), Nein: 2 (FDP), Enthaltung: 1 (GRÜNE)",
            OPEN,
        ),
        ("3", "Personalsache", "mehrheitlich beschlossen Ja: 6, Nein: 4, Enthaltung: 0", CLOSED),
        ("4", "Bericht", "Der Bericht wird zur Kenntnis genommen.", OPEN),
    ),
)
LATE = minutes(
    date(2023, 9, 7),
    (
        ("1", "Sachstand Leihräder", "von der Tagesordnung abgesetzt", OPEN),
        ("2", "Lange Nacht der Museen", "vertagt", OPEN),
    ),
)
INVITED = minutes(date(2023, 11, 9), (("5", "Lange Nacht der Museen", "", OPEN),), "Einladung")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    wired = make_parts(tmp_path)
    wired.store.add([stored(EARLY), stored(LATE), stored(INVITED)])
    yield wired
    wired.store.close()


def ask(parts: Parts, text: str, access: Access = OPERATOR) -> Answer:
    return answer_question(parts, text, access, use_generator=False)


def told(answer: Answer) -> list[tuple[str, Label]]:
    return [(claim.text, claim.label) for claim in answer.claims]


def test_the_last_sitting_is_that_of_minutes_and_an_invitation_is_only_a_plan(
    parts: Parts,
) -> None:
    answer = ask(parts, "Wann wurde zuletzt über die Lange Nacht der Museen beraten?")
    assert (answer.kind, answer.status) == ("sitzung", AnswerStatus.ANSWERED)
    assert told(answer) == [
        (
            "Zuletzt laut Niederschrift: Kulturausschuss am 07.09.2023, TOP 2 „Lange Nacht der "
            "Museen“.",
            Label.ABGELEITET,
        ),
        ("Verzeichnet ist dort: „vertagt“", Label.BELEGT),
        (
            "Regel: „Lange“ und „Nacht“ und „Museen“ im Tagesordnungspunkt einer Niederschrift "
            "oder in Titel, Betreff oder Beschlussvorschlag einer Drucksache, die dort behandelt "
            "wurde. Durchgesehene Niederschriften: 2; passende Punkte: 2.",
            Label.ABGELEITET,
        ),
        (
            "Nur vorgesehen, ohne Niederschrift: Kulturausschuss am 09.11.2023 (Einladung, TOP 5 "
            "„Lange Nacht der Museen“).",
            Label.BELEGT,
        ),
    ]
    assert answer.table is not None
    assert [row[:4] for row in answer.table.rows] == [
        ("2023-09-07", "Kulturausschuss", "2", "Lange Nacht der Museen"),
        ("2023-04-20", "Kulturausschuss", "1", "Lange Nacht der Museen"),
    ]
    for citation in answer.citations:
        source = next(d for d in (EARLY, LATE, INVITED) if d.id == citation.document_id)
        assert citation.quote == citation.span.cut(source.text)


def test_the_first_sitting_is_the_other_end(parts: Parts) -> None:
    answer = ask(parts, "Wann ging es zum ersten Mal um die Lange Nacht der Museen?")
    assert answer.claims[0].text == (
        "Zuerst laut Niederschrift: Kulturausschuss am 20.04.2023, TOP 1 „Lange Nacht der Museen“."
    )
    assert len(answer.claims) == 3


def test_a_paper_brings_its_topic_to_the_item_and_what_was_taken_off_does_not_count(
    parts: Parts,
) -> None:
    answer = ask(parts, "Wann wurde im Kulturausschuss zuletzt über Leihräder beraten?")
    assert told(answer) == [
        (
            "Zuletzt laut Niederschrift: Kulturausschuss am 20.04.2023, TOP 2 „Antrag Nr. 15/12“.",
            Label.ABGELEITET,
        ),
        (
            "Dort behandelt: Antrag Nr. 15/12 vom 14.03.2023; das Thema steht im Titel.",
            Label.ABGELEITET,
        ),
        (
            "Verzeichnet ist dort: „mehrheitlich beschlossen Ja: 7 (CDU, SPD), Nein: 2 (FDP), "
            "Enthaltung: 1 (GRÜNE)“",
            Label.BELEGT,
        ),
        (
            "Regel: „Leihräder“ (auch „Leihfahrrad“, „Mietrad“, „Fahrradverleih“) im "
            "Tagesordnungspunkt einer Niederschrift oder in Titel, Betreff oder "
            "Beschlussvorschlag einer Drucksache, die dort behandelt wurde. Durchgesehene "
            "Niederschriften: 2; passende Punkte: 2.",
            Label.ABGELEITET,
        ),
        (
            "Nicht mitgezählt, weil von der Tagesordnung abgesetzt: Kulturausschuss am "
            "07.09.2023, TOP 1 „Sachstand Leihräder“.",
            Label.BELEGT,
        ),
    ]


def test_a_closed_item_is_known_to_nobody_who_may_not_see_it(parts: Parts) -> None:
    text = "Wann ging es zuletzt um die Personalsache?"
    assert ask(parts, text).claims[0].text == (
        "Zuletzt laut Niederschrift: Kulturausschuss am 20.04.2023, TOP 3 „Personalsache“."
    )
    hidden = ask(parts, text, PUBLIC)
    assert hidden.status is AnswerStatus.ABSTAINED and hidden.nearest == ()
    assert hidden.abstained_because == ask(
        parts, text.replace("Personalsache", "Personalsachf"), PUBLIC
    ).abstained_because.replace("Personalsachf", "Personalsache")  # type: ignore[union-attr]


def test_every_vote_of_a_sitting_that_has_what_is_asked_for_is_told(parts: Parts) -> None:
    answer = ask(parts, "Wer hat im Kulturausschuss am 20.04.2023 dagegen gestimmt?")
    assert (answer.kind, answer.status) == ("abstimmung", AnswerStatus.ANSWERED)
    assert told(answer) == [
        (
            "Niederschrift Kulturausschuss am 20.04.2023: Gegenstimmen verzeichnet bei 3 von 3 "
            "Abstimmungen.",
            Label.ABGELEITET,
        ),
        (
            "Gegenstimmen nach dem Wortlaut: TOP 1: alle abgegebenen (einstimmig); TOP 2: 2 "
            "(FDP); TOP 3: 4 (ohne Angabe, wer).",
            Label.ABGELEITET,
        ),
        ("TOP 1 „Lange Nacht der Museen“: „einstimmig abgelehnt“", Label.BELEGT),
        (
            "TOP 2 „Antrag Nr. 15/12“: „mehrheitlich beschlossen Ja: 7 (CDU, SPD), Nein: 2 "
            "(FDP), Enthaltung: 1 (GRÜNE)“",
            Label.BELEGT,
        ),
        (
            "TOP 3 „Personalsache“: „mehrheitlich beschlossen Ja: 6, Nein: 4, Enthaltung: 0“",
            Label.BELEGT,
        ),
        ("Ergebnis ohne Stimmverhalten verzeichnet: TOP 4 „Bericht“.", Label.ABGELEITET),
    ]
    assert answer.table is not None
    assert [row[2:8] for row in answer.table.rows][1] == (
        "2",
        "Antrag Nr. 15/12",
        "mehrheitlich beschlossen Ja: 7 (CDU, SPD), Nein: 2 (FDP), Enthaltung: 1 (GRÜNE)",
        "7 (CDU, SPD)",
        "2 (FDP)",
        "1 (GRÜNE)",
    )


def test_closed_votes_are_neither_told_nor_counted(parts: Parts) -> None:
    answer = ask(parts, "Gab es im Kulturausschuss am 20.04.2023 Gegenstimmen?", PUBLIC)
    assert answer.claims[0].text == (
        "Niederschrift Kulturausschuss am 20.04.2023: Gegenstimmen verzeichnet bei 2 von 2 "
        "Abstimmungen."
    )
    assert answer.table is not None and [row[2] for row in answer.table.rows] == ["1", "2"]
    assert "Personal" not in repr(answer)


def test_what_a_record_leaves_open_is_not_taken_for_no(parts: Parts) -> None:
    answer = ask(parts, "Gab es im Kulturausschuss am 20.04.2023 Enthaltungen?")
    assert [claim.text for claim in answer.claims] == [
        "Niederschrift Kulturausschuss am 20.04.2023: Enthaltungen verzeichnet bei 1 von 3 "
        "Abstimmungen.",
        "Enthaltungen nach dem Wortlaut: TOP 2: 1 (GRÜNE).",
        "TOP 2 „Antrag Nr. 15/12“: „mehrheitlich beschlossen Ja: 7 (CDU, SPD), Nein: 2 (FDP), "
        "Enthaltung: 1 (GRÜNE)“",
        "Nach der Niederschrift ohne Enthaltungen: TOP 3 „Personalsache“.",
        "Offen lässt die Niederschrift Enthaltungen: TOP 1 „Lange Nacht der Museen“.",
        "Ergebnis ohne Stimmverhalten verzeichnet: TOP 4 „Bericht“.",
    ]


def test_a_sitting_without_minutes_is_said_to_have_been_planned_only(parts: Parts) -> None:
    answer = ask(parts, "Wer hat in der Landschaftsversammlung am 25.05.2023 dagegen gestimmt?")
    assert (answer.kind, answer.status) == ("abstimmung", AnswerStatus.ABSTAINED)
    assert answer.abstained_because == (
        "Landschaftsversammlung am 25.05.2023: Es liegt keine Niederschrift vor. Vorgesehen war "
        "eine Sitzung: Landschaftsversammlung, laut Antrag Nr. 15/12 vom 14.03.2023."
    )
    assert [c.quote for c in answer.nearest] == [
        "Antrag Nr. 15/12",
        "Datum: 14.03.2023",
        "Landschaftsversammlung 25.05.2023 Beschluss",
    ]
    answer = ask(parts, "Wie wurde im Kulturausschuss am 01.05.2023 abgestimmt?")
    assert answer.abstained_because == (
        "Kulturausschuss am 01.05.2023: Es liegt keine Niederschrift vor. Niederschriften dieses "
        "Gremiums liegen vor vom: 20.04.2023, 07.09.2023."
    )


def test_the_vote_of_a_body_on_a_matter_comes_from_its_minutes(parts: Parts) -> None:
    answer = ask(parts, "Wie endete die Abstimmung über die Leihräder im Kulturausschuss?")
    assert [claim.text for claim in answer.claims][:2] == [
        "Niederschrift Kulturausschuss am 20.04.2023; Kulturausschuss am 07.09.2023: eine "
        "Abstimmung mit Stimmverhalten verzeichnet.",
        "Kulturausschuss am 20.04.2023, TOP 2 „Antrag Nr. 15/12“: „mehrheitlich beschlossen Ja: "
        "7 (CDU, SPD), Nein: 2 (FDP), Enthaltung: 1 (GRÜNE)“",
    ]
    answer = ask(
        parts, "Wie endete die Abstimmung über die Leihräder in der Landschaftsversammlung?"
    )
    assert answer.status is AnswerStatus.ABSTAINED
    assert answer.abstained_because == (
        "Die Niederschriften (Landschaftsversammlung) verzeichnen keine Abstimmung zu "
        "„Leihräder“. Nur vorgesehen, ohne Niederschrift: Landschaftsversammlung am 25.05.2023 "
        "(Antrag Nr. 15/12 vom 14.03.2023)."
    )


def test_how_a_fraktion_voted_is_told_item_by_item(parts: Parts) -> None:
    answer = ask(parts, "Wie hat die FDP am 20.04.2023 im Kulturausschuss gestimmt?")
    assert told(answer)[1] == (
        "FDP nach dem Wortlaut: TOP 1: nicht genannt; TOP 2: dagegen; TOP 3: nicht genannt.",
        Label.ABGELEITET,
    )


def test_a_vote_that_nothing_names_is_asked_for(parts: Parts) -> None:
    answer = ask(parts, "Wer hat im Kulturausschuss dagegen gestimmt?")
    assert answer.status is AnswerStatus.CLARIFY
    assert "Welche Abstimmung ist gemeint?" in answer.text


def test_one_item_of_a_sitting_is_told_alone_with_or_without_a_vote(parts: Parts) -> None:
    answer = ask(parts, "Was wurde unter TOP 4 am 20.04.2023 beschlossen?")
    assert answer.status is AnswerStatus.ANSWERED
    assert [text for text, label in told(answer) if label is Label.BELEGT] == [
        "TOP 4 „Bericht“: „Der Bericht wird zur Kenntnis genommen.“"
    ]


def test_an_item_that_the_minutes_do_not_have_is_said_to_be_missing(parts: Parts) -> None:
    answer = ask(parts, "Wie lautet der Beschluss zu TOP 17 der Sitzung vom 20.04.2023?")
    assert answer.status is AnswerStatus.ABSTAINED
    assert "verzeichnet keinen TOP 17" in answer.text
