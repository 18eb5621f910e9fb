"""Answers about a run: what it costs and takes, what it saves, who sees the rows, how it ends and what comes after."""

from __future__ import annotations

from typing import cast

from advisor.domain import fit, hosts
from advisor.domain.at_hand import AtHand, wanting
from advisor.domain.cleaning import clean
from advisor.domain.facts import FactName, Facts, Source
from advisor.domain.forecast import LATENCY_SECONDS, TRAINING_MINUTES, call_dollars
from advisor.domain.glossary import look_up
from advisor.domain.held_here import SHORT_ROW
from advisor.domain.kept_ready import month_bill
from advisor.domain.model_shape import commonly_known
from advisor.domain.plan import Plan
from advisor.domain.preflight import student_of
from advisor.domain.providers import others_asked
from advisor.domain.route_words import TO_DO, joined
from advisor.domain.rules import RUN_ROUTES
from advisor.domain.sharing import fits_together
from advisor.domain.values import count, percent
from advisor.domain.wording import SHORT, dollars, duration

DAYS_A_MONTH = 30
NEXT_REAL = (
    "The same project with a real model: say where it may run, for example `openai`, `nebius` or `this computer`. You "
    "see what it costs before a yes; `advisor models` lists what each host can tune."
)
RENTABLE = "A GPU can be rented too: say `rent a GPU`, and the project runs on one with `advisor run DIR --on sky`."
RENTED_PRICE = "The machine is billed by the hour by your cloud; SkyPilot shows the price before it asks for your yes."


def cost(hand: AtHand) -> str:
    """Say what a run would cost, and that nothing else does."""
    if hand.plan is None or hand.forecast is None:
        return f"This conversation costs nothing. {wanting(hand)}"
    if hand.plan.practice:
        return "Nothing: the practice model runs on this computer and bills nobody."
    if hand.plan.free:
        return "Nothing but power: the models run on this computer and nobody is billed."
    if hand.plan.rented and not hand.plan.billed_beside:
        return f"{RENTED_PRICE} What it comes to is not known before."
    said = [f"A run, dollars low / likely / high: {dollars(hand.forecast.dollars)}."]
    said += [note for note in (hand.forecast.prices_note, _right_answers(hand.plan)) if note]
    limit = hand.plan.budget_usd
    on = " on all but the machine" if hand.plan.rented else ""
    said.append(
        f"It stops at your limit of ${limit:,.2f}{on}." if limit else "No limit is set; name one and it stops there."
    )
    return " ".join(said)


def time_taken(hand: AtHand) -> str:
    """Say how long a run would take, and what that rests on."""
    if hand.plan is None or hand.forecast is None:
        return f"These questions take a few minutes, and each can be skipped. As for a run: {wanting(hand)}"
    minutes = hand.forecast.minutes
    said = f"About {duration(minutes.likely)}, between {duration(minutes.low)} and {duration(minutes.high)}."
    if hand.plan.practice:
        return f"{said} It goes on by itself if you leave it."
    low, _, high = TRAINING_MINUTES
    trains = f" and {low:.0f} to {high:.0f} minutes for a training job" if hand.advice.trains else ""
    assumed = f"{said} That assumes {LATENCY_SECONDS:.0f} s a call{trains}; hosts promise nothing."
    return " ".join(part for part in (assumed, _right_answers(hand.plan)) if part)


def _right_answers(plan: Plan) -> str:
    """Say how many right answers a forecast counts on, and who says so; nothing where its plan does not tell."""
    if plan.reckoned is None:
        return ""
    name, told, whose = plan.reckoned.pass_rate_from.partition(": ")
    named = {key: f"{words}, " for key, words in SHORT.items()}.get(cast(FactName, name), "")
    who = f" ({named}{clean(whose if told else name, 80)})" if name else ""
    return f"The calls are counted for {percent(plan.reckoned.pass_rate)} right answers{who}."


