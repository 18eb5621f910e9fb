"""The lines of a generated project in plain words."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from advisor.domain.cleaning import clean

LONGEST = 600


class _Meaning(NamedTuple):
    """A shape of line, and what it does."""

    shape: re.Pattern[str]
    words: str


def _meanings(*pairs: tuple[str, str]) -> tuple[_Meaning, ...]:
    return tuple(_Meaning(re.compile(shape), words) for shape, words in pairs)


PYTHON = _meanings(
    # The route
    (
        r"run\.build\(.baseline",
        "Makes the plain program, saves it and scores it on the dev rows. All else is compared with it.",
    ),
    (
        r"run\.build\(.optimized",
        "Optimizes the prompts of the student on train, saves the best program and scores it on dev.",
    ),
    (r"run\.build\(.teacher", "Optimizes the prompts of the teacher, the larger model that is to be learned from."),
    (r"run\.build\(.tuned", "Trains the student on the answers that were kept, then scores it on dev."),
    (r"run\.build\(.gold", "Trains the student on your labels themselves, to be compared with the other candidates."),
    (r"run\.build\(.together", "Optimizes prompts, trains weights and optimizes prompts again; keeps the best step."),
    (
        r"run\.collect\(",
        "Lets a program answer every training row and keeps the answers that are right. They become training data.",
    ),
    (r"gates\.above_chance\(", "Stops the run if the program is no better than always giving the most frequent label."),
    (r"gates\.worth_training\(", "Stops before training if nothing could be gained by it."),
    (r"gates\.target_not_reached\(", "Stops before training if better prompts have already reached your target."),
    (
        r"gates\.enough_traces\(",
        "Stops before training if too few right answers were kept to learn from; warns if they are few.",
    ),
    (
        r"gates\.better_than_prompts\(",
        "Says whether training did better on dev than better prompts alone. It stops nothing.",
    ),
    # Optimizers
    (
        r"instructions\.MIPROv2\(",
        "The prompt optimizer MIPROv2: it tries instructions and examples together and keeps what scores best.",
    ),
    (r"dspy\.GEPA\(", "The prompt optimizer GEPA: it rewrites the instruction from what the metric says was wrong."),
    (r"dspy\.BootstrapFewShot\(", "Puts rows the program got right into the prompt as examples."),
    (r"dspy\.LabeledFewShot\(", "Puts labelled rows into the prompt as examples. It asks no model."),
    (r"dspy\.BetterTogether\(", "Takes turns between prompts and weights, and keeps the best step on dev."),
    (
        r"\.compile\(",
        "Starts the optimizer. This is where most model calls are made, and most of the money of this stage is spent.",
    ),
    (r"run\.progress", "Where it tells how far it has come."),
    (
        r"^auto=",
        "How hard it searches: light, medium or heavy. Each step costs several times the calls of the one before.",
    ),
    (r"^metric=", "The function that says whether an answer is right."),
    (r"num_threads=", "Rows asked at the same time. Fewer are kinder to a host with a rate limit."),
    (r"max_errors=", "Failed rows after which the optimizer gives up."),
    (
        r"max_bootstrapped_demos=|max_labeled_demos=",
        "The most examples shown in a prompt. More make every call longer and dearer.",
    ),
    (
        r"prompt_model=|reflection_lm=",
        "The model that writes new instructions. It is asked rarely, so a strong one costs little.",
    ),
    (r"reflection_minibatch_size=", "Rows whose mistakes are looked at before an instruction is rewritten."),
    (r"task_model=|teacher_settings=", "The model that answers while prompts are searched."),
    (r"log_dir=", "Where the optimizer keeps its state, so that a resumed run goes on instead of beginning again."),
    (
        r"add_format_failure_as_feedback=",
        "Tells the optimizer of answers that could not be read, instead of leaving them out.",
    ),
    (
        r"shuffle_trainset_between_steps=",
        "Keeps the rows in the same order, so that answers already paid for are found again.",
    ),
    (r"strategy=", "The order of the steps: p is prompts, w is weights."),
    (r"\bseed=", "Fixes what is left to chance, so that another run makes the same choices."),
    # Training
    (
        r"training\.train\(",
        "Sends the rows to the training host and waits for the trained model. Only here do rows leave in a file.",
    ),
    (r"traces\.without_demos\(", "Takes the examples out of the prompt: a trained model has learned them."),
    (r"traces\.from_labels\(", "Writes your labelled rows as conversations to train on."),
    (r"training\.checked\(", "Makes sure that the weights of the program are those that were trained."),
    (r"\.set_lm\(", "Says which model answers for this program."),
    (r"deepcopy\(\)", "Works on a copy, so that the program it began with stays as it was."),
    # The program
    (r"dspy\.InputField\(", "A field the program reads."),
    (r"dspy\.OutputField\(", "The field the program has to fill."),
    (
        r"class \w+\(dspy\.Signature\)",
        "What goes in and what comes out. The line below it is the instruction, which the optimizers rewrite.",
    ),
    (r"class \w+\(dspy\.Module\)", "The program: what is optimized, trained, saved and served."),
    (r"dspy\.ChainOfThought", "Asks for the answer, or for a reasoning before it where `reasoning` is true."),
    (r"dspy\.Predict\b", "One call of the model for one answer."),
    (r"^def score\(", "The metric: true where an answer is right. Change it here if yours is another."),
    (r"^def keep\(", "Decides which answers may be trained on."),
    (r"^def feedback\(", "The metric in words: GEPA learns from the reason."),
    (r"^Label = Literal", "Every answer the program may give. Others count as no usable answer."),
    # The head of the file
    (r"^# /// script", "Tells uv what this script needs, so that `uv run optimize.py` works on a bare machine."),
    (r"^# requires-python", "The Python versions this project was made for."),
    (r"^#\s+\"", "A package the script needs, with the versions it was made for."),
    (r"--dry-run", "Checks everything and counts the calls; makes none and costs nothing."),
    (r"--limit", "A cheap trial on the first rows of train and dev. The test rows stay unseen."),
    (r"--resume", "Goes on with an unfinished run: finished stages are skipped and what is paid is kept."),
    (r"--forget", "Removes what training has left at the host: uploaded rows and the tuned model."),
    (r"if __name__ == .__main__.", "Runs only when the file is started, not when it is imported."),
    (r"sys\.exit\(main\(", "Reads the command line, runs the route above and ends with a code that says how it went."),
    (r"^from __future__ import annotations", "Lets type annotations be written in today's notation on older Python."),
    (
        r"^(?:from kit|from \S+ import|import) ?",
        "Brings in what is used below; `kit` is the folder beside this file, a copy of its own.",
    ),
)

PLAN = {
    "route": "The way that was chosen.",
    "split": "Rows of train, dev and test. Test is looked at once, at the end.",
    "optimizer": "How prompts are searched.",
    "stages": "What is done, in this order.",
    "host": "Where the models answer and where weights are trained.",
    "base_url": "The address of the host, unless ADVISED_BASE_URL says otherwise.",
    "key_variable": "The environment variable that holds the key. The key itself is in no file.",
    "upload_to": "The only place training rows may be sent to.",
    "free": "Whether nothing is billed there.",
    "student": "The model that is to be improved.",
    "teacher": "The model that is learned from.",
    "prompt_model": "The model that writes instructions.",
    "price_in": "Dollars for a million tokens read.",
    "price_out": "Dollars for a million tokens written.",
    "train_price": "Dollars for a million tokens trained.",
    "target_score": "The score you said would be enough.",
    "chance_score": "What always giving the most frequent label would score.",
    "min_traces": "Fewer kept answers than this stop the run before training.",
    "budget_usd": "Where the run stops spending.",
    "threads": "Rows asked at the same time.",
    "seed": "Fixes what is left to chance.",
    "labels": "Every answer the program may give.",
    "instruction": "What the program is told before any optimizer rewrites it.",
    "data_path": "Your file. The project carries its own copy of the rows, already split.",
    "data_table": "The sheet or table that was read, where the file has several.",
    "gold_beside": "Whether the student is also trained on your labels, to compare.",
    "practice": "Whether the built-in practice models answer.",
}
"""Keys of `plan.json`."""

PARTS = {
    "optimize.py": "the script that runs the route",
    "program.py": "the program and its metric, yours to edit",
    "serve.py": "the script that answers with a finished program",
    "plan.json": "what the conversation decided; the scripts read it",
    "README.md": "how to run, resume and serve this project",
}


def explain(name: str, text: str, index: int) -> str:
    """Say what a line of a project's file does; where no rule knows, what it is a part of."""
    lines = text.split("\n")
    line = lines[index] if 0 <= index < len(lines) else ""
    if name.endswith(".json"):
        return _of_plan(name, line)
    if name.endswith(".py"):
        return _of_python(name, text, lines, index)
    return f"Part of {clean(name, 80)}: {PARTS.get(name, 'text to be read as it is')}."


