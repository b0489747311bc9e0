"""The Auftrag as a form sends it."""

from __future__ import annotations

from starlette.datastructures import FormData

from assistant.web.order_form import OrderForm


def test_what_was_written_is_kept_as_it_was() -> None:
    form = OrderForm.sent(
        FormData(
            [
                ("titel", "  Räder "),
                ("stichpunkte", "Eins\r\n\r\nAnlass: Zwei"),
                ("oeffentlich", "nein"),
                ("quellen", "Antrag 15/12"),
                ("quellen", "Antrag 15/13"),
                ("weitere", "Vorlage 15/1,  Antrag  15/12;\nAnfrage 15/2"),
                ("auf", "3"),
            ]
        )
    )
    assert (form.titel, form.stichpunkte, form.oeffentlich) == (
        "  Räder ",
        "Eins\n\nAnlass: Zwei",
        False,
    )
    assert form.all_sources == ("Antrag 15/12", "Antrag 15/13", "Vorlage 15/1", "Anfrage 15/2")
    body = form.body(form.all_sources)
    assert body is not None and form.fehler == {}
    assert (body.titel, body.stichpunkte, body.auf) == ("Räder", ["Eins", "Anlass: Zwei"], 3)


def test_what_is_wrong_is_told_at_its_field() -> None:
    form = OrderForm(titel=" ", name="Größe", stichpunkte="x\n" * 501, quellen=("",))
    assert form.body() is None
    assert form.fehler.keys() == {"titel", "name", "stichpunkte"}
    assert form.fehler["stichpunkte"] == "Höchstens 500 Einträge."


def test_a_version_that_is_no_number_is_none() -> None:
    for written in ("", "-1", "x", "²", "9" * 30):
        assert OrderForm.sent(FormData([("titel", "a"), ("auf", written)])).auf is None
