from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Drucksachennummer, Outcome
from ingest.expressions import parse_date
from ingest.papers.arten import ARTEN, read_art
from ingest.papers.number import read_number
from ingest.papers.profile import UnknownProfile, detect_profile, load_profile, profile_names
from tests.unit.ingest.paper_texts import ANTRAG, NIEDERSCHRIFT, SATZUNG, read


def test_the_header_of_a_motion_is_read() -> None:
    document = read(ANTRAG)
    kopf = document.kopfdaten
    assert kopf.art and kopf.art.value == "Haushaltsantrag"
    assert kopf.benennung == "Antrag"
    assert kopf.nummer and kopf.nummer.value == Drucksachennummer.of(14, 77)
    assert kopf.datum and kopf.datum.value == date(2022, 9, 4)
    assert [r.value for r in kopf.antragsteller] == ["SPD", "Bündnis 90/DIE GRÜNEN"]
    assert kopf.oeffentlich and kopf.oeffentlich.value is True
    assert document.title == "Haushalt 2023; Lesesaal für alle"


def test_the_beratungsfolge_is_read_with_tabs_and_with_glued_cells() -> None:
    folge = read(ANTRAG).kopfdaten.beratungsfolge
    assert [(b.gremium, b.datum, b.rolle) for b in folge] == [
        ("Kulturausschuss", date(2022, 9, 19), "empfehlender Beschluss"),
        ("Kommission Inklusion", date(2022, 9, 21), "zur Kenntnis"),
        ("Landschaftsausschuss", date(2022, 10, 7), "Beschluss"),
    ]


def test_the_recorded_result_keeps_its_words() -> None:
    ergebnis = read(ANTRAG).kopfdaten.ergebnis
    assert ergebnis
    assert (ergebnis.text, ergebnis.outcome) == ("Einstimmig beschlossen.", Outcome.BESCHLOSSEN)
    assert ergebnis.span.cut(ANTRAG) == ergebnis.text


def test_a_missing_result_is_never_guessed_from_the_begruendung() -> None:
    without = ANTRAG.replace("Ergebnis:\n\nEinstimmig beschlossen.\n\n", "")
    assert read(without).kopfdaten.ergebnis is None
    empty = ANTRAG.replace("Einstimmig beschlossen.\n\n", "")
    assert read(empty).kopfdaten.ergebnis is None
    form = ANTRAG.replace("Einstimmig beschlossen.", "Gremium Ein- stimmig Ja Nein Enthaltung")
    assert read(form).kopfdaten.ergebnis is None


def test_a_chapter_called_ergebnis_in_the_begruendung_is_no_result() -> None:
    text = "Vorlage Nr. 3/4\n\nBegründung:\n\nA.\n\nErgebnisse der Umfrage\n\nSie wurde abgelehnt."
    assert read(text).kopfdaten.ergebnis is None


def test_the_number_of_another_paper_is_not_the_own_one() -> None:
    text = "Änderungsantrag zu Vorlage 15/200\n\nAntrag Nr. 15/9\n\nBegründung:\n\nA."
    nummer = read(text).kopfdaten.nummer
    assert nummer and nummer.value.key == "15/9"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Antrag Nr. 15/148", "15/148"),
        ("14/0461", "14/461"),
        ("15/2345/1", "15/2345/1"),
        ("Vorlage 15/2345 - 2. Ergänzung", "15/2345/2"),
        ("2021/BV/2114", "2021/BV/2114"),
        ("VI/5053/XVII/2024", "VI/5053/XVII/2024"),
    ],
)
def test_numbers_of_all_systems_are_read(words: str, key: str) -> None:
    number = read_number(words)
    assert number and number.key == key


def test_labels_on_one_line_end_where_the_next_begins() -> None:
    text = (
        "Vorlage-Nr.: 13/65\tDatum: 04/20/2012\tDienststelle: Fachbereich 31\n\nöffentlich\n\n"
        "Kommission A\t03.05.2012\tKenntnis\n\nTagesordnungspunkt:\n\nBau\n\nBegründung:\n\nA."
    )
    kopf = read(text).kopfdaten
    assert kopf.datum and kopf.datum.value == date(2012, 4, 20)
    assert kopf.dienststelle and kopf.dienststelle.value == "Fachbereich 31"
    assert kopf.nummer and kopf.nummer.value.key == "13/65"


def test_a_value_may_stand_on_the_line_behind_its_label() -> None:
    kopf = read("Antrag Nr. 3/4\n\nDatum:\n\n7. Mai 2021\n\nAntragsteller:\n\nFDP").kopfdaten
    assert kopf.datum and kopf.datum.value == date(2021, 5, 7)
    assert [r.value for r in kopf.antragsteller] == ["FDP"]


