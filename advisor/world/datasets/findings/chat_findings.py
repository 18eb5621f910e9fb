"""What is odd about conversations, from the first of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from advisor.domain.dataset import Finding
from advisor.world.datasets.records import Roles, role_of
from advisor.world.datasets.roles.profiles import PROFILED, Sample
from advisor.world.datasets.text import count, named

_SPEAKERS = frozenset({"system", "developer", "user", "assistant", "tool", "function"})


def chat_findings(sample: Sample, roles: Roles) -> Iterator[Finding]:
    """Yield what a host that trains on the conversations would refuse or take amiss."""
    if roles.task != "chat":
        return
    seen = [turns for record in sample.records if (turns := _turns(record.values.get(roles.input_fields[0])))]
    speakers = [[role_of(turn) for turn in turns] for turns in seen]
    seen_only = f" among the first {len(seen):,}" if len(sample.records) >= PROFILED else ""
    yield from _missing(speakers, "assistant", seen_only, "They are left out: there is no answer to learn.")
    yield from _missing(speakers, "user", seen_only, "The model would learn to speak unasked; most hosts refuse them.")
    if after := sum("assistant" in names and names[-1] != "assistant" for names in speakers):
        yield Finding(
            severity="warns",
            what=f"{count(after, 'conversation')} with something after the last assistant turn{seen_only}.",
            consequence="What comes after it is left out; many hosts want the assistant to have the last word.",
        )
    with_system = sum(bool({"system", "developer"} & set(names)) for names in speakers)
    if 0 < with_system < len(speakers):
        yield Finding(
            severity="notes",
            what=f"{with_system:,} of {len(speakers):,} conversations begin with instructions, the others do not.",
            consequence="A tuned model answers best with the instructions it was trained with; settle on one way.",
        )
    unknown = Counter(name for names in speakers for name in names if name not in _SPEAKERS)
    if unknown:
        yield Finding(
            severity="warns",
            what=f"Some turns are spoken by {named(list(unknown))}.",
            consequence="Hosts know system, user, assistant and tool; rename the others.",
        )


def _missing(speakers: Sequence[Sequence[str]], who: str, where: str, consequence: str) -> Iterator[Finding]:
    missing = sum(who not in names for names in speakers)
    if missing:
        what = f"{count(missing, 'conversation')} without {who}{where}."
        yield Finding(severity="warns", what=what, consequence=consequence)


def _turns(value: object) -> Sequence[Mapping[str, object]]:
    return [turn for turn in value if isinstance(turn, dict)] if isinstance(value, list) else []