def _of_plan(name: str, line: str) -> str:
    key = re.match(r'\s*"(\w+)":', line)
    if key and key[1] in PLAN:
        return PLAN[key[1]]
    return f"Part of {clean(name, 80)}: {PARTS.get(name, 'data the project reads')}."


def _of_python(name: str, text: str, lines: list[str], index: int) -> str:
    line = lines[index].strip() if 0 <= index < len(lines) else ""
    said = next((meaning.words for meaning in PYTHON if line and meaning.shape.search(line)), "")
    comment = _comment(lines, index)
    if said:
        return clean(f"{said} {comment}".strip(), LONGEST)
    part = _part(name, text, index + 1)
    return clean(f"{comment} {part}".strip(), LONGEST)


def _comment(lines: list[str], index: int) -> str:
    """Return the comment at the end of a line, or in the lines right above it."""
    if not 0 <= index < len(lines) or lines[index].lstrip().startswith("#"):
        return ""
    if found := re.search(r"  # (.+)$", lines[index]):
        return f"Its comment: {found[1]}."
    above: list[str] = []
    while index > 0 and lines[index - 1].lstrip().startswith("# "):
        index -= 1
        above.insert(0, lines[index].strip()[2:])
    return f"Its comment: {' '.join(above)}" if above and lines[index].startswith(" ") else ""


def _part(name: str, text: str, number: int) -> str:
    """Say which function or class a line stands in, by its docstring, or else which file."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return f"Part of {clean(name, 80)}, which cannot be read as Python."
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and _holds(node, number)
    ]
    for node in sorted(around, key=lambda node: node.lineno, reverse=True):
        kind = "class" if isinstance(node, ast.ClassDef) else "function"
        if told := ast.get_docstring(node):
            return f"Part of the {kind} {node.name}: {_first(told)}"
    told = PARTS.get(name) or _first(ast.get_docstring(tree) or "")
    return f"Part of {clean(name, 80)}: {told.rstrip('.')}." if told else f"Part of {clean(name, 80)}."


def _holds(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, number: int) -> bool:
    return node.lineno <= number <= (node.end_lineno or node.lineno)


def _first(docstring: str) -> str:
    """Return the first paragraph of a docstring as one line."""
    return " ".join(docstring.strip().split("\n\n")[0].split())
