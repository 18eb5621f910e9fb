"""The words of data, scores, money and of this program, with what they mean here; `glossary` looks them up."""

from __future__ import annotations

from advisor.domain.ceiling import OF_THE_SPLIT
from advisor.domain.glossary_training import GUIDE, Entry

HERE = "this program"

MEASURING: tuple[Entry, ...] = (
    Entry("baseline", ("baseline score", "plain program"),
          "The score of the plain program, before anything is optimized. Every later step is measured against it.",
          f"{GUIDE}, section 5"),
    Entry("exact match", ("exact_match", "accuracy"),
          "An answer counts when it equals the right one, spaces evened out, and case too where no label depends on "
          "it. Fit for labels, too strict for sentences.", f"{GUIDE}, section 7"),
    Entry("token F1", ("f1", "token_f1", "f1 score"),
          "How many words an answer shares with the right one, between 0 and 1: words missing and words too many both "
          "cost. Used for short answers in words.", f"{GUIDE}, section 7"),
    Entry("set F1", ("set_f1",),
          "How many items a list shares with the right list, between 0 and 1, whatever their order. Used for "
          "extraction and several labels.", f"{GUIDE}, section 7"),
    Entry("LLM judge", ("judge", "LM judge", "model judge", "llm as a judge"),
          "A model that scores answers by written criteria, where no rule can. Every trial then costs more calls, and "
          "the judge has to be checked against people on about 20 examples.", f"{GUIDE}, sections 6 and 7"),
    Entry("train set", ("training set", "training rows", "training part", "trainset"),
          "The rows a program or model learns from. Its score on them says nothing about new rows.",
          f"{GUIDE}, section 5"),
    Entry("dev set", ("development set", "development rows", "dev rows", "devset", "validation set", "valset"),
          "Rows to steer by: variants are compared on them while the run goes on. Here a tenth, at least 60 where "
          "there are enough.", f"{GUIDE}, section 5; {HERE}"),
    Entry("test set", ("test rows", "test part", "held-out set", "held out", "holdout"),
          "Rows nobody looks at until the end, when every program answers them once. Here a tenth, at least 100 where "
          "there are enough.", f"{GUIDE}, section 5; {HERE}"),
    Entry("split", ("80/10/10", "train dev test split"),
          "Dividing the rows into training, development and test parts, once, before anything else. Copies of a row "
          "stay on one side.", f"{GUIDE}, section 8"),
    Entry("learning curve", (),
          "The score against the number of training rows. If it still rises at the end, more data would help.",
          f"{GUIDE}, section 6: more data against overfitting"),
    Entry("accuracy ceiling", ("ceiling", "best reachable score"),
          "The most of all rows of a file any program can be right on: where the same text carries different labels, "
          f"at most one of them can be met. {OF_THE_SPLIT}", HERE),
    Entry("conflicting inputs", ("conflicting labels", "conflicts", "contradicting labels"),
          "Rows with the same text and different labels. They bound the score and teach the model to guess; settle "
          "them before training.", HERE),
    Entry("duplicates", ("duplicate", "duplicate rows", "copies"),
          "Rows that are the same, also but for case and spaces. They are counted once, and never put on both sides of "
          "the split.", HERE),
    Entry("leakage", ("leak", "leaks", "data leakage"),
          "The answer, or a test row, being visible where it should not be: a field that gives the label away, or a "
          "copy in the training part. Scores then look better than they are.", HERE),
    Entry("chance level", ("chance", "random guessing"),
          "What guessing would score: one in so many labels, or the share of the most frequent label if that is more. "
          "A score at or under it shows no skill.", HERE),
    Entry("majority class", ("majority label", "most frequent label", "majority share"),
          "The label most rows have. Always giving it scores its share, so a score has to be read beside it.", HERE),
    Entry("imbalance", ("imbalanced", "class imbalance", "rare labels"),
          "Some labels having many more rows than others. The overall score can then hide that the rare ones are never "
          "found.", HERE),
    Entry("Wilson interval", ("confidence interval", "interval", "95% interval", "wilson"),
          "Between which bounds the true score could lie, given so many right of so many rows, at 95%. 85% of 50 rows "
          "may be 71 to 93%.", "Wilson 1927; this program's tests"),
    Entry("McNemar test", ("McNemar", "mcnemar's test", "paired test"),
          "Compares two programs on the same rows by the rows only one of them got right. If they split about evenly, "
          "neither is shown to be better.", "McNemar 1947, exact form"),
    Entry("p-value", ("p value", "significance", "significant", "p"),
          "How often a difference at least this large would come about by luck, were the programs equally good. Under "
          "0.05, after correction, it is called real here.", HERE),
    Entry("Holm correction", ("Holm", "holm-bonferroni", "multiple comparisons"),
          "Makes p-values stricter where several comparisons are made at once, since one of many looks lucky sooner.",
          "Holm 1979"),
    Entry("smallest difference the test can show", ("power", "statistical power", "detectable difference"),
          "With so many test rows, differences smaller than this would mostly go unnoticed. It is said before anything "
          "is spent.", "Connor 1987; this program"),
    Entry("break-even", ("break even", "payback", "pays for itself"),
          "After how many calls or days a cheaper model has saved what its training cost, hosting included.",
          f"{GUIDE}, section 8"),
    Entry("retention", ("retained quality", "quality kept"),
          "How much of the teacher's score a student keeps, with an interval. Here 95% is asked for.",
          f"{GUIDE}, section 8: it promises 85 to 95%"),
    Entry("forecast", ("estimate", "cost forecast"),
          "Calls, tokens, dollars and minutes a run is expected to take: low, likely and high. A price that is not "
          "known is said, never taken as zero.", HERE),
    Entry("budget", ("limit", "spending limit"),
          "The most a run may cost. It stops there, whatever it is doing.", HERE),
    Entry("gate", ("gates", "check between stages"),
          "A check between two steps of a run that may end it before more is paid: target reached, too few traces, no "
          "better than the prompts.", f"{GUIDE}, section 4"),
    Entry("run", ("runs",),
          "One execution of a written project, kept in a folder of its own. It can be followed, cancelled and resumed.",
          HERE),
    Entry("checklist", ("prerequisites",),
          "Five things to have before training: data, baseline, metric, compute, budget. Each is met, not met or not "
          "known, and says who said so.", f"{GUIDE}, section 3"),
    Entry("transcript", ("transcripts",),
          "The file a conversation is kept in, event by event. It can be replayed and must come to the same advice; "
          "keys never go into it.", HERE),
    Entry("decision record", ("decision", "record of the decision"),
          "What was advised and why, what was known then and who said so, and what you chose, to hand to somebody "
          "else.", HERE),
)  # fmt: skip
