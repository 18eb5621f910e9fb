"""Measures the practice model through real DSPy: `python -m bench.practice --data DIR`.

DIR holds `banking77/train.csv` and `clinc150/data_full.json`. Needs scikit-learn for the oracle row.
Prints one Markdown table, every column whatever it shows, then PASS or FAIL for each acceptance line.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from bench.practice_lines import REPEATED, SUBSETS, table, verdicts

TRAIN, DEV, TEST = 500, 200, 300
Row = tuple[str, str]
"""Text and label."""


def read_rows(data: Path, name: str) -> list[Row]:
    """Return the labelled training texts of a data set."""
    if name == "banking77":
        with (data / name / "train.csv").open(newline="", encoding="utf-8") as table:
            return [(row["text"], row["category"]) for row in csv.DictReader(table)]
    content = json.loads((data / name / "data_full.json").read_text(encoding="utf-8"))
    return [(text, label) for split in ("train", "val", "test") for text, label in content[split]]


def draw(rows: Sequence[Row], labels: int, seed: int) -> tuple[list[str], list[Row], list[Row], list[Row]]:
    """Return a random subset of labels and disjoint train, dev and test rows of it."""
    random_draw = random.Random(seed)
    chosen = sorted(random_draw.sample(sorted({label for _, label in rows}), labels))
    kept = [row for row in dict.fromkeys(rows) if row[1] in chosen]
    random_draw.shuffle(kept)
    return chosen, kept[:TRAIN], kept[TRAIN : TRAIN + DEV], kept[TRAIN + DEV : TRAIN + DEV + TEST]


@contextlib.contextmanager
def served() -> Iterator[tuple[str, float]]:
    """Run a fresh practice server; give its base URL and its seconds from start to first reply."""
    with tempfile.TemporaryDirectory() as state:
        started = time.perf_counter()
        server = subprocess.Popen(
            [sys.executable, "-m", "advisor.practice", "--state", state, "--exit-with-stdin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.stdin and server.stdout
        try:
            base_url = server.stdout.readline().strip()
            yield base_url, time.perf_counter() - started
        finally:
            server.stdin.close()
            server.wait(10)


class Bench:
    """One column: a task, a server and DSPy programs over it."""

    def __init__(self, base_url: str, data: Path, column: str, threads: int) -> None:
        import dspy
        import openai

        self.dspy = dspy
        self.threads = threads
        self.base_url = base_url
        self.client = openai.OpenAI(base_url=base_url, api_key="none")
        name, count, seed = SUBSETS[column]
        self.labels, self.train, self.dev, self.test = draw(read_rows(data, name), count, seed)
        dspy.configure(lm=self.lm("practice-small"), max_history_size=0)

    def lm(self, model: str) -> Any:
        """Return a DSPy language model on the practice server."""
        return self.dspy.LM(f"openai/{model}", api_base=self.base_url, api_key="none")

    def program(self, model: str) -> Any:
        """Return a classifier with no optimization."""
        category = (Literal[tuple(self.labels)], self.dspy.OutputField())
        fields = {"text": (str, self.dspy.InputField()), "category": category}
        program = self.dspy.Predict(self.dspy.Signature(fields, "Decide which category the message belongs to."))
        program.set_lm(self.lm(model))
        return program

    def examples(self, rows: Sequence[Row]) -> list[Any]:
        """Return rows as DSPy examples."""
        return [self.dspy.Example(text=text, category=label).with_inputs("text") for text, label in rows]

    def run(self, program: Any, rows: Sequence[Row]) -> Any:
        """Return DSPy's evaluation of `program` on `rows`."""
        return self.dspy.Evaluate(devset=self.examples(rows), metric=right, num_threads=self.threads)(program)

    def test_score(self, program: Any) -> float:
        """Return the accuracy of `program` on the test rows, in percent."""
        return float(self.run(program, self.test).score)

    def optimized(self, model: str) -> Any:
        """Return the program of `model` after MIPROv2 light."""
        optimizer = self.dspy.MIPROv2(
            metric=right,
            auto="light",
            num_threads=self.threads,
            prompt_model=self.lm("practice-large"),
            task_model=self.lm(model),
            seed=9,
        )
        return self.compiled(optimizer, model, self.dev)

    def reflected(self, model: str) -> Any:
        """Return the program of `model` after GEPA with a small budget."""
        optimizer = self.dspy.GEPA(
            metric=right_with_feedback,
            max_metric_calls=1500,
            reflection_minibatch_size=8,
            reflection_lm=self.lm("practice-large"),
            num_threads=self.threads,
            seed=0,
        )
        return self.compiled(optimizer, model, self.dev[:100])

    def compiled(self, optimizer: Any, model: str, valset: Sequence[Row]) -> Any:
        """Return what `optimizer` makes of the plain program."""
        train, dev = self.examples(self.train), self.examples(valset)
        return optimizer.compile(self.program(model), trainset=train, valset=dev)

    def kept(self, teacher: Any) -> list[dict[str, Any]]:
        """Return chat rows of the training texts that `teacher` answers rightly, without its demonstrations."""
        results = self.run(teacher, self.train).results
        return [self.chat_row(teacher, row.text, answer.category) for row, answer, score in results if score]

    def chat_row(self, program: Any, text: str, label: str) -> dict[str, Any]:
        """Return one row of a training file, in the words of `program`'s prompt."""
        values = {"inputs": {"text": text}, "outputs": {"category": label}}
        return dict(self.dspy.ChatAdapter().format_finetune_data(signature=program.signature, demos=[], **values))

    def tuned(self, program: Any, model: str, rows: Sequence[dict[str, Any]]) -> Any:
        """Return `program` without demonstrations on `model` fine-tuned on `rows`."""
        content = "\n".join(json.dumps(row) for row in rows).encode()
        file = self.client.files.create(file=("rows.jsonl", content), purpose="fine-tune")
        job = self.client.fine_tuning.jobs.create(model=model, training_file=file.id)
        deadline = time.monotonic() + 300
        while job.status not in ("succeeded", "failed", "cancelled") and time.monotonic() < deadline:
            time.sleep(0.1)
            job = self.client.fine_tuning.jobs.retrieve(job.id)
        if job.status != "succeeded":
            raise RuntimeError(f"job {job.status}: {job.error}")
        student = program.deepcopy()
        student.demos = []
        student.set_lm(self.lm(str(job.fine_tuned_model)))
        return student

    def oracle(self) -> float:
        """Return the test accuracy of scikit-learn's logistic regression over tf-idf."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        pipeline = make_pipeline(words, LogisticRegression(C=10, max_iter=1000))
        pipeline.fit(*zip(*self.train, strict=True))
        return 100 * float(pipeline.score(*zip(*self.test, strict=True)))


def right(example: Any, answer: Any, trace: object = None) -> bool:
    """Whether the answer is the label."""
    return bool(example.category == answer.category)


def right_with_feedback(example: Any, answer: Any, trace: Any = None, name: Any = None, program: Any = None) -> Any:
    """Return the score and, in words, what the label is."""
    import dspy

    score = float(example.category == answer.category)
    return dspy.Prediction(score=score, feedback=f"The correct answer is '{example.category}'.")


def measure(bench: Bench) -> dict[str, float]:
    """Return the test accuracy of every program, in percent."""
    small, large = "practice-small", "practice-large"
    plain = bench.program(small)
    gold = [bench.chat_row(plain, text, label) for text, label in bench.train]
    answers = [label for _, label in bench.train]
    random.Random(7).shuffle(answers)
    shuffled = [bench.chat_row(plain, text, label) for (text, _), label in zip(bench.train, answers, strict=True)]
    best, best_large = bench.optimized(small), bench.optimized(large)
    programs: dict[str, Callable[[], Any]] = {
        "small, zero-shot": lambda: plain,
        "large, zero-shot": lambda: bench.program(large),
        "small + MIPROv2 light": lambda: best,
        "large + MIPROv2 light": lambda: best_large,
        "small + GEPA, 1,500 metric calls": lambda: bench.reflected(small),
        "small, tuned on its own zero-shot answers": lambda: bench.tuned(plain, small, bench.kept(plain)),
        "small, tuned on its MIPROv2 program's answers": lambda: bench.tuned(best, small, bench.kept(best)),
        "small, tuned on large + MIPROv2's answers": lambda: bench.tuned(best_large, small, bench.kept(best_large)),
        "small, tuned on gold labels": lambda: bench.tuned(plain, small, gold),
        "large, tuned on gold labels": lambda: bench.tuned(plain, large, gold),
        "small, tuned on shuffled labels": lambda: bench.tuned(plain, small, shuffled),
    }
    scores = {name: bench.test_score(make()) for name, make in programs.items()}
    scores["scikit-learn tf-idf + logistic regression"] = bench.oracle()
    return scores


def child(data: Path, column: str, threads: int, twice: bool) -> dict[str, float]:
    """Measure one column in this process; DSPy's cache folder must be fresh."""
    started = time.perf_counter()
    with served() as (base_url, cold_start):
        bench = Bench(base_url, data, column, threads)
        if twice:
            return {"score": bench.test_score(bench.optimized("practice-small"))}
        scores = measure(bench)
        stats = bench.client.get("/../practice/stats", cast_to=object)
    own, servers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    requests = stats["requests"] if isinstance(stats, dict) else {}
    return {
        **scores,
        "wall seconds": time.perf_counter() - started,
        "client CPU seconds": own.ru_utime + own.ru_stime,
        "server CPU seconds": servers.ru_utime + servers.ru_stime,
        "chats": requests.get("POST /v1/chat/completions", 0),
        "cold start, seconds": cold_start,
    }


