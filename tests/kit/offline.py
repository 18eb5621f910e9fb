"""A language model without a network, and a task for it."""

from __future__ import annotations

from typing import Any

import dspy
from dspy.lm15 import Message, Request, Response, Usage

from advisor.kit.journal import Journal
from advisor.kit.progress import Progress
from advisor.kit.watch import Meter, Watch

DOLLAR_A_CALL = {"stub": (1e6, 0.0)}


class Engine:
    """Gives every question the same answer, in DSPy's form; one token in."""

    def __init__(self, answer: str = "billing", error: Exception | None = None, usage: bool = True) -> None:
        self.answer, self.error, self.usage = answer, error, usage
        self.calls = 0

    def complete(self, request: Request) -> Response:
        self.calls += 1
        if self.error:
            raise self.error
        fields = ("category", "observations", "summary", "program_description", "module_description",
                  "proposed_instruction", "new_instruction", "reasoning")  # fmt: skip
        text = "".join(f"[[ ## {field} ## ]]\n{self.answer}\n\n" for field in fields) + "[[ ## completed ## ]]"
        return Response(
            id=None, model=request.model, message=Message.assistant(text), finish_reason="stop",
            usage=Usage(input_tokens=1, output_tokens=0) if self.usage else Usage(),
        )  # fmt: skip


class Classify(dspy.Signature):  # type: ignore[misc]
    """Choose a category."""

    text: str = dspy.InputField()
    category: str = dspy.OutputField()


def rows(count: int) -> list[Any]:
    """Half of them are billing."""
    labels = ("billing", "shipping")
    return [dspy.Example(text=f"text {n}", category=labels[n % 2]).with_inputs("text") for n in range(count)]


def score(example: Any, prediction: Any, trace: Any = None, *rest: Any) -> bool:
    return bool(getattr(prediction, "category", None) == example.category)


class Bench:
    """DSPy set up with a watch and the offline model."""

    def __init__(self, journal: Journal, engine: Engine, budget: float | None = None) -> None:
        self.engine = engine
        self.watch = Watch(dict(DOLLAR_A_CALL), budget, Meter())
        self.progress = Progress(journal, self.watch.meter)
        self.lm = dspy.LM("stub", engine=engine, num_retries=0, cache=True)
        self.program = dspy.Predict(Classify)
        self.program.set_lm(self.lm)

    def context(self) -> Any:
        return dspy.context(lm=self.lm, callbacks=[self.watch, self.progress], adapter=dspy.ChatAdapter())
