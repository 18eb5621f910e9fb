"""What every turn of a conversation works with: the case, its project and run, and the voice."""

from __future__ import annotations

from advisor import asking
from advisor.case_file import CaseFile
from advisor.domain import conversation, open_now
from advisor.domain.contradiction import Contradiction
from advisor.domain.contradictions import contradictions
from advisor.domain.dialogue import Answer, Phase, Step
from advisor.domain.facts import Fact, FactName
from advisor.domain.local_models import found_here, named_elsewhere
from advisor.domain.looked_up import believed_already
from advisor.domain.open_now import Disagreement, FactAsked, FactsProposed, LeaveToRead, OpenNow, RunOffered
from advisor.domain.preflight import student_of
from advisor.domain.proposal import Reader
from advisor.domain.story import Story
from advisor.errors import AdvisorError
from advisor.lookup import LookUp, look_up
from advisor.voice import Manner, Voice
from advisor.workbench import Workbench


class Talk:
    """One conversation in the making; what is open stands in its story."""

    def __init__(
        self,
        voice: Voice,
        case: CaseFile,
        bench: Workbench,
        reader: Reader | None = None,
        look_up: LookUp = look_up,
        found_before: tuple[Fact, ...] = (),
    ) -> None:
        self.voice = voice
        self.case = case
        self.bench = bench
        self.reader = reader
        self._look_up = look_up
        self._found_before = found_before
        self.exit_code = 0
        """What the command ends with."""

    @property
    def story(self) -> Story:
        """Where the conversation stands."""
        return self.voice.story

    @property
    def open(self) -> OpenNow:
        """What it waits for."""
        return self.story.open

    def record(self, event: conversation.ConversationEvent) -> None:
        """Take in what happened."""
        self.voice.record(event)

    def say(self, text: str, kind: Manner = "says", *, about: tuple[FactName, ...] = (), detail: str = "") -> None:
        """Say one paragraph."""
        self.voice.say(text, kind, about=about, detail=detail)

    def learn(self, facts: tuple[Fact, ...]) -> None:
        """Take in what the user told."""
        self.record(conversation.Understood(facts=facts))
        self.conclude()

    async def look_around(self) -> None:
        """Find what this computer has; which models answer on it is kept, so that a replay asks none of them."""
        await self.case.look_around()
        known = {fact.name: fact.value for fact in self.story.facts.known()}
        found = self._found_before
        if not found:
            here = self.case.machine
            named = named_elsewhere(here.server_addresses if here else {})
            found = (found_here(here.servers if here else ()),)
            # Most people name none, and then nothing is said of it.
            found += (named,) if named.value or named.name in known else ()
        if any(known.get(fact.name, ()) != fact.value for fact in found):
            self.record(conversation.LookedAround(facts=found))

    def conclude(self) -> None:
        """Take the advice up again from what is known, the host's own pages included."""
        self._read_up()
        self.case.conclude(self.story.facts)

    def _read_up(self) -> None:
        """Take in what the catalogue says where another host or model is meant than the one last looked up."""
        facts = self.story.facts
        try:
            found = self._look_up(facts)
        except AdvisorError as error:
            self._warn(str(error))
            return
        if believed_already(facts, found.facts):
            return
        host, student = facts.text("host") or "", student_of(facts) or ""
        self.record(conversation.LookedUp(
            facts=found.facts, host=host, student=student, teacher=facts.text("teacher_model") or "",
            prompts=facts.text("prompt_model") or "", judge=facts.text("judge_model") or "",
        ))  # fmt: skip
        for warning in found.warnings:
            self._warn(warning)

    def _warn(self, text: str) -> None:
        if not self.voice.has_said(text):
            self.say(text, "warns")

    def record_advice(self) -> None:
        """Take in that the advice as it is now stands."""
        advice = self.case.recommendation
        reasons = tuple(reason.text for reason in advice.reasons)
        self.record(conversation.Advised(route=advice.route, reasons=reasons))

    def contradiction(self, key: str) -> Contradiction | None:
        """Return what does not fit together, as long as it does not."""
        return next((found for found in contradictions(self.case.facts) if key_of(found) == key), None)

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers that can be chosen by number."""
        match self.open:
            case FactAsked(fact=fact):
                case = self.case
                trains, machine = case.recommendation.trains, case.machine
                return asking.answers(fact, case.facts, case.report, trains=trains, machine=machine)
            case RunOffered() if self.bench.consent:
                return asking.RUN_OR_NOT
            case LeaveToRead() | FactsProposed():
                return asking.YES_OR_NO
            case Disagreement(key=key) if (found := self.contradiction(key)) is not None:
                return tuple(Answer(value=way.label, label=way.label) for way in found.ways)
        return ()

    def ask(self, text: str) -> Step:
        """Put what is open and end the turn."""
        self.voice.ask(text)
        return self.step()

    def step(self) -> Step:
        """End the turn: all that was said in it, and how things stand."""
        return Step(
            messages=self.voice.turn(),
            answers=self.answers(),
            asked=self.open.fact if isinstance(self.open, FactAsked) else None,
            suggestion=self.voice.guide.suggestion(self.open, self.case.plan),
            phase=self._phase(),
            checklist=self.case.checklist,
            recommendation=self.case.recommendation,
        )

    def _phase(self) -> Phase:
        """Return what a front end does next; no yes is asked to a run that cannot start."""
        shown = open_now.phase(self.open)
        return "asking" if shown == "offering" and not self.bench.consent else shown


def key_of(found: Contradiction) -> str:
    """Return what is the same only while both sides are."""
    return f"{found.key}: {found.what}"