def savings(hand: AtHand) -> str:
    """Say what a cheaper model would save each month, or which figure is missing for that."""
    spend, calls = hand.facts.number("spend_per_month_usd"), hand.facts.number("calls_per_month")
    if hand.plan is not None and hand.plan.rented:
        return "I cannot say: the tuned model answers on a GPU of yours, and what that costs is your cloud's price."
    missing = [] if spend else ["what you pay a month today"]
    missing += [] if calls else ["how many calls a month there are"]
    if hand.plan is None or hand.plan.host.free:
        missing.append("the host and the model that would answer instead (the practice model has no price)")
    if missing or hand.plan is None or not spend or not calls:
        return f"I can work it out once I know {joined(missing, 'and')}. A sentence with the figures will do."
    each = call_dollars(hand.plan)
    if each is None:
        return (
            f"A price of {clean(hand.plan.student.model, 60)} is not known. Tell me what it charges, for example: "
            "input price 0.40, output price 1.60."
        )
    return _saved(hand, spend, calls, each)


def _saved(hand: AtHand, spend: float, calls: float, each: float) -> str:
    kept, ready = hand.plan and hand.plan.kept_ready, month_bill(hand.plan) if hand.plan else None
    if kept and ready is None and calls * each < spend:
        return (
            f"At {count(calls)} calls a month a tuned student's answers would cost about ${calls * each:,.2f}; today "
            f"it is ${spend:,.2f}. It is also billed by the hour while it is kept ready, at a price I do not know, so "
            "I cannot say whether it saves anything. Tell me, for example: hosting 3.99 an hour."
        )
    then = calls * each + (ready or 0)
    said = [
        f"At {count(calls)} calls a month a tuned student would cost about ${then:,.2f}; today it is ${spend:,.2f}."
    ]
    run = hand.forecast.dollars.likely if hand.forecast and hand.forecast.dollars else None
    if then >= spend:
        said.append("That saves nothing.")
    elif run is not None:
        days = run / ((spend - then) / DAYS_A_MONTH)
        shown = "within a day" if days < 1 else f"after about {days:,.0f} day{'' if days < 1.5 else 's'}"
        said.append(f"About ${spend - then:,.2f} less a month; the run of about ${run:,.2f} is earned back {shown}.")
    if ready:
        said.append(f"About ${ready:,.2f} of it keep the model ready all month, asked or not.")
    elif kept and ready is None:
        said.append("On top of it comes every hour in which it is kept ready, at a price I do not know.")
    said.append("Whether the answers stay as good is what a run measures.")
    return " ".join(said)


def who_sees(hand: AtHand) -> str:
    """Say where the rows go, and where they do not."""
    said = ["This conversation sends no rows anywhere: the file is read on this computer."]
    others = joined([provider.title for provider in others_asked(hand.plan)], "and") if hand.plan else ""
    if hand.facts.flag("data_must_stay"):
        said.append("You said they must stay here, so I offer no host elsewhere.")
    if hand.plan is None:
        said.append("A run would send them to the host you choose, after a yes to a sentence that names it.")
    elif hand.plan.practice:
        said.append("A run here stays on it too: the practice model is a program on this computer.")
    elif hand.plan.rented:
        shown = f" The run there shows rows to {others} too, after a yes of its own." if others else ""
        said.append(
            f"`advisor run DIR --on sky` copies the project, with {sum(hand.plan.split):,} rows, to a machine and a "
            f"bucket in your cloud account, after your yes to SkyPilot.{shown}"
        )
    elif hand.plan.host.driver == "local":
        said.append(
            "A run trains and asks on this computer too."
            if not others
            else f"A run trains on this computer; its other models would be shown rows at {others}."
        )
    else:
        asked = f"{sum(hand.plan.split):,} rows to {hand.host_in_words}"
        trained = f", {hand.plan.split.train:,} of them to be trained on" if hand.advice.trains else ""
        elsewhere = f"show rows to {others}" if others else "nowhere else"
        said.append(f"A yes to the run would send {asked}{trained}, and {elsewhere}.")
    said.append("A reply of yours goes to a model only where one is set up and you have said yes to that.")
    return " ".join(said)


def stopping(hand: AtHand) -> str:
    """Say how a run is ended, and how the conversation is."""
    if hand.plan is not None and hand.plan.rented:
        return (
            "Yes: `sky down` with the name in the project's README gives the machine back at any time, and it goes by "
            "itself ten minutes after the run. Nothing is rented without your yes to SkyPilot. `quit` leaves this "
            "conversation, which is kept."
        )
    return (
        "Yes. While a run goes, `c` ends it, and so does `advisor cancel` with the project's folder; what is done by "
        "then is kept, and the run can be gone on with. Nothing starts without a yes. `quit` leaves this conversation, "
        "which is kept too."
    )


