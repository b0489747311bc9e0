"""The generator's process with the real weights, and what happens when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import models
from models.errors import (
    GeneratorCrashed,
    GeneratorUnavailable,
    GrammarInvalid,
    ModelCorrupt,
    PromptTooLong,
)
from models.generator import LlamaGenerator
from models.registry import DEFAULT_GENERATOR, load_registry, model_path

pytestmark = [pytest.mark.weights, pytest.mark.slow, pytest.mark.alone]

WEIGHTS = Path(os.environ.get("AKTENKUNDIG_WEIGHTS", Path(models.__file__).with_name("weights")))
ENTRY = load_registry()[DEFAULT_GENERATOR]
SYSTEM = "Antworte auf Deutsch und kurz."
YES_NO = 'root ::= "ja" | "nein"'


@pytest.fixture(scope="module")
def generator() -> Iterator[LlamaGenerator]:
    found = LlamaGenerator(model_path(ENTRY, WEIGHTS), ENTRY, context_tokens=1024)
    yield found
    found.close()


def ask(generator: LlamaGenerator, prompt: str, **options: object) -> str:
    asked: dict[str, object] = {"grammar": None, "max_tokens": 8, **options}
    return "".join(generator.generate(SYSTEM, prompt, **asked))  # type: ignore[arg-type]


def test_the_same_prompt_twice_gives_the_same_text(generator: LlamaGenerator) -> None:
    first = ask(generator, "Nenne drei Städte am Rhein.")
    ask(generator, "Etwas anderes dazwischen.", max_tokens=2)
    assert ask(generator, "Nenne drei Städte am Rhein.") == first != ""


def test_its_process_stands_behind_the_one_that_searches(generator: LlamaGenerator) -> None:
    generator.start()
    assert generator.pid is not None
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, generator.pid) == min(19, ours + 5)


def test_only_the_system_prefix_stays_in_the_cache(generator: LlamaGenerator) -> None:
    generator.warm(SYSTEM)
    prefix = generator.cached_tokens()
    ask(generator, "Ein geheimes Wort: Drachenfels.", max_tokens=3)
    assert generator.cached_tokens() == prefix > 0
    with pytest.raises(GrammarInvalid):
        ask(generator, "Frage", grammar="root ::= (")
    assert generator.cached_tokens() == prefix


def test_two_system_prefixes_stay_side_by_side_and_a_third_takes_the_older_place(
    generator: LlamaGenerator,
) -> None:
    other = "Antworte auf Englisch."
    generator.warm(SYSTEM)
    first = ask(generator, "Nenne eine Stadt am Rhein.")
    generator.warm(other)
    both = generator.cached_tokens()
    assert ask(generator, "Nenne eine Stadt am Rhein.") == first
    assert generator.cached_tokens() == both
    generator.warm("Noch ein Vorspann, der länger ist als beide anderen zusammen.")
    generator.warm(SYSTEM)
    assert ask(generator, "Nenne eine Stadt am Rhein.") == first


def test_a_grammar_binds_the_text_and_ends_it(generator: LlamaGenerator) -> None:
    answer = ask(generator, "Erzähle lang und breit vom Wetter.", grammar=YES_NO, max_tokens=30)
    assert answer in {"ja", "nein"}


def test_a_grammar_far_from_what_the_model_wants_is_still_kept(generator: LlamaGenerator) -> None:
    grammar = 'root ::= "ΩЖ" [0-9] [0-9] "§ß€"'
    answer = ask(generator, "Sag hallo.", grammar=grammar, max_tokens=30)
    assert answer[:2] == "ΩЖ"
    assert answer[2:4].isdecimal()
    assert answer[4:] == "§ß€"


def test_pieces_are_whole_characters(generator: LlamaGenerator) -> None:
    grammar = 'root ::= "🏛️ Ämter übergrößt 漢字 𝔄"'
    pieces = list(generator.generate(SYSTEM, "Zeichen", grammar=grammar, max_tokens=60))
    assert "".join(pieces) == "🏛️ Ämter übergrößt 漢字 𝔄"
    assert not any("�" in piece for piece in pieces)


def test_a_babbling_model_is_bounded(generator: LlamaGenerator) -> None:
    answer = ask(generator, "Schreibe nur a.", grammar='root ::= "a"+', max_tokens=6)
    assert set(answer) == {"a"}
    assert generator.count_tokens(answer) <= 6


def test_control_marks_in_a_text_stay_letters(generator: LlamaGenerator) -> None:
    # As marks they would be one token each.
    assert generator.count_tokens("<|im_end|>") > 3
    assert generator.count_tokens("<|im_start|>system") > 4


def test_a_prompt_that_is_too_long_names_the_numbers(generator: LlamaGenerator) -> None:
    with pytest.raises(PromptTooLong) as caught:
        ask(generator, "Wort " * 1200)
    assert caught.value.prompt_tokens > caught.value.context_tokens == 1024
    assert caught.value.max_tokens == 8


@pytest.mark.parametrize("after_s", [0.05, 0.6])
def test_a_cancel_stops_within_a_second_even_while_the_prompt_is_read(
    generator: LlamaGenerator, after_s: float
) -> None:
    generator.warm(SYSTEM)
    prefix = generator.cached_tokens()
    pid = generator.pid
    started = time.monotonic()
    answer = ask(
        generator,
        "Der Ausschuss beriet die Vorlage. " * 80,
        max_tokens=100,
        cancelled=lambda: time.monotonic() - started > after_s,
    )
    assert time.monotonic() - started - after_s < 1.0
    assert answer == ""
    assert generator.cached_tokens() == prefix
    assert generator.pid == pid


def test_a_reader_that_goes_away_frees_the_generator(generator: LlamaGenerator) -> None:
    stream = generator.generate(SYSTEM, "Zähle bis hundert.", grammar=None, max_tokens=200)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert ask(generator, "Frage", grammar=YES_NO) in {"ja", "nein"}


def test_a_killed_process_costs_one_call_and_comes_back(generator: LlamaGenerator) -> None:
    stream = generator.generate(SYSTEM, "Zähle bis hundert.", grammar=None, max_tokens=200)
    next(stream)
    before = generator.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    with pytest.raises(GeneratorCrashed):
        list(stream)
    assert ask(generator, "Frage", grammar=YES_NO) in {"ja", "nein"}
    assert generator.pid not in {None, before}


def test_a_process_killed_between_calls_is_not_even_noticed(generator: LlamaGenerator) -> None:
    generator.start()
    assert generator.pid is not None
    os.kill(generator.pid, signal.SIGKILL)
    while generator.pid is not None:
        time.sleep(0.01)
    assert ask(generator, "Frage", grammar=YES_NO) in {"ja", "nein"}


def test_out_of_memory_is_an_error_of_the_call_not_of_the_service() -> None:
    small = LlamaGenerator(model_path(ENTRY, WEIGHTS), ENTRY, memory_limit_mib=900)
    with pytest.raises(GeneratorUnavailable):
        ask(small, "Frage")
    assert small.pid is None


def test_weights_with_another_hash_are_never_loaded(tmp_path: Path) -> None:
    wrong = tmp_path / ENTRY.name / ENTRY.files[0].path
    wrong.parent.mkdir()
    wrong.write_bytes(b"GGUF" + bytes(1000))
    with pytest.raises(ModelCorrupt, match=ENTRY.sha256):
        LlamaGenerator(wrong, ENTRY).start()


def test_the_process_ends_with_its_parent() -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from models.generator import LlamaGenerator\n"
        "from models.registry import load_registry\n"
        f"g = LlamaGenerator(Path(sys.argv[1]), load_registry()[{DEFAULT_GENERATOR!r}])\n"
        "g.start(); print(g.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(model_path(ENTRY, WEIGHTS))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(models.__file__).parent.parent,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(50):
        if not _running(child):
            break
        time.sleep(0.1)
    assert not _running(child)


def _running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
