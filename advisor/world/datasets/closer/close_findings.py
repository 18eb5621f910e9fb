"""What the closer look means, in sentences: the finding, and what follows for the route."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain.close_look import CloseLook, Power, Trace
from advisor.domain.dataset import DatasetReport, Finding, Tokens
from advisor.domain.statistics import least_shown, percent
from advisor.world.datasets.closer.deep_findings import deep_findings
from advisor.world.datasets.closer.traces import PERSONAL
from advisor.world.datasets.text import clean, count

ECHOED = 0.5
"""Share of inputs with their own label in them from which scores measure copying."""

LARGE = 0.1
"""Smallest difference a test can show from which it settles little."""

_NAMES = {
    "email": "an e-mail address", "phone": "a phone number", "iban": "an IBAN", "card": "a card number",
}  # fmt: skip


def close_findings(report: DatasetReport, close: CloseLook, tokens: Tokens | None) -> Iterator[Finding]:
    """Yield what the closer look found."""
    traces = {trace.kind: trace for trace in close.traces}
    yield from _personal([traces[kind] for kind in PERSONAL if kind in traces], close)
    yield from _odd_text([trace for trace in close.traces if trace.kind in ("control", "entity", "url")], close)
    yield from _giveaways(close)
    if tokens is not None and tokens.total is not None:
        yield from _lengths(report, tokens)
    yield from _test_part(close.power)
    yield from deep_findings(close, report.task)
    for missing in close.not_run:
        yield Finding(
            severity="notes",
            about=missing.check,
            what=missing.why,
            consequence=f"To have it: {missing.try_this}" if missing.try_this else "Everything else stands.",
        )


def _seen(close: CloseLook) -> str:
    return "" if close.complete else f" among the first {close.rows:,}"


def _personal(traces: list[Trace], close: CloseLook) -> Iterator[Finding]:
    if not traces:
        return
    kinds = ", ".join(f"{count(trace.rows, 'row')} with what looks like {_NAMES[trace.kind]}" for trace in traces)
    yield Finding(
        severity="warns",
        about="personal",
        what=f"Personal data, by its pattern: {kinds}{_seen(close)}.",
        consequence="Training sends it to the host, and a tuned model can repeat it: mask it first, or train where the "
        "data may go. Patterns miss names and addresses and can take a number for another.",
        examples=tuple(sample for trace in traces for sample in trace.samples)[:3],
    )


def _odd_text(traces: list[Trace], close: CloseLook) -> Iterator[Finding]:
    for trace in traces:
        shown = ", ".join(trace.samples)
        rows = f"{count(trace.rows, 'row')}{_seen(close)}"
        if trace.kind == "control":
            what = f"{rows} with control characters ({shown})."
            consequence = "They stay as they are and cost tokens; usually an export fault."
        elif trace.kind == "entity":
            what = f"{rows} with HTML entities such as {shown}."
            consequence = "The model learns to read them, and to write them where answers hold them; decode them first."
        else:
            what = f"{rows} with a web address."
            consequence = "They cost many tokens and can name a person; cut what the answer does not depend on."
        yield Finding(severity="notes", about="text", what=what, consequence=consequence)


def _giveaways(close: CloseLook) -> Iterator[Finding]:
    for found in close.giveaways:
        name = clean(found.field, 40)
        if found.same:
            some = f" in {percent(found.purity)} of the rows" if found.purity < 1 else ""
            what = f"`{name}` is the label under another name{some}."
        else:
            what = (
                f"`{name}` gives the label away: rows that share its value share the label in "
                f"{percent(found.purity)} of {count(found.rows, 'row')}; the commonest label alone is "
                f"{percent(found.majority)}."
            )
        keep_out = "Take it out of the inputs, unless it is known before the answer"
        if not found.is_input:
            keep_out = "The program does not read it; keep it so, unless it is known before the answer"
        yield Finding(
            severity="warns", about="leaks", what=what, consequence=f"{keep_out}: a score with it measures copying."
        )
    echo = close.echo
    if echo and echo.own >= ECHOED and echo.own - echo.other >= ECHOED / 2:
        yield Finding(
            severity="warns",
            about="leaks",
            what=f"The input holds the text of its own label in {percent(echo.own)} of {count(echo.rows, 'row')}, "
            f"that of another row in {percent(echo.other)}.",
            consequence="A score then measures copying; check that real inputs come with it, else cut it out.",
        )


def _lengths(report: DatasetReport, tokens: Tokens) -> Iterator[Finding]:
    total, training = _rounded(tokens.total or 0), _rounded(tokens.training or 0)
    how = f"{total} counted with {tokens.tokenizer}"
    if tokens.error:
        how = f"about {total} ±{percent(tokens.error)}, by {tokens.tokenizer} on {tokens.counted:,} rows drawn"
    yield Finding(
        severity="notes",
        about="tokens",
        what=f"An example has {tokens.input_mean + tokens.label_mean:,.0f} tokens on average, the longest "
        f"{tokens.longest:,}; together {how}.",
        consequence=f"One pass of training over every labelled row is about {training}; hosts bill each pass, with "
        "the program's instructions on top."
        if report.label_field
        else "Another model's tokenizer counts otherwise.",
    )
    for beyond in tokens.beyond:
        about = "" if beyond.exact else "at least " if beyond.rows < 50 else "about "
        yield Finding(
            severity="warns",
            about="tokens",
            what=f"{about}{count(beyond.rows, 'row')} beyond {beyond.context:,} tokens.".capitalize(),
            consequence="A student with that context cuts or refuses them; shorten them or choose a longer context.",
        )


def _rounded(tokens: int) -> str:
    if tokens >= 1_000_000:
        return f"{tokens / 1e6:,.2f} M tokens"
    return f"{tokens / 1e3:,.0f} k tokens" if tokens >= 10_000 else f"{tokens:,} tokens"


def _test_part(power: tuple[Power, ...]) -> Iterator[Finding]:
    if not power:
        return
    most = power[-1]
    shown = [
        f"{_points(each.difference)} at {percent(each.disagreement)}" for each in power if each.difference is not None
    ]
    least = least_shown(most.rows)
    if most.difference is None or least is None:
        yield Finding(
            severity="warns",
            about="test",
            what=f"The {count(most.rows, 'test row')} cannot show that a tuned model is better.",
            consequence="Label more rows before paying for training, or the result settles nothing.",
        )
        return
    yield Finding(
        severity="warns" if most.difference > LARGE else "notes",
        about="test",
        what=f"A test part of {most.rows:,} rows cannot support “the tuned model is better” unless it is better by "
        f"about {_points(most.difference)} points, where the two are right on different rows in a fifth of cases.",
        consequence=f"Points by how much they differ: {', '.join(shown)} (paired, 80% power, 5% level); under "
        f"{_points(least)} never. More rows show smaller differences.",
    )


def _points(share: float) -> str:
    points = share * 100
    return f"{points:.0f}" if points >= 10 else f"{points:.1f}"