def test_the_sitting_of_minutes_is_read_in_the_nominative() -> None:
    document = read(NIEDERSCHRIFT)
    kopf = document.kopfdaten
    assert kopf.gremium and kopf.gremium.value == "Kulturausschuss"
    assert kopf.sitzung and kopf.sitzung.value == "7"
    assert kopf.datum and kopf.datum.value == date(2022, 9, 19)
    assert kopf.ergebnis is None and kopf.nummer is None
    assert document.title.startswith("Niederschrift über die 7. Sitzung")


def test_each_vote_of_an_item_is_an_entry() -> None:
    beschluesse = read(NIEDERSCHRIFT).kopfdaten.beschluesse
    assert [(b.top, b.ergebnis and b.ergebnis.outcome, b.visibility) for b in beschluesse] == [
        ("2", Outcome.ABGELEHNT, "oeffentlich"),
        ("2", Outcome.BESCHLOSSEN, "oeffentlich"),
        ("3", None, "nichtoeffentlich"),
        ("4", Outcome.KENNTNIS, "oeffentlich"),
    ]
    assert (beschluesse[0].gegenstand, beschluesse[0].drucksachen) == (
        "Änderungsantrag der FDP",
        (),
    )
    assert beschluesse[1].drucksachen == (Drucksachennummer.of(14, 77),)
    assert beschluesse[0].titel == "Lesesaal für alle"


def test_what_a_committee_recommends_to_the_council_is_not_decided_by_it() -> None:
    text = (
        "Niederschrift über die 7. Sitzung des Bauausschusses am 1.2.2022\n\nTOP 1: Bau\n\n"
        "Der Rat beschließt den Bau.\n\nTOP 2: Weg\n\nDer Bauausschuss lehnt den Weg ab."
    )
    beschluesse = read(text).kopfdaten.beschluesse
    assert [(b.top, b.ergebnis and b.ergebnis.outcome) for b in beschluesse] == [
        ("2", Outcome.ABGELEHNT)
    ]


def test_the_fassung_is_the_statutes_own() -> None:
    kopf = read(SATZUNG.replace("vom 3. März 2020", "in der Fassung vom 3. März 2020")).kopfdaten
    assert kopf.fassung and kopf.fassung.value == "3. März 2020"
    assert read(SATZUNG).kopfdaten.fassung is None


@pytest.mark.parametrize(
    ("line", "art"),
    [
        ("Dringlichkeitsantrag Nr. 15/2", "Dringlichkeitsantrag"),
        ("Ergänzungsvorlage Nr. 15/2/1", "Ergänzungsvorlage"),
        ("Informationsvorlage", "Mitteilungsvorlage"),
        ("Beschlussvorlage", "Vorlage"),
        ("N i e d e r s c h r i f t über die Sitzung", "Niederschrift"),
        ("Beantwortung der Anfrage Nr. 3/4", "Beantwortung"),
        ("Geschäftsordnung für den Beirat", "Geschäftsordnung"),
        ("Hauptsatzung des Verbandes", "Satzung"),
        ("Beschlusskontrolle", "Beschlusskontrolle"),
        ("Einladung zur 3. Sitzung", "Einladung"),
    ],
)
def test_papers_say_what_they_are(line: str, art: str) -> None:
    found = read_art(f"Landschaftsverband\n\n{line}\n\nText.")
    assert found and found.value == art
    assert art in ARTEN


@pytest.mark.parametrize(
    ("printed", "subject", "art"),
    [
        ("Antrag Nr. 15/224", "Änderungsantrag zum Antrag Nr. 15/211: Betrieb", "Änderungsantrag"),
        ("Antrag Nr. 14/160\nResolution", "Pflege stärken", "Resolution"),
        ("Antrag Nr. 15/130", "Resolution: Pflege stärken", "Resolution"),
        ("Antrag Nr. 15/95", "Haushalt 2022/2023; Fahrzeuge", "Haushaltsantrag"),
        ("Antrag Nr. 15/96", "Haushalt und Finanzen der Kliniken", "Antrag"),
        ("Vorlage Nr. 14/2310", "Beschlusskontrolle, Stand 31.03.2018", "Beschlusskontrolle"),
        ("Vorlage Nr. 14/1388", "Beantwortung der Anfrage Nr. 14/23", "Beantwortung"),
        ("Vorlage Nr. 15/780/1", "Ladepunkte", "Ergänzungsvorlage"),
        ("Vorlage Nr. 15/780", "Satzung über die Ladepunkte", "Vorlage"),
    ],
)
def test_the_subject_narrows_the_kind_and_the_printed_one_is_kept(
    printed: str, subject: str, art: str
) -> None:
    text = f"{printed}\n\nöffentlich\n\nTagesordnungspunkt:\n\n{subject}\n\nBegründung:\n\nA."
    kopf = read(text).kopfdaten
    assert kopf.art and kopf.art.value == art
    assert kopf.art.span.cut(text)[0].isupper()
    assert kopf.benennung == printed.split()[0]
    assert (kopf.bezeichnung is None) == (art == kopf.benennung)


