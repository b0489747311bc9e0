from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences

EINE = [
    "Die Vorlage ergänzt Antrag Nr. 14/77 der Fraktionen.",
    "Es gilt § 9 Abs. 2 Satz 1 der Hauptsatzung.",
    "Die Bestellung erfolgt gem. § 12 der Satzung.",
    "Betroffen sind z. B. Schulen und z.B. Museen.",
    "Das Treffen vom 4. - 5.9.2024 in Talheim war gut besucht.",
    "Am 7. Mai tagte der Beirat u. a. zur Barrierefreiheit.",
    "Es fehlen ca. 3 Mio. Euro im Etat.",
    "Frau Dr. Lenz und Herr Prof. Dr. med. Karl A. Ott berichten.",
    "Maßgeblich ist Drs. 14/9 i. d. F. vom Herbst.",
    "Siehe S. 12, Ziff. 4 und Art. 6 der Verordnung.",
    "In der 14. Wahlperiode tagte die XII. Kommission.",
    "Bis zum 30. September 2024 liegt ein Bericht vor.",
    "Der Zuschuss wird i. H. v. 20 v. H. gewährt.",
    "1. Die Verwaltung wird beauftragt.",
    "a) Die Verwaltung berichtet.",
]


@pytest.mark.parametrize("satz", EINE)
def test_abbreviations_ordinals_and_dates_do_not_end_a_sentence(satz: str) -> None:
    assert [s.cut(satz) for s in split_sentences(satz)] == [satz]


@pytest.mark.parametrize(
    ("text", "saetze"),
    [
        ("Es gilt § 7 LVerbO. Das genügt.", ["Es gilt § 7 LVerbO.", "Das genügt."]),
        ("Es kostet 5 EUR. 2024 war es mehr.", ["Es kostet 5 EUR.", "2024 war es mehr."]),
        ("Ein schöner Gruß. Ende.", ["Ein schöner Gruß.", "Ende."]),
        ("Er sagt: „Wir gehen.“ Dann geht er.", ["Er sagt: „Wir gehen.“", "Dann geht er."]),
        ("Stifte, Akten usw. Die Kosten trägt er.", ["Stifte, Akten usw.", "Die Kosten trägt er."]),
        ("Träger ist der e. V. Er zahlt.", ["Träger ist der e. V.", "Er zahlt."]),
        ("Es gilt Abs. 5. Einwände gab es nicht.", ["Es gilt Abs. 5.", "Einwände gab es nicht."]),
        ("Frist ist der 31.12. Die Meldung eilt.", ["Frist ist der 31.12.", "Die Meldung eilt."]),
        ("Wer zahlt? Der Verband! Gut.", ["Wer zahlt?", "Der Verband!", "Gut."]),
        ("Im Jahr 2019. Seither nicht.", ["Im Jahr 2019.", "Seither nicht."]),
        ("Er endet. § 4 gilt. (Beifall.) So.", ["Er endet.", "§ 4 gilt.", "(Beifall.)", "So."]),
        ("Ziele:\n- Ausbau\n- Erhalt", ["Ziele:", "- Ausbau", "- Erhalt"]),
        ("Absatz eins\n\nAbsatz zwei", ["Absatz eins", "Absatz zwei"]),
        (
            "Beschlossen wird: 1. Der Bau beginnt. 2. Die Mittel stehen bereit.",
            ["Beschlossen wird: 1. Der Bau beginnt.", "2. Die Mittel stehen bereit."],
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, saetze: list[str]) -> None:
    assert [s.cut(text) for s in split_sentences(text)] == saetze


FRAGMENTS = [
    "Nr. 15/148", "am 3. Juni 2025", "19. - 20.3.2025", "1.234,56 €", "§ 38 Abs. 2", "Der Rat",
    "beschließt.", "Die Mittel", "fehlen!", "„So.“", "\n", "\n\n", "- Punkt", "ca. 5 Mio.", "Dr.",
    "usw.", "24.10.2023", "…", "(", ")", "u. a.", "Ende.", "12.", "S. 7", "ß.",
]  # fmt: skip
WHOLE = ["3. Juni 2025", "19. - 20.3.2025", "1.234,56", "24.10.2023", "15/148", "Abs. 2"]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join))
def test_sentences_are_ordered_and_cover_all_text_and_cut_no_number_or_date(text: str) -> None:
    spans = split_sentences(text)
    ends = [0, *(s.end for s in spans)]
    gaps = [text[e : s.start] for e, s in zip(ends, spans, strict=False)]
    assert all(not gap.strip() for gap in [*gaps, text[ends[-1] :]])
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(len(s) and s.cut(text) == s.cut(text).strip() for s in spans)
    for whole in WHOLE:
        at = text.find(whole)
        while at >= 0:
            assert any(s.start <= at and at + len(whole) <= s.end for s in spans)
            at = text.find(whole, at + 1)


@given(st.text(max_size=200))
def test_any_text_is_covered(text: str) -> None:
    joined = "".join(s.cut(text) for s in split_sentences(text))
    assert "".join(joined.split()) == "".join(text.split())
