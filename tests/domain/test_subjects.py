"""What people ask back: each question finds its subject, and the answer is in the case or says what is missing."""

from __future__ import annotations

import pytest

from advisor.domain.advice import advise
from advisor.domain.at_hand import AtHand
from advisor.domain.checklist import check
from advisor.domain.close_look import LabelNoise
from advisor.domain.facts import FactValue, Gpu
from advisor.domain.forecast import call_dollars, forecast
from advisor.domain.open_now import FactAsked, Nothing, OpenNow, RunOffered
from advisor.domain.planning import make_plan
from advisor.domain.subjects import SUBJECTS, answer_about, may_be_asked, no_answer, subject_of
from tests.domain.reports import CLOSE, TICKETS, reckoned
from tests.domain.test_supposing import READY, case

ASKED = {
    "simple classifier": (
        "would a logistic regression do?", "can a simple classifier do this?", "is an SVM enough?",
        "Would TF-IDF be good enough?", "could a few regexes do it?",
    ),
    "savings": ("how much would I save?", "what would we save a month?", "does it save money?", "will it pay off?"),
    "gain": ("will it help?", "is it worth it?", "how much better will it get?", "what score would it reach?"),
    "enough rows": (
        "how many rows should I label?", "is that enough?", "I have 400 rows, is that enough?",
        "are 300 examples enough?", "how many examples do I need?", "how much data do I need?", "do I have enough?",
    ),
    "the region": ("is it GDPR compliant?", "does the data stay in the EU?", "is Nebius in Europe?",
                   "which hosts are in the EU?", "in which country is it?"),
    "wrong rows": ("which rows are wrong?", "which labels are mislabelled?", "where are the conflicts?",
                   "are my labels noisy?"),
    "stopping": ("can I stop it?", "can I cancel the run halfway?", "how do I stop the training?",
                 "what happens if I close the terminal?"),
    "afterwards": ("what happens after the run?", "what do I get?", "how do I deploy it?", "and what comes next?"),
    "a real model": ("what now for a real model?", "what now?", "and how do I do this with a real model?",
                     "can we try it on a real host?"),
    "time": ("how long does it take?", "how long will the run take", "how much time is that?"),
    "who sees the rows": ("is my data sent anywhere?", "where do my rows go?", "does my data leave this computer?",
                          "who can see it?"),
    "practice model": ("is the practice model real?",),
    "processors": ("do I need a GPU?", "do I need a GPU for this?", "what about GPUs?", "do I have a GPU here?",
                   "gpus?", "is there a graphics card?"),
    "models there": (
        "which models can I train there?", "which ones are there?", "what models do they offer?", "list the models",
        "which models", "what models can I use", "models", "show me the models", "please list all models",
    ),
    "which model": ("which model should I use?", "what model would you take?", "can you recommend a model?"),
    "cost": ("what does it cost?", "how much is it?", "is it free?", "will that cost me anything?"),
}  # fmt: skip
NOTHING_ASKED = (
    "we have 400 rows", "it costs too much", "the data must stay here", "stop", "quit",
    "about 800", "what about the weather?", "how long are the texts?", "", "?", "no", "which field is the label?",
    "is it " * 100 + "free?",
)  # fmt: skip


@pytest.mark.parametrize(("name", "question"), [(name, asked) for name in ASKED for asked in ASKED[name]])
def test_a_question_finds_its_subject(name: str, question: str) -> None:
    found = subject_of(question)
    assert found is not None and found.name == name


def test_every_subject_is_asked_about() -> None:
    assert {subject.name for subject in SUBJECTS} == set(ASKED)


@pytest.mark.parametrize("reply", NOTHING_ASKED)
def test_what_tells_or_asks_something_else_has_no_subject(reply: str) -> None:
    assert subject_of(reply) is None