@pytest.mark.parametrize(
    "title",
    [
        "Erste Satzung zur Änderung der Archivsatzung",
        "2. Änderungssatzung zur Hauptsatzung",
        "Zweite Änderung der Archivsatzung",
    ],
)
def test_an_amending_statute_is_one(title: str) -> None:
    kopf = read(
        f"{title}\n\nvom 19.04.2018\n\nArtikel 1 Änderung\n\nA.\n\nArtikel 2\n\nB."
    ).kopfdaten
    assert kopf.art and kopf.art.value == "Änderungssatzung"
    assert kopf.datum and kopf.datum.value == date(2018, 4, 19)


def test_a_statute_known_by_its_fassung_only_is_of_that_day() -> None:
    text = "Richtlinie über Förderung\n\nFassung vom 14.12.2017\n\n1. Zweck\n\nA."
    kopf = read(text).kopfdaten
    assert kopf.datum and kopf.datum.value == date(2017, 12, 14)


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ("Die vorstehende Satzung wird hiermit öffentlich bekannt gemacht.", True),
        ("Bekanntmachungsanordnung", True),
        ("Veröffentlicht am 04.05.2020 im Amtsblatt Nr. 12", True),
        ("Die Satzung wurde nicht bekannt gemacht.", False),
        ("Sie tritt am Tag nach ihrer Bekanntmachung im Amtsblatt in Kraft.", False),
        ("Aufgrund des § 7 des Gesetzes, bekannt gemacht am 14.07.1994 (GV. NRW. S. 666)", False),
    ],
)
def test_a_statute_is_public_where_it_says_that_it_was_published(words: str, public: bool) -> None:
    document = read(f"{SATZUNG}\n\n{words}\n")
    declared = document.kopfdaten.oeffentlich
    assert (declared is not None and declared.value) is public
    assert (read(f"Vorlage Nr. 3/4\n\nBegründung:\n\n{words}").kopfdaten.oeffentlich) is None


def test_of_several_dated_records_the_latest_decides() -> None:
    text = (
        "Antrag Nr. 14/131\n\nErgebnis:\n\nSozialausschuss 15.02.2017: vertagt\n"
        "Sozialausschuss 10.05.2017: ungeändert beschlossen\n\nBegründung:\n\nA."
    )
    ergebnis = read(text).kopfdaten.ergebnis
    assert ergebnis and ergebnis.outcome is Outcome.BESCHLOSSEN
    assert ergebnis.text.splitlines()[0] == "Sozialausschuss 15.02.2017: vertagt"
    assert ergebnis.span.cut(text) == ergebnis.text
    turned = text.replace("15.02.2017", "15.06.2017")
    later = read(turned).kopfdaten.ergebnis
    assert later and later.outcome is Outcome.VERTAGT
    single = text.replace("Sozialausschuss 15.02.2017: vertagt\n", "").replace("ungeändert ", "")
    one = read(single.replace("beschlossen", "vertagt, Ja: 4")).kopfdaten.ergebnis
    assert one and one.outcome is Outcome.VERTAGT


def test_the_wording_behind_a_record_is_kept_but_decides_nothing() -> None:
    text = (
        "Antrag Nr. 3/4\n\nErgebnis:\n\nEinstimmig angenommen mit den Worten:\n\n"
        "„Der Bund hat die Vorlage abgelehnt.“\n\nBegründung:\n\nA."
    )
    ergebnis = read(text).kopfdaten.ergebnis
    assert ergebnis and ergebnis.text.endswith("abgelehnt.“")
    assert ergebnis.outcome is Outcome.BESCHLOSSEN


def test_a_title_on_broken_lines_is_read_whole() -> None:
    text = "Vorlage Nr. 3/4\n\nTagesordnungspunkt:\n\nNeubau der\n\nSchule\n\nBegründung:\n\nA."
    top = read(text).kopfdaten.tagesordnungspunkt
    assert top and " ".join(top.value.split()) == "Neubau der Schule"


