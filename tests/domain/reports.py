"""Reports of made-up files: one looked at closely, one whose every text is hostile."""

from __future__ import annotations

from advisor.domain.close_look import (
    CloseLook,
    CurvePoint,
    Echo,
    Giveaway,
    LabelNoise,
    NearCopies,
    NotRun,
    Power,
    ProxyCurve,
    Trace,
)
from advisor.domain.dataset import BadRow, Beyond, DatasetReport, Field, Finding, Leak, Tokens
from advisor.domain.plan import Plan, Reckoned

TICKETS = DatasetReport(
    path="/data/user/tickets.csv", format="csv", rows=812, usable=797, labelled=797, input_fields=("text",),
    label_field="category", label_confidence=0.9, task="classification", classes=12,
    label_counts={**{f"label {number}": 80 - 3 * number for number in range(11)}, "refund": 4}, missing_labels=15,
    duplicates=3, normalized_duplicates=4, conflicting_inputs=3, conflicting_rows=6, accuracy_ceiling=0.9996,
    leaks=(Leak(first="train", second="test", inputs=2, normalized_inputs=5),), encoding="utf-8",
    tokens=Tokens(input_mean=42, label_mean=2, longest=180), bad_rows=2,
    bad_row_samples=(BadRow(file="tickets.csv", line=41, why="has 7 columns, the header has 6"),),
    findings=(
        Finding(
            severity="warns", about="conflicts", what="3 inputs with different labels (6 rows).",
            consequence="No model can score above 99.96% here.", examples=("where is it → card (1), refund (1)",),
        ),
        Finding(severity="notes", about="copies", what="4 copies of earlier inputs.", consequence="One counts."),
    ),
    fields=(
        Field(name="id", role="ignored", filled=812, distinct=812, kind="number"),
        Field(name="text", role="input", filled=810, distinct=800, kind="text"),
        Field(name="category", role="label", filled=797, distinct=12, kind="word"),
    ),
    samples=tuple({"id": f"{row}", "text": f"text of row {row}", "category": f"label {row}"} for row in range(3)),
    splits={"train": 700, "test": 112},
)  # fmt: skip
"""Before the closer look."""

STOPS = Finding(severity="blocks", about="amount", what="Too few rows.", consequence="Nothing can be held back.")
BLOCKED = TICKETS.model_copy(update={"findings": (STOPS, *TICKETS.findings)})

CLOSE = CloseLook(
    rows=812, complete=True,
    traces=(Trace(kind="email", rows=7, samples=("a…@example.com",)),),
    giveaways=(Giveaway(field="queue", purity=0.98, majority=0.1, rows=700, same=False, is_input=False),),
    echo=Echo(rows=797, own=0.4, other=0.1),
    power=(Power(rows=100, disagreement=0.1, difference=0.09), Power(rows=100, disagreement=0.2, difference=None)),
    near=NearCopies(compared=797, inputs=9, labelled_otherwise=2),
    noise=LabelNoise(rows=797, accuracy=0.8, flagged=12, judged=True),
    curve=ProxyCurve(
        points=tuple(CurvePoint(rows=64 * 2**step, accuracy=0.5 + 0.1 * step) for step in range(4)),
        test_rows=160, doubled=1024, low=0.83, high=0.87, missed_by=0.01,
    ),
)  # fmt: skip

COUNTED = Tokens(
    input_mean=40, label_mean=2, longest=170, estimated=False, tokenizer="o200k", counted=300, total=33_000,
    error=0.02, training=41_000, beyond=(Beyond(context=128, rows=3, exact=False),),
)  # fmt: skip

CLOSER = TICKETS.model_copy(update={"close": CLOSE, "tokens": COUNTED})
"""After the closer look."""

HINDERED = CLOSE.model_copy(
    update={"noise": None, "curve": None, "near": None, "not_run": (NotRun(check="noise", why="No scikit-learn."),)}
)

NASTY = "[bold red]x[/] \x1b[31mred\x1b[0m \u202egnp.exe\u202c 🧑‍🔧 שלום ][ \x07\x00 sk-abcdefghijklmnopqrstuvwx"
HUGE = "很" * 20_000 + "x" * 1_000_000

HOSTILE = TICKETS.model_copy(update={
    "path": f"/tmp/{NASTY}.csv", "format": NASTY, "encoding": NASTY, "input_fields": (NASTY, HUGE),
    "label_field": NASTY,
    "label_counts": {NASTY: 30, HUGE: 20, "": 5, "a\nb": 2}, "splits": {NASTY: 5, HUGE: 6},
    "leaks": (Leak(first=NASTY, second=HUGE, inputs=1, normalized_inputs=1),),
    "bad_row_samples": (BadRow(file=NASTY, line=1, why=HUGE),),
    "findings": (Finding(severity="warns", about="conflicts", what=NASTY, consequence=HUGE, examples=(NASTY, HUGE)),),
    "fields": tuple(
        Field(name=name, role=role, filled=1, distinct=1, kind="text")
        for name, role in ((NASTY, "input"), (HUGE, "input"), ("a\nb", "label"))
    ),
    "samples": ({NASTY: NASTY, HUGE: HUGE},) * 3,
    "tokens": COUNTED.model_copy(update={"tokenizer": NASTY}),
    "close": CLOSE.model_copy(update={
        "traces": (Trace(kind="control", rows=7, samples=(NASTY, HUGE)),),
        "giveaways": (Giveaway(field=NASTY, purity=1, majority=0.1, rows=700, same=True, is_input=True),),
    }),
})  # fmt: skip


def reckoned(plan: Plan, tokens: Tokens | None, pass_rate: float) -> Plan:
    """Return a plan whose forecast goes by rows so long, of which so many are answered rightly."""
    lengths = (tokens.input_mean, tokens.label_mean) if tokens else (None, None)
    goes_by = Reckoned(input_tokens=lengths[0], label_tokens=lengths[1], pass_rate=pass_rate)
    return plan.model_copy(update={"reckoned": goes_by})
