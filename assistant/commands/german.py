"""click, speaking German: help pages, error sentences, confirmation."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import click

HELP_OPTION = "Zeigt diese Hilfe und endet."


class GermanCommand(click.Command):
    """A command whose help page is German throughout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See `click.Command`."""
        kwargs.setdefault("options_metavar", "[OPTIONEN]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a German text."""
        return _german(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the line that shows how to call it."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of options."""
        _write_options(self, ctx, formatter)


class GermanGroup(click.Group):
    """A group of commands whose help page is German throughout."""

    command_class = GermanCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See `click.Group`."""
        kwargs.setdefault("options_metavar", "[OPTIONEN]")
        kwargs.setdefault("subcommand_metavar", "BEFEHL [ANGABEN]…")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a German text."""
        return _german(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the line that shows how to call it."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the lists of options and commands."""
        _write_options(self, ctx, formatter)
        names = self.list_commands(ctx)
        rows = [(name, self.commands[name].get_short_help_str(90)) for name in names]
        with formatter.section("Befehle"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are needed, not of the alphabet."""
        return list(self.commands)


def _german(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = HELP_OPTION
    return option


def _write_usage(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix="Aufruf: ")


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx))]
    rows = [(left, _german_extras(right)) for left, right in records]
    if rows:
        with formatter.section("Optionen"):
            formatter.write_dl(rows)


def _german_extras(text: str) -> str:
    text = text.replace("[default: ", "[Vorgabe: ").replace("[required]", "[nötig]")
    return re.sub(r"(\d+)<=x<=(\d+)", r"\1 bis \2", text)


def sentence(error: click.ClickException) -> str:
    """What went wrong on the command line, and what to do, in German."""
    if isinstance(error, click.NoSuchOption):
        near = _near(error.possibilities)
        return f"Die Option »{error.option_name}« gibt es nicht.{near} {_see_help(error)}"
    if isinstance(error, click.MissingParameter):
        return f"Es fehlt die Angabe {_name(error.param)}. {_see_help(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"Die Option »{error.option_name}« braucht einen Wert. {_see_help(error)}"
    if isinstance(error, click.BadParameter):
        allowed = _allowed(error.param)
        return f"Der Wert für {_name(error.param)} ist ungültig.{allowed} {_see_help(error)}"
    if isinstance(error, click.FileError):
        return f"Die Datei »{error.ui_filename}« lässt sich nicht öffnen."
    if isinstance(error, click.UsageError):
        return f"{_usage_problem(error)} {_see_help(error)}"
    return error.format_message()


def _usage_problem(error: click.UsageError) -> str:
    """The sentence for the two usage errors that click gives no class of their own."""
    quoted = re.search(r"'([^']*)'|\(([^)]*)\)", error.message)
    what = next((group for group in quoted.groups() if group), "") if quoted else ""
    if error.message.startswith("No such command"):
        return f"Den Befehl »{what}« gibt es nicht."
    if error.message.startswith("Got unexpected extra"):
        return f'Zu viele Angaben: »{what}«. Enthält ein Text Leerzeichen, setzen Sie ihn in »"«.'
    if error.message.startswith("Missing command"):
        return "Es fehlt der Befehl."
    return "Der Aufruf ist so nicht möglich."


def _see_help(error: click.UsageError) -> str:
    return f"Hilfe: {error.ctx.command_path if error.ctx else 'aktenkundig'} --help"


def _near(possibilities: Sequence[str] | None) -> str:
    return f" Meinten Sie {', '.join(possibilities)}?" if possibilities else ""


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    if isinstance(param, click.Option):
        return f"»{max(param.opts, key=len)}«"
    return f"»{param.metavar or (param.name or '').upper()}«"


def _allowed(param: click.Parameter | None) -> str:
    kind = param.type if param else None
    if isinstance(kind, click.IntRange):
        return f" Erlaubt ist eine Zahl von {kind.min} bis {kind.max}."
    if isinstance(kind, click.Choice):
        return f" Erlaubt sind {', '.join(map(str, kind.choices))}."
    if kind is click.INT:
        return " Erwartet wird eine Zahl."
    return ""


def confirm(question: str) -> bool:
    """Asks on stderr; anything but "j" or "ja" means no."""
    click.echo(f"{question} [j/N] ", nl=False, err=True)
    return sys.stdin.readline().strip().lower() in {"j", "ja"}
