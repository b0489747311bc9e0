"""Words of administration are explained where they are meant, and nowhere else."""

from __future__ import annotations

import re

import pytest

from assistant.plain.glossary import glossary, terms_in

USED = {
    "Landschaftsverband": "Träger ist der Landschaftsverband.",
    "Landschaftsversammlung": "Die Landschaftsversammlung hat zugestimmt.",
    "Landschaftsausschuss": "Der Landschaftsausschuss hat zugestimmt.",
    "Gremium": "Ein anderes Gremium entscheidet.",
    "Ausschuss": "Der Sozialausschuss berät.",
    "Fraktion": "Dagegen war die CDU-Fraktion.",
    "Wahlperiode": "In der 15. Wahlperiode gab es zwei.",
    "Drucksache": "Die Drucksache 15/12 liegt vor.",
    "Änderungsantrag": "Der Änderungsantrag wurde angenommen.",
    "Dringlichkeitsantrag": "Dringlichkeitsantrag Nr. 15/262",
    "Antrag": "Der Antrag Nr. 15/12 liegt vor.",
    "Anfrage": "Die Anfrage Nr. 15/21 liegt vor.",
    "Vorlage": "Die Vorlage 15/780 liegt vor.",
    "Resolution": "Die Resolution wurde verlesen.",
    "Beschlussvorschlag": "Beschlussvorschlag im Wortlaut: „Ja.“",
    "Beratungsfolge": "Vorgesehene Beratung: Kulturausschuss, 01.02.2023, Beschluss.",
    "empfehlender Beschluss": "Vorgesehen ist ein empfehlender Beschluss.",
    "Niederschrift": "Die Niederschrift liegt nicht vor.",
    "Tagesordnung": "Siehe TOP 4 der Sitzung.",
    "Ergebnisvermerk": "Laut Ergebnisvermerk: „beschlossen“",
    "Beschlusskontrolle": "Umsetzung laut Beschlusskontrolle (Vorlage 15/2): erledigt",
    "entsprechend Beschlussvorschlag beschlossen": "Entsprechend Beschlussvorschlag beschlossen.",
    "geändert beschlossen": "Geändert beschlossen.",
    "ungeändert beschlossen": "ungeändert beschlossen",
    "einstimmig": "Einstimmig abgelehnt.",
    "mehrheitlich": "Mehrheitlich abgelehnt.",
    "Enthaltung": "Bei Enthaltung der FDP.",
    "Gegenstimme": "Bei zwei Gegenstimmen.",
    "vertagt": "Der Punkt wird vertagt.",
    "verwiesen": "Der Antrag wird an den Kulturausschuss verwiesen.",
    "von der Tagesordnung abgesetzt": "Der Punkt wird von der Tagesordnung abgesetzt.",
    "ablehnend zur Kenntnis": "Der Ausschuss nimmt dies ablehnend zur Kenntnis.",
    "zur Kenntnis": "Der Ausschuss nimmt dies zur Kenntnis.",
    "nichtöffentlich": "Der Punkt ist nichtöffentlich.",
    "Verwaltung": "Die Verwaltung prüft das.",
    "Dezernat": "Zuständig ist das Dezernat 3.",
    "Fachbereich": "Zuständig ist der Fachbereich 14.",
    "Dienststelle": "Dienststelle von Vorlage 15/1: Archiv.",
    "Satzung": "Das regelt die Archivsatzung.",
    "Geschäftsordnung": "Das regelt die Geschäftsordnung.",
    "Inkrafttreten": "Die Satzung tritt am 01.01.2020 in Kraft.",
    "Haushaltsplan": "Das steht im Haushaltsplan.",
    "Ansatz": "Personal, Ansatz 2024: 5 €.",
    "Ergebnis (in einer Tabelle mit Beträgen)": "Personal, Ergebnis 2022: 5 €.",
    "Aufwendungen": "Die Personalaufwendungen steigen.",
    "Produktgruppe": "Tabelle „Produktgruppe 014“",
    "Umlage": "Die Landschaftsumlage steigt.",
    "T€": "Ansatz: 318.600 T€.",
    "Ausgleichsabgabe": "Bezahlt wird aus der Ausgleichsabgabe.",
    "Eingliederungshilfe": "Die Eingliederungshilfe kostet mehr.",
    "§": "Das steht in § 5.",
}


@pytest.mark.parametrize("name", [term.name for term in glossary()])
def test_a_word_is_explained_where_it_is_used(name: str) -> None:
    assert name in [term.name for term in terms_in([USED[name]])]


def test_every_example_belongs_to_an_entry() -> None:
    assert set(USED) == {term.name for term in glossary()}
    assert len(USED) == len(glossary())


@pytest.mark.parametrize(
    "text",
    [
        "Auf Antrag 300 Euro zahlt das Amt.",
        "Der Antragsteller hat die Kosten nachzuweisen.",
        "Gegen Vorlage der Rechnung wird gezahlt.",
        "Das Gebiet ist mehrheitlich ländlich.",
        "Auf die Begründung wird verwiesen.",
        "Im Ansatz ist das richtig.",
        "Die Kosten werden steuerlich abgesetzt.",
        "Die Besatzung der Fähre blieb an Bord.",
        "Er hatte Kenntnis davon.",
    ],
)
def test_a_word_in_another_meaning_is_not_explained(text: str) -> None:
    assert terms_in([text]) == ()


def test_a_word_is_explained_once_and_not_by_its_opposite() -> None:
    found = terms_in(["ablehnend zur Kenntnis", "ungeändert beschlossen", "ungeändert beschlossen"])
    assert [term.name for term in found] == ["ungeändert beschlossen", "ablehnend zur Kenntnis"]


def test_explanations_are_short_sentences() -> None:
    for term in glossary():
        sentences = re.findall(r"[^.!?]+[.!?]", term.text)
        assert "".join(sentences) == term.text, term.name
        assert max(len(sentence.split()) for sentence in sentences) <= 17, term.name
