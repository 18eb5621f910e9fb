from pathlib import Path

import pytest

from advisor.domain.explained import PLAN, PYTHON, explain

GOLDEN = Path(__file__).parent.parent / "projects" / "golden"
KIT = Path(__file__).parent.parent.parent / "advisor" / "kit"


def line_of(text: str, part: str) -> int:
    return next(index for index, line in enumerate(text.split("\n")) if part in line)


@pytest.mark.parametrize(
    ("file", "part", "words"),
    [
        ("optimize.py", "run.collect(", "keeps the answers that are right"),
        ("optimize.py", "--resume", "what is paid is kept"),
        ("optimize.py", 'run.build("tuned"', "Trains the student"),
        ("optimize.py", "gates.enough_traces", "too few right answers"),
        ("optimize.py", "reflection_minibatch_size", "Its comment: three, the usual number"),
        ("optimize.py", "training.train(", "Only here do rows leave in a file"),
        ("optimize.py", "unchanged = Program()", "Part of the function plain: The program as it is."),
        ("optimize.py", "# ///", "uv"),
        ("program.py", "dspy.OutputField", "has to fill"),
        ("program.py", "expected is not None", "Part of the function score: Whether the answer is the label."),
        ("program.py", '"""Input fields', "Part of program.py: the program and its metric, yours to edit."),
        ("plan.json", '"upload_to"', "only place training rows may be sent"),
        ("plan.json", '"version"', "Part of plan.json: what the conversation decided"),
        ("README.md", "#", "Part of README.md: how to run"),
    ],
)
def test_lines_of_a_generated_project_are_explained(file: str, part: str, words: str) -> None:
    text = (GOLDEN / "distillation" / file).read_text()
    assert words in explain(file, text, line_of(text, part))


def test_every_line_of_every_project_says_something_short() -> None:
    for path in [*GOLDEN.glob("*/*.*"), *KIT.rglob("*.py")]:
        text = path.read_text()
        for index in range(0, len(text.split("\n")), 7):
            told = explain(path.name, text, index)
            assert told and len(told) <= 600 and "!" not in told.replace("!=", "")


def test_every_rule_is_about_a_line_some_project_has() -> None:
    files = [*GOLDEN.glob("*/*.py"), *(Path(__file__).parent.parent.parent / "prompts" / "project").glob("*")]
    lines = [line.strip() for path in files for line in path.read_text().split("\n")]
    unused = [meaning.shape.pattern for meaning in PYTHON if not any(meaning.shape.search(line) for line in lines)]
    assert unused == []
    plans = "".join(path.read_text() for path in GOLDEN.glob("*/plan.json"))
    assert [key for key in PLAN if f'"{key}"' not in plans] == []


def test_what_is_no_python_is_still_answered() -> None:
    assert explain("kit/x.py", "def (", 0) == "Part of kit/x.py, which cannot be read as Python."
    assert explain("data/\x1b[31mx.jsonl", "{", 0) == "Part of data/x.jsonl: text to be read as it is."