def hand(known: dict[str, FactValue], report: bool = True, *, close: bool = False) -> AtHand:
    facts = case(known)
    advice = advise(facts, check(facts))
    seen = TICKETS.model_copy(update={"close": CLOSE}) if close else TICKETS
    plan = make_plan(advice.route, facts, seen) if report and advice.runs else None
    return AtHand(
        facts, advice, plan, forecast(reckoned(plan, seen.tokens, 0.6)) if plan else None, seen if report else None
    )


def answer(question: str, at: AtHand, asked: str = "") -> str:
    found = subject_of(question)
    assert found is not None
    return answer_about(found, at, "budget_usd" if asked else None)


DRAWN = "say “draw the learning curve”, or `advisor inspect /data/user/tickets.csv --deep`"


def test_a_simple_classifier_is_answered_by_its_measured_score_or_by_the_way_to_get_it() -> None:
    unmeasured = answer("would a logistic regression do?", hand(READY))
    assert "I have not measured one" in unmeasured and DRAWN in unmeasured and "FILE" not in unmeasured
    unseen = answer("would a logistic regression do?", hand(READY, report=False))
    assert "Give me the file" in unseen and "FILE" not in unseen
    found = answer("which rows are wrong?", hand(READY))
    assert "say “check for label noise”, or `advisor inspect /data/user/tickets.csv --deep`" in found
    assert "`show conflicts`" in found and "FILE" not in found
    assert DRAWN in answer("how many rows should I label?", hand(READY))
    measured = answer("would a logistic regression do?", hand({**READY, "target_score": 0.9}, close=True))
    assert "80% of 160 rows held out" in measured and "falls short of your target of 90%" in measured
    reached = answer("would a logistic regression do?", hand({**READY, "target_score": 0.79}, close=True))
    assert "I would take it before paying for training" in reached
    other = answer("would a logistic regression do?", hand({**READY, "task": "free_text"}, report=False))
    assert "not measured" not in other


def test_a_saving_is_worked_out_or_the_missing_figure_is_named() -> None:
    named = answer("how much would I save?", hand({**READY, "goal": "cost", "calls_per_month": 20_000}))
    assert "what you pay a month today" in named and "how many calls" not in named
    known: dict[str, FactValue] = {
        **READY, "goal": "cost", "host": "openai", "openai_tuned_recently": True, "student_model": "gpt-4o-mini",
        "teacher_model": "gpt-4o", "calls_per_month": 100_000, "spend_per_month_usd": 900, "budget_usd": 500,
        "student_price_in": 0.15, "student_price_out": 0.6, "student_price_training": 3.0,
        "teacher_price_in": 2.5, "teacher_price_out": 10.0,
    }  # fmt: skip
    at = hand(known)
    assert at.plan is not None
    each = call_dollars(at.plan)
    assert each is not None and 0 < each < 0.001
    told = answer("how much would I save?", at)
    assert f"${each * 100_000:,.2f}" in told and "today it is $900.00" in told and "earned back" in told
    dear = answer("how much would I save?", hand({**known, "spend_per_month_usd": 1}))
    assert "saves nothing" in dear
    no_price = {name: value for name, value in known.items() if not name.startswith("student_price")}
    unpriced = answer("how much would I save?", hand({**no_price, "student_model": "their-own"}))
    assert "A price of their-own is not known" in unpriced


@pytest.mark.parametrize(("usable", "says"), [
    (1200, "1,200 usable rows, which are enough: about 960"), (312, "188 more"), (30, "too few to train on"),
])  # fmt: skip
def test_a_count_is_held_against_the_guide_with_its_sources(usable: int, says: str) -> None:
    told = answer("is that enough?", hand({**READY, "usable_examples": usable}, report=False))
    assert says in told and "OpenAI sees gains from 50 to 100" in told and "the guide" in told
    assert "draws as a curve" not in told and "would be at" not in told


