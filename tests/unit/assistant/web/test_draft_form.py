"""A draft under review as it comes off the wire: in any pieces, and in no other form."""

from __future__ import annotations

import pytest

from assistant.errors import InputInvalid
from assistant.web.draft_form import DraftForm
from assistant.web.problems import Refused

TYPE = "multipart/form-data; boundary=grenze"


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    more = f'; filename="{filename}"' if filename is not None else ""
    head = f'--grenze\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


FILE = part("file", "Straße\r\n--grenz".encode(), "C:\\fakepath\\Größe.md")
END = b"--grenze--\r\n"


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
def test_a_form_is_read_in_whatever_pieces_it_comes(size: int) -> None:
    body = FILE + part("public", b"false") + END
    with DraftForm(TYPE) as form:
        for start in range(0, len(body), size):
            form.feed(body[start : start + size])
        assert (form.name, form.public()) == ("Größe.md", False)
        assert form.content().decode() == "Straße\r\n--grenz"


def test_it_is_to_become_public_where_nothing_else_is_said() -> None:
    with DraftForm(TYPE) as form:
        form.feed(FILE + END)
        assert form.public() is True


@pytest.mark.parametrize(
    "body",
    [
        b"",
        END,
        FILE,
        FILE[:-30],
        FILE + FILE + END,
        part("public", b"true") + END,
        part("file", b"ohne Namen") + END,
        FILE + part("public", b"true") + part("public", b"true") + END,
        FILE + part("anders", b"x") + END,
        b"keine Form",
        b"--grenze\r\n" + b"X" * 9000 + b": y\r\n\r\n",
    ],
)
def test_what_is_no_such_form_is_refused(body: bytes) -> None:
    with DraftForm(TYPE) as form, pytest.raises(InputInvalid, match="unvollständig angekommen"):
        form.feed(body)
        form.public()


@pytest.mark.parametrize("answer", [b"", b"ja", b"TRUE", b"x" * 17])
def test_whether_it_is_public_is_true_or_false(answer: bytes) -> None:
    with DraftForm(TYPE) as form, pytest.raises(InputInvalid, match="true oder false"):
        form.feed(FILE + part("public", answer) + END)
        form.public()


def test_another_content_type_is_no_form() -> None:
    with pytest.raises(Refused) as refused:
        DraftForm("application/json")
    assert refused.value.status_code == 415
    with pytest.raises(InputInvalid):
        DraftForm("multipart/form-data")
