"""What a run lacks on this computer before it can start: packages, programs, keys and addresses, all of it at once."""

from __future__ import annotations

from urllib.parse import urlsplit

from advisor.domain.doctor import SKYPILOT, Lack, here, missing_client, missing_packages
from advisor.domain.hosts import HOSTS, title_of
from advisor.domain.loopback import is_this_computer
from advisor.domain.machine import Machine
from advisor.domain.plan import Host, Plan
from advisor.domain.providers import beside_the_host
from advisor.domain.route_words import joined

BASE_URL, UPLOAD_TO, ANY_KEY = "ADVISED_BASE_URL", "ADVISED_UPLOAD_TO", "ADVISED_API_KEY"
INSTEAD = {
    "student": "ADVISED_STUDENT", "teacher": "ADVISED_TEACHER", "prompts written by": "ADVISED_PROMPT_MODEL",
    "judge": "ADVISED_JUDGE",
}  # fmt: skip
"""Variables that name another model for a part of a run."""
SETTINGS = (BASE_URL, UPLOAD_TO, *INSTEAD.values())
"""Variables that are no keys."""


def cannot_start(plan: Plan, machine: Machine) -> tuple[str, ...]:
    """Say what a plan needs of this computer that it lacks, with the command that supplies it."""
    installs = [f"it lacks {lack.what}. First run: {lack.command}" for lack in _not_installed(plan, machine)]
    if plan.rented and "sky" not in machine.programs:
        installs = [f"SkyPilot is not installed. First run: {SKYPILOT}"]
    wanted = _not_set(plan, machine)
    if wanted:
        named = joined([f"{name} ({whose})" for name, whose in wanted.items()], "and")
        command = here(machine, f"export {' '.join(f'{name}=…' for name in wanted)}")
        installs.append(f"{named} {'is' if len(wanted) == 1 else 'are'} not set. First run: {command}")
    return tuple(f"It cannot start here yet: {told}" for told in installs)


def replaced(plan: Plan, machine: Machine) -> tuple[str, ...]:
    """Return the parts for which the environment names another model: what the planned one lacks stops no run."""
    if plan.practice or plan.rented:
        # Neither is shown this computer's environment.
        return ()
    told = [part for part, variable in INSTEAD.items() if variable in machine.settings]
    # As the kit casts them: a student that writes the prompts, too, is replaced in both.
    same = "student" in told and plan.prompt_model.model == plan.student.model
    return (*told, *(["prompts written by"] if same else []))


def _not_installed(plan: Plan, machine: Machine) -> tuple[Lack, ...]:
    if plan.rented:
        return ()
    here_lacks = missing_packages(machine) if plan.serves_here else ()
    return (*here_lacks, *(missing_client(machine) if plan.host.driver == "together" else ()))


def _not_set(plan: Plan, machine: Machine) -> dict[str, str]:
    """Return the variables that are wanted and not set, each with whose it is."""
    kept_here = plan.host.driver == "local" or plan.practice
    wanted = {} if kept_here else _at_the_host(plan.host, machine, uploads=plan.uploads)
    there, instead = (*machine.keys, *machine.settings), replaced(plan, machine)
    for part, _, one in beside_the_host(plan):
        # A rented machine is given the key by its first name alone.
        enough = (one.key,) if plan.rented else one.keys
        if one.key and part not in instead and not set(enough) & set(there):
            wanted.setdefault(one.key, one.title)
    return {name: whose for name, whose in wanted.items() if name not in there}


def lacking_at(name: str, machine: Machine, *, uploads: bool = True) -> tuple[str, ...]:
    """Return the variables that a run at a host would want and that are not set; `uploads` is whether it trains."""
    known = HOSTS.get(name)
    if known is None or not known.drivable or known.host.free or known.host.driver == "local":
        return ()
    there = (*machine.keys, *machine.settings)
    return tuple(one for one in _at_the_host(known.host, machine, uploads=uploads) if one not in there)


def _at_the_host(host: Host, machine: Machine, *, uploads: bool) -> dict[str, str]:
    """Return what the training host wants; one that the environment names instead is not shown the planned key."""
    instead = machine.host_named
    own = urlsplit(host.base_url).hostname if host.base_url else None
    wanted = {} if own else {BASE_URL: "the address where it answers"}
    if uploads and not host.upload_to:
        wanted[UPLOAD_TO] = "the host name that rows may be sent to"
    if (instead and is_this_computer(instead)) or ANY_KEY in machine.keys:
        return wanted
    planned = own is None or instead in (None, own)
    return wanted | ({host.key_variable: title_of(host.name)} if planned else {ANY_KEY: instead or ""})
