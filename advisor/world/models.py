"""Ask a model what a reply may say: the only module that knows litellm, and only in a process of its own.

Importing litellm takes seconds of a processor, so `propose` starts this module as a program: the screen never waits
for it, and at the time limit all of it is ended. Keys stay in the environment, where litellm looks for them.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.domain.cleaning import MASK, clean
from advisor.domain.facts import FactName
from advisor.domain.loopback import past_proxies
from advisor.domain.proposal import ANSWER_LIMIT, MOST, STATABLE, Claims, Failed, Proposal, proposed
from advisor.domain.values import SPECS

MODEL = "ADVISOR_MODEL"
"""Environment variable that names the model, as litellm spells it."""
LIMIT_S = 20.0
REPLY_LIMIT = 2000
QUESTION_LIMIT = 400
MAX_TOKENS = 2000
"""Six facts take a few hundred; models that think first take the rest."""
DETAIL_LIMIT = 600
GRACE_S = 5.0
"""How long the child outlives its time limit, should nobody be left to end it."""
ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "CREDENTIAL")
"""Parts of the names of variables whose values are never shown."""
QUIET = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True", "LITELLM_MODE": "PRODUCTION", "LITELLM_LOG": "ERROR",
}  # fmt: skip
"""No tables are fetched at import, no `.env` is read, nothing is logged."""

Render = Callable[..., str]

FAULTS = {
    "ConnectError": "The provider could not be reached.",
    "AuthenticationError": "The provider refused the key, or none is set.",
    "PermissionDeniedError": "The provider does not let this key use the model.",
    "NotFoundError": "The provider does not know this model.",
    "RateLimitError": "The provider takes no more calls for now, or the account has no credit.",
    "Timeout": "The model did not answer in time.",
    "ContextWindowExceededError": "The model cannot read that much.",
    "BadRequestError": "The provider refused the request.",
    "UnprocessableEntityError": "The provider refused the request.",
    "InternalServerError": "The provider had a fault of its own.",
    "ServiceUnavailableError": "The provider had a fault of its own.",
    "BadGatewayError": "The provider had a fault of its own.",
    "APIConnectionError": "The provider could not be reached, or its answer could not be read.",
    "ImportError": "litellm is not installed.",
}
"""What an error means, by the name of its class, of one it derives from or of what it was raised from; the first holds.

litellm calls an unreachable host a fault of the host's, and some refused keys a bad request."""

BETTER_KNOWN = {
    "LLM Provider NOT provided": "litellm cannot tell the provider from the name: a model is written provider/model.",
    "Missing credentials": FAULTS["AuthenticationError"],
}
"""What an error means by its text, where its class misleads."""


class _Request(BaseModel):
    """What the child is told on its standard input."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    model: str
    system: str
    user: str
    limit_s: float


class _Answer(BaseModel):
    """What the child says on its standard output."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str = ""
    failed: str = ""
    detail: str = ""


def configured() -> str | None:
    """Return the model that the environment names for reading replies, or None."""
    return clean(os.environ.get(MODEL, ""), 200) or None


async def propose(
    reply: str, asked: FactName | None, question: str, render: Render, *, limit_s: float = LIMIT_S
) -> Proposal | Failed:
    """Return what the configured model would take from a reply, or why it proposes nothing.

    `reply` is the cleaned text, `question` what was asked, `render` fills in the texts under `prompts/`. Nothing
    outlives the call: at the limit, or when it is cancelled, the child and all it started are ended.
    """
    model = configured()
    if model is None:
        return Failed(why=f"No model is set: {MODEL} names none.")
    reply = clean(reply, REPLY_LIMIT)
    facts = [{"name": name, "meaning": SPECS[name].meaning, "expects": SPECS[name].expects} for name in STATABLE]
    request = _Request(
        model=model,
        system=render("reading/system.txt", facts=facts, most=MOST),
        user=render(
            "reading/user.txt", asked=asked, question=_quote(clean(question, QUESTION_LIMIT)), reply=_quote(reply)
        ),
        limit_s=limit_s,
    )
    answer = await _ask(request)
    if isinstance(answer, Failed):
        return answer
    try:
        return proposed(answer.text, reply, asked)
    except ValueError as error:
        return Failed(
            why="The model did not answer in the form it was asked for.", detail=clean(f"{error}: {answer.text}")
        )


def _quote(text: str) -> str:
    """Write text as a JSON string: it cannot end early, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


async def _ask(request: _Request) -> _Answer | Failed:
    """Start the child, hand it the request and wait for what it says, no longer than the limit."""
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "advisor.world.models",
            # Elsewhere a file of the user's could stand in for a module.
            cwd=ROOT, env={**os.environ, **past_proxies(os.environ), **QUIET}, start_new_session=True,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
    except OSError as error:
        return Failed(why="The reader could not be started.", detail=clean(str(error)))
    try:
        out, err = await asyncio.wait_for(process.communicate(request.model_dump_json().encode()), request.limit_s)
    except asyncio.TimeoutError:
        return Failed(why=f"The model did not answer within {request.limit_s:g} seconds.")
    finally:
        await _end(process)
    try:
        answer = _Answer.model_validate_json(out)
    except ValidationError:
        return Failed(why="The reader ended without an answer.", detail=_shown(err.decode(errors="replace")[-4000:]))
    return Failed(why=answer.failed, detail=answer.detail) if answer.failed else answer


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the child and whatever it started, if it has not ended."""
    if process.returncode is not None:
        return
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    await process.wait()


def main() -> None:
    """Be the child: read a request, ask the model once, say what came of it."""
    # What litellm prints goes to stderr; only the answer goes where it is awaited.
    out = os.dup(1)
    os.dup2(2, 1)
    request = _Request.model_validate_json(sys.stdin.buffer.read())
    watch = threading.Timer(request.limit_s + GRACE_S, os._exit, (1,))
    watch.daemon = True
    watch.start()
    try:
        answer = _Answer(text=_complete(request)[: ANSWER_LIMIT + 1])
    except Exception as error:  # whatever litellm and its providers raise is an answer here
        answer = _Answer(failed=_why(error), detail=_shown(str(error)))
    with os.fdopen(out, "wb") as file:
        file.write(answer.model_dump_json().encode())
    # litellm leaves threads behind that nobody has to wait for.
    os._exit(0)


def _complete(request: _Request) -> str:
    """Ask the model, once, without retries."""
    # Imported here: it takes seconds, and no other process of the advisor may pay for it.
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    form = {"response_format": Claims} if litellm.supports_response_schema(model=request.model) else {}
    answer = litellm.completion(
        model=request.model,
        messages=[{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        temperature=0,
        max_tokens=MAX_TOKENS,
        timeout=request.limit_s,
        num_retries=0,
        max_retries=0,
        drop_params=True,
        **form,
    )
    return str(answer.choices[0].message.content or "")


def _why(error: BaseException) -> str:
    """Say in one sentence what an error of litellm means."""
    names = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    by_text = [why for text, why in BETTER_KNOWN.items() if text in str(error)]
    by_class = [why for name, why in FAULTS.items() if name in names]
    return next(iter(by_text + by_class), "The model could not be asked.")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it was raised from."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _shown(text: str) -> str:
    """Return a provider's words without keys, neither by their shape nor by what the environment holds."""
    for name, value in os.environ.items():
        if len(value) >= 8 and any(word in name.upper() for word in SECRETS):
            text = text.replace(value, MASK)
    return clean(text, DETAIL_LIMIT)


if __name__ == "__main__":
    main()
