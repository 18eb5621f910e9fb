"""What a closer look at a dataset found, beyond the counts of the first report."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Deep = Literal["near", "noise", "curve"]
"""Checks made on request only: they take libraries, minutes and memory."""


class Trace(BaseModel):
    """Something that stands in texts, found by its pattern."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: Literal["control", "entity", "email", "phone", "iban", "card", "url"]
    rows: int
    """Rows with at least one."""
    samples: tuple[str, ...] = ()
    """At most three, masked: none shows a whole value."""


class Giveaway(BaseModel):
    """A field that says the label by itself."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    field: str
    purity: float
    """Share of `rows` whose label the other rows with the same value agree on."""
    majority: float
    """Share of the commonest label: what saying it always would reach."""
    rows: int
    """Rows whose value stands in at least one other row."""
    same: bool
    """Every label has one value and every value one label: it is the label under another name."""
    is_input: bool
    """The program would read it."""


class Echo(BaseModel):
    """How often the input holds the text of its own label."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    rows: int
    own: float
    """Share of rows with their own label in the input."""
    other: float
    """Share with the label of another row in it: what chance does."""


class Power(BaseModel):
    """The smallest difference a test part is likely to show."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    rows: int
    """Test rows."""
    disagreement: float
    """Share of rows on which exactly one of the two programs is right."""
    difference: float | None
    """At 80% power and the 5% level; None when none can be shown."""


class NearCopies(BaseModel):
    """Inputs that share most of their three-word sequences with an earlier one."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    compared: int
    """Distinct normalised inputs compared."""
    inputs: int
    """Those with a near copy before them."""
    across: dict[str, int] = {}
    """Inputs with a near copy in another split the file brought along, by `first and second`."""
    labelled_otherwise: int = 0
    """Those whose near copy carries another label."""
    examples: tuple[str, ...] = ()
    sampled: bool = False


class LabelNoise(BaseModel):
    """Labels that a cheap classifier, trained on the other rows, contradicts with confidence."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    rows: int
    accuracy: float
    """Of the classifier on rows it was not trained on."""
    flagged: int
    judged: bool
    """False: the classes overlap too much, and `flagged` says nothing of single labels."""
    examples: tuple[str, ...] = ()
    sampled: bool = False


class CurvePoint(BaseModel):
    """How right the proxy is after so many rows."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    rows: int
    accuracy: float


class ProxyCurve(BaseModel):
    """The learning curve of a cheap linear proxy, not of a fine-tuned model."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    points: tuple[CurvePoint, ...]
    test_rows: int
    doubled: int
    """Training rows the curve is drawn on to: twice the most it was measured at."""
    low: float
    high: float
    """Range of the accuracy there, by two fits."""
    missed_by: float
    """How far the fit on half the rows was off at all of them, as a share."""
    sampled: bool = False


class NotRun(BaseModel):
    """A check that could not be made."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    check: Literal["tokens", "near", "noise", "curve"]
    why: str
    try_this: str = ""


class CloseLook(BaseModel):
    """Everything the closer look found."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    rows: int
    """Rows looked through for what stands in their text."""
    complete: bool
    """Those were all rows of the file."""
    traces: tuple[Trace, ...] = ()
    giveaways: tuple[Giveaway, ...] = ()
    echo: Echo | None = None
    """None where labels are no classes named by words."""
    power: tuple[Power, ...] = ()
    near: NearCopies | None = None
    noise: LabelNoise | None = None
    curve: ProxyCurve | None = None
    not_run: tuple[NotRun, ...] = ()
