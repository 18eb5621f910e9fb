"""Where the models are, from the plan and the environment.

The same files run against another host that speaks OpenAI's API by changing these variables only:

    ADVISED_BASE_URL      where models answer and weights are trained
    ADVISED_API_KEY       the key for it; otherwise the variable that the plan names
    ADVISED_STUDENT       model names instead of those in the plan
    ADVISED_TEACHER
    ADVISED_PROMPT_MODEL
    ADVISED_JUDGE
    ADVISED_UPLOAD_TO     the only host name training rows may be sent to
    ADVISED_POLL_SECONDS  pause between two looks at a training job
    ADVISED_DEPLOYMENT_…  at Foundry, after the candidate's name: the deployment of its tuned model
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from advisor.domain.loopback import SERVERS, computer_of, is_here, is_this_computer, named_in, usual_address
from advisor.kit.plan import Plan, Role
from advisor.kit.stops import Stop

LOCAL_POLL_SECONDS = 0.2
POLL_SECONDS = 10.0


@dataclass(frozen=True)
class Endpoint:
    """One host that speaks OpenAI's API."""

    base_url: str
    key: str = field(repr=False)
    host: str
    """Host name of `base_url`."""
    upload_to: str
    poll_seconds: float
    free: bool
    """Nothing is billed there."""
    identity: str
    """What tells it from another host: answers of two are never mixed in one run."""


def resolve(plan: Plan, environ: Mapping[str, str]) -> Endpoint:
    """Return the endpoint of this run.

    Raises:
        Stop: no address, no usable address, or no key.
    """
    if plan.host.driver == "local":
        return _this_computer(plan)
    base_url = environ.get("ADVISED_BASE_URL") or plan.host.base_url
    if not base_url:
        raise Stop(
            "usage",
            "No model server is known.",
            "Set ADVISED_BASE_URL to its address; `advisor practice` starts one and prints it.",
        )
    host = host_of(base_url)
    own = plan.host.base_url is None or host == host_of(plan.host.base_url)
    started_beside = plan.host.base_url is None and is_this_computer(host)
    return Endpoint(
        base_url=base_url.rstrip("/"),
        key=_key(plan, environ, host, own),
        host=host,
        upload_to=environ.get("ADVISED_UPLOAD_TO") or plan.host.upload_to,
        poll_seconds=_poll_seconds(environ, host),
        free=plan.host.free and host == plan.host.upload_to,
        # A server started beside the run gets another port each time.
        identity=plan.host.name if started_beside else base_url.rstrip("/"),
    )


def _this_computer(plan: Plan) -> Endpoint:
    """Every model has a server of its own here; its address is known when it is started."""
    return Endpoint(
        base_url="http://127.0.0.1",
        key="none",
        host="127.0.0.1",
        upload_to="127.0.0.1",
        poll_seconds=LOCAL_POLL_SECONDS,
        free=True,
        identity=plan.host.name,
    )


def host_of(base_url: str) -> str:
    """Return the host name of an address.

    Raises:
        Stop: not an http address.
    """
    try:
        parts = urlsplit(base_url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host:
        raise Stop("usage", f"{base_url!r} is not an address of a model server.", "It looks like https://host/v1.")
    if parts.username or parts.password:
        raise Stop(
            "usage", f"The address of {host} holds a password, which would end up in files.", "Use ADVISED_API_KEY."
        )
    return host


def _key(plan: Plan, environ: Mapping[str, str], host: str, own: bool) -> str:
    """The key of the planned host is not shown to another one."""
    key = environ.get("ADVISED_API_KEY") or (environ.get(plan.host.key_variable) if own else None)
    if key:
        return key
    if is_this_computer(host):
        return "none"
    name = plan.host.key_variable if own else "ADVISED_API_KEY"
    raise Stop("usage", f"There is no key for {host}.", f"Set {name} to it.")


def _poll_seconds(environ: Mapping[str, str], host: str) -> float:
    told = environ.get("ADVISED_POLL_SECONDS")
    if not told:
        return LOCAL_POLL_SECONDS if is_this_computer(host) else POLL_SECONDS
    try:
        return max(0.05, float(told))
    except ValueError:
        raise Stop("usage", f"ADVISED_POLL_SECONDS is {told!r}, not a number of seconds.") from None


@dataclass(frozen=True)
class Roles:
    """Which model plays which part in this run."""

    student: Role
    teacher: Role | None
    prompt_model: Role
    judge: Role | None = None

    def all(self) -> list[Role]:
        """Return them all."""
        return [role for role in (self.student, self.teacher, self.prompt_model, self.judge) if role]


def cast(plan: Plan, environ: Mapping[str, str]) -> Roles:
    """Return the models of this run; one named in the environment has no known price."""

    def choose(planned: Role, *variables: str) -> Role:
        told = next((environ[name] for name in variables if environ.get(name)), planned.model)
        return planned if told == planned.model else Role(model=told)

    same = plan.prompt_model.model == plan.student.model
    return Roles(
        student=choose(plan.student, "ADVISED_STUDENT"),
        teacher=plan.teacher and choose(plan.teacher, "ADVISED_TEACHER"),
        # A student that also writes the instructions goes on doing so under another name.
        prompt_model=choose(plan.prompt_model, "ADVISED_PROMPT_MODEL", *(["ADVISED_STUDENT"] if same else [])),
        judge=plan.judge and choose(plan.judge, "ADVISED_JUDGE"),
    )


def told_of_other_computers(roles: Iterable[Role], environ: Mapping[str, str]) -> list[str]:
    """Say which servers of the user's own are asked on another computer, or are not though a variable names one."""
    named, said = named_in(environ), []
    for role in roles:
        prefix = role.model.partition("/")[0]
        if not role.elsewhere or prefix not in SERVERS:
            continue
        address, other = role.address or usual_address(role.model), named.get(prefix, "")
        if not is_here(address):
            said.append(f"{role.model} answers on another computer, {computer_of(address)}: rows are shown to it.")
        elif other and not is_here(other):
            said.append(
                f"{SERVERS[prefix].variable} names another computer, {computer_of(other)}. It is not asked: plan.json "
                f"has {role.model} on this one, at {address}."
            )
    return list(dict.fromkeys(said))


def priced(role: Role, endpoint: Endpoint, plan: Plan) -> Role:
    """Return the role with the prices that hold at this endpoint: none at a host the plan did not mean."""
    if role.elsewhere:
        return role
    if endpoint.free and plan.host.free:
        return Role(role.model, price_in=0.0, price_out=0.0, train_price=0.0)
    elsewhere = plan.host.base_url is not None and endpoint.host != host_of(plan.host.base_url)
    return Role(role.model) if plan.host.free or elsewhere else role
