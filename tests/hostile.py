"""Text that tries to be more than text, for whatever shows or hands on what a user wrote."""

from __future__ import annotations

import re

from hypothesis import strategies as st

KEYS = (
    "sk-proj-AbCd_1234-efgh5678", "AIzaSyA1234567890abcdefghijklmnopqrs", "hf_AbCdEfGhIjKlMnOpQrStUv",
    "8f14e45fceea167a5a36dedd4bea2543", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.dozjgNryP4J",
)  # fmt: skip

_TRICKS = (
    "\x1b[31m", "\x1b]8;;http://x\x07", "\x9b2J", "\u202e", "\u2028", "\u200d", "\r", "\n", "\x00", "\x85",
    "\n\n# Title\n", "\n---\n", "\n===\n", "\n| - | - |\n", "\n> ", "\n- ", "\n1. ", "\n    code", "| a | b |",
    "<script>alert(1)</script>", "<!--", "[x](javascript:1)", "![i](http://x)", "```", "~~~", "``", "**", "_",
    "&lt;", "$x$", "{{ 7 * 7 }}", "{% raw %}", "\\", "\\\\", '"kind": "replied"', "grüß", "日本",
)  # fmt: skip


def hostile_text(*, keys: bool = True) -> st.SearchStrategy[str]:
    """Return pieces of mark-up, escape sequences, keys and any other text, one after another."""
    parts = [st.sampled_from(_TRICKS), st.text(max_size=20)]
    if keys:
        parts.append(st.sampled_from(KEYS).map(lambda key: f" {key} "))
    return st.lists(st.one_of(parts), max_size=8).map("".join)


def leaks(text: str) -> list[str]:
    """Return the middles of keys that stand in a text."""
    return [key for key in KEYS if key[8:20] in text]


def unseen(text: str) -> set[str]:
    """Return what moves a cursor or turns the reading direction, other than the end of a line."""
    return set(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text))


def structure(markdown: str) -> list[str]:
    """Return what Markdown or HTML would not show as text: tags, links, images, code."""
    plain = re.sub(r"\\[!-/:-@\[-`{-~]", "", markdown)
    return re.findall(r"<[^>\s]|\]\(|!\[|`|~~~|\$|&\w+;", plain)
