"""What each route needs of a computer, and what this one lacks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from advisor.domain.hosts import HOSTS
from advisor.domain.machine import OURS, Machine, Processor
from advisor.domain.shell_words import shell_word


class Lack(BaseModel):
    """Something a route needs and this computer does not have."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    what: str
    command: str = ""
    """What supplies it; empty where no command can."""


class Readiness(BaseModel):
    """Whether a route is open on this computer."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    route: str
    title: str
    ready: bool
    lacks: tuple[Lack, ...] = ()
    notes: tuple[str, ...] = ()
    source: str


Test = Callable[[Machine], "Lack | None"]
Remark = Callable[[Machine], str]


class Route(NamedTuple):
    """A route and what it needs."""

    key: str
    title: str
    tests: tuple[Test, ...]
    remarks: tuple[Remark, ...]
    source: str


MODEL_KEYS = (
    "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GROQ_API_KEY", "MISTRAL_API_KEY", "NEBIUS_API_KEY",
    "TOGETHER_API_KEY", "FIREWORKS_API_KEY", "AZURE_API_KEY",
)  # fmt: skip
APART = ("practice", "local", "sky", "together")
"""Hosts with a route of their own."""

TRAINING = (("torch", "2.8"), ("transformers", "5.20"), ("trl", "1.16"), ("peft", "0.21"))
"""As the extra `local` brings them; what they need themselves comes with them."""
TORCH_FOR_CUDA = "pip install --force-reinstall torch"
CLOUD = 'pip install "skypilot[aws]"'
"""SkyPilot wants each cloud named; the extra `sky` names none."""
SKYPILOT = f'pip install "{OURS}[sky]", with your cloud: {CLOUD}; then sky check'
RENT = "a rented one will do: --set host=sky"


def judge(machine: Machine) -> tuple[Readiness, ...]:
    """Return every route with what it lacks here."""
    return tuple(_judged(route, machine) for route in routes())


def _judged(route: Route, machine: Machine) -> Readiness:
    found = (lack for test in route.tests if (lack := test(machine)))
    lacks = tuple(lack.model_copy(update={"command": here(machine, lack.command)}) for lack in found)
    return Readiness(
        route=route.key,
        title=route.title,
        ready=not lacks,
        lacks=lacks,
        notes=tuple(note for remark in route.remarks if (note := remark(machine))),
        source=route.source,
    )


def here(machine: Machine, command: str) -> str:
    """Return a command as this computer has it: by pip or uv, from where the advisor came, in its own shell."""
    command = _from_origin(machine, command)
    if command.startswith("pip ") and "uv" in machine.programs and "pip" not in machine.programs:
        return f"uv {command}"
    if command.startswith("export ") and machine.system.startswith("Windows"):
        return command.replace("export ", "set ", 1)
    return command


def _from_origin(machine: Machine, command: str) -> str:
    """Return a command that installs the advisor from where it came: no index need have it."""
    origin, found = machine.origin, _BY_NAME.search(command)
    if origin is None or found is None:
        return command
    extras = found["extras"] or ""
    named = f"{origin.place}{extras}" if origin.folder else f"{OURS}{extras} @ {origin.place}"
    quoted = f'"{named}"' if re.fullmatch(r"[\w./:\\@+\[\] -]+", named) else shell_word(named)
    return f"{command[: found.start()]}{'-e ' if origin.editable else ''}{quoted}{command[found.end() :]}"


_BY_NAME = re.compile(rf'"?{OURS}(?P<extras>\[\w+\])?"?')


def routes() -> tuple[Route, ...]:
    """Return the routes, the cheapest first."""
    local = extra("local")
    return (
        Route("practice", "the tour, with the practice model", (), (), "built in"),
        Route("prompt_optimization", "prompt optimization", (_packages(("dspy", "3.4.1")), _a_model), (),
              "DSPy's optimizers"),
        Route("compatible_host", "training at an OpenAI-compatible host", (_host_key,), (_host_notes,),
              "the hosts' own pages, as the advisor's table of hosts names them"),
        Route("local_lora", "LoRA on this computer", (_packages(*TRAINING, supply=local), _torch_for_gpu),
              (_in_this_version("local"), _slow_without_gpu), "TRL and PEFT; run on a CPU"),
        Route("local_qlora", "QLoRA on this computer",
              (_nvidia, _packages(*TRAINING, supply=local), _torch_for_gpu,
               _packages(("bitsandbytes", ""), supply="pip install bitsandbytes")),
              (_in_this_version("local"),), "bitsandbytes: four-bit training needs CUDA"),
        Route("serve_vllm", "serving by vLLM", (_nvidia, _linux, _vllm), (), "vLLM's installation page"),
        Route("serve_transformers", "serving by transformers serve",
              (_packages(*TRAINING[:2], ("fastapi", ""), ("uvicorn", ""), supply=local),), (), "run on a CPU"),
        Route("skypilot", "a rented GPU, by SkyPilot", (_packages(("skypilot", ""), supply=extra("sky")),),
              (_clouds,), "SkyPilot 0.14"),
        Route("together", "training at Together AI",
              (_packages(("together", ""), supply=extra("together")), _key("TOGETHER_API_KEY")),
              (_in_this_version("together"),), "docs.together.ai"),
        Route("deep", "deep checks of a file (inspect --deep)",
              (_packages(("rensa", "0.5"), ("scikit-learn", "1.6"), supply=extra("deep")),), (), "the extra deep"),
        Route("arrow", "Arrow files", (_packages(("pyarrow", "18"), supply=extra("arrow")),), (), "the extra arrow"),
        Route("web", "the conversation in a browser",
              (_packages(("aiohttp", "3.12"), ("textual-serve", "1.1.3"), supply=extra("web")),), (), "the extra web"),
    )  # fmt: skip


def lacking_here(machine: Machine) -> str:
    """Say what training on this computer lacks: packages, a GPU; nothing where it can start and is no waste of time."""
    lacks = [f"Not installed here: {one.what} (`{one.command}`)." for one in missing_packages(machine)]
    known = machine.graphics.processors is not None
    slow = (
        ["No NVIDIA GPU here: on the processor a model of 0.6 billion weights trains for hours, a large one for days."]
        if known and machine.best() is None
        else []
    )
    return " ".join([*lacks, *slow])


def missing_packages(machine: Machine) -> tuple[Lack, ...]:
    """Return the packages that training on this computer cannot start without."""
    return _as_typed(machine, _packages(*TRAINING, ("datasets", ""), ("uvicorn", ""), supply=extra("local")))


def missing_client(machine: Machine) -> tuple[Lack, ...]:
    """Return the package that a run at Together cannot start without."""
    return _as_typed(machine, _packages(("together", "3.1"), supply=extra("together")))


def _as_typed(machine: Machine, test: Test) -> tuple[Lack, ...]:
    lack = test(machine)
    return () if lack is None else (lack.model_copy(update={"command": here(machine, lack.command)}),)


def extra(name: str) -> str:
    """Return the command that installs an extra of the advisor."""
    return f'pip install "{OURS}[{name}]"'


def _packages(*wanted: tuple[str, str], supply: str = f"pip install --upgrade {OURS}") -> Test:
    def test(machine: Machine) -> Lack | None:
        missing = [name for name, _ in wanted if name not in machine.packages]
        old = [
            f"{name} {least} or newer, not {machine.packages[name]}"
            for name, least in wanted
            if name in machine.packages and _parts(machine.packages[name]) < _parts(least)
        ]
        return Lack(what=", ".join([*missing, *old]), command=supply) if missing or old else None

    return test


def _parts(version: str) -> tuple[int, ...]:
    found = re.match(r"\d{1,9}(?:\.\d{1,9})*", version)
    return tuple(map(int, found[0].split("."))) if found else ()


def _key(name: str) -> Test:
    def test(machine: Machine) -> Lack | None:
        return None if name in machine.keys else Lack(what=f"the key {name}", command=f"export {name}=…")

    return test


def _a_model(machine: Machine) -> Lack | None:
    answering = [server for server in machine.servers if server.kind != "unknown"]
    if answering or any(name in machine.keys for name in MODEL_KEYS):
        return None
    keys = ", ".join(MODEL_KEYS[:-1]) + f" or {MODEL_KEYS[-1]}"
    what = f"a model to ask: a model server on this computer, or a key of a provider you have: {keys}"
    return Lack(what=what, command=f"export {MODEL_KEYS[0]}=…")


def _host_keys() -> dict[str, str]:
    """The drivable hosts that speak OpenAI's API, by the variable of their key."""
    return {
        known.host.key_variable: name for name, known in HOSTS.items() if known.drivable and name not in APART
    }  # fmt: skip


