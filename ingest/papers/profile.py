"""What differs from one council information system to the next: one TOML file each.

`allgemein.toml` holds what all have in common; a further profile adds to it. A profile is
recognised by words of the text itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.types import SectionKind
from ingest.errors import IngestError

_GENERAL = "allgemein"


class UnknownProfile(IngestError):
    """A profile was named that does not exist."""

    code = "unknown_profile"

    def __init__(self, name: str) -> None:
        """`name` is what was asked for."""
        known = ", ".join(profile_names())
        super().__init__(f"Das Quellprofil „{name}“ gibt es nicht. Vorhanden sind: {known}.")


@dataclass(frozen=True, slots=True)
class Profile:
    """The words one source system prints.

    Attributes:
        recognised_by: patterns one of which stands in a paper of this system.
        headings: heading, lower case, to the kind of section it opens.
        labels: name of a header field to the words printed before its value.
        roles: what a body may be asked to do with a paper, longest first.
        us_dates: "04/20/2012" means 20 April.
        bare_labels: a label at the beginning of a line needs no colon.
    """

    name: str
    recognised_by: tuple[re.Pattern[str], ...]
    headings: Mapping[str, SectionKind]
    labels: Mapping[str, tuple[str, ...]]
    roles: tuple[str, ...]
    us_dates: bool
    bare_labels: bool = False


@cache
def profile_names() -> tuple[str, ...]:
    """Names of all profiles, the general one first."""
    folder = resources.files("ingest.papers").joinpath("profiles")
    names = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name[-5:] == ".toml")
    return (_GENERAL, *(name for name in names if name != _GENERAL))


@cache
def load_profile(name: str = _GENERAL) -> Profile:
    """Reads a profile, with everything the general one holds.

    Raises:
        UnknownProfile: there is no such profile.
    """
    if name not in profile_names():
        raise UnknownProfile(name)
    raw = tomllib.loads(
        resources.files("ingest.papers").joinpath("profiles", f"{name}.toml").read_text("utf-8")
    )
    headings = {
        title.lower(): SectionKind(kind)
        for kind, titles in raw.get("ueberschriften", {}).items()
        for title in titles
    }
    labels = {field: tuple(words) for field, words in raw.get("felder", {}).items()}
    roles = tuple(raw.get("rollen", ()))
    if name != _GENERAL:
        general = load_profile()
        headings = {**general.headings, **headings}
        labels = {
            field: (*labels.get(field, ()), *general.labels.get(field, ()))
            for field in {**general.labels, **labels}
        }
        roles = (*roles, *general.roles)
    return Profile(
        name,
        tuple(re.compile(p, re.MULTILINE) for p in raw.get("kennzeichen", ())),
        headings,
        labels,
        tuple(sorted(set(roles), key=lambda role: (-len(role), role))),
        bool(raw.get("us_datum", False)),
        bool(raw.get("ohne_doppelpunkt", False)),
    )


def detect_profile(text: str) -> Profile:
    """The profile whose marks stand in the first pages of `text`, else the general one."""
    head = text[:6000]
    for name in profile_names():
        profile = load_profile(name)
        if any(pattern.search(head) for pattern in profile.recognised_by):
            return profile
    return load_profile()
