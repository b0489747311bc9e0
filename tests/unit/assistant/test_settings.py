from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsInvalid
from assistant.settings import SETTINGS_FILE, read_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "WEIGHTS",
        "MANDANT",
        "GENERATOR",
        "PORT",
        "REMOTE_URL",
        "REMOTE_MODEL",
        "OPARL_HOSTS",
    ):
        monkeypatch.delenv(f"AKTENKUNDIG_{name}", raising=False)
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(tmp_path))
    return tmp_path


def write(home: Path, text: str) -> None:
    (home / SETTINGS_FILE).write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold(home: Path) -> None:
    settings = read_settings()
    assert settings.home == home
    assert settings.mandant == "lvs"
    assert settings.generator == "local"
    assert settings.port == 8000
    assert settings.weights.parts[-2:] == ("models", "weights")


def test_the_file_of_the_home_is_read(home: Path) -> None:
    write(home, 'mandant = "lvn"\nport = 8123\n')
    settings = read_settings()
    assert (settings.mandant, settings.port) == ("lvn", 8123)


def test_no_oparl_server_is_allowed_until_one_is_named(home: Path) -> None:
    assert read_settings().oparl_hosts == ()
    write(home, 'oparl_hosts = ["ris.example.de", "ris.example.de:8443", "[::1]:80"]\n')
    assert read_settings().oparl_hosts == ("ris.example.de", "ris.example.de:8443", "[::1]:80")


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, 'mandant = "lvn"\n')
    monkeypatch.setenv("AKTENKUNDIG_MANDANT", "lvs")
    assert read_settings().mandant == "lvs"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('mandat = "lvn"', "Unbekannte Einstellung »mandat«"),
        ('home = "/anderswo"', "AKTENKUNDIG_HOME"),
        ('generator = "cloud"', "local, remote und none"),
        ("port = 70000", "»port« ist ungültig"),
        ('mandant = "../x"', "»mandant« ist ungültig"),
        ("port = ", "kein gültiges TOML"),
        ('generator = "remote"', "»remote_url« und »remote_model«"),
        ('oparl_hosts = ["https://ris.example.de/oparl"]', "kein Rechnername"),
        ('oparl_hosts = ["*"]', "kein Rechnername"),
        ("oparl_requests_per_second = 0", "über 0 und höchstens 50"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_german_sentence(
    home: Path, text: str, words: str
) -> None:
    write(home, text)
    with pytest.raises(SettingsInvalid) as caught:
        read_settings()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "http://[::1]:8080/v1", "http://10.1.2.3", "http://localhost"]
)
def test_a_remote_generator_in_the_house_is_accepted(home: Path, url: str) -> None:
    write(home, f'generator = "remote"\nremote_model = "m"\nremote_url = "{url}"')
    assert read_settings().remote_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8",
        "https://api.example.org/v1",
        "ftp://127.0.0.1",
        "http://127.0.0.1@8.8.8.8/",
        "http://0.0.0.0:8080",
        "http://",
    ],
)
def test_a_remote_generator_outside_the_house_is_refused(home: Path, url: str) -> None:
    write(home, f'generator = "remote"\nremote_model = "m"\nremote_url = "{url}"')
    with pytest.raises(SettingsInvalid, match="remote_url"):
        read_settings()


def test_a_host_that_the_settings_name_belongs_to_the_house(home: Path) -> None:
    write(
        home,
        'generator = "remote"\nremote_model = "m"\nremote_hosts = ["ki.intern"]\n'
        'remote_url = "http://ki.intern:8080"',
    )
    assert read_settings().remote_hosts == ("ki.intern",)
