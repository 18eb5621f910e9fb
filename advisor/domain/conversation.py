"""What happens in a conversation, one event a line in its transcript."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from advisor.domain.facts import Fact
from advisor.domain.forecast import Forecast
from advisor.domain.plan import Plan

VERSION = 1
"""Raised when a reader of older transcripts would misunderstand a new one."""


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    t: float = 0.0
    """Unix time; the transcript sets it where it is 0."""


class Opened(_Event):
    """The conversation began, perhaps with a dataset."""

    kind: Literal["opened"] = "opened"
    version: int = VERSION
    data: str | None = None


class Asked(_Event):
    """A question was put."""

    kind: Literal["asked"] = "asked"
    fact: str
    text: str = ""


class Replied(_Event):
    """The user wrote something."""

    kind: Literal["replied"] = "replied"
    text: str


class Corrected(_Event):
    """The user typed over what was known of a fact."""

    kind: Literal["corrected"] = "corrected"
    fact: str
    text: str


class Settling(_Event):
    """Something was put to the user that has to be settled before the next question."""

    kind: Literal["settling"] = "settling"
    key: str
    """Which contradiction, or `ask_model`; older transcripts say `proposal` after what was proposed."""
    about: str = ""
    """The reply a model would be asked about."""
    model: str = ""
    """The model that would be asked; older transcripts do not say."""


class Settled(_Event):
    """What was put was settled, left standing, or needed only to be said."""

    kind: Literal["settled"] = "settled"
    key: str
    model: str = ""
    """The model that may not be asked; older transcripts mean any."""


class Allowed(_Event):
    """The user let a model read replies that the rules did not understand."""

    kind: Literal["allowed"] = "allowed"
    model: str


class Proposed(_Event):
    """What a model took from a reply; nothing of it is believed before a yes."""

    kind: Literal["proposed"] = "proposed"
    model: str
    facts: tuple[Fact, ...] = ()
    why: str = ""
    """Why it proposed nothing."""


class Understood(_Event):
    """What was taken from a reply."""

    kind: Literal["understood"] = "understood"
    facts: tuple[Fact, ...]


class Skipped(_Event):
    """Questions the user left out."""

    kind: Literal["skipped"] = "skipped"
    facts: tuple[str, ...]


class TookBack(_Event):
    """The user took the last answer back."""

    kind: Literal["took_back"] = "took_back"


class Restarted(_Event):
    """The user began again with the same file."""

    kind: Literal["restarted"] = "restarted"


class Resumed(_Event):
    """The conversation was taken up again after it had been broken off."""

    kind: Literal["resumed"] = "resumed"


class Measured(_Event):
    """What was found in a file, by a calculation or by a run."""

    kind: Literal["measured"] = "measured"
    facts: tuple[Fact, ...]
    state: str = ""
    """Size and time of the last change of the file that was read."""


class LookedUp(_Event):
    """What the catalogue says of the host and its models; in place of what it said of those before."""

    kind: Literal["looked_up"] = "looked_up"
    facts: tuple[Fact, ...]
    host: str = ""
    student: str = ""
    teacher: str = ""
    prompts: str = ""
    judge: str = ""


class LookedAround(_Event):
    """What was found on this computer beside its processors, as it was then."""

    kind: Literal["looked_around"] = "looked_around"
    facts: tuple[Fact, ...]


class Said(_Event):
    """The advisor said something."""

    kind: Literal["said"] = "said"
    text: str
    manner: Literal["says", "noted", "asks", "warns", "error"] = "says"


class Advised(_Event):
    """A route was recommended."""

    kind: Literal["advised"] = "advised"
    route: str
    reasons: tuple[str, ...] = ()


class Overruled(_Event):
    """The user chose another route than the one advised."""

    kind: Literal["overruled"] = "overruled"
    route: str
    risk: str = ""
    """What was said to be the risk of it."""


class Planned(_Event):
    """A project was planned."""

    kind: Literal["planned"] = "planned"
    plan: Plan
    digest: str = ""
    """Fingerprint of the generated project."""
    folder: str = ""
    """Where the project was written."""
    forecast: Forecast | None = None
    """What it was said to take."""
    lacks: tuple[str, ...] = ()
    """What kept it from starting on this computer; a run is offered where it is nothing."""


class Consented(_Event):
    """The user agreed to spend or to send."""

    kind: Literal["consented"] = "consented"
    sentence: str
    """What was agreed to, word for word."""
    pays_again: bool = False
    """Whether it was to pay once more for a training that the host has lost."""


class Ran(_Event):
    """A run was started."""

    kind: Literal["ran"] = "ran"
    folder: str


class Left(_Event):
    """A run is followed no longer: it goes on by itself, or could not be started."""

    kind: Literal["left"] = "left"


class Ended(_Event):
    """A run ended, with what it measured; nothing when it came to no result."""

    kind: Literal["ended"] = "ended"
    facts: tuple[Fact, ...] = ()
    calls: int = 0
    dollars: float = 0.0
    unpriced: bool = False
    """Whether some of its calls have no known price."""
    broken_off: bool = False
    """Whether it is offered to be gone on with."""


class Closed(_Event):
    """The conversation came to its end."""

    kind: Literal["closed"] = "closed"
    exit_code: int = 0


ConversationEvent = Annotated[
    Opened
    | Asked
    | Replied
    | Corrected
    | Settling
    | Settled
    | Allowed
    | Proposed
    | Understood
    | Skipped
    | TookBack
    | Restarted
    | Resumed
    | Measured
    | LookedUp
    | LookedAround
    | Said
    | Advised
    | Overruled
    | Planned
    | Consented
    | Ran
    | Left
    | Ended
    | Closed,
    Field(discriminator="kind"),
]
CONVERSATION_EVENT: TypeAdapter[ConversationEvent] = TypeAdapter(ConversationEvent, config=ConfigDict(defer_build=True))


def parse_conversation_event(line: str) -> ConversationEvent | None:
    """Return the event of one line, or None for a half-written or unknown one."""
    try:
        return CONVERSATION_EVENT.validate_json(line)
    except ValidationError:
        return None
