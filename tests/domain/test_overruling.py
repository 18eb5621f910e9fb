from __future__ import annotations

import pytest

from advisor.domain.overruling import chosen_against_advice

INSISTED = {
    "bootstrap_finetune": (
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