def _host_key(machine: Machine) -> Lack | None:
    hosts = _host_keys()
    if any(name in machine.keys for name in hosts):
        return None
    named = [f"{variable} ({HOSTS[host].title})" for variable, host in hosts.items()]
    # OpenAI lets nobody new in: a key of another host opens a door.
    first = next(variable for variable, host in hosts.items() if host != "openai")
    return Lack(what=f"a key of the host you choose: {', '.join(named)}", command=f"export {first}=…")


def _host_notes(machine: Machine) -> str:
    titles = [HOSTS[host].title for variable, host in _host_keys().items() if variable in machine.keys]
    return (
        f"{', '.join(titles)}: `advisor models` says what is open to you, until when, at what price" if titles else ""
    )


def _in_this_version(host: str) -> Remark:
    return lambda machine: "" if HOSTS[host].drivable else HOSTS[host].lacking


def _nvidia(machine: Machine) -> Lack | None:
    if machine.best("cuda"):
        return None
    if machine.graphics.processors is None:
        return Lack(what=f"an NVIDIA GPU that tells of itself: {machine.graphics.trouble}", command="nvidia-smi")
    return Lack(what=f"an NVIDIA GPU; {RENT}")


def _torch_for_gpu(machine: Machine) -> Lack | None:
    """A build for processors only leaves the card idle."""
    if machine.best("cuda") and torch_build(machine) == "CPU":
        return Lack(what="a build of torch for CUDA: this one is for processors only", command=TORCH_FOR_CUDA)
    return None


