"""What can go wrong with weights and with the models that run on them."""

from __future__ import annotations

from typing import ClassVar


class ModelError(Exception):
    """Root of this package's errors; `str(error)` is the German sentence for the clerk."""

    code: ClassVar[str] = "model_error"
    exit_code: ClassVar[int] = 60


class RegistryInvalid(ModelError):
    """The list of models cannot be read, or an entry breaks its rules."""

    code = "registry_invalid"
    exit_code = 61


class ModelUnknown(ModelError):
    """No entry of this name."""

    code = "model_unknown"
    exit_code = 62


class ModelMissing(ModelError):
    """The weights are not on this machine."""

    code = "model_missing"
    exit_code = 63


class ModelCorrupt(ModelError):
    """A file is not what its hash says; the sentence carries both hashes."""

    code = "model_corrupt"
    exit_code = 64


class ModelRefused(ModelError):
    """A format that may carry code, or one that we cannot recognise as weights."""

    code = "model_refused"
    exit_code = 65


class SourceUnavailable(ModelError):
    """A source could not be reached or does not hold the file."""

    code = "source_unavailable"
    exit_code = 66


class DiskFull(ModelError):
    """Not enough space for the weights."""

    code = "disk_full"
    exit_code = 67


class GeneratorError(ModelError):
    """Root of what goes wrong while text is generated."""

    code = "generator_error"
    exit_code = 70


class GeneratorCrashed(GeneratorError):
    """The generator's process died during a call; the next call starts it again."""

    code = "generator_crashed"
    exit_code = 71


class GeneratorUnavailable(GeneratorError):
    """The generator cannot be started, or the server in the house does not answer."""

    code = "generator_unavailable"
    exit_code = 72


class PromptTooLong(GeneratorError):
    """Prompt and answer together exceed the context; carries the numbers."""

    code = "prompt_too_long"
    exit_code = 73

    def __init__(self, prompt_tokens: int, max_tokens: int, context_tokens: int) -> None:
        """Builds the sentence from the three token counts."""
        super().__init__(
            f"Die Anfrage ist zu lang: {prompt_tokens} Token Eingabe und bis zu {max_tokens} Token "
            f"Antwort passen nicht in {context_tokens} Token. Bitte weniger Text übergeben."
        )
        self.prompt_tokens = prompt_tokens
        self.max_tokens = max_tokens
        self.context_tokens = context_tokens


class GrammarInvalid(GeneratorError):
    """The grammar handed to the generator cannot be read."""

    code = "grammar_invalid"
    exit_code = 74
