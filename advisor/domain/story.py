"""A conversation folded from its events: where it stands, whoever reads them and whenever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, get_args

from advisor.domain.conversation import (
    Advised,
    Allowed,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Corrected,
    Ended,
    LookedAround,
    LookedUp,
    Measured,
    Opened,
    Overruled,
    Planned,
    Proposed,
    Ran,
    Replied,
    Restarted,
    Settled,
    Settling,
    Skipped,
    TookBack,
    Understood,
)
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.looked_up import replaced_by
from advisor.domain.open_now import Nothing, OpenNow, asked, open_after
from advisor.domain.plan import Plan
from advisor.domain.results import practised, with_earlier_runs, without_runs

OF_THE_FILE: tuple[FactName, ...] = (
    "data_path", "data_table", "task", "input_fields", "label_field", "rows", "labelled_examples", "usable_examples",
    "classes", "accuracy_ceiling", "majority_share",
)  # fmt: skip
"""Facts that another file makes void."""

WHO_ANSWERS: tuple[FactName, ...] = ("host", "student_model")
"""Facts without which a measured score says nothing."""


class Moment(NamedTuple):
    """What taking an answer back returns to."""

    facts: Facts
    skipped: frozenset[str]
    settled: frozenset[str]


@dataclass(frozen=True)
class Story:
    """One conversation so far."""

    data: str | None = None
    """The file it was opened with."""
    given: Facts = field(default_factory=Facts)
    """What was known before the first question."""
    facts: Facts = field(default_factory=Facts)
    """What was told and measured since, with what was given."""
    skipped: frozenset[str] = frozenset()
    """Questions left out, by fact."""
    settled: frozenset[str] = frozenset()
    """What was put and settled, left standing, or said once."""
    open: OpenNow = field(default_factory=Nothing)
    """What the conversation waits for."""
    answered: FactName | None = None
    """The last question that got an answer."""
    past: tuple[Moment, ...] = ()
    unread: str = ""
    """A file that was named and not read yet."""
    unanswered: Replied | Corrected | None = None
    """What the user said last, while nothing has followed from it yet."""
    allowed: str = ""
    """The model that may read replies."""
    state: str = ""
    """Size and time of the last change of the file that was read last."""
    plan: Plan | None = None
    project: str = ""
    project_state: str = ""
    """The state of the file the project was written from."""
    run: str = ""
    """Folder of the run that was started and has not ended."""
    costs: Mapping[str, Ended] = field(default_factory=dict)
    """What each run that has ended cost, by its folder; one gone on with counts once."""
    practised: tuple[Fact, ...] = ()
    """What practice runs measured of the practice model: nothing of the user's own program."""
    route: str = ""
    """The last advice."""
    replies: int = 0
    before: Moment | None = None
    """Where a change in this turn would be taken back to."""

    @property
    def asked(self) -> FactName | None:
        """The fact the open question is about, or will be once something is settled."""
        return asked(self.open)

    def after(self, event: ConversationEvent) -> Story:
        """Return the story with one more event."""
        return replace(self._told(event), open=open_after(self.open, event, self.run))

    def _told(self, event: ConversationEvent) -> Story:
        """Return what an event says of the case."""
        match event:
            case Opened(data=data):
                return replace(self, data=data, unread=data or "")
            case Corrected(fact=fact) if fact not in get_args(FactName):
                return self
            case Replied() | Corrected():
                moment = Moment(self.facts, self.skipped, self.settled)
                return replace(self, replies=self.replies + 1, unanswered=event, before=moment)
            case Settling() | Settled() | Allowed() | Proposed():
                return _helped(replace(self, unanswered=None), event)
            case Understood() | Skipped() | Overruled() | TookBack() | Restarted() | Measured():
                return _changed(self, event)
            case LookedUp(facts=facts):
                return replace(self, facts=replaced_by(self.facts, facts))
            case LookedAround(facts=facts):
                return replace(self, facts=self.facts.learn(*facts), given=self.given.learn(*facts))
            case Planned() | Consented() | Ran() | Ended():
                return _acted(replace(self, unanswered=None), event)
            case Asked(fact=fact) if fact in get_args(FactName):
                return _at_rest(self)
            case Advised(route=route):
                return replace(_at_rest(self), route=route)
            case Closed():
                # The reply that ended it, answered again, would end it again.
                return replace(self, unanswered=None)
        return self


def story_of(events: Iterable[ConversationEvent]) -> Story:
    """Return where these events lead."""
    story = Story()
    for event in events:
        story = story.after(event)
    return story


