"""Foreign text in Markdown shows as it is, with no more escapes than that takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advisor.domain.cleaning import markdown


@pytest.mark.parametrize("text", ["127.0.0.1", "OPENAI_API_KEY", "gpt-4.1-mini", "a__b", "-a", "3.5", "1-2", "= x"])
def test_what_marks_nothing_is_left_as_it_is(text: str) -> None:
    assert markdown(text) == text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="1a_*-+=.) #>`\\[]~|&<$é", max_size=12))
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    shown = MarkdownIt("commonmark").enable("table").parse(f"before\n{markdown(text)}")
    assert [token.type for token in shown] == ["paragraph_open", "inline", "paragraph_close"]
    inline = shown[1].children or []
    assert {token.type for token in inline} <= {"text", "softbreak", "text_special"}
    told = "".join("\n" if token.type == "softbreak" else token.content for token in inline)
    assert told.removeprefix("before").strip() == " ".join(text.split())
