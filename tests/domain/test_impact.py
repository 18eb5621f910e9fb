"""Which question comes next: the one that decides most, and none that decides nothing."""

from __future__ import annotations

import time
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.advice import advise, route_for
from advisor.domain.answers import plausible
from advisor.domain.checklist import check
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.impact import FROM_THE_FILE, TO_RUN, impact_of, needed, next_question
from advisor.domain.implied import imply
from advisor.domain.questions import QUESTIONS, Question, open_questions, question_for
from advisor.domain.supposed import Supposed
from advisor.domain.values import SPECS
from advisor.domain.why import why_asked

FILE: dict[str, FactValue] = {
    "data_path": "tickets.csv", "label_field": "category", "task": "classification", "usable_examples": 1000,
    "classes": 8, "majority_share": 0.2, "accuracy_ceiling": 0.99,
}  # fmt: skip


def told(**known: FactValue) -> Facts:
    facts = (Fact(name=cast(FactName, name), value=value, source=Source.told) for name, value in known.items())
    return imply(Facts().learn(*facts))


def asked(facts: Facts, answers: dict[str, FactValue]) -> list[str]:
    """Answer what is asked; what has no answer is skipped."""
    order: list[str] = []
    skipped: frozenset[FactName] = frozenset()
    while (question := next_question(facts, skipped)) is not None:
        order.append(question.fact)
        if question.fact in answers:
            facts = imply(facts.learn(Fact(name=question.fact, value=answers[question.fact], source=Source.told)))
        else:
            skipped |= {question.fact}
    return order


def test_the_file_comes_first() -> None:
    question = next_question(Facts())
    assert question is not None
    assert question.fact == "data_path"
    facts = told(data_path="tickets.csv", goal="quality")
    assumed = facts.learn(Fact(name="label_field", value="category", source=Source.assumed))
    question = next_question(assumed)
    assert question is not None
    assert question.fact == "label_field"


def test_the_most_decisive_question_comes_next_and_the_host_last() -> None:
    answers: dict[str, FactValue] = {
        "prompt_optimization": "optimized", "optimized_score": 0.7, "goal": "quality", "target_score": 0.9,
        "task_stability": "stable", "host": "practice",
    }  # fmt: skip
    assert asked(told(**FILE), answers) == [
        "prompt_optimization", "goal", "task_stability", "optimized_score", "target_score", "host",
    ]  # fmt: skip


AT_HOME: dict[str, FactValue] = {**FILE, "prompt_optimization": "optimized", "optimized_score": 0.7,
                                 "task_stability": "stable", "host": "local"}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "order"),
    [
        ({"goal": "knowledge"}, []),
        ({"metric": "none", "goal": "quality", "task": "chat"}, []),
        ({**FILE, "usable_examples": 300, "prompt_optimization": "optimized", "optimized_score": 0.7,
          "goal": "quality", "target_score": 0.9, "task_stability": "stable"}, []),
        ({**FILE, "prompt_optimization": "optimized", "optimized_score": 0.95, "goal": "quality",
          "target_score": 0.9, "task_stability": "stable"}, []),
        ({**FILE, "prompt_optimization": "optimized", "optimized_score": 0.7, "goal": "cost",
          "task_stability": "stable", "host": "nebius"},
         ["calls_per_month", "student_model", "teacher_model", "budget_usd"]),
        ({**AT_HOME, "goal": "quality", "target_score": 0.9}, ["student_model"]),
        ({**AT_HOME, "goal": "cost", "teacher_model": "ollama_chat/llama3"}, ["calls_per_month", "student_model"]),
        ({**AT_HOME, "goal": "cost", "teacher_model": "gpt-4.1"}, ["calls_per_month", "student_model", "budget_usd"]),
    ],
    ids=["knowledge", "no metric", "too few", "reached", "distillation", "nothing billed", "teacher here",
         "teacher billed"],
)  # fmt: skip
def test_nothing_is_asked_that_decides_nothing(known: dict[str, FactValue], order: list[str]) -> None:
    assert asked(told(**known), {}) == order


def test_a_route_chosen_against_the_advice_is_asked_what_it_needs() -> None:
    few = {**FILE, "usable_examples": 300, "prompt_optimization": "optimized", "task_stability": "stable",
           "goal": "quality"}  # fmt: skip
    assert asked(told(**few, overruled=("bootstrap_finetune",)), {}) == ["target_score", "host"]


def answer_to(question: Question) -> st.SearchStrategy[FactValue]:
    spec = SPECS[question.fact]
    if question.choices:
        return st.sampled_from([spec.parse(choice.value) for choice in question.choices])
    if question.fact.endswith("_score"):
        return st.integers(1, 99).map(lambda percent: percent / 100)
    if question.fact in ("labelled_examples", "calls_per_month", "budget_usd"):
        return st.integers(0, 3000)
    return st.just("text")


