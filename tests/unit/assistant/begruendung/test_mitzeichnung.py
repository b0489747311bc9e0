"""Signatures under a draft: for the version that was read, with name and day, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.begruendung.mitzeichnung import (
    Mitzeichnung,
    Stand,
    Zeichen,
    Zeile,
    is_complete,
    sign,
    signatures,
    standing,
    stellen,
)
from assistant.begruendung.versions import list_versions, undo, write_version
from assistant.errors import InputInvalid
from assistant.hausregeln import Hausregeln
from tests.unit.assistant.begruendung.drafted import draft, rules

AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
KAEMMEREI = Mitzeichnung("Kämmerei", Zeichen.MITGEZEICHNET, "K. Kern", date(2026, 3, 6), 1)
RECHT = Mitzeichnung("Rechtsamt", Zeichen.MITGEZEICHNET, "R. Roth", date(2026, 3, 7), 1)


def two_offices() -> Hausregeln:
    wanted = [a for a in rules().abschnitte if a.schluessel in ("rechtsgrundlage", "finanzen")]
    return replace(rules(), abschnitte=tuple(wanted))


def write(home: Path, *titles: str) -> None:
    for titel in titles:
        write_version(home, "leihraeder", draft(titel=titel), author="M. Muster", at=AT)


def lines(home: Path) -> tuple[Zeile, ...]:
    signed = signatures(home, "lvs", "leihraeder")
    return standing(two_offices(), signed, list_versions(home, "lvs", "leihraeder"))


def test_who_signs_stands_once_in_the_order_of_the_sections() -> None:
    assert stellen(rules()) == (
        "federführendes Dezernat",
        "Rechtsamt",
        "Kämmerei",
        "Stabsstelle Inklusion",
        "Gleichstellungsbeauftragte",
        "Klimaschutzmanagement",
        "Datenschutzbeauftragte",
        "Gremienbüro",
    )


def test_a_draft_is_complete_when_everybody_signed_its_last_version(tmp_path: Path) -> None:
    write(tmp_path, "A")
    assert lines(tmp_path) == (
        Zeile("Rechtsamt", Stand.OFFEN, None),
        Zeile("Kämmerei", Stand.OFFEN, None),
    )
    assert not is_complete(lines(tmp_path))
    sign(tmp_path, "lvs", "leihraeder", KAEMMEREI)
    assert lines(tmp_path) == (
        Zeile("Rechtsamt", Stand.OFFEN, None),
        Zeile("Kämmerei", Stand.GEZEICHNET, KAEMMEREI),
    )
    assert not is_complete(lines(tmp_path))
    sign(tmp_path, "lvs", "leihraeder", RECHT)
    assert is_complete(lines(tmp_path))
    assert signatures(tmp_path, "lvs", "leihraeder") == (KAEMMEREI, RECHT)


def test_other_words_ask_again_and_the_same_words_do_not(tmp_path: Path) -> None:
    write(tmp_path, "A")
    sign(tmp_path, "lvs", "leihraeder", KAEMMEREI)
    sign(tmp_path, "lvs", "leihraeder", RECHT)
    write(tmp_path, "B")
    assert lines(tmp_path) == (
        Zeile("Rechtsamt", Stand.UEBERHOLT, RECHT),
        Zeile("Kämmerei", Stand.UEBERHOLT, KAEMMEREI),
    )
    assert not is_complete(lines(tmp_path))
    undo(tmp_path, "lvs", "leihraeder", author="M. Muster", at=AT)
    assert is_complete(lines(tmp_path))


def test_the_last_signature_of_a_stelle_counts_and_the_earlier_one_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "A")
    refused = replace(KAEMMEREI, zeichen=Zeichen.ABGELEHNT, vermerk="Kosten fehlen.")
    sign(tmp_path, "lvs", "leihraeder", RECHT)
    sign(tmp_path, "lvs", "leihraeder", refused)
    assert lines(tmp_path)[1] == Zeile("Kämmerei", Stand.GEZEICHNET, refused)
    assert not is_complete(lines(tmp_path))
    sign(tmp_path, "lvs", "leihraeder", KAEMMEREI)
    assert is_complete(lines(tmp_path))
    assert signatures(tmp_path, "lvs", "leihraeder") == (RECHT, refused, KAEMMEREI)


def test_who_signs_unasked_stands_at_the_end_and_counts(tmp_path: Path) -> None:
    write(tmp_path, "A")
    unasked = replace(
        KAEMMEREI, stelle="Fachbereich IT", zeichen=Zeichen.MIT_AUFLAGEN, vermerk="Nur mit Netz."
    )
    for one in (KAEMMEREI, RECHT, unasked):
        sign(tmp_path, "lvs", "leihraeder", one)
    assert [line.stelle for line in lines(tmp_path)] == ["Rechtsamt", "Kämmerei", "Fachbereich IT"]
    assert not is_complete(lines(tmp_path))


def test_without_anybody_to_sign_nothing_is_complete() -> None:
    assert standing(replace(rules(), abschnitte=()), (), ()) == ()
    assert not is_complete(())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            replace(KAEMMEREI, name=" "),
            "Zur Mitzeichnung gehören die Stelle und der Name, bitte beide angeben.",
        ),
        (
            replace(KAEMMEREI, stelle=""),
            "Zur Mitzeichnung gehören die Stelle und der Name, bitte beide angeben.",
        ),
        (
            replace(KAEMMEREI, zeichen=Zeichen.ABGELEHNT),
            "Wer Auflagen macht oder nicht mitzeichnet, sagt bitte im Vermerk, weshalb.",
        ),
        (
            replace(KAEMMEREI, zeichen=Zeichen.MIT_AUFLAGEN, vermerk=" "),
            "Wer Auflagen macht oder nicht mitzeichnet, sagt bitte im Vermerk, weshalb.",
        ),
        (replace(KAEMMEREI, fassung=2), "Fassung 2 von »leihraeder« gibt es nicht."),
    ],
)
def test_a_signature_that_says_too_little_is_not_kept(
    tmp_path: Path, wrong: Mitzeichnung, message: str
) -> None:
    write(tmp_path, "A")
    with pytest.raises(InputInvalid) as refused:
        sign(tmp_path, "lvs", "leihraeder", wrong)
    assert str(refused.value) == message
    assert signatures(tmp_path, "lvs", "leihraeder") == ()


def test_a_damaged_signature_is_named(tmp_path: Path) -> None:
    write(tmp_path, "A")
    sign(tmp_path, "lvs", "leihraeder", KAEMMEREI)
    folder = tmp_path / "entwuerfe" / "lvs" / "leihraeder"
    (folder / "mitzeichnung-0001.json").write_bytes(b"{}")
    with pytest.raises(InputInvalid) as refused:
        signatures(tmp_path, "lvs", "leihraeder")
    assert str(refused.value) == (
        "Eine Mitzeichnung zu »leihraeder« ist beschädigt und lässt sich nicht lesen."
    )
