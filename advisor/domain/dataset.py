"""What inspecting a dataset found."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from advisor.domain.close_look import CloseLook

TEST_FLOOR = 100
"""Test rows kept back even when a tenth would be fewer: at 50 rows 85% has an interval of 71-93%."""

DEV_FLOOR = 60
"""Development rows kept back: MIPROv2 scores minibatches only above 50."""

TEST_CEILING = 3_000
"""Test rows beyond which each further one costs calls and shows little more: 90% has an interval of 88.9-91.0%."""

DEV_CEILING = 1_000
"""Development rows are scored again for every candidate."""

MIN_ROWS = 20
"""Fewer usable rows cannot be split into parts that mean anything."""

MIN_GROUPS_PER_CLASS = 10
"""Distinct inputs a class needs before a three-way split keeps some of it in each part."""


class SplitSizes(NamedTuple):
    """Rows of each part."""

    train: int
    dev: int
    test: int


def split_sizes(usable: int) -> SplitSizes:
    """Return an 80/10/10 split with a floor and a ceiling for the parts that are measured on.

    The floors give way below 500 rows: no measured part takes more than a fifth.
    """
    test = min(TEST_CEILING, max(round(usable * 0.1), min(TEST_FLOOR, usable // 5)))
    dev = min(DEV_CEILING, max(round(usable * 0.1), min(DEV_FLOOR, usable // 5)))
    return SplitSizes(train=usable - dev - test, dev=dev, test=test)


class BadRow(BaseModel):
    """A row that could not be read."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    file: str
    line: int
    why: str


Topic = Literal[
    "roles", "amount", "labels", "copies", "conflicts", "leaks", "reading", "text", "personal", "tokens", "near",
    "noise", "curve", "test",
]  # fmt: skip
"""What a finding is about; screens group by it."""


class Finding(BaseModel):
    """Something in the data that changes what can be done with it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    severity: Literal["blocks", "warns", "notes"]
    about: Topic = "reading"
    what: str
    """The finding in one sentence."""
    consequence: str
    """What it means for the route, in one sentence."""
    examples: tuple[str, ...] = ()
    """At most three rows or values that show it, shortened."""


class Leak(BaseModel):
    """Inputs that stand in two of the splits the file brought along."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    first: str
    second: str
    inputs: int
    normalized_inputs: int


class Beyond(BaseModel):
    """Examples too long for a context."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    context: int
    """Tokens a model takes in."""
    rows: int
    exact: bool
    """Every one was counted; otherwise judged by its characters."""


class Tokens(BaseModel):
    """How long the examples are; an estimate from characters until a tokenizer counts them."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    input_mean: float
    label_mean: float
    longest: int
    """Input and label together; of the rows with most characters where not all were counted."""
    estimated: bool = True
    """From characters alone."""
    tokenizer: str = ""
    """What counted; another model's tokenizer gives other figures."""
    counted: int = 0
    """Rows the tokenizer went through; where they are not all, the others follow by their characters."""
    total: int | None = None
    """Of every input and label."""
    error: float = 0.0
    """Half the 95% interval of `total`, as a share of it; 0 where every row was counted."""
    training: int | None = None
    """One pass over every labelled row, with the marks of a chat around it and without the program's instructions."""
    beyond: tuple[Beyond, ...] = ()


class Field(BaseModel):
    """A column or key of the data."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    role: Literal["input", "label", "ignored"]
    filled: int
    distinct: int
    """Different values among the first 5,000 rows."""
    kind: Literal["text", "word", "number", "flag", "list", "object", "date"]


class DatasetReport(BaseModel):
    """Everything `inspect` found; its JSON is the `--json` of the command."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    path: str
    table: str = ""
    """The sheet of a workbook or table of a database that was read."""
    tables: tuple[str, ...] = ()
    """Those there are to choose from."""
    table_told: bool = False
    """The caller named it; otherwise it is a guess."""
    format: str
    rows: int
    """Records read, not lines."""
    usable: int
    """Rows with an input and a label, counted once per normalised input."""
    labelled: int = 0
    """Rows with a label, copies included."""
    input_fields: tuple[str, ...]
    inputs_told: bool = False
    """The caller named the inputs; otherwise they are guessed."""
    label_field: str | None
    label_told: bool = False
    """The caller named the label; otherwise it is guessed."""
    label_confidence: float
    """0 to 1; right about three times in four on unseen tables, so always confirmed by the user."""
    task: str | None
    classes: int
    label_counts: dict[str, int]
    """Rows of each label as it stands in the file, most first; empty where labels are not classes."""
    rare_labels: dict[str, int] = {}
    """Different examples of every label with too few of them, the fewest first."""
    missing_labels: int
    duplicates: int
    """Copies beyond the first of the same input."""
    normalized_duplicates: int
    conflicting_inputs: int
    conflicting_rows: int
    accuracy_ceiling: float
    """The best score of any program that answers the same input the same way."""
    leaks: tuple[Leak, ...] = ()
    encoding: str
    tokens: Tokens | None
    bad_rows: int
    bad_row_samples: tuple[BadRow, ...] = ()
    warnings: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those that block first."""
    fields: tuple[Field, ...] = ()
    samples: tuple[dict[str, str], ...] = ()
    """Three rows, as text, to confirm the roles by."""
    splits: dict[str, int] = {}
    """Rows of each split the file brought along, where it did."""
    split_field: str | None = None
    """The field that says which split a row is in; None where only the names of files or keys do."""
    close: CloseLook | None = None
    """None before the closer look was taken."""