def torch_build(machine: Machine) -> str:
    """Return what the installed torch was built for, from its version: CPU, CUDA 12.8, ROCm 6.3, or nothing."""
    build = machine.packages.get("torch", "").partition("+")[2]
    if found := re.match(r"cu(\d+)(\d)", build):
        return f"CUDA {found[1]}.{found[2]}"
    if found := re.match(r"rocm([\d.]*)", build):
        return f"ROCm {found[1]}".strip()
    return "CPU" if build.startswith("cpu") else ""


def _slow_without_gpu(machine: Machine) -> str:
    if machine.best() is None:
        return "without a GPU it trains on the processor: hours for 0.6 billion weights, days for a large model"
    return "" if machine.best("cuda", "rocm") else "on Apple's Metal; not tried"


def _linux(machine: Machine) -> Lack | None:
    return None if machine.system.startswith("Linux") else Lack(what=f"Linux, not {machine.system.split()[0]}")


def _vllm(machine: Machine) -> Lack | None:
    if "vllm" in machine.packages or "vllm" in machine.programs or any(one.kind == "vllm" for one in machine.servers):
        return None
    installed = [name for name in ("uv tool", "pipx") if name.split()[0] in machine.programs]
    folder = "Scripts" if machine.system.startswith("Windows") else "bin"
    by_hand = f"python3 -m venv vllm-env && vllm-env/{folder}/pip install vllm"
    command = f"{installed[0]} install vllm" if installed else by_hand
    where = "vllm, in an environment of its own" + ("" if installed else f", with vllm-env/{folder} on PATH")
    return Lack(what=where, command=command)


def _clouds(machine: Machine) -> str:
    return "sky check says which clouds it may use" if "skypilot" in machine.packages else f"with your cloud: {CLOUD}"


def gpu_title(one: Processor) -> str:
    """Return a processor by its maker and name."""
    maker = {"cuda": "NVIDIA", "rocm": "AMD", "metal": ""}[one.toolkit]
    return one.name if one.name.startswith(maker) else f"{maker} {one.name}"
