"""A judge looks at what the recommended program got wrong: both labels in an order that says nothing, once a row."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from advisor.domain.comparison import compare
from advisor.domain.plan import Plan, Role
from advisor.domain.planning import STAGES
from tests.projects.conftest import Make
from tests.projects.project_bench import WORDS, Project, make_plan, read_run
from tests.session.model_stubs import answering

UNANSWERED = "zebra"
UNSURE = "giraffe"


def field(prompt: str, name: str) -> str:
    return str(re.findall(rf"\[\[ ## {name} ## \]\]\n(.*)", prompt)[-1])


ABOUT = "Two labels were given to the same input"


def both(prompt: str) -> list[str]:
    """Return the labels a judge may choose from, in their order."""
    options: list[str] = ast.literal_eval(re.findall(r"Literal(\[[^\]]*\])", prompt)[-1])
    return options[:2]


def says(prompt: str) -> str:
    """Name the label whose words stand in the text, whoever gave it."""
    if ABOUT not in prompt:
        return "[[ ## category ## ]]\naccount\n\n[[ ## completed ## ]]"
    case = field(prompt, "case")
    if UNANSWERED in case:
        return "I would rather not say."
    true = next(label for label, words in WORDS.items() if any(word in case for word in words))
    right = "cannot tell" if UNSURE in case else true if true in both(prompt) else "neither of them"
    return f"[[ ## right ## ]]\n{right}\n\n[[ ## completed ## ]]"


def judged(port: int) -> Plan:
    judge = Role(
        model="hosted_vllm/wise", price_in=0, price_out=0, elsewhere=True, address=f"http://127.0.0.1:{port}/v1"
    )
    return make_plan(optimizer="labelled_few_shot", judge=judge, stages=(*STAGES["prompt_optimization"], "review"))


def flip(project: Project, number: int) -> None:
    """Give test rows that the program reads right another label than theirs."""
    path = project.folder / "data" / "test.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    named = [row for row in rows if row["category"] in row["text"].split()]
    for row in named[:number]:
        row["category"] = "account" if row["category"] != "account" else "billing"
    named[0]["text"] += f" {UNANSWERED}"
    named[1]["text"] += f" {UNSURE}"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def asked_of_the_judge(chats: list[dict[str, Any]]) -> list[str]:
    prompts = ["\n".join(message["content"] for message in chat["messages"]) for chat in chats]
    # Where it has no usable answer DSPy asks once more in another form.
    return [prompt for prompt in prompts if ABOUT in prompt and UNANSWERED not in prompt]


def test_the_judge_tells_noise_in_the_labels_from_mistakes(make: Make) -> None:
    with answering("vllm", says) as asked:
        project = make(judged(asked.port))
        flip(project, 8)
        ended = project.run()
        assert ended.code == 0, ended.err
        (event,) = project.events("reviewed")
        answers = [json.loads(line) for line in lines(project, "review.jsonl")]
        wrong = [
            row for row in map(json.loads, lines(project, f"{event.candidate}-test.jsonl")) if row["outcome"] == "0"
        ]
        assert event.wrong == event.asked == len(wrong) == event.failed + len(answers)
        assert event.program >= 4 and event.unsure == 1 and event.failed == 1
        assert event.data + event.program + event.neither + event.unsure + event.failed == event.asked
        prompts = asked_of_the_judge(asked.chats)
        assert len(prompts) == event.asked - event.failed + event.program, "in both orders against the data"
        right = {row["inputs"]["text"]: row["expected"] for row in answers}
        firsts = [both(prompt)[0] == right[field(prompt, "case").removeprefix("text: ")] for prompt in prompts]
        assert set(firsts) == {True, False}, "the order gives nothing away"
        assert not any("expected" in prompt or "the data" in prompt for prompt in prompts)
        comparison = compare(read_run(project.runs()[-1]))
        assert comparison is not None and comparison.review is not None
        assert comparison.review.told in comparison.told
        assert f"the program's for {event.program}" in ended.out and "This changes no score" in ended.out
        report = (project.runs()[-1] / "report.md").read_text("utf-8")
        assert "hosted\\_vllm/wise" in report and "What the judge says" in report
        listed = (project.runs()[-1] / "review.md").read_text("utf-8")
        assert listed.count("| the program's |") == event.program
        assert [score.outcomes for score in project.events("scored") if score.candidate == event.candidate][-1].count(
            "0"
        ) == len(wrong)


def lines(project: Project, name: str) -> list[str]:
    return (project.runs()[-1] / "predictions" / name).read_text("utf-8").splitlines()


def test_a_review_that_was_killed_goes_on_without_asking_twice(
    make: Make, started: list[subprocess.Popen[bytes]]
) -> None:
    told, go_on = threading.Event(), threading.Event()
    with answering("vllm", held_up(3, told, go_on)) as asked:
        project = make(judged(asked.port))
        flip(project, 8)
        process = project.start()
        started.append(process)
        assert told.wait(60)
        process.kill()
        process.wait(10)
        go_on.set()
        path = project.runs()[-1] / "predictions" / "review.jsonl"
        before = path.read_text("utf-8").splitlines()
        assert len(before) == 3, "each answer is on disk before the next is asked"
        path.write_bytes(path.read_bytes() + b'{"candidate": "base')
        so_far = len(asked_of_the_judge(asked.chats))
        assert project.run("--resume").code == 0
        (event,) = project.events("reviewed")
        after = lines(project, "review.jsonl")
        assert after[:3] == before
        asked_again = [row for row in map(json.loads, after[3:]) if row["prefers"] == "program"]
        assert len(asked_of_the_judge(asked.chats)) - so_far == event.asked - event.failed - 3 + len(asked_again)
        assert len({json.loads(line)["row"] for line in after}) == len(after) == event.asked - event.failed
        comparison = compare(read_run(project.runs()[-1]))
        assert comparison is not None and comparison.complete and comparison.review is not None


def held_up(after: int, told: threading.Event, go_on: threading.Event) -> Callable[[str], str]:
    """Answer as the judge does, but for one answer that comes only when it is let."""
    count = 0

    def answer(prompt: str) -> str:
        nonlocal count
        if ABOUT in prompt and UNANSWERED not in prompt:
            count += 1
            if count == after + 1:
                told.set()
                go_on.wait(60)
        return says(prompt)

    return answer


def test_the_practice_model_is_asked_like_any_other(make: Make) -> None:
    large = Role(model="practice-large", price_in=0, price_out=0)
    project = make(
        make_plan(optimizer="labelled_few_shot", judge=large, stages=(*STAGES["prompt_optimization"], "review"))
    )
    assert project.run().code == 0
    (event,) = project.events("reviewed")
    assert event.model == "practice-large"
    assert event.unsure + event.failed + event.neither + event.data + event.program == event.asked > 0


def test_columns_may_have_the_names_of_what_is_kept_beside_them(make: Make) -> None:
    with answering("vllm", says) as asked:
        plan = judged(asked.port)
        awkward = ("row", "candidate", "answer", "expected", "outcome", "prefers")
        project = make(plan.model_copy(update={"task": plan.task.model_copy(update={"input_fields": awkward})}))
        assert project.run().code == 0
        (event,) = project.events("reviewed")
        answers = [json.loads(line) for line in lines(project, "review.jsonl")]
        assert event.asked == len(answers) > 0
        assert {row["candidate"] for row in answers} == {event.candidate}
        assert all(set(row["inputs"]) == set(awkward) for row in answers)
        assert {row["expected"] for row in answers} <= set(WORDS)


def test_a_trial_asks_no_judge(make: Make) -> None:
    with answering("vllm", says) as asked:
        project = make(judged(asked.port))
        assert project.run("--limit", "10").code == 0
        assert not project.events("reviewed") and not asked_of_the_judge(asked.chats)
        told = project.run("--dry-run").out
        assert "review" in told and "Nothing is billed there." in told


def test_a_judge_that_costs_something_is_not_called_free(make: Make) -> None:
    paid = Role(model="anthropic/wise", price_in=3, price_out=15, elsewhere=True)
    project = make(make_plan(judge=paid, stages=(*STAGES["prompt_optimization"], "review")))
    assert "Nothing is billed" not in project.run("--dry-run", ANTHROPIC_API_KEY="any").out


def test_the_project_says_where_to_look(make: Make, tmp_path: Path) -> None:
    folder = make(judged(1)).folder
    assert "review.md" in (folder / "README.md").read_text("utf-8")
    assert "asks the judge about what is wrong" in (folder / "optimize.py").read_text("utf-8")