def test_the_measured_curve_is_told_and_the_budget_is_meant_where_it_is_asked_for() -> None:
    assert "83% to 87% with 1,024" in answer("is that enough?", hand(READY, close=True))
    assert "bills nobody" in answer("is that enough?", hand(READY), asked="budget_usd")


def test_wrong_rows_are_shown_from_the_file_and_the_closer_look() -> None:
    told = answer("which rows are wrong?", hand(READY))
    assert "3 inputs have different labels, in 6 rows" in told and "where is it" in told and "F9" in told
    assert "--deep" in told
    assert "contradicts 12 of 797 labels" in answer("which rows are wrong?", hand(READY, close=True))
    assert "no rows yet" in answer("which rows are wrong?", hand(READY, report=False))
    overlapping = CLOSE.model_copy(update={"noise": LabelNoise(rows=9, accuracy=0.4, flagged=5, judged=False)})
    at = hand(READY)._replace(report=TICKETS.model_copy(update={"close": overlapping}))
    assert "overlap too much" in answer("which rows are wrong?", at)


def test_money_time_and_rows_are_told_from_the_plan_or_said_to_be_unknown() -> None:
    paid = hand({**READY, "host": "openai", "openai_tuned_recently": True, "student_model": "gpt-4o-mini",
                 "budget_usd": 50})  # fmt: skip
    assert "stops at your limit of $50.00" in answer("what does it cost?", paid)
    assert "rows to OpenAI" in answer("is my data sent anywhere?", paid)
    assert "hosts promise nothing" in answer("how long does it take?", paid)
    for question in ("what does it cost?", "how long does it take?"):
        assert "counted for 78% right answers (optimized prompts, you said)." in answer(question, paid)
    practice = hand(READY)
    assert "bills nobody" in answer("what does it cost?", practice)
    assert "stays on it too" in answer("is my data sent anywhere?", practice)
    unplanned = hand({**READY, "task_stability": "defining"})
    for question in ("what does it cost?", "how long does it take?"):
        assert "nothing runs" in answer(question, unplanned)
    assert "the file with the examples" in answer("how long does it take?", hand(READY, report=False))


@pytest.mark.parametrize("matter", [FactAsked("goal"), RunOffered(), Nothing()])
@pytest.mark.parametrize("with_file", [True, False])
def test_what_has_no_answer_names_three_questions(matter: OpenNow, with_file: bool) -> None:
    offered = may_be_asked(matter, with_file=with_file)
    said = no_answer(matter, with_file=with_file)
    assert len(set(offered)) == 3 and all(f"`{question}`" in said for question in offered)


NEEDED = (
    "To train a large model on this computer, yes: an NVIDIA GPU. On a processor one of 0.6 billion weights takes "
    "hours, a large one days."
)
HERE = {**READY, "host": "local", "student_model": "Qwen/Qwen3-8B"}


def test_whether_a_gpu_is_needed_depends_on_where_training_runs() -> None:
    assert answer("do I need a GPU?", hand(READY)).startswith("Only to train a real model on this computer")
    unknown = answer("do I need a GPU?", hand(HERE, report=False))
    assert unknown.startswith(NEEDED) and "`advisor doctor`" in unknown and "--on sky" in unknown
    none = answer("what about GPUs?", hand({**HERE, "gpus": ()}, report=False))
    assert none.startswith(NEEDED) and "None was found here" in none


@pytest.mark.parametrize(
    ("student", "gib", "says"),
    [("Qwen/Qwen3-8B", 80.0, "Qwen3-8B fits: it takes"), ("Qwen/Qwen3-32B", 22.5, "Qwen3-32B does not fit: it takes"),
     ("my/own", 80.0, "You have A100 (80 GiB). A GPU")],
)  # fmt: skip
def test_a_card_that_is_known_is_held_against_the_student(student: str, gib: float, says: str) -> None:
    known = {**HERE, "student_model": student, "gpus": (Gpu(name="A100", gib=gib),)}
    assert says in answer("do I have a GPU here?", hand(known, report=False))
