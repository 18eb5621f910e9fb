"""The words of DSPy and of training, with what they mean here; `glossary` looks them up."""

from __future__ import annotations

from typing import NamedTuple

DSPY = "DSPy 3.4"
GUIDE = "the guide"
NOTES = "run on DSPy 3.4.1"


class Entry(NamedTuple):
    """A word and what it means."""

    term: str
    also: tuple[str, ...]
    """Other names of it."""
    meaning: str
    source: str
    """Where the statement comes from."""


TRAINING: tuple[Entry, ...] = (
    Entry("the guide", ("guide", "which guide"),
          "A guide to fine-tuning DSPy programs, whose questions and numbers these rules are made of: optimize prompts "
          "first, 500 labelled examples, a baseline over 50%, an automated metric, a task that stands still, compute "
          "and a budget. A reason that names it says which part of it speaks.", "README"),
    Entry("program", ("DSPy program", "dspy program"),
          "The code that answers: one or more calls of a model, each described by a signature. Optimizing or tuning "
          "changes its prompts or its weights, not what it is for.", DSPY),
    Entry("signature", ("dspy.Signature",),
          "What goes into one call of the model and what comes out: named fields and an instruction. DSPy writes the "
          "prompt from it.", DSPY),
    Entry("module", ("dspy.Module", "predictor", "ChainOfThought", "chain of thought", "dspy.Predict"),
          "A part of a program that calls a model by a signature. Predict asks for the answer; ChainOfThought asks for "
          "the reasoning first, which takes more tokens.", DSPY),
    Entry("adapter", ("output format", "ChatAdapter", "JSONAdapter"),
          "Writes a signature as messages and reads the answer back. ChatAdapter marks the fields with headers and "
          "falls back to JSON once when the answer cannot be read; a small tuned model that breaks the format may do "
          "better with another one.", DSPY),
    Entry("metric", ("scoring function",),
          "A function that says how good one answer is, without a person. Optimizers maximise it and traces are kept "
          "by it, so whatever it does not see is not learned.", f"{GUIDE}, section 3"),
    Entry("prompt optimization", ("prompt optimizer", "optimizer", "teleprompter", "optimized prompts"),
          "Searching for better instructions and examples by program, against a metric. It changes no weights, is "
          "cheaper than training and often enough.", f"{GUIDE}, question 1"),
    Entry("few-shot", ("few shot examples", "demos", "demonstrations", "LabeledFewShot", "in-context examples"),
          "Showing the model a few solved examples in the prompt. DSPy's LabeledFewShot takes them from the labelled "
          "rows as they are.", DSPY),
    Entry("BootstrapFewShot", ("bootstrap few shot",),
          "Lets the program solve training rows and puts runs that pass the metric into the prompt as examples, at "
          "most 4 by default.", DSPY),
    Entry("MIPROv2", ("MIPRO", "mipro v2", "mipro 2"),
          "A prompt optimizer: it bootstraps examples, has a model propose instructions, and searches for the best "
          "combination. Light, medium and heavy propose 6, 12 and 18 candidates and score on at most 100, 300 "
          "and 1,000 rows. It needs the package optuna.", DSPY),
    Entry("GEPA", (),
          "A prompt optimizer that has a model read what went wrong, in words, and rewrite the instruction. It pays "
          "where the metric can say why an answer is wrong; it needs a reflection model.",
          "DSPy 3.4; arXiv 2507.19457"),
    Entry("SIMBA", (),
          "A prompt optimizer that looks at mini-batches where the answers vary most and adds rules or good examples "
          "drawn from them.", DSPY),
    Entry("prompt model", ("reflection model", "reflection lm", "proposer"),
          "The model that writes new instructions for MIPROv2 or reads the faults for GEPA. It is asked seldom, so a "
          "strong one costs little.", DSPY),
    Entry("fine-tuning", ("fine tune", "finetuning", "finetune", "fine tuned", "training the weights", "tuning",
                          "supervised fine-tuning", "sft"),
          "Training the model's weights on answers. It locks in today's version of the task, and has to beat optimized "
          "prompts to be worth it.", f"{GUIDE}, section 2"),
    Entry("BootstrapFinetune", ("bootstrap fine-tune", "bootstrap finetuning"),
          "DSPy's way to fine-tune: the program answers the training rows, answers that pass the metric are kept, and "
          "the model is trained on those. It never trains on your labels themselves.", NOTES),
    Entry("traces", ("trace", "bootstrapped traces"),
          "The recorded calls of a program on a row: prompts and answers. Those that pass the metric become training "
          "rows; under 50 the run stops before training, under 200 it warns.",
          f"{GUIDE}, section 4; the gates of a run"),
    Entry("gold labels", ("gold", "gold fine-tuning", "labels", "ground truth", "right answers"),
          "The right answers people gave. Where the label is the whole answer, training on it directly is often the "
          "larger step, since it also teaches what the program gets wrong today.", f"{GUIDE}, section 8"),
    Entry("distillation", ("distil", "distill", "distilling", "knowledge distillation"),
          "Teaching a small model the answers of a big one, to use it in its place for less money or time. It keeps "
          "quality; it does not raise it.", f"{GUIDE}, section 4"),
    Entry("teacher", ("teacher model",),
          "The stronger model that makes the training answers, with its prompts optimized first. Set its own "
          "model on it in DSPy; without one the student's model answers in its place and nothing says so.", NOTES),
    Entry("student", ("student model",),
          "The model whose weights are trained, and that answers in the end.", f"{GUIDE}, section 4"),
    Entry("BetterTogether", ("better together", "prompts and weights together", "p -> w -> p"),
          "Optimizes prompts, then weights, then prompts again. Over optimized prompts alone it reports single digits "
          "of gain, for the price of several runs.", "arXiv 2407.10930v2: up to 6% over prompts alone"),
    Entry("LoRA", ("low-rank adaptation", "lora adapter", "qlora"),
          "Training a small add-on to the weights instead of all of them. Hosts train and serve it for less; QLoRA "
          "does it on a compressed model, to fit a smaller GPU.", "arXiv 2106.09685; arXiv 2305.14314"),
    Entry("epoch", ("epochs", "n_epochs"),
          "One pass of training over all rows. More passes fit the rows more closely and, on few rows, overfit them.",
          f"{GUIDE}, section 6"),
    Entry("overfitting", ("overfit", "overfits", "overfitted"),
          "Learning the examples instead of the task: the score on training rows is far above that on rows not seen. "
          "More data, fewer epochs or a simpler output format help.", f"{GUIDE}, section 6"),
    Entry("training host", ("host", "provider", "fine-tuning provider"),
          "Where weights are trained and the tuned model is served. It receives the training rows, so its name and "
          "their number are shown before anything is sent.", "this program"),
    Entry("practice model", ("practice", "practice server", "practice host"),
          "A small stand-in for a model and its host on this computer, free, to learn with. Its scores say nothing "
          "about a real model.", "this program"),
    Entry("retrieval", ("RAG", "retrieval augmented generation", "vector search"),
          "Looking facts up and putting them into the prompt. For facts that change it is the better way: weights are "
          "a poor store for them.", f"{GUIDE}, section 8"),
    Entry("hallucination", ("hallucinate", "hallucinates", "hallucinating", "made up facts"),
          "A confident answer that is not true. If facts are missing it is a matter of retrieval; training on facts "
          "makes them go stale and be repeated with confidence.", f"{GUIDE}, section 8"),
    Entry("temperature", (),
          "How much chance there is in an answer: 0 always takes the likeliest word. Traces gathered above 0 vary; a "
          "comparison is steadier near 0.", "model hosts' own pages"),
    Entry("cache", ("caching", "cached"),
          "DSPy keeps answers in memory and on disk and does not pay twice for the same call to the same model. The "
          "report of a run counts such answers apart.", NOTES),
    Entry("tokens", ("token",),
          "The pieces of words a model reads and writes, about four letters each in English. Hosts bill by them, in "
          "and out at different prices.", "model hosts' own pages"),
    Entry("context window", ("context length", "context size"),
          "The most tokens a model takes at once, prompt and answer together. A row longer than it is cut or refused.",
          "model hosts' own pages"),
)  # fmt: skip
