"""Whether a reply wants to go on with a conversation that was left."""

from __future__ import annotations

import re

_ONE = r"(?:it|that(?: one)?|the (?:old|other|last|left|earlier|previous|unfinished) (?:one|conversation))"
_GOES_ON = re.compile(
    r"\W*(?:(?:yes|ok|okay|please|let'?s|let us|(?:i|we) (?:want|would like) to|i'd like to"
    r"|(?:can|could) (?:i|we|you))\W+)*"
    rf"(?:resume(?: {_ONE})?|(?:go on|continue|carry on|proceed) with {_ONE}|(?:take|pick) (?:it|that) up(?: again)?"
    rf"|(?:take|pick) up {_ONE}|continue {_ONE})(?:\W+(?:please|then|now|again))*\W*",
    re.IGNORECASE,
)
NOT_FROM_HERE = "There is none to go on with from here. `advisor` without a file offers those there are."


def goes_on_with(reply: str) -> bool:
    """Say whether a reply is nothing but the wish to go on with what was left."""
    return len(reply) <= 120 and _GOES_ON.fullmatch(reply) is not None


def names_resuming(reply: str) -> bool:
    """Say whether it is so in the one word that means nothing else."""
    return goes_on_with(reply) and "resume" in reply.lower()
