"""What a closer look adds to the report of a dataset, as sections."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain.cleaning import clean
from advisor.domain.close_look import CloseLook, Deep, ProxyCurve
from advisor.domain.dataset import DatasetReport, Tokens, split_sizes
from advisor.domain.deep_words import on_request
from advisor.domain.report_parts import Measure, Pair, Part, Plot, SectionName, Table, Title, Words
from advisor.domain.statistics import percent, span

UNDER_WAY = "A closer look is under way: this fills in by itself."
HELD_BACK = "A closer look is taken once nothing stops every route."
NOT_TAKEN = "The closer look could not be taken."

TRACES = {
    "email": "e-mail addresses", "phone": "phone numbers", "iban": "IBANs", "card": "card numbers",
    "url": "web addresses", "entity": "HTML entities", "control": "control characters",
}  # fmt: skip

CURVE_KEY = "● measured, ○ drawn on: the range of two fits"


def closer_sections(report: DatasetReport, *, looking: bool) -> tuple[tuple[SectionName, str, tuple[Part, ...]], ...]:
    """Return name, title and parts of the sections that a closer look fills."""
    close, stopped = report.close, any(finding.severity == "blocks" for finding in report.findings)
    awaited = Words(HELD_BACK if stopped else UNDER_WAY if looking else NOT_TAKEN)
    told: tuple[tuple[SectionName, str, Iterator[Part]], ...] = (
        ("length", "length", _length(report)),
        ("personal", "personal data", _personal(close) if close else iter(())),
        ("noise", "label noise", _noise(close, report) if close else iter(())),
        ("curve", "learning curve", _curve(close, report) if close else iter(())),
        ("test", "test part", _test(report)),
    )
    return tuple((name, title, (*parts, *(() if close else (awaited,)))) for name, title, parts in told)


def _length(report: DatasetReport) -> Iterator[Part]:
    tokens = report.tokens
    if tokens is None:
        yield Words("There is no text to measure.")
        return
    yield Pair("input", f"{tokens.input_mean:,.0f} tokens on average")
    yield Pair("label", f"{tokens.label_mean:,.0f} tokens on average")
    yield Pair("longest", f"{tokens.longest:,} tokens, input and label together")
    if tokens.total is not None:
        within = f" ±{percent(tokens.error)}" if tokens.error else ""
        yield Pair("together", f"{tokens.total:,} tokens{within}")
    if tokens.training is not None:
        yield Pair("one pass", f"{tokens.training:,} tokens of training over every labelled row")
    yield Words(_counter(tokens))
    if tokens.beyond:
        rows = tuple(
            (f"{one.context:,}", f"{one.rows:,}" if one.exact else f"about {one.rows:,}") for one in tokens.beyond
        )
        yield Title("too long for a context")
        yield Table(("tokens", "rows beyond"), rows, frozenset())


def _counter(tokens: Tokens) -> str:
    if tokens.estimated:
        return "Judged by the characters; no tokenizer has counted."
    name = clean(tokens.tokenizer, 60)
    drawn = f" on {tokens.counted:,} rows drawn, the others by their characters" if tokens.error else ""
    return f"Counted with {name}{drawn}; another model's tokenizer counts otherwise."


def _personal(close: CloseLook) -> Iterator[Part]:
    seen = "every row" if close.complete else f"the first {close.rows:,} rows"
    if close.traces:
        rows = tuple(
            (TRACES[one.kind], f"{one.rows:,}", ", ".join(clean(sample, 60) for sample in one.samples))
            for one in close.traces
        )
        yield Table(("found", "rows", "such as, masked"), rows, frozenset({0, 2}))
    else:
        yield Words("No e-mail address, phone number, IBAN, card number or web address, and no odd characters.")
    yield Words(f"By pattern, in {seen}. Patterns miss names and addresses and can take a number for another.")


def missing(close: CloseLook, check: Deep, report: DatasetReport) -> str:
    """Say why a check on request is not there; what hindered it is a finding of its own."""
    return "It could not be done." if any(one.check == check for one in close.not_run) else on_request(check, report)


def _noise(close: CloseLook, report: DatasetReport) -> Iterator[Part]:
    if close.noise is None:
        yield Words(missing(close, "noise", report))
    else:
        noise = close.noise
        drawn = " drawn" if noise.sampled else ""
        yield Pair("looked at", f"{noise.rows:,} labels{drawn}")
        yield Pair("contradicted", f"{noise.flagged:,}, {percent(noise.flagged / max(1, noise.rows))}")
        yield Pair("by", f"a simple classifier, right on {percent(noise.accuracy)} of the rows held out")
        if not noise.judged:
            yield Words("The classes overlap too much: this says nothing of single labels.")


def _curve(close: CloseLook, report: DatasetReport) -> Iterator[Part]:
    if close.curve is None:
        yield Words(missing(close, "curve", report))
    else:
        curve = close.curve
        yield Plot(measures(curve), CURVE_KEY)
        rows = tuple((f"{point.rows:,}", percent(point.accuracy), "measured") for point in curve.points)
        ahead = (f"{curve.doubled:,}", span(curve.low, curve.high), "drawn on")
        yield Table(("rows", "right", ""), (*rows, ahead), frozenset({2}))
        yield Words(f"A cheap linear proxy on {curve.test_rows:,} rows held out, not a fine-tuned model.")


def measures(curve: ProxyCurve) -> tuple[Measure, ...]:
    """Return the points of a curve, the one beyond what was measured last."""
    measured = (Measure(point.rows, point.accuracy, point.accuracy, measured=True) for point in curve.points)
    return (*measured, Measure(curve.doubled, curve.low, curve.high, measured=False))


def _test(report: DatasetReport) -> Iterator[Part]:
    if not report.usable or report.label_field is None:
        yield Words("Nothing can be held back before there are rows with a label.")
        return
    parts = split_sizes(report.usable)
    yield Pair("train", f"{parts.train:,} rows")
    yield Pair("choosing", f"{parts.dev:,} rows")
    yield Pair("final test", f"{parts.test:,} rows")
    if report.close and report.close.power:
        rows = tuple(
            (
                percent(one.disagreement),
                f"{100 * one.difference:.1f} points" if one.difference is not None else "none",
            )
            for one in report.close.power
        )
        yield Title("the smallest difference this test can show")
        yield Table(("right on different rows", "smallest difference"), rows, frozenset())
        yield Words("Two programs on the same rows, at 80% power and the 5% level.")
