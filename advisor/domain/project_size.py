"""How much room a generated project takes, before it is written."""

from __future__ import annotations

from advisor.domain.dataset import DatasetReport

MEGABYTE = 1_000_000
LARGE = 20 * MEGABYTE
"""A project that takes more is announced before it is written."""

BYTES_A_TOKEN = 4.0
"""Of English text; scripts beyond ASCII take more."""

BYTES_A_FIELD = 8
"""Quotes, colon and comma around a name and its value."""

CODE = 300_000
"""The program, its kit and the plan."""


def expected_size(report: DatasetReport) -> int:
    """Return about how many bytes a project of these rows takes: it carries a copy of them."""
    fields = (*report.input_fields, report.label_field or "")
    names = sum(len(name.encode("utf-8", "replace")) + BYTES_A_FIELD for name in fields)
    text = (report.tokens.input_mean + report.tokens.label_mean) * BYTES_A_TOKEN if report.tokens else 0.0
    return CODE + int(report.usable * (names + text))
