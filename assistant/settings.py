"""The few things an operator can set: environment, then `<home>/aktenkundig.toml`, then defaults.

Only the command line reads them; everything below gets plain arguments.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

import models
from assistant.errors import SettingsInvalid

SETTINGS_FILE = "aktenkundig.toml"
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?")
MANDANT_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,31}$"


def default_home() -> Path:
    """Where data lies unless told otherwise: in the checkout, or in the user's data folder."""
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "beispiele").is_dir():
        return checkout / ".aktenkundig"
    return Path.home() / ".local" / "share" / "aktenkundig"


_RANGES = {
    "port": "Erlaubt ist eine Zahl von 1 bis 65535.",
    "drafts_kept_days": "Erlaubt ist eine Zahl von 1 bis 36500 (Tage).",
}


def default_weights() -> Path:
    """Where weights lie unless told otherwise: beside the code of the `models` package."""
    assert models.__file__ is not None
    return Path(models.__file__).resolve().parent / "weights"


class Settings(BaseSettings):
    """What can be set. Each field is also AKTENKUNDIG_<NAME> in the environment.

    Attributes:
        generator_drafts: lets the language model write sentences of its own, each checked against
            its quotes, instead of choosing quotes by number. For larger models; see decision 0024.
        remote_url: address of an OpenAI-compatible server in the house, for `generator = "remote"`.
        remote_hosts: names of hosts of the house that `remote_url` may name; loopback and private
            addresses need no entry.
        oparl_hosts: names of the hosts that `aktenkundig oparl` may reach, with ":port" where it
            is not the usual one; none unless set.
        oparl_requests_per_second: how often it asks a server at most.
        drafts_kept_days: a kept draft that nobody has changed for so many days is deleted; none is
            where this is not set.
    """

    model_config = SettingsConfigDict(env_prefix="AKTENKUNDIG_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=default_home)
    weights: Path = Field(default_factory=default_weights)
    mandant: str = Field(default="lvs", pattern=MANDANT_PATTERN)
    generator: Literal["local", "remote", "none"] = "local"
    remote_url: str | None = None
    remote_model: str | None = None
    remote_hosts: tuple[str, ...] = ()
    oparl_hosts: tuple[str, ...] = ()
    oparl_requests_per_second: float = 2.0
    embedder_model: str = "multilingual-e5-small"
    generator_model: str = "qwen2.5-coder-1.5b-instruct"
    generator_drafts: bool = False
    port: int = Field(default=8000, ge=1, le=65535)
    drafts_kept_days: int | None = Field(default=None, ge=1, le=36_500)

    @property
    def chosen_models(self) -> tuple[str, ...]:
        """Names of the models that run here."""
        local = (self.generator_model,) if self.generator == "local" else ()
        return (self.embedder_model, *local)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose values come as arguments."""
        return env_settings, init_settings

    @field_validator("home", "weights")
    @classmethod
    def _resolved(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("oparl_hosts")
    @classmethod
    def _names_of_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if not _HOST.fullmatch(host):
                raise ValueError(
                    f"»{host}« in »oparl_hosts« ist kein Rechnername. Erwartet wird er ohne "
                    "https:// und ohne Pfad, zum Beispiel »ris.example.de«."
                )
        return value

    @field_validator("oparl_requests_per_second")
    @classmethod
    def _polite(cls, value: float) -> float:
        if not 0 < value <= 50:
            raise ValueError(
                "»oparl_requests_per_second« ist eine Zahl über 0 und höchstens 50; üblich ist 2."
            )
        return value

    @model_validator(mode="after")
    def _remote_is_in_the_house(self) -> Settings:
        if self.remote_url is not None:
            _check_remote(self.remote_url, self.remote_hosts)
        if self.generator == "remote" and not (self.remote_url and self.remote_model):
            raise ValueError(
                "Für »generator = remote« werden »remote_url« und »remote_model« gebraucht."
            )
        return self


def read_settings() -> Settings:
    """Reads the environment and the settings file of the home that it names.

    Raises:
        SettingsInvalid: an unknown key, a value that cannot be used, or an unreadable file.
    """
    home = Path(os.environ.get("AKTENKUNDIG_HOME") or default_home()).expanduser()
    path = home / SETTINGS_FILE
    values = _read_file(path)
    if "home" in values:
        raise SettingsInvalid(
            f"»home« kann nicht in {path} stehen, denn die Datei liegt selbst dort. "
            "Setzen Sie stattdessen die Umgebungsvariable AKTENKUNDIG_HOME."
        )
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsInvalid(_sentence(error, path)) from None
    except ValueError as error:  # pydantic-settings: a list in the environment that is no JSON
        raise SettingsInvalid(
            f"Eine Umgebungsvariable AKTENKUNDIG_… ist nicht lesbar: {error}."
        ) from None


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsInvalid(
            f"Die Einstellungen {path} sind nicht lesbar ({error.strerror}). "
            "Bitte prüfen Sie die Rechte an der Datei."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsInvalid(
            f"Die Einstellungen {path} sind kein gültiges TOML ({error})."
        ) from None


def _check_remote(url: str, named_hosts: tuple[str, ...]) -> None:
    """Refuses an address that is neither private nor named as one of the house."""
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise ValueError(f"»remote_url« ist keine Adresse der Form http://rechner:port: {url}")
    if host == "localhost" or host in named_hosts:
        return
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise ValueError(
            f"Der Rechner »{host}« in »remote_url« ist nicht als Rechner des Hauses benannt. "
            "Tragen Sie ihn unter »remote_hosts« ein, wenn er einer ist."
        ) from None
    if not (address.is_private or address.is_loopback) or address.is_unspecified:
        raise ValueError(
            f"»remote_url« zeigt mit {host} aus dem Haus hinaus. "
            "Erlaubt sind nur eigene (private) Adressen."
        )


def _sentence(error: ValidationError, path: Path) -> str:
    """The first problem as a German sentence."""
    problem = error.errors()[0]
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        known = ", ".join(field for field in Settings.model_fields if field != "home")
        return f"Unbekannte Einstellung »{name}« in {path}. Bekannt sind: {known}."
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    expected = {
        "literal_error": "Erlaubt sind local, remote und none.",
        "string_pattern_mismatch": "Erlaubt sind Kleinbuchstaben, Ziffern, - und _.",
        "int_parsing": "Erwartet wird eine Zahl.",
        "int_type": "Erwartet wird eine Zahl.",
        "greater_than_equal": _RANGES.get(name, ""),
        "less_than_equal": _RANGES.get(name, ""),
    }.get(problem["type"], "Der Wert hat nicht die erwartete Form.")
    return f"Die Einstellung »{name}« ist ungültig. {expected}"
