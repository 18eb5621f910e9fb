"""For whom a leave is, read from the words it is given in."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Fact, FactName
from advisor.world.reading import read
from advisor.world.reading.reply import Reading

ANYWHERE: tuple[FactName | None, ...] = (None, "data_must_stay", "metric", "host")


def leave(reading: Reading) -> Fact | None:
    return next((fact for fact in reading.facts if fact.name == "data_must_stay"), None)


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    "reply",
    ["the rows can be uploaded to anyone but OpenAI", "the rows may be sent to anybody except OpenAI",
     "the rows may leave this computer, but not to OpenAI", "our data can be shared with everyone other than OpenAI",
     "the rows may be shown to Claude, not to OpenAI", "the rows may go to any cloud except theirs"],
)  # fmt: skip
def test_a_leave_that_leaves_somebody_out_is_none(reply: str, asked: FactName | None) -> None:
    heard = read(reply, asked, ("yes", "no") if asked == "data_must_stay" else ())
    assert leave(heard) is None and heard.choice is None and not heard.plainly
    assert "I took no leave from that" in heard.note


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    ("reply", "receivers"),
    [
        ("the rows may be shown to Claude and nobody else", ("Anthropic",)),
        ("All our data may be sent to Anthropic", ("Anthropic",)),
        ("Mistral may see all our data", ("Mistral",)),
        ("the rows may be sent to Google Cloud", ("Google Cloud",)),
        ("the rows may be sent to Vertex in the cloud", ("Google Cloud",)),
        ("the rows may be shown to any model at Anthropic", ("Anthropic",)),
        ("our data may be shared with OpenAI, and with Together", ("OpenAI", "Together AI")),
        ("the rows may leave, but only to Nebius", ("Nebius Token Factory",)),
        ("the rows may be sent to Azure OpenAI", ("Microsoft Foundry",)),
        ("the rows may go to OpenAI, not to anyone else", ("OpenAI",)),
        ("the rows may be shown to Perplexity", ("Perplexity",)),
        ("the rows may be shown to Acme Insurance", ("Acme Insurance",)),
        ("the rows may be sent to openai.evil.example", ("openai.evil.example",)),
        ("the rows may go to another OpenAI-compatible host", ("another OpenAI-compatible host",)),
    ],
)
def test_a_name_wins_over_anybody(reply: str, receivers: tuple[str, ...], asked: FactName | None) -> None:
    found = leave(read(reply, asked))
    assert found is not None and found.value is False and found.only == receivers


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    "reply",
    ["the rows may leave this computer", "the rows may be shared together with the labels", "the rows may go",
     "the rows may be sent to anyone", "our data can be uploaded to the cloud", "the data may be shared with others",
     "the rows may leave. We tried OpenAI last year", "the rows may leave, the judge is claude-sonnet-4-5",
     "we do not use OpenAI, the rows may leave"],
)  # fmt: skip
def test_a_leave_that_names_nobody_is_for_anybody(reply: str, asked: FactName | None) -> None:
    heard = read(reply, asked)
    found = leave(heard)
    assert found is not None and found.value is False and found.only == ()
    assert "I take that as leave" not in heard.note


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    "reply",
    ["the rows may be sent to hosts in the EU", "the data can be shared within the EU",
     "it may leave, but only within the EU", "the rows may be sent to OpenAI in Europe",
     "the data may be uploaded to European providers"],
)  # fmt: skip
def test_a_leave_within_a_region_keeps_the_rows_here(reply: str, asked: FactName | None) -> None:
    heard = read(reply, asked)
    found = leave(heard)
    assert found is not None and found.value is True
    assert heard.note.count("I do not know in which country") == 1