def afterwards(hand: AtHand) -> str:
    """Say what there is when a run has ended."""
    return (
        "Every program answers the test rows once; I say which is better, with intervals, and what I would do next. "
        "The project keeps the report, every answer and every program; `python serve.py \"a text\"` in it answers with "
        "the best one, `--program baseline` goes back to the plain one. Your own program is not touched."
    )  # fmt: skip


def practice_model(hand: AtHand) -> str:
    """Say what the practice model is."""
    entry = look_up("practice model")
    return f"{entry.term}: {entry.meaning}" if entry else ""


def real_model(hand: AtHand) -> str:
    """Say how to come from practice to a model that counts, or what is next with the one that was named."""
    host = hand.facts.text("host")
    if not hand.advice.runs:
        return f"As it stands I would {TO_DO[hand.advice.route]}: nothing is run before that."
    if host not in (None, "practice"):
        return f"You named {hosts.title_of(host or '')}: that is one. A yes prepares the project for it."
    return (
        f"{NEXT_REAL} What a practice run measured says nothing of it, so your own figures stand and the real run "
        "measures anew."
    )


def processors(hand: AtHand) -> str:
    """Say whether a graphics processor is needed, and what is known of those here."""
    host = hand.facts.text("host")
    if host == "local":
        needed = (
            "To train a large model on this computer, yes: an NVIDIA GPU. On a processor one of 0.6 billion weights "
            "takes hours, a large one days."
        )
        return " ".join([needed, *_cards_here(hand.facts), RENTABLE])
    if host == "sky":
        return f"None of your own: it is rented in your cloud account. {RENTED_PRICE}"
    where = {None: "a host trains on its own GPUs, and the practice model needs none",
             "practice": "the practice model needs none"}  # fmt: skip
    own = where.get(host, f"{hosts.title_of(host or '')} trains on its own GPUs")
    needed = f"Only to train a real model on this computer, and then an NVIDIA one; {own}."
    return " ".join([needed, *_cards_here(hand.facts)])


def _cards_here(facts: Facts) -> list[str]:
    """Say which cards are known of, and whether the student fits the largest."""
    fact, cards, known = facts.get("gpus"), facts.gpus(), commonly_known(student_of(facts) or "")
    if fact is None:
        return ["`advisor doctor` says what this computer has."]
    if not cards:
        return ["None was found here; `advisor doctor` says what this computer has."]
    largest = max(cards, key=lambda card: card.gib)
    who = "You have" if fact.source == Source.told else "This computer has"
    said = [f"{who} {joined([f'{clean(card.name, 40)} ({card.gib:g} GiB)' for card in cards], 'and')}."]
    if known is not None:
        judged = fit.fit(known.shape, "qlora", fit.Work(context=SHORT_ROW), largest.gib)
        does = {"does not fit": "does not fit", "tight": "fits, tightly"}.get(judged.band, "fits")
        name = known.name.partition("/")[2]
        said.append(f"{name} {does}: it takes about {judged.need_gib:.0f} GiB by QLoRA, on short rows.")
        if judged.band == "does not fit" and fits_together(known.shape, "lora", fit.Work(context=SHORT_ROW), cards):
            said.append("By LoRA, with its weights shared out among the cards of a kind, it fits.")
    return said


def which_model(hand: AtHand) -> str:
    """Say how to choose one; none is ranked without a measurement."""
    said = [
        "That is to be measured, not guessed. Start with the cheapest model your host can tune, its prompts optimized, "
        "and take a larger one only if it falls short."
    ]
    today = hand.facts.text("current_model")
    named = f", here {clean(today, 60)}" if today else ""
    said.append(f"To make answers cheaper, the model you pay for today is the teacher{named}.")
    said.append("`advisor models` lists what each host trains, at what price and until when, with its sources.")
    if hand.facts.text("host") in (None, "practice") and hand.advice.route in RUN_ROUTES:
        said.append("The practice model brings its own two, so nothing has to be chosen there.")
    return " ".join(said)
