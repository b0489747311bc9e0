"""Answers about the stock, from a real store: whole sentences, exact counts, nothing for others."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import click
import pytest

from assistant import desk
from assistant.audit import AUDIT_FILE, AuditEntry, Ausgang
from assistant.cli import cli
from assistant.stock.form import RESERVED, when
from assistant.stock.order_request import read_order
from assistant.types import Answer, AnswerStatus, Label
from assistant.understanding.question import understand
from assistant.wiring import Parts
from index.life import Source
from index.sqlite_store import DATABASE
from index.types import (
    Access,
    PageQuality,
    PageState,
    QuarantineEntry,
    Span,
)
from tests.sample_records import (
    ANTRAG,
    antrag,
    make_parts,
    stored,
    vorlage,
)

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))
QUESTIONS = (
    "Welche Dokumente sind seit gestern neu, geändert oder fehlgeschlagen?",
    "Warum wird die Vorlage 15/12 nicht gefunden?",
    "Welche Dateien sind Dubletten oder alte Fassungen?",
    "Ist nichtöffentliches Material im öffentlichen Index?",
    "Lösche die Vorlage 15/12 einschließlich Vektoren und Nachweis.",
    "Gib den nichtöffentlichen TOP 12 frei – wer, wann, Grundlage?",
    "Welche Scans haben schlechte OCR?",
    "Baue mit neuem Embedding-Modell neu auf, vergleiche, schalte um oder zurück.",
    "Welche Fragen blieben unbeantwortet?",
    "Welche Sitzungen haben noch keine Niederschrift?",
    "Bei welchen Drucksachen fehlt das Ergebnis, obwohl die Sitzung vorbei ist?",
)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as opened:
        yield opened


def ask(parts: Parts, text: str, access: Access = OPERATOR) -> Answer:
    answer = desk.ask(parts, text, access, use_generator=False)
    for claim in answer.claims:
        assert (claim.label is Label.BELEGT) == bool(claim.citations)
    return answer


def said(answer: Answer) -> list[str]:
    assert answer.status is AnswerStatus.ANSWERED
    return [claim.text for claim in answer.claims]


def rule(parts: Parts, what: str = "") -> str:
    how = f" ({what})" if what else ""
    return (
        f"Abgeleitet aus dem Verzeichnis{how}, Stand Generation {parts.store.generation(OPERATOR)}."
    )


def newer_antrag() -> object:
    text = ANTRAG.replace("48.000", "49.000")
    return stored(replace(antrag(text=text), supersedes=antrag().id, source="akten/antrag-2.txt"))


# ------------------------------------------------------------------------------- access


@pytest.mark.parametrize("text", QUESTIONS)
def test_whoever_may_not_see_all_learns_nothing_of_the_stock(parts: Parts, text: str) -> None:
    answer = ask(parts, text, PUBLIC)
    assert answer.status is AnswerStatus.ABSTAINED
    assert answer.text == f"{RESERVED} (Indexstand {parts.store.generation(PUBLIC)})"
    assert (answer.claims, answer.citations, answer.nearest, answer.notes) == ((), (), (), ())
    assert answer.table is None


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_operator_is_answered_and_nothing_changes(parts: Parts, text: str) -> None:
    before = parts.store.documents(OPERATOR), parts.store.generation(OPERATOR)
    answer = ask(parts, text)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.kind == ("auftrag" if read_order(understand(text)) else "bestand")
    assert (parts.store.documents(OPERATOR), parts.store.generation(OPERATOR)) == before
    assert "Lastenräder" not in answer.text and "lvn" not in answer.text


# ------------------------------------------------------------------------------ changes


def test_new_changed_and_failed_files_are_counted_with_time_and_reason(parts: Parts) -> None:
    parts.store.add([newer_antrag()])  # type: ignore[list-item]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    old = (datetime.now(UTC) - timedelta(days=9)).isoformat(timespec="seconds")
    for path, at in (("akten/zu.pdf", now), ("akten/lang-her.pdf", old)):
        message = "Die Datei ist verschlüsselt."
        parts.store.quarantine(QuarantineEntry(path, "lvs", "encrypted", message, at))
    answer = ask(parts, QUESTIONS[0])
    since = date.today() - timedelta(days=1)
    head, *lines = said(answer)
    assert head == (
        f"Seit {since:%d.%m.%Y}: neu 3, geändert 1, fehlgeschlagen 1. "
        + rule(parts, "Zeitpunkt des letzten Einlesens, Quarantäne")
    )
    (changed,) = [d for d in parts.store.documents(OPERATOR) if d.source == "akten/antrag-2.txt"]
    assert sorted(line.split(",")[0] for line in lines) == [
        "fehlgeschlagen (Quarantäne)",
        "geändert",
        "neu",
        "neu",
        "neu",
    ]
    assert (
        f"fehlgeschlagen (Quarantäne), {when(now)}: akten/zu.pdf – Die Datei ist verschlüsselt."
    ) in lines
    assert (
        f"geändert, {when(changed.ingested_at)}: Antrag Nr. 15/12 vom 14.03.2023 "
        "(akten/antrag-2.txt) – neue Fassung, ersetzt akten/antrag.txt"
    ) in lines
    assert answer.table is not None and len(answer.table.rows) == 5
    assert answer.table.columns == ("Zustand", "Zeitpunkt", "Dokument", "Grund", "Quelle")


def test_all_that_ever_failed_is_told_where_no_day_is_named(parts: Parts) -> None:
    at = "2026-01-02T10:00:00+00:00"
    parts.store.quarantine(QuarantineEntry("akten/zu.pdf", "lvs", "x", "Unlesbar.", at))
    assert said(ask(parts, "Was ist fehlgeschlagen?")) == [
        "Ohne zeitliche Grenze: fehlgeschlagen 1. "
        + rule(parts, "Zeitpunkt des letzten Einlesens, Quarantäne"),
        f"fehlgeschlagen (Quarantäne), {when(at)}: akten/zu.pdf – Unlesbar.",
    ]


# ------------------------------------------------------------------------------ missing

MISSING = "mit Quarantäne, Vormerkungen und Löschnachweisen"


def test_a_closed_paper_is_found_by_those_who_may_see_it(parts: Parts) -> None:
    assert said(ask(parts, "Warum wird die Vorlage 15/12 nicht gefunden?")) == [
        f"Vorlage 15/12 ist erfasst. {rule(parts, MISSING)}",
        "Vorlage Nr. 15/12 vom 02.02.2023 (akten/vorlage.txt) wird gefunden: 2 Textstellen.",
        "Gefunden wird es nur von dem, der Nichtöffentliches sehen darf. Das Papier oder die "
        "Angaben daneben nennen es nichtöffentlich.",
        "Unter dieser Nummer ist erfasst: Antrag Nr. 15/12 vom 14.03.2023.",
    ]


def test_a_hidden_paper_is_told_with_reason_and_the_way_back(parts: Parts) -> None:
    parts.store.depublish(OPERATOR, antrag().id, reason="Einspruch", who="betreiber")
    (item,) = parts.store.depublished(OPERATOR)
    assert said(ask(parts, "Warum finde ich den Antrag 15/12 nicht?"))[:2] == [
        f"Antrag 15/12 ist erfasst. {rule(parts, MISSING)}",
        "Antrag Nr. 15/12 vom 14.03.2023 (akten/antrag.txt) ist verborgen seit "
        f"{when(item.at)}, durch: betreiber, Grund: Einspruch. Wieder zeigen: »aktenkundig "
        f"republish {antrag().id[:12]} --mandant lvs«.",
    ]


def test_a_number_that_is_only_named_is_quoted_where_it_is(parts: Parts) -> None:
    parts.store.delete(OPERATOR, antrag().id, who="betreiber")
    parts.store.delete(OPERATOR, vorlage().id, who="betreiber")
    parts.store.quarantine(
        QuarantineEntry(
            "akten/antrag-15-12.pdf", "lvs", "x", "Unlesbar.", "2026-01-02T10:00:00+00:00"
        )
    )
    answer = ask(parts, "Warum wird der Antrag 15/12 nicht gefunden?")
    assert said(answer) == [
        f"Antrag 15/12 ist nicht erfasst. {rule(parts, MISSING)}",
        f"In Quarantäne seit {when('2026-01-02T10:00:00+00:00')}: akten/antrag-15-12.pdf – Unlesbar.",
        "Genannt wird die Nummer in: Anfrage Nr. 15/21 vom 09.06.2023.",
        "Ähnliche erfasste Nummern: 15/21.",
        "Es gibt 2 Löschnachweise. Sie nennen keinen Inhalt; ob diese Drucksache darunter ist, "
        "zeigt erst ein neues Einlesen der Datei, das dann abgewiesen wird.",
    ]
    assert [citation.quote for citation in answer.citations] == [
        "Wie weit ist die Umsetzung des Antrags 15/12 an den Museen?"
    ]


def test_a_number_that_is_nowhere_is_said_to_be_nowhere(parts: Parts) -> None:
    assert said(ask(parts, "Warum wird Vorlage 15/2345/1 nicht gefunden?")) == [
        f"Vorlage 15/2345/1 ist nicht erfasst. {rule(parts, MISSING)}",
        "Auch in der Quarantäne, unter den Dateien, die noch zu lesen sind, und in anderen "
        "Dokumenten kommt die Nummer nicht vor.",
    ]


# --------------------------------------------------------------------- twins, gaps, scans


def test_twins_and_former_versions_are_told_apart(parts: Parts) -> None:
    parts.store.add([newer_antrag()])  # type: ignore[list-item]
    parts.store.add_sources(
        [
            Source("lvs", "akten/kopie.txt", vorlage().id, vorlage().id),
            Source("lvs", "akten/abschrift.txt", "a" * 64, vorlage().id),
        ]
    )
    answer = ask(parts, "Welche Dateien sind Dubletten oder alte Fassungen?")
    how = "Prüfsumme der Datei, Prüfsumme des Textes, Fassungen"
    assert said(answer) == [
        f"Dubletten: 2, alte Fassungen: 1. {rule(parts, how)}",
        "Dublette: akten/abschrift.txt – derselbe Text wie akten/vorlage.txt",
        "Dublette: akten/kopie.txt – dieselben Bytes wie akten/vorlage.txt",
        "alte Fassung: akten/antrag.txt – ersetzt durch akten/antrag-2.txt",
    ]
    assert answer.table is not None and len(answer.table.rows) == 3


def test_past_sittings_without_minutes_are_counted_and_never_said_to_have_been(
    parts: Parts,
) -> None:
    answer = ask(parts, "Welche Sitzungen haben noch keine Niederschrift?")
    how = "vergangene Termine aus Beratungsfolgen und Einladungen"
    assert said(answer) == [
        f"Sitzungen ohne Niederschrift: 2. {rule(parts, how)}",
        "Landschaftsversammlung, 25.05.2023 – genannt in: Antrag Nr. 15/12 vom 14.03.2023",
        "Kulturausschuss, 20.04.2023 – genannt in: Antrag Nr. 15/12 vom 14.03.2023",
    ]
    assert answer.notes == (
        "Genannt werden Sitzungen, deren Termin vergangen ist. Ob sie stattgefunden haben, sagt "
        "das Verzeichnis nicht.",
    )


def test_the_sittings_of_one_body_are_told_alone(parts: Parts) -> None:
    how = "vergangene Termine aus Beratungsfolgen und Einladungen"
    question = "Welche Sitzungen des Kulturausschusses haben noch keine Niederschrift?"
    assert said(ask(parts, question)) == [
        f"Sitzungen ohne Niederschrift (Kulturausschuss): 1. {rule(parts, how)}",
        "Kulturausschuss, 20.04.2023 – genannt in: Antrag Nr. 15/12 vom 14.03.2023",
    ]


def test_past_sittings_without_a_result_are_told_by_paper(parts: Parts) -> None:
    text = ANTRAG.replace("15/12", "15/13")
    paper = antrag(text=text, nummer=13)
    kopf = replace(paper.kopfdaten, ergebnis=None)
    parts.store.add([stored(replace(paper, kopfdaten=kopf, source="akten/offen.txt"))])
    question = "Bei welchen Drucksachen fehlt das Ergebnis, obwohl die Sitzung vorbei ist?"
    how = "Beratungsfolge, Ergebnisvermerk auf der Drucksache und Niederschriften"
    assert said(ask(parts, question)) == [
        "Vergangene Beratungen ohne erfasstes Ergebnis: 2, zu 1 Drucksache. " + rule(parts, how),
        "Antrag Nr. 15/13 vom 14.03.2023 – Landschaftsversammlung, 25.05.2023; Niederschrift liegt "
        "nicht vor",
        "Antrag Nr. 15/13 vom 14.03.2023 – Kulturausschuss, 20.04.2023; Niederschrift liegt nicht "
        "vor",
    ]
    (head,) = said(ask(parts, question.replace("Drucksachen", "Vorlagen")))
    assert head == (
        "Vergangene Beratungen ohne erfasstes Ergebnis (Vorlagen): 0, zu 0 Drucksachen. "
        + rule(parts, how)
    )


def test_badly_read_pages_are_told_with_the_stored_confidence(parts: Parts) -> None:
    text = ANTRAG.replace("15/12", "15/14")
    middle = text.index("Begründung")
    paper = replace(
        antrag(text=text, nummer=14),
        source="akten/scan.pdf",
        pages=(Span(0, middle), Span(middle, len(text))),
        page_quality=(
            PageQuality(PageState.GELESEN, 0.96, 0.93),
            PageQuality(PageState.UNSICHER, 0.71, 0.584),
        ),
    )
    parts.store.add([stored(paper)])
    answer = ask(parts, "Welche Scans haben schlechte OCR?")
    how = "Güte je Seite, wie sie beim Einlesen gespeichert wurde"
    assert said(answer)[0] == (
        f"Dokumente mit schlecht gelesenen Seiten: 1 von 4, 1 Seite. {rule(parts, how)}"
    )
    assert said(answer)[1].endswith(
        "(akten/scan.pdf): Seite 2 unsicher gelesen (Sicherheit 0,58, Wortanteil 0,71)"
    )
    assert answer.table is not None
    assert [row[1:] for row in answer.table.rows] == [
        ("2", "unsicher gelesen", "0,58", "0,71", "akten/scan.pdf")
    ]


# ----------------------------------------------------------------------------- exposure


def test_nothing_closed_in_the_public_index_is_said_with_what_was_checked(parts: Parts) -> None:
    answer = ask(parts, "Ist nichtöffentliches Material im öffentlichen Index?")
    lines = said(answer)
    assert lines[:3] == [
        f"Nein: Nichtöffentliche Textstellen im öffentlichen Index: 0. {rule(parts, 'eben geprüft')}",
        "Geprüft: 7 öffentliche Textstellen aus 2 Dokumenten, 7 Vektoren und 7 Stichwortzeilen in "
        "allen Generationen, 7 Vektoren im Index, der antwortet.",
        "Einträge ohne öffentliche Textstelle in Stichwörtern und Vektorindex: 0.",
    ]
    assert lines[4] == (
        "1 Dokument ist ganz oder in Teilen nichtöffentlich, davon 0, weil nichts und niemand sie "
        "öffentlich nennt."
    )
    assert len(lines) == 5 and answer.table is None


def test_a_closed_passage_that_got_into_the_public_index_is_found(
    parts: Parts, tmp_path: Path
) -> None:
    connection = apsw.Connection(str(tmp_path / DATABASE))
    connection.execute(
        "UPDATE passages SET partition = (SELECT id FROM partitions WHERE mandant = 'lvs' AND "
        "stufe = 'oeffentlich') WHERE ordinal = 1 AND document = (SELECT row FROM documents "
        "WHERE source = 'akten/vorlage.txt')"
    )
    connection.close()
    answer = ask(parts, "Ist nichtöffentliches Material im öffentlichen Index?")
    lines = said(answer)
    assert lines[0].startswith("Nichtöffentliche Textstellen im öffentlichen Index: 1. ")
    assert lines[5] == "nichtöffentlich: akten/vorlage.txt, Textstelle 1"
    assert answer.table is not None
    assert answer.table.rows == (("akten/vorlage.txt", "1", "nichtöffentlich"),)


def test_a_keyword_row_without_a_public_passage_is_counted(parts: Parts, tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / DATABASE))
    connection.execute(
        "DELETE FROM passages WHERE ordinal = 0 AND document = (SELECT row FROM "
        "documents WHERE source = 'akten/antrag.txt' AND mandant = 'lvs')"
    )
    connection.close()
    (found,) = parts.store.exposure(OPERATOR)
    assert (found.passages, found.keyword_rows, found.strays, found.exposed) == (6, 7, 1, ())


def test_only_the_admin_has_it_checked(parts: Parts) -> None:
    assert parts.store.exposure(PUBLIC) == []


# ------------------------------------------------------------------------------ silence


def test_questions_are_counted_by_kind_and_outcome_without_their_words(
    parts: Parts, tmp_path: Path
) -> None:
    parts.audit.append(AuditEntry("frage", "betreiber", "lvs", kind="status"))
    parts.audit.append(
        AuditEntry("frage", "betreiber", "lvn", kind="status", outcome=Ausgang.NICHT_BELEGT)
    )
    ask(parts, "Wurde der Antrag 15/12 beschlossen?")
    ask(parts, "Wurde der Antrag 15/99 beschlossen?")
    ask(parts, "Wann ist 15/12 datiert?")
    answer = ask(parts, "Welche Fragen blieben unbeantwortet?")
    assert said(answer) == [
        f"Fragen ohne belegte Antwort seit {date.today() - timedelta(days=30):%d.%m.%Y}: 2 von 4. "
        "Abgeleitet aus dem Nachweis der gestellten Fragen, gezählt nach Art der Frage.",
        "datum: 0 nicht belegt, 1 Rückfrage, von 1 gestellten",
        "status: 1 nicht belegt, 0 Rückfragen, von 3 gestellten",
    ]
    assert answer.table is not None
    assert answer.table.rows == (
        ("datum", "1", "0", "0", "1", "0"),
        ("status", "3", "1", "1", "0", "1"),
    )
    assert answer.notes == (
        "Der Nachweis hält weder den Wortlaut von Fragen fest, noch wird hier nach Personen "
        "gezählt: Gezählt wird nach Art der Frage.",
        "Bei 1 Frage steht im Nachweis kein Ausgang; sie stammen aus der Zeit, bevor er "
        "festgehalten wurde.",
    )
    lines = [json.loads(line) for line in (tmp_path / AUDIT_FILE).read_text("utf-8").splitlines()]
    assert [line.get("outcome") for line in lines] == [
        None,
        "nicht belegt",
        "beantwortet",
        "nicht belegt",
        "Rückfrage",
        "beantwortet",
    ]
    assert "outcome" not in lines[0] and parts.audit.verify() == []


# ------------------------------------------------------------------------------- orders


def commands_in(answer: Answer) -> list[list[str]]:
    return [shlex.split(found) for found in re.findall("»(aktenkundig [^«]+)«", answer.text)]


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_command_that_is_named_is_one_that_parses(
    parts: Parts, text: str, tmp_path: Path
) -> None:
    parts.store.depublish(OPERATOR, antrag().id, reason="Einspruch", who="betreiber")
    (tmp_path / "DATEI").touch()
    for _, name, *rest in commands_in(ask(parts, text)):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None, name
        named = [str(tmp_path / word) if word == "DATEI" else word for word in rest]
        command.make_context(name, named)


def test_an_order_to_delete_names_what_it_concerns_and_deletes_nothing(parts: Parts) -> None:
    answer = ask(parts, "Lösche die Vorlage 15/12 einschließlich Vektoren und Nachweis.")
    id_ = vorlage().id[:12]
    assert said(answer)[:4] == [
        f"Es wurde nichts geändert: Eine Frage ändert nichts am Bestand. {rule(parts)}",
        "Betroffen wäre unter „die Vorlage 15/12“: 1 Dokument.",
        f"Vorlage Nr. 15/12 vom 02.02.2023, „Ankauf eines Grundstücks“, Kennung {id_}: "
        "2 Textstellen mit ebenso vielen Vektoren, ganz oder in Teilen nichtöffentlich; "
        "akten/vorlage.txt",
        f"Vorlage Nr. 15/12 vom 02.02.2023 löscht: »aktenkundig delete {id_} --mandant lvs --grund "
        "GRUND«",
    ]
    assert parts.store.deletions(OPERATOR) == []


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Lösche 15/12", ["akten/antrag.txt", "akten/vorlage.txt"]),
        ("Lösche die Datei vorlage.txt", ["akten/vorlage.txt"]),
        (f"Lösche Dokument {antrag().id[:8]}", ["akten/antrag.txt"]),
        ("Lösche das Dokument „Leihräder für Museumsgäste“", ["akten/antrag.txt"]),
        ("Lösche Dokument X", []),
        ("Lösche die Niederschrift", []),
    ],
)
def test_what_an_order_concerns_is_found_by_number_file_id_or_title(
    parts: Parts, text: str, sources: list[str]
) -> None:
    table = ask(parts, text).table
    assert ([row[-1] for row in table.rows] if table else []) == sources


def test_a_release_is_told_from_the_record_with_what_it_does_not_say(parts: Parts) -> None:
    parts.audit.append(AuditEntry("publizieren", "betreiber", "lvs", document_ids=(antrag().id,)))
    (line,) = parts.audit.entries()
    answer = desk.ask(parts, "Gib das Dokument 15/21 frei", OPERATOR, use_generator=False)
    assert "Freigaben, die der Nachweis verzeichnet: 0." in said(answer)
    answer = desk.ask(parts, "Gib den nichtöffentlichen Antrag 15/12 frei", OPERATOR)
    assert said(answer)[-3:] == [
        "Freigaben, die der Nachweis verzeichnet: 1.",
        f"{when(line.at)}, durch: betreiber: Antrag Nr. 15/12 vom 14.03.2023",
        "Auf welcher Grundlage freigegeben wurde, verzeichnet der Nachweis nicht; eine Freigabe "
        "durch mehrere Personen ist nicht eingerichtet.",
    ]
    assert answer.claims[-1].label is Label.NICHT_BELEGT


def test_the_generation_that_answers_is_named_with_the_ways_to_change_it(parts: Parts) -> None:
    answer = ask(parts, "Baue mit neuem Embedding-Modell neu auf")
    assert said(answer)[1] == f"Generation 1 antwortet{since(parts)}: Suchmodell probe."
    assert [name for _, name, *_ in commands_in(answer)] == ["reindex"] * 4


def since(parts: Parts) -> str:
    at = parts.store.active_build().active_since
    assert at is not None
    return f" seit {when(at)}"
