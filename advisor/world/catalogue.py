"""The catalogue of hosts and models: the file that ships, with the user's own laid over it entry by entry."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.domain.catalogue import Catalogue
from advisor.domain.cleaning import clean
from advisor.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHIPPED = Path(__file__).parent.parent / "catalogue.toml"
OWN = "your own catalogue"
KINDS = ("host", "model")
ENTRY = 'An entry begins with [host.NAME] or [model."HOST/NAME"]; its values are written as in training = 3.0.'
LARGEST = 1_000_000
"""Bytes of an override; more is not one."""


def read(own: Path | None = None) -> Catalogue:
    """Return the catalogue, with a file of the user's over it where there is one.

    Raises:
        UsageError: the user's file cannot be read; it names the line and what would do.
    """
    if own is None or not own.is_file():
        return _catalogue(_shipped(), SHIPPED, "")
    text = _text(own)
    over = _parsed(text, own)
    day = datetime.fromtimestamp(own.stat().st_mtime, tz=timezone.utc).date()
    merged: dict[str, Any] = {kind: dict(_shipped().get(kind, {})) for kind in KINDS}
    for kind, name, entry in _entries(over, text, own):
        if type(checked := entry.get("checked")) is date and checked > day + timedelta(days=1):
            raise _bad(own, _line(text, kind, name, "checked"), f"{checked} lies ahead", "Write the day it was read.")
        # Whoever changes an entry vouches for it from that day on.
        merged[kind][name] = {**merged[kind].get(name, {}), "source": OWN, "checked": day, **entry}
    return _catalogue(merged, own, text)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError(f"{file} is too large for a catalogue.", "", "Move it away, or keep only your entries.")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(file, 1, "it is not UTF-8 text", "Save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(
            f"I could not read {file}.", error.strerror or "", "Move it away or fix its rights."
        ) from error


def _parsed(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise _bad(file, line, f"not TOML: {clean(what, 120)}", ENTRY) from error


def _entries(over: dict[str, Any], text: str, file: Path) -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for kind, entries in over.items():
        if kind not in KINDS or not isinstance(entries, dict):
            raise _bad(file, _line(text, kind), f"there is no {clean(kind, 40)!r} here", ENTRY)
        for name, entry in entries.items():
            if not isinstance(entry, dict):
                raise _bad(file, _line(text, kind, name), f"{clean(name, 40)!r} is no entry", ENTRY)
            if kind == "model" and "/" not in name:
                raise _bad(file, _line(text, kind, name), f"{clean(name, 40)!r} names no host", ENTRY)
            found.append((kind, name, entry))
    hosts = {name for kind, name, _ in found if kind == "host"} | set(_shipped()["host"])
    for kind, name, _ in found:
        if kind == "model" and (host := name.partition("/")[0]) not in hosts:
            raise _bad(file, _line(text, kind, name), f"there is no host {clean(host, 40)!r}",
                       f"The hosts are {', '.join(sorted(hosts))}; another one begins with [host.NAME].")  # fmt: skip
    return found


def _catalogue(merged: dict[str, Any], file: Path, text: str) -> Catalogue:
    try:
        return Catalogue.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        kind, name, *field = (str(part) for part in (*first["loc"], "", "")[:3])
        what = _fault(first["type"]) or first["msg"].lower()
        raise _bad(
            file, _line(text, kind, name, field[0]), f"{clean(name, 40)}, {clean(field[0], 40)}: {clean(what, 120)}",
            f"The fields are explained at the top of {SHIPPED}.",
        ) from error  # fmt: skip


def _fault(kind: str) -> str:
    """Say what is wrong with a value, as a person would; nothing where the checker's own words do."""
    faults = {"extra_forbidden": "there is no such field", "date": "it is no day; write it as 2027-01-06",
              "finite_number": "it is no number", "float": "it is no number", "int": "it is no whole number",
              "missing": "it is missing"}  # fmt: skip
    return next((told for name, told in faults.items() if kind.startswith(name)), "")


def _line(text: str, kind: str, name: str = "", field: str = "") -> int:
    """Return the line an entry, or a field of it, stands on; TOML readers keep no places."""
    lines = text.splitlines()
    header = re.compile(rf"\s*\[?\[?\s*[\"']?{re.escape(kind)}\b.*{re.escape(name)}")
    start = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        return _line(text, kind, field=name) if name else 1
    for number in range(start + 1, len(lines)):
        if re.match(r"\s*\[", lines[number]):
            break
        if field and re.match(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=", lines[number]):
            return number + 1
    return start + 1


def _bad(file: Path, line: int, what: str, try_this: str) -> UsageError:
    return UsageError(f"{file}, line {line}: {what}.", "", try_this)
