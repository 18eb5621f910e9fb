"""Fill in the texts and programs under `prompts/`."""

from __future__ import annotations

import functools
import keyword
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.domain.cleaning import markdown
from advisor.domain.statistics import percent
from advisor.errors import AdvisorError

if TYPE_CHECKING:
    import jinja2

SHIPPED = Path(__file__).parent.parent / "prompts"
CHECKOUT = Path(__file__).parent.parent.parent / "prompts"
"""Where they are in a checkout; an installed advisor carries them inside itself."""


def render(name: str, /, **values: object) -> str:
    """Return the text of a template, for example `project/README.md`.

    In a template every value goes through `py` (a Python literal), `name` (a Python name), `md` (Markdown text),
    `yaml` (a YAML string), `sh` (a word of a shell command) or `percent` (a share); a value that is not given is an
    error.

    Raises:
        AdvisorError: no such template, or a value is missing.
    """
    # Imported here: most commands print no template.
    import jinja2

    try:
        return _environment().get_template(f"{name}.jinja").render(**values)
    except jinja2.TemplateNotFound as error:
        raise AdvisorError(f"The text {name} is not installed.", f"{error} is missing.", "Install again.") from error
    except jinja2.UndefinedError as error:
        raise AdvisorError(f"The text {name} cannot be filled in.", str(error)) from error


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([SHIPPED, CHECKOUT]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters.update(py=repr, name=identifier, md=markdown, yaml=yaml_string, sh=shlex.quote, percent=percent)
    return environment


def identifier(value: str) -> str:
    """Return a value that is a plain Python name.

    Raises:
        ValueError: it is anything else, so the program would not say what was meant.
    """
    if not value.isascii() or not value.isidentifier() or keyword.iskeyword(value):
        raise ValueError(f"{value!r} is not a name")
    return value


def yaml_string(value: str) -> str:
    """Return a value as a quoted YAML string of printable ASCII, whatever is in it."""
    return f'"{"".join(map(_yaml_character, value))}"'


def _yaml_character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if " " <= character <= "~":
        return character
    return f"\\U{ord(character):08x}" if character > "\uffff" else f"\\u{ord(character):04x}"
