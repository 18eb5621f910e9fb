"""The guide's checklist before fine-tuning: five items, each with its evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.domain import figures, values
from advisor.domain.choice_words import in_words
from advisor.domain.facts import Believed, Fact, Source
from advisor.domain.hosts import title_of
from advisor.domain.preflight import closed_door, cut_off, over_budget

ItemName = Literal["data", "baseline", "metric", "compute", "budget"]
State = Literal["met", "unmet", "unknown"]
NO_GPU = "no GPU here: training takes hours to days"


class Item(BaseModel):
    """One prerequisite: met, not met, or not known yet."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: ItemName
    state: State
    evidence: str
    """What is known, in words."""
    source: Source | None = None
    said_by: str = ""
    """Who says so, in words."""
    needs: str = ""
    """What would meet it."""


class Checklist(BaseModel):
    """The five items, in the guide's order."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    items: tuple[Item, ...]

    def __getitem__(self, name: ItemName) -> Item:
        """Return one item."""
        return next(item for item in self.items if item.name == name)

    @property
    def unmet(self) -> tuple[Item, ...]:
        """Items known not to be met."""
        return tuple(item for item in self.items if item.state == "unmet")

    @property
    def complete(self) -> bool:
        """Whether every item is met."""
        return all(item.state == "met" for item in self.items)


def check(facts: Believed) -> Checklist:
    """Return the checklist these facts fill in."""
    return Checklist(items=(_data(facts), _baseline(facts), _metric(facts), _compute(facts), _budget(facts)))


def examples(facts: Believed) -> Fact | None:
    """Return the best count of examples that can be trained on."""
    found = [fact for name in ("usable_examples", "labelled_examples") if (fact := facts.get(name))]
    return max(found, key=lambda fact: fact.source, default=None)


def best_score(facts: Believed) -> Fact | None:
    """Return the score of the best prompts so far."""
    return facts.get("optimized_score") or facts.get("baseline_score")


def said_by(fact: Fact) -> str:
    """Say who a fact comes from."""
    words = {Source.told: "you said", Source.assumed: "assumed"}
    source = words.get(fact.source, fact.source.name)
    return f"{source} · {fact.evidence}" if fact.evidence and fact.source != Source.told else source


def _item(name: ItemName, state: State, evidence: str, fact: Fact | None = None, needs: str = "") -> Item:
    return Item(
        name=name,
        state=state,
        evidence=evidence,
        source=fact.source if fact else None,
        said_by=said_by(fact) if fact else "",
        needs=needs,
    )


def _data(facts: Believed) -> Item:
    fact = examples(facts)
    if fact is None or isinstance(fact.value, (bool, str, tuple)):
        return _item("data", "unknown", "not known yet", needs="a file, or how many labelled examples there are")
    count = int(facts.lower(fact.name) or 0)
    classes = facts.number("classes")
    evidence = f"{values.count(fact.value)} usable" + (f", {classes:.0f} labels" if classes else "")
    enough = int(figures.ENOUGH_EXAMPLES.value)
    if count >= enough:
        better = "" if count >= figures.BETTER_EXAMPLES.value else f"{figures.BETTER_EXAMPLES.value:,.0f} is better"
        return _item("data", "met", evidence, fact, better)
    gap = f"{enough - count:,} more for the guide's {enough}"
    if count >= figures.FEWEST_EXAMPLES.value:
        gap += "; under it training is possible but noisy"
    return _item("data", "unmet", evidence, fact, gap)


def _baseline(facts: Believed) -> Item:
    effort, score = facts.get("prompt_optimization"), best_score(facts)
    shown = values.percent(score.value) if score else ""
    if effort is None and score and score.name == "optimized_score":
        return _item("baseline", "met", f"{shown} with optimized prompts", score)
    if effort is None:
        return _item("baseline", "unknown", shown or "not known yet", score, "an optimized program and its score")
    if effort.value in ("none", "by_hand"):
        words = "prompts not optimized yet" if effort.value == "none" else "prompts tuned by hand only"
        return _item("baseline", "unmet", f"{shown}, {words}" if shown else words, effort, "optimized prompts, scored")
    if score is None:
        return _item("baseline", "unknown", "optimized, score not known", effort, "the optimized program's score")
    return _item("baseline", "met", f"{shown} with optimized prompts", score)


def _metric(facts: Believed) -> Item:
    fact = facts.get("metric")
    if fact is None:
        return _item("metric", "unknown", "not known yet", needs="a way to score an answer by program")
    if fact.value == "none":
        return _item("metric", "unmet", "no metric", fact, "a way to score an answer by program")
    return _item("metric", "met", in_words("metric", str(fact.value)), fact)


def _compute(facts: Believed) -> Item:
    fact = facts.get("host")
    if fact is None:
        return _item("compute", "unknown", "not known yet", needs="a host that trains, or a GPU")
    title = title_of(str(fact.value))
    if closed := closed_door(facts):
        return _item("compute", "unmet", closed.why, fact, _lower(closed.try_this))
    if fact.value == "openai" and facts.flag("openai_tuned_recently") is None:
        return _item("compute", "unknown", title, fact, "whether you tuned at OpenAI in the last 60 days")
    cut = f"; {said}" if (said := cut_off(facts)) else ""
    slow = f"; {NO_GPU}" if fact.value == "local" and (cards := facts.get("gpus")) and cards.value == () else ""
    return _item("compute", "met", title + _while_idle(facts) + slow + cut, fact)


def _while_idle(facts: Believed) -> str:
    """Say what is billed when nobody asks anything."""
    if facts.text("host") == "sky":
        return ", billed by the hour until it is given back"
    if facts.text("student_served") != "dedicated":
        return ""
    hourly = facts.number("student_hosting_per_hour")
    price = f"${hourly:,.2f} an hour" if hourly is not None else "at an hourly price I do not know"
    return f"; the tuned model is billed while idle, {price}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _budget(facts: Believed) -> Item:
    forecast, budget = facts.get("forecast_usd"), facts.get("budget_usd")
    if over := over_budget(facts):
        return _item("budget", "unmet", over, forecast, "a higher limit, a smaller run or a cheaper host")
    if forecast is not None and facts.number("forecast_usd") == 0:
        return _item("budget", "met", "nothing is billed", forecast)
    limit, likely = facts.upper("budget_usd"), facts.number("forecast_usd")
    host = facts.get("host")
    if host is not None and host.value == "sky":
        return _item("budget", "met", "the cloud's price an hour, shown before your yes to SkyPilot", host)
    if limit is None and facts.waived("budget_usd"):
        cost = f"about ${likely:,.2f}, " if likely is not None else ""
        return _item("budget", "met", f"{cost}no limit, you said")
    if limit is None:
        shown = f"about ${likely:,.2f} forecast" if likely is not None else "not known yet"
        return _item("budget", "unknown", shown, forecast, "what you would spend at most")
    if likely is None:
        return _item("budget", "unknown", f"up to ${limit:,.2f}", budget, "a forecast of the run")
    return _item("budget", "met", f"about ${likely:,.2f} of ${limit:,.2f}", forecast)