MEASURED: dict[FactName, st.SearchStrategy[FactValue]] = {
    "classes": st.integers(2, 90), "majority_share": st.floats(0.01, 1), "accuracy_ceiling": st.floats(0.01, 1),
    "usable_examples": st.integers(0, 3000), "tuned_score": st.floats(0, 1), "forecast_usd": st.floats(0, 50),
    "data_must_stay": st.booleans(), "fine_tuning_result": st.sampled_from(["none", "below_target", "reached"]),
}  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Facts:
    """Some answers, some measurements, none of them contradicting what follows."""
    questions = draw(st.lists(st.sampled_from(QUESTIONS), max_size=12, unique_by=lambda question: question.fact))
    answered = [(question.fact, draw(answer_to(question))) for question in questions]
    names = draw(st.lists(st.sampled_from(sorted(MEASURED)), max_size=5, unique=True))
    measured = [(name, draw(MEASURED[name])) for name in names]
    return imply(Facts().learn(*(Fact(name=n, value=v, source=Source.told) for n, v in answered + measured)))


SKIPPED = st.frozensets(st.sampled_from([question.fact for question in QUESTIONS]), max_size=4)


def with_answer(facts: Facts, fact: FactName, value: FactValue) -> Facts:
    return imply(facts.learn(Fact(name=fact, value=value, source=Source.told)))


@settings(deadline=None)
@given(cases(), SKIPPED)
def test_only_open_questions_are_asked(facts: Facts, skipped: frozenset[FactName]) -> None:
    question = next_question(facts, skipped)
    if question is not None:
        assert question in open_questions(facts)
        assert question.fact not in skipped


@settings(max_examples=60, deadline=None)
@given(cases(), SKIPPED, st.data())
def test_the_questions_end_and_leave_none_that_could_change_the_advice(
    facts: Facts, skipped: frozenset[FactName], data: st.DataObject
) -> None:
    for _ in range(len(QUESTIONS) + 1):
        question = next_question(facts, skipped)
        if question is None:
            break
        facts = with_answer(facts, question.fact, data.draw(answer_to(question)))
    assert question is None
    route = route_for(facts)
    left = [question for question in open_questions(facts) if question.fact not in skipped]
    for question in left:
        for _ in range(6):
            supposed = with_answer(facts, question.fact, data.draw(answer_to(question)))
            assert route_for(supposed) == route
            other = data.draw(st.sampled_from(left))
            if other in open_questions(supposed):
                assert route_for(with_answer(supposed, other.fact, data.draw(answer_to(other)))) == route
    run = advise(facts, check(facts)).runs
    assert not run or not any(question.fact in needed(route) for question in left)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_trying_an_answer_is_the_same_as_being_given_it(facts: Facts) -> None:
    for question in open_questions(facts):
        for answer in plausible(question.fact, facts):
            supposed = Supposed.of(facts).supposing(question.fact, answer.value)
            assert route_for(supposed) == route_for(with_answer(facts, question.fact, answer.value))


@settings(deadline=None)
@given(cases())
def test_a_question_that_matters_alone_comes_before_one_that_does_not(facts: Facts) -> None:
    question = next_question(facts)
    if question is None or question.fact in (*FROM_THE_FILE, *TO_RUN) or facts.has("overruled"):
        return
    impacts = [impact_of(other.fact, facts).alone for other in open_questions(facts) if other.fact not in TO_RUN]
    assert impact_of(question.fact, facts).alone == max(impacts) or any(
        other.fact in ("metric", "target_score", "optimized_score", "baseline_score") for other in open_questions(facts)
    )


def test_the_next_question_is_found_at_once() -> None:
    facts = told(goal="knowledge")
    next_question(facts)
    began = time.perf_counter()
    for _ in range(5):
        next_question(facts)
    assert (time.perf_counter() - began) / 5 < 0.2


@pytest.mark.parametrize(
    ("fact", "known", "outcome"),
    [
        ("optimized_score", {"prompt_optimization": "optimized"},
         "Under 50% I would fix the task or the labels first; from 50%, fine-tune on the program's own right answers."),
        ("target_score", {**FILE, "prompt_optimization": "optimized", "optimized_score": 0.7},
         "Under 70% I would stop here; from 70% to 99%, fine-tune on the program's own right answers; "
         "from 99%, fix the task or the labels first."),
        ("prompt_optimization", {},
         'With "no" or "by hand" I would optimize the prompts; '
         "otherwise, fine-tune on the program's own right answers."),
        ("labelled_examples", {},
         "By itself it does not change what I would do (optimize the prompts); together with the answer about "
         "prompts it can."),
        ("task", {"metric": "none"},
         "By itself it does not change what I would do (define a metric first), but it is needed for that."),
        ("goal", {"overruled": ("stop",)}, "You chose to stop here; no answer to this changes that."),
    ],
)  # fmt: skip
def test_why_a_question_is_asked(fact: FactName, known: dict[str, FactValue], outcome: str) -> None:
    question = question_for(fact)
    assert question is not None
    assert why_asked(question, told(**known)) == f"{question.why} {outcome}"


@settings(deadline=None)
@given(cases())
def test_every_question_can_be_explained(facts: Facts) -> None:
    for question in open_questions(facts):
        text = why_asked(question, facts)
        assert text.startswith(question.why)
        assert text.endswith((".", "!"))