def learned(facts: Facts, new: tuple[Fact, ...]) -> Facts:
    """Return the facts with these told; another model or host voids what runs measured, another table all of it."""
    table = next((fact.value for fact in new if fact.name == "data_table"), None)
    if table is not None and facts.text("data_table") not in (None, table):
        facts = without_runs(facts.without(*(name for name in OF_THE_FILE if name != "data_path")))
    changed = any(
        fact.name in WHO_ANSWERS and (known := facts.get(fact.name)) is not None and known.value != fact.value
        for fact in new
    )
    return (without_runs(facts) if changed else facts).learn(*new)


def read_from(facts: Facts, measured: tuple[Fact, ...]) -> Facts:
    """Return the facts with those of a file; what was known of another file before is void."""
    path = next((fact.value for fact in measured if fact.name == "data_path"), None)
    known = facts.get("data_path")
    if path is not None and known is not None and known.value != path:
        facts = without_runs(facts.without(*OF_THE_FILE))
    return facts.learn(*measured)


def of_model(key: str, model: str) -> str:
    """Return the key of what was settled for one model only, or for all where none is named."""
    return f"{key}: {model}" if model else key


def _at_rest(story: Story) -> Story:
    """Return the story once everything said so far has been dealt with."""
    return replace(story, unread="", unanswered=None, before=None)


def _helped(story: Story, event: Settling | Settled | Allowed | Proposed) -> Story:
    """Return the story after something beside the questions of the guide."""
    match event:
        case Settled(key=key, model=model):
            return replace(story, settled=story.settled | {of_model(key, model)})
        case Allowed(model=model):
            return replace(story, allowed=model)
    return story


def _changed(story: Story, event: ConversationEvent) -> Story:
    """Return the story after something that an answer, or taking one back, changes."""
    if isinstance(event, TookBack):
        return _taken_back(story)
    if isinstance(event, Restarted):
        return _begun_again(story)
    if isinstance(event, Measured):
        facts = read_from(story.facts, event.facts)
        same = facts.text("data_path") == story.facts.text("data_path")
        return replace(
            story, facts=facts, practised=story.practised if same else (), state=event.state, unread="", unanswered=None
        )  # fmt: skip
    story = _remembering(replace(story, unanswered=None))
    if isinstance(event, Skipped):
        return replace(story, skipped=story.skipped | set(event.facts))
    if isinstance(event, Overruled):
        chosen = (*story.facts.words("overruled"), event.route)
        return replace(story, facts=story.facts.learn(Fact(name="overruled", value=chosen, source=Source.told)))
    assert isinstance(event, Understood)
    facts = learned(story.facts, tuple(fact for fact in event.facts if fact.name != "data_path"))
    path = next((str(fact.value) for fact in event.facts if fact.name == "data_path"), story.unread)
    if story.replies == 0 and story.asked is None:
        return replace(story, facts=facts, given=facts, unread=path)
    return replace(story, facts=facts, unread=path, answered=story.asked or story.answered)


def _begun_again(story: Story) -> Story:
    """Return the story at its beginning, with the file in hand; what was spent stays spent."""
    return Story(
        data=story.facts.text("data_path") or story.data, given=story.given, facts=story.given, replies=story.replies,
        allowed=story.allowed, costs=story.costs,
    )  # fmt: skip


def _remembering(story: Story) -> Story:
    """Keep the moment before the first change of a turn."""
    if story.before is None:
        return story
    return replace(story, past=(*story.past, story.before), before=None)


def _taken_back(story: Story) -> Story:
    if not story.past:
        return replace(story, unanswered=None)
    moment = story.past[-1]
    return replace(
        story, facts=moment.facts, skipped=moment.skipped, settled=moment.settled, past=story.past[:-1],
        before=None, unanswered=None,
    )  # fmt: skip


def _acted(story: Story, event: Planned | Consented | Ran | Ended) -> Story:
    """Return the story after a step of a project or its run."""
    match event:
        case Planned(plan=plan, folder=folder):
            return replace(story, plan=plan, project=folder, project_state=story.state)
        case Ran(folder=folder):
            return replace(story, run=folder)
        case Ended():
            return _measured(story, event)
    return story


def _measured(story: Story, event: Ended) -> Story:
    """Return the story after a run: what it measured and cost cannot be taken back."""
    story = replace(story, run="", costs={**story.costs, story.run: event})
    if not event.facts:
        return story
    story = replace(story, project="", past=(), before=None)
    if practised(event.facts):
        before = Facts(records=story.practised)
        return replace(story, practised=before.learn(*with_earlier_runs(event.facts, before)).known())
    # A choice against the advice has had its turn once it was run.
    settled = Fact(name="overruled", value=(), source=Source.told, evidence="it was run")
    known = (*with_earlier_runs(event.facts, story.facts), *([settled] if story.facts.words("overruled") else []))
    return replace(story, facts=story.facts.learn(*known))
