"""Twelve Aufträge over the sample corpus, held against an oracle of its own.

The oracle shares no code with the checks of a draft: it reads figures as runs of digits and quotes
between quotation marks, and looks for them in the words of the cited sources.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.begruendung.auftrag import read_auftrag
from assistant.begruendung.drafting import draft
from assistant.begruendung.types import Absatz, Entwurf, Herkunft
from assistant.hausregeln import read_hausregeln
from index.store import Store, open_store
from index.types import Access, Schutzstufe, SectionKind
from tests.integration.rewriting_oracle import line, quotes_in

AUFTRAEGE = sorted((Path(__file__).parents[1] / "begruendung" / "auftraege").glob("*.toml"))
CLOSED = "lvs-intern"
PLACEHOLDER = re.compile(r"\[(?:Angabe fehlt|prüfen): [^\[\]]+\]")
DIGITS = re.compile(r"\d[\d.,/]*")


@pytest.fixture(scope="module")
def store(sample_home: Path) -> Iterator[Store]:
    opened = open_store(sample_home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def drafts(store: Store) -> dict[str, Entwurf]:
    found = {}
    for path in AUFTRAEGE:
        mandant = path.name[:3]
        found[path.stem] = draft(store, Access.operator(mandant), read_auftrag(path, mandant))
    return found


def paragraphs(entwurf: Entwurf) -> list[Absatz]:
    return [absatz for section in entwurf.abschnitte for absatz in section.absaetze]


def digits_in(text: str) -> list[str]:
    return [found.rstrip(".,/") for found in DIGITS.findall(text)]


def test_there_are_twelve_auftraege_of_both_mandanten() -> None:
    assert len(AUFTRAEGE) == 12
    assert Counter(path.name[:3] for path in AUFTRAEGE) == {"lvs": 11, "lvn": 1}


def test_each_section_of_the_template_stands_in_its_order_with_a_paragraph(
    drafts: dict[str, Entwurf],
) -> None:
    for entwurf in drafts.values():
        template = read_hausregeln(None, entwurf.mandant).abschnitte
        assert tuple(section.abschnitt for section in entwurf.abschnitte) == template
        assert len(template) == 13
        assert all(section.absaetze for section in entwurf.abschnitte)


def unborne(absatz: Absatz, cited: list[str]) -> list[str]:
    """The figures and quotes of a paragraph that none of the cited words hold."""
    held = {figure for quote in cited for figure in digits_in(quote)}
    figures = [figure for figure in digits_in(absatz.text) if figure not in held]
    quotes = [q for q in quotes_in(absatz.text) if not any(line(q) in quote for quote in cited)]
    return [*figures, *quotes]


def test_each_figure_and_quote_stands_in_the_cited_words_or_is_a_placeholder(
    drafts: dict[str, Entwurf],
) -> None:
    looked_at: Counter[str] = Counter()
    faults = []
    for entwurf in drafts.values():
        quotes = {citation.number: line(citation.quote) for citation in entwurf.citations}
        for absatz in paragraphs(entwurf):
            if absatz.herkunft in (Herkunft.EIGEN, Herkunft.PLATZHALTER):
                continue
            looked_at["figures"] += len(digits_in(absatz.text))
            looked_at["quotes"] += len(quotes_in(absatz.text))
            faults += unborne(absatz, [quotes[n] for n in absatz.citations])
    assert faults == []
    assert looked_at["figures"] > 1000 and looked_at["quotes"] > 200, looked_at


def test_the_oracle_sees_a_planted_figure_and_a_planted_quote() -> None:
    planted = Absatz("Am 01.02.2023: „Es sind 41 Räder.“", Herkunft.BELEGT, (1,))
    assert unborne(planted, ["Am 01.02.2023 sind es 40 Räder."]) == ["41", "Es sind 41 Räder."]
    assert unborne(planted, ["01.02.2023", "Es sind 41 Räder."]) == []


def test_each_citation_is_cut_from_the_stored_paper(
    store: Store, drafts: dict[str, Entwurf]
) -> None:
    for entwurf in drafts.values():
        numbers = [citation.number for citation in entwurf.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        used = {n for absatz in paragraphs(entwurf) for n in absatz.citations}
        assert used == set(numbers)
        for citation in entwurf.citations:
            paper = store.document(Access.operator(entwurf.mandant), citation.document_id)
            assert paper is not None
            assert citation.span.cut(paper.text) == citation.quote


def test_no_sentence_of_fact_is_without_evidence(drafts: dict[str, Entwurf]) -> None:
    kinds = Counter(a.herkunft for entwurf in drafts.values() for a in paragraphs(entwurf))
    bare = [
        absatz.text
        for entwurf in drafts.values()
        for absatz in paragraphs(entwurf)
        if absatz.herkunft is Herkunft.BELEGT and not absatz.citations
    ]
    assert bare == []
    assert kinds[Herkunft.BELEGT] > 300
    assert all(entwurf.generator_id is None for entwurf in drafts.values())


def test_a_public_draft_holds_nothing_that_the_public_may_not_see(
    store: Store, drafts: dict[str, Entwurf]
) -> None:
    levels = {name: entwurf.schutz for name, entwurf in drafts.items()}
    assert levels.pop(CLOSED) is Schutzstufe.NICHTOEFFENTLICH
    assert set(levels.values()) == {Schutzstufe.OEFFENTLICH}
    for name in levels:
        everybody = Access(frozenset({drafts[name].mandant}))
        for citation in drafts[name].citations:
            paper = store.document(everybody, citation.document_id)
            assert paper is not None, citation.fundstelle
            assert citation.span.cut(paper.text) == citation.quote, citation.fundstelle


def test_what_is_open_is_listed_once_and_every_placeholder_is_listed(
    drafts: dict[str, Entwurf],
) -> None:
    for entwurf in drafts.values():
        said = [p for a in paragraphs(entwurf) for p in PLACEHOLDER.findall(a.text)]
        assert entwurf.offen == tuple(dict.fromkeys(said))
        marked = [a.text for a in paragraphs(entwurf) if a.herkunft is Herkunft.PLATZHALTER]
        assert marked and all(PLACEHOLDER.fullmatch(text) for text in marked)


def test_own_words_stand_as_they_were_written_and_nobody_elses_are_the_proposal(
    drafts: dict[str, Entwurf],
) -> None:
    for path in AUFTRAEGE:
        values = tomllib.loads(path.read_text("utf-8"))
        own = [a.text for a in paragraphs(drafts[path.stem]) if a.herkunft is Herkunft.EIGEN]
        proposal = values.get("beschlussvorschlag", "").split("\n")
        given = [*filter(None, proposal), *values.get("stichpunkte", [])]
        assert len(own) == len(given)
        assert all(any(text.endswith(words) for text in given) for words in own)
        first = drafts[path.stem].abschnitte[0]
        assert first.abschnitt.schluessel == "beschlussvorschlag"
        allowed = {Herkunft.EIGEN, Herkunft.PLATZHALTER}
        assert {absatz.herkunft for absatz in first.absaetze} <= allowed


@pytest.mark.parametrize(
    ("name", "placeholder"),
    [
        (
            "lvs-wissensassistent",
            "[prüfen: „250.000 €“ – die Quelle sagt anderes: Vorlage Nr. 15/1640/1 vom 14.03.2024: "
            "„Gesamtkosten der Erprobung 265.000 €“]",
        ),
        (
            "lvs-wissensassistent",
            "[prüfen: „Antrag 15/999“ – weder Quelle des Auftrags noch in einer Quelle genannt]",
        ),
        (
            "lvs-wissensassistent",
            "[prüfen: „01.10.2024“ – die Quelle sagt anderes: Vorlage Nr. 15/1640/1 vom "
            "14.03.2024: „Die Erprobung beginnt am 01.09.2024 mit 40 Testpersonen und endet nach "
            "zwölf Monaten.“]",
        ),
        (
            "lvs-fuhrpark",
            "[prüfen: „80“ – die Quelle sagt anderes: Vorlage Nr. 15/780/1 vom 06.05.2022: „Die "
            "Verwaltung wird ferner beauftragt, bis zum 31.12.2024 an elf Standorten insgesamt 74 "
            "Ladepunkte zu errichten.“]",
        ),
    ],
)
def test_a_point_that_the_sources_deny_is_marked(
    drafts: dict[str, Entwurf], name: str, placeholder: str
) -> None:
    assert drafts[name].offen.count(placeholder) == 1


def test_points_that_the_sources_bear_out_are_not_marked(drafts: dict[str, Entwurf]) -> None:
    for name in ("lvs-job-coaching", "lvs-aktionsplan", "lvs-talwiese", "lvn-herdenschutz"):
        assert [p for p in drafts[name].offen if p.startswith("[prüfen: „")] == [], name


def test_only_words_meant_for_a_machine_had_to_give_way(drafts: dict[str, Entwurf]) -> None:
    assert {name: d.ersetzt for name, d in drafts.items() if d.ersetzt} == {"lvs-beteiligung": 1}
    said = "\n".join(absatz.text for absatz in paragraphs(drafts["lvs-beteiligung"]))
    assert said.count("[prüfen: Angabe ohne tragenden Beleg entfernt – zuständig: Kämmerei]") == 1
    assert "9.999.999" not in said


def test_nothing_recommends_a_vote_and_effects_are_never_denied(
    drafts: dict[str, Entwurf],
) -> None:
    ours = re.compile(
        r"\b(?:zuzustimmen|abzulehnen|wird empfohlen|empfehlen wir|sollte[n]? (?:zu|ab))\b|"
        r"keine (?:finanziellen|personellen) Auswirkungen",
        re.IGNORECASE,
    )
    for entwurf in drafts.values():
        texts = [a.text for a in paragraphs(entwurf) if a.herkunft is not Herkunft.EIGEN]
        for text in texts:
            for quoted in quotes_in(text):
                text = text.replace(quoted, "")
            assert ours.search(text) is None, text
        assert (
            "[Angabe fehlt: finanzielle Auswirkungen dieser Vorlage – zuständig: Kämmerei]" in texts
        )


def test_all_movers_are_told_in_the_same_frame(drafts: dict[str, Entwurf]) -> None:
    moved = {
        name: next(a.text for a in drafts[name].abschnitte[1].absaetze)
        for name in ("lvs-tarifbindung", "lvs-beteiligung", "lvs-umzug", "lvs-intern")
    }
    assert moved["lvs-tarifbindung"] == (
        "Zu „Tarifbindung bei geförderten Kultureinrichtungen“ liegt vor: Antrag Nr. 13/117 vom "
        "09.01.2012, Antragsteller: Die Linke."
    )
    assert moved["lvs-intern"] == (
        "Zu „Erprobung eines KI-gestützten Wissensassistenten in der Zentralverwaltung und in den "
        "LVS-Kliniken“ liegt vor: Antrag Nr. 15/211 vom 12.09.2023, Antragsteller: CDU und SPD."
    )
    frame = re.compile(r"Zu „.+“ liegt vor: Antrag Nr\. \S+ vom \S+, Antragsteller: .+\.")
    assert all(frame.fullmatch(m) for m in moved.values())


def without_quotes(text: str) -> str:
    for quoted in quotes_in(text):
        text = text.replace(quoted, "")
    return text


def test_no_box_is_ticked_and_no_zielrichtung_is_said_to_be_touched(
    drafts: dict[str, Entwurf],
) -> None:
    ticked = re.compile(r"[☑☒✓✗✔✘]|\[\s?[xX]\s?\]|\b(?:ist|sind|wird|werden) berührt\b")
    for entwurf in drafts.values():
        for absatz in paragraphs(entwurf):
            if absatz.herkunft is not Herkunft.EIGEN:
                assert ticked.search(without_quotes(absatz.text)) is None, absatz.text
        (inclusion,) = [s for s in entwurf.abschnitte if s.abschnitt.schluessel == "inklusion"]
        assert any("ob und welche Zielrichtungen" in a.text for a in inclusion.absaetze)
        told = [a.text for a in inclusion.absaetze if a.herkunft is Herkunft.BELEGT]
        assert all(text.startswith("Vorschlag zum Prüfen, ") for text in told)


def whose_words(store: Store, entwurf: Entwurf, absatz: Absatz) -> set[SectionKind]:
    """The kinds of the sections of motions whose words a paragraph quotes."""
    found = set()
    for citation in entwurf.citations:
        quoted = line(citation.quote) in line(absatz.text)
        if citation.number not in absatz.citations or not quoted:
            continue
        paper = store.document(Access.operator(entwurf.mandant), citation.document_id)
        assert paper is not None
        if paper.kopfdaten.antragsteller:
            within = [s for s in paper.sections if s.span.contains(citation.span)]
            found |= {s.kind for s in within}
    return found & {SectionKind.BEGRUENDUNG, SectionKind.BESCHLUSSVORSCHLAG}


def test_what_a_motion_says_is_its_movers_claim_and_what_it_asks_is_no_beschlusslage(
    store: Store, drafts: dict[str, Entwurf]
) -> None:
    seen: Counter[SectionKind] = Counter()
    for entwurf in drafts.values():
        for absatz in paragraphs(entwurf):
            if absatz.herkunft is not Herkunft.BELEGT or absatz.text.startswith("Vorschlag zum P"):
                continue
            for kind in whose_words(store, entwurf, absatz):
                seen[kind] += 1
                claimed = "nach Angabe der Antragsteller" in absatz.text
                asked = "Beschlussvorschlag der Antragsteller, für sich keine Be" in absatz.text
                assert claimed or (asked and kind is SectionKind.BESCHLUSSVORSCHLAG), absatz.text
    assert seen[SectionKind.BEGRUENDUNG] > 10 and seen[SectionKind.BESCHLUSSVORSCHLAG] > 15, seen


def test_a_paper_of_the_administration_is_not_told_as_anybodys_claim(
    drafts: dict[str, Entwurf],
) -> None:
    said = [a.text for a in paragraphs(drafts["lvs-notbetrieb"]) if "Vorlage Nr. 15/2115" in a.text]
    own = [text for text in said if text.startswith("Vorlage Nr. 15/2115")]
    assert own and not any("nach Angabe der Antragsteller" in text for text in own)
