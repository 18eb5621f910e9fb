"""The turns around a run: agreed to or not, started, followed, left, and what it taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor import run_telling, telling
from advisor.domain import conversation
from advisor.domain.cleaning import clean
from advisor.domain.dialogue import Step
from advisor.domain.events import Meter
from advisor.domain.facts import Fact
from advisor.speaking import Speaker

if TYPE_CHECKING:
    from advisor.running import Running


class RunTurns(Speaker):
    """A speaker that runs the project once somebody said yes."""

    exit_code = 0
    """What the command ends with."""

    def agree(self) -> Step:
        """Take a yes to the sentence that was put."""
        sentence = self.consent
        if not sentence:
            return self.decline()
        self.record(conversation.Consented(sentence=sentence))
        self.phase = "running"
        return self.step()

    def decline(self) -> Step:
        """Take a no."""
        self.say(f"Nothing was run. The project is in {clean(str(self.project), 300)}; say yes to run it.")
        return self.step()

    async def start(self) -> Running:
        """Start the run that was agreed to."""
        running = await super().start()
        self.record(conversation.Ran(folder=str(running.started.folder)))
        return running

    async def after_run(self) -> Step:
        """Say what the run brought, learn from it and take the advice up again."""
        facts, report = await self.finish_run()
        view = self.view
        self.exit_code = (view.exit_code if view else None) or 0
        self.suppose(facts)
        if self.comparison is None:
            why = f"{view.why} {view.try_this}".strip() if view else ""
            self.say(why or "The run ended without a result.", "error")
            return self.offer_to_go_on()
        self.say(run_telling.result(self.comparison, report, self.looks))
        if report is None:
            self.say("The report could not be written. `advisor report` shows what was measured.", "warns")
        self.explain_moment("result")
        if apart := run_telling.disagreement(self.facts):
            self.say(apart)
        self.say(telling.after(self.recommendation))
        return self.step()

    def offer_to_go_on(self) -> Step:
        """Ask whether to go on with a run that was broken off, if there is one."""
        if not self.broken_off:
            return self.step()
        self.take_up_broken()
        self.phase = "offering"
        return self.ask(run_telling.go_on(self.consent))

    async def leave_running(self) -> Step:
        """Follow the run no longer; it goes on by itself."""
        await self.leave_run()
        self.phase = "asking"
        if self.project:
            self.say(run_telling.left(self.project))
        return self.step()

    def suppose(self, facts: tuple[Fact, ...]) -> None:
        """Learn what a run measured; when a conversation is played again, in place of running it."""
        self.phase = "asking"
        meter = self.view.meter if self.view else Meter()
        unpriced = bool(meter.unpriced_calls)
        self.record(conversation.Ended(facts=facts, calls=meter.calls, dollars=meter.dollars, unpriced=unpriced))
        self.conclude(self.story.facts)
        if facts:
            self.record_advice()

    async def close(self) -> None:
        """End the conversation and whatever it still runs; one left in the middle can be taken up again."""
        await super().close()
        in_the_middle = self.asked is not None or self.phase in ("offering", "running") or self.story.run
        if self.phase == "closed" or not in_the_middle:
            self.record(conversation.Closed(exit_code=self.exit_code))
        self._chronicle.leave()