def test_a_sentence_that_begins_with_a_kind_names_none() -> None:
    assert (
        read_art("Anträge werden schriftlich gestellt.\n\nAntrag und Vorlage sind bekannt.") is None
    )


def test_profiles_add_to_the_general_one_and_are_recognised() -> None:
    assert profile_names()[0] == "allgemein"
    assert detect_profile("Antrag Nr. 3/4").name == "allgemein"
    assert detect_profile("LVIS\nDatum 04/20/2012").us_dates
    for name in profile_names():
        assert load_profile().headings.keys() <= load_profile(name).headings.keys()
    with pytest.raises(UnknownProfile, match="Vorhanden sind: allgemein"):
        load_profile("gibtsnicht")


HEADS = st.tuples(
    st.sampled_from(["Antrag Nr. 15/148", "Vorlage-Nr.: 14/0461", "Anfrage 3/77/1", ""]),
    st.sampled_from(["Datum: 24.10.2023", "Datum:\n3. Juni 2025", "Eingang: 01.02.2020", ""]),
    st.sampled_from(["Antragsteller: CDU, SPD", "Antragsteller: Fraktionen FDP und GRÜNE", ""]),
    st.sampled_from(["Dienststelle: Fachbereich 2", "Rat\t03.05.2020\tBeschluss", ""]),
    st.sampled_from(["Tagesordnungspunkt:\n\nBau", "Ergebnis: vertagt", "Begründung: Nr. 3/1"]),
).map("\n\n".join)


@given(HEADS)
def test_the_words_under_each_span_give_its_value(text: str) -> None:
    kopf = read(text).kopfdaten
    if kopf.nummer:
        assert read_number(kopf.nummer.span.cut(text)) == kopf.nummer.value
    if kopf.datum:
        assert parse_date(kopf.datum.span.cut(text)) == kopf.datum.value
    if kopf.art:
        again = read_art(kopf.art.span.cut(text))
        assert again and again.value == kopf.art.value
    words = [*kopf.antragsteller, kopf.dienststelle, kopf.tagesordnungspunkt]
    assert all(r.span.cut(text) == r.value for r in words if r)
    for station in kopf.beratungsfolge:
        assert station.span.cut(text).startswith(station.gremium)
    if kopf.ergebnis:
        assert kopf.ergebnis.span.cut(text) == kopf.ergebnis.text


@given(st.text(max_size=300))
def test_any_text_has_a_head_without_a_crash(text: str) -> None:
    assert read(text).title == "" or text.strip()


LVIS = """\
Vorlage-Nr. 13/65 · öffentlich · 04/20/2012 · Dezernat 4

Kommission Inklusion03.05.2012zur Kenntnis

Tagesordnungspunkt:

Haltestellen

Beschlussvorschlag:

Der Bericht gemäß Vorlage 12/65 wird zur Kenntnis genommen.

Finanzielle Auswirkungen auf den Haushalt (lfd. Jahr):

Der Etat wird berührt / nicht berührt.

In Vertretung

Dr. Faber

Begründung der Vorlage Nr. 13/65:

Es war so.
"""


def test_an_old_paper_with_american_dates_and_dots_between_its_fields_is_read() -> None:
    document = read(LVIS)
    kopf = document.kopfdaten
    assert kopf.nummer and kopf.nummer.value.key == "13/65"
    assert kopf.datum and kopf.datum.value == date(2012, 4, 20)
    assert kopf.oeffentlich and kopf.oeffentlich.value is True
    assert kopf.ergebnis is None
    assert [s.kind.value for s in document.sections if s.level == 1] == [
        "kopf",
        "tagesordnungspunkt",
        "beschlussvorschlag",
        "finanzen",
        "unterschrift",
        "begruendung",
    ]


def test_the_wording_behind_the_sentence_that_reports_the_vote_is_the_beschluss() -> None:
    text = (
        "N i e d e r s c h r i f t\n\nüber die 9. Sitzung des Landschaftsausschusses am 3.2.12\n\n"
        "Punkt 2\n\nHaushalt\n\nVorlage 13/85\n\n"
        "Der Landschaftsausschuss fasst einstimmig folgenden Beschluss:\n\n„Der Etat gilt.“"
    )
    (beschluss,) = read(text).kopfdaten.beschluesse
    assert (beschluss.top, beschluss.titel) == ("2", "Haushalt")
    assert [n.key for n in beschluss.drucksachen] == ["13/85"]
    assert beschluss.span.cut(text) == "„Der Etat gilt.“"
    assert beschluss.ergebnis and beschluss.ergebnis.outcome is Outcome.BESCHLOSSEN
