"""The settings file of watched sources: TOML, checked before anything is fetched."""

import re
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from relasi.errors import InputError
from relasi.records import Record
from relasi.sources.web import Limits

KINDS = ("feed", "sitemap", "pages")
_AT = re.compile(r" - at `\$\.?(.*)`$")
_MISSING = re.compile(r"Object missing required field ('.*')$")
_UNKNOWN = re.compile(r"Object contains unknown field ('.*')$")
_NUMBER = re.compile(r"sources\[(\d+)\]\.?")
_LINE = re.compile(r"\(at line (\d+), column \d+\)$")


class Source(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source to watch. `every` is in minutes, `most` how many articles of one listing are taken."""

    name: str
    url: str
    kind: Literal["feed", "sitemap", "pages"] = "feed"
    lang: str | None = None
    every: float | None = None
    pattern: str | None = None
    most: int = 5_000
    checked: bool = True


class Settings(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a settings file says. `allowed` are hosts that may have private addresses."""

    sources: tuple[Source, ...] = ()
    every: float = 30.0
    allowed: tuple[str, ...] = ()
    contact: str | None = None
    limits: Limits = Limits()


def read_settings(path: Path) -> Settings:
    """The settings of a file; InputError names the file and the line, or the source and the key."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(path, "no such file; make one with: relasi sources --starter > sources.toml") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, f"cannot be read: {error}") from None
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise InputError(path, _LINE.sub("", str(error)).strip(), int(line[1]) if line else None) from None
    except msgspec.ValidationError as error:
        raise InputError(path, _told(str(error))) from None
    for reason in _wrong(settings):
        raise InputError(path, reason)
    return settings


def _told(message: str) -> str:
    """A message of msgspec in the words of the file: which source, which key, and what is allowed."""
    at = _AT.search(message)
    path = at[1] if at else ""
    where = _NUMBER.sub(lambda found: f"source number {int(found[1]) + 1}, ", path).strip(", ")
    reason = _AT.sub("", message).replace("`", "'")
    if missing := _MISSING.match(reason):
        reason = f"{missing[1]} is missing"
    elif unknown := _UNKNOWN.match(reason):
        keys = Limits if path == "limits" else Source if path else Settings
        reason = f"unknown key {unknown[1]}; known are {', '.join(keys.__struct_fields__)}"
    elif path.endswith("kind"):
        reason += f"; known are {', '.join(KINDS)}"
    return f"{where}: {reason}" if where else reason


def _wrong(settings: Settings) -> list[str]:
    """What the types do not tell."""
    found = [] if settings.sources else ["'sources' is missing; see: relasi sources --starter"]
    names = Counter(s.name for s in settings.sources)
    found += [f"source {name!r} is named {count} times" for name, count in names.items() if count > 1]
    if settings.every <= 0:
        found.append("every: must be more than 0 minutes")
    contact = settings.contact or ""
    if not (contact.isascii() and contact.isprintable()):
        found.append("contact: must be of printable ASCII characters, as it is sent to every site")
    limits = msgspec.structs.asdict(settings.limits)
    found += [f"limits, {name}: must not be less than 0" for name, value in limits.items() if value < 0]
    for source in settings.sources:
        found += [f"source {source.name!r}, {reason}" for reason in _wrong_of(source)]
    return found


def _wrong_of(source: Source) -> list[str]:
    found = []
    if not source.name.strip():
        found.append("name: must not be empty")
    if not re.match(r"https?://[^/]", source.url):
        found.append(f"url: {source.url!r} is no address of the web (http://… or https://…)")
    if source.kind == "pages" and not source.pattern:
        found.append("pattern: a source of the kind 'pages' needs one; it tells articles from other links")
    if source.every is not None and source.every <= 0:
        found.append("every: must be more than 0 minutes")
    if source.most < 1:
        found.append("most: must be at least 1")
    try:
        re.compile(source.pattern or "")
    except re.error as error:
        found.append(f"pattern: no regular expression: {error}")
    return found


def starter() -> str:
    """The starter list, as it is printed."""
    return resources.files("relasi.sources").joinpath("starter.toml").read_text(encoding="utf-8")
