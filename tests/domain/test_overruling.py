from __future__ import annotations

import pytest

from advisor.domain.facts import FactValue
from advisor.domain.overruling import chosen_against_advice, chosen_outright, goes_back, meant
from tests.domain.test_supposing import READY, case

INSISTED = {
    "fine_tuning": (
        "fine-tune anyway", "I want to fine-tune anyway", "let me train regardless", "Fine-tune anyway!",
        "I don't care, fine-tune anyway", "no, fine-tune anyway", "not advised, but fine-tune anyway",
        "I insist on fine-tuning", "I insist on training", "I still want to fine-tune", "overrule: fine-tune",
        "I know it is risky. Fine-tune anyway.", "even if it fails, fine-tune anyway", "train it anyhow, please",
        "Is it risky? Fine-tune anyway.", "I don't mind the risk - fine-tune anyway", "FINE-TUNE ANYWAY",
        "we don't have many labels and I want to fine-tune anyway", "please do fine-tune regardless",
        "no matter what you say I insist on fine-tuning", "let's just fine tune regardless",
    ),
    "distillation": ("distil it anyway please", "I want distillation. Do it anyway.", "distill regardless"),
    "better_together": ("overrule: better together", "better_together anyway", "Better together. I insist."),
    "gold_finetune": ("I insist on training on my labels", "train on our labels anyway", "gold fine-tuning, I insist"),
    "prompt_optimization": ("optimize the prompts anyway", "GEPA anyway", "I still want MIPRO"),
}  # fmt: skip
NOT_CHOSEN = (
    "I don't want to fine-tune anyway", "no need to train it anyway", "we do not insist on fine-tuning",
    "I would never fine-tune regardless", "what happens if I fine-tune anyway?", "what happens if I fine-tune anyway",
    "should I fine-tune anyway?", "should we fine-tune anyway", "can I train regardless?", "fine-tune anyway?",
    "why would I fine-tune anyway", "I won’t fine-tune anyway", "I can't fine-tune anyway", "we cant train anyway",
    "I would rather not train, regardless", "I insist that we do not train", "I insist: no fine-tuning",
    "I insist on not training", "not fine-tuning anyway", "there is nothing to gain from training anyway",
    "if the prompts fail, fine-tune anyway", "fine-tune anyway once the budget is there",
    "anyway, tell me about fine-tuning", "Anyway, fine-tuning is what my boss asked about",
    "I don't think we should, anyway, fine-tune", "I wonder how fine-tuning goes anyway",
    "I still want to know how fine-tuning works", "I still want to ask about training", "do we fine-tune anyway",
    "is fine-tuning any good anyway", "nobody here insists, nobody wants to train anyway", "I refuse to train anyway",
    "I am against fine-tuning anyway", "without training anyway", "neither train nor distil anyway",
    "instead of fine-tuning anyway", "whether to fine-tune anyway is open", "ok, what if I distil anyway",
    "I insist on more training data", "fine-tune", "anyway", "", "?", "anyway " * 100 + "train",
)  # fmt: skip


@pytest.mark.parametrize(("route", "reply"), [(route, reply) for route in INSISTED for reply in INSISTED[route]])
def test_a_route_insisted_on(route: str, reply: str) -> None:
    assert chosen_against_advice(reply) == route


@pytest.mark.parametrize("reply", NOT_CHOSEN)
def test_a_question_a_condition_or_a_refusal_chooses_nothing(reply: str) -> None:
    assert chosen_against_advice(reply) is None


OUTRIGHT = {
    "prompt_optimization": (
        "just optimize the prompts instead", "just prompts please", "only optimize the prompts", "prompts only",
        "prompt optimization instead", "don't train, just optimize the prompts", "no training, prompts only",
        "ok, then just the prompts", "I'd rather optimise my prompts",
    ),
    "gold_finetune": ("fine-tune on my labels", "ok, then train on our labels please", "I'd rather train on the labels",
                      "let's fine-tune on my labels instead", "gold fine-tuning"),
    "fine_tuning": ("fine-tune", "just train it", "I want to fine-tune", "fine-tune the model, please"),
    "bootstrap_finetune": ("fine-tune on its own answers", "train on the program's own right answers"),
    "distillation": ("distil", "I want to distil instead"),
    "better_together": ("better together",),
}  # fmt: skip
NOT_OUTRIGHT = (
    "don't optimize the prompts", "the prompts are optimized", "no prompts please", "show me the prompts",
    "optimize the prompts and train",
    "don't fine-tune on my labels", "should I fine-tune on my labels", "fine-tune on my labels?", "",
    "we fine-tune on labels a lot", "fine-tune on my labels if it is cheap", "training data", "train.csv", "anyway",
    "optimize the prompts",
)  # fmt: skip
BACK = (
    "take the advice instead", "go back to your advice", "I'll take your advice", "ok, follow your recommendation then",
    "let's do what you advised", "your advice, please", "back to the advice", "No. Take your advice.", "do as you said",
    "you were right, back to your advice",
)  # fmt: skip
NOT_BACK = (
    "I don't want to take your advice", "should I take your advice?", "what is your advice", "never take advice",
    "fine-tune anyway", "back", "take it back", "if it fails, take the advice", "thanks for the advice", "",
    "why would I follow your advice", "advice " * 100,
)  # fmt: skip


@pytest.mark.parametrize(("route", "reply"), [(route, reply) for route in OUTRIGHT for reply in OUTRIGHT[route]])
def test_a_route_may_be_all_a_reply_says(route: str, reply: str) -> None:
    assert chosen_outright(reply) == route
    labels = route in ("gold_finetune", "bootstrap_finetune")
    assert chosen_outright(reply, labels_only=True) == (route if labels else None)


@pytest.mark.parametrize("reply", NOT_OUTRIGHT)
def test_a_reply_that_says_more_chooses_nothing_outright(reply: str) -> None:
    assert chosen_outright(reply) is None


@pytest.mark.parametrize("reply", BACK)
def test_the_advice_may_be_taken_after_all(reply: str) -> None:
    assert goes_back(reply)


@pytest.mark.parametrize("reply", NOT_BACK)
def test_what_asks_about_the_advice_or_refuses_it_does_not_take_it(reply: str) -> None:
    assert not goes_back(reply)


@pytest.mark.parametrize(("known", "route"), [
    ({"prompt_optimization": "none", "baseline_score": 0.5}, "bootstrap_finetune"),
    ({"prompt_optimization": "none", "baseline_score": 0.1}, "gold_finetune"),
    ({"prompt_optimization": "none", "classes": 77}, "gold_finetune"),
    ({"prompt_optimization": "none", "goal": "cost"}, "distillation"),
    ({"usable_examples": 300, "fine_tuning_result": "below_target"}, "better_together"),
])  # fmt: skip
def test_fine_tuning_is_the_way_that_would_come_if_nothing_stood_before_it(
    known: dict[str, FactValue], route: str
) -> None:
    facts = case({**{name: value for name, value in READY.items() if name != "optimized_score"}, **known})
    assert meant("fine_tuning", facts) == route
    assert meant("bootstrap_finetune", facts) == "bootstrap_finetune"