def in_child(data: Path, column: str, threads: int, twice: bool = False) -> dict[str, float]:
    """Measure one column in a process of its own, with a DSPy cache of its own."""
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, __file__, "--data", str(data), "--column", column, "--threads", str(threads)]
        command += ["--twice"] if twice else []
        root = str(Path(__file__).resolve().parents[1])
        environment = {**os.environ, "DSPY_CACHEDIR": cache, "PYTHONPATH": root}
        finished = subprocess.run(command, env=environment, capture_output=True, text=True)
    if finished.returncode:
        raise SystemExit(f"{column} failed:\n{finished.stderr[-4000:]}")
    return dict(json.loads(finished.stdout.strip().splitlines()[-1]))


def main() -> int:
    """Measure all columns, print the table and the verdicts; 1 if an acceptance line is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with banking77/ and clinc150/")
    parser.add_argument("--threads", type=int, default=8, help="threads of DSPy's client")
    parser.add_argument("--column", choices=SUBSETS, help="measure one column only and print it as JSON")
    parser.add_argument("--twice", action="store_true", help="with --column: only the repeated score")
    options = parser.parse_args()
    if options.column:
        with contextlib.redirect_stdout(io.StringIO()):
            measured = child(options.data, options.column, options.threads, options.twice)
        print(json.dumps(measured))
        return 0
    columns = {column: in_child(options.data, column, options.threads) for column in SUBSETS}
    repeated = [in_child(options.data, REPEATED, 1, twice=True)["score"] for _ in range(2)]
    print(f"{table(columns)}\n")
    met = list(verdicts(columns, repeated))
    for passed, line in met:
        print(f"- {'PASS' if passed else 'FAIL'}: {line}")
    return 0 if all(passed for passed, _ in met) else 1


if __name__ == "__main__":
    sys.exit(main())
