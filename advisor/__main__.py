"""The `advisor` command: finds the verb, imports only what it needs, turns every outcome into an exit code."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from advisor.domain.file_formats import LISTED

VERBS: dict[str, str] = {
    "plain": "the conversation on stdin and stdout",
    "tour": "the whole thing on a practice model, for a newcomer",
    "inspect": "what a dataset holds and what that means",
    "advise": "checklist and recommendation from facts, no questions",
    "write": "write the project for the recommended route",
    "run": "run a written project, streaming what happens",
    "runs": "the runs of a project",
    "attach": "follow a run that is going on",
    "cancel": "end a run",
    "report": "what a run found, finished or not",
    "export": "a conversation or its decision record, as Markdown or JSON",
    "replay": "play a transcript again and compare",
    "models": "where a model can be trained, at what price and until when, for you",
    "read": "what is understood from one reply, without a conversation",
    "doctor": "what this machine and its keys can do, and what is missing",
    "web": "the conversation in a browser, on this computer only",
    "practice": "the practice model server alone",
}

FAULT, USAGE, INTERRUPTED = 1, 2, 130

EPILOG = """\
exit codes: 0 done, 1 a fault in the advisor, 2 usage or a missing answer, 3 not to fine-tune yet,
4 the data failed its checks, 5 over budget, 6 the training host refused, 7 the run failed, 130 interrupted"""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    verb = arguments[0] if arguments and arguments[0] in VERBS else None
    try:
        if verb is None:
            return _converse(arguments)
        command = importlib.import_module(f"advisor.commands.{verb}")
        return int(command.main(arguments[1:]))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _failed(error)


def _converse(arguments: list[str]) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        return _version()
    from advisor.commands import chat

    return chat.main(options.data, options.table)


def _version() -> int:
    from importlib.metadata import version

    sys.stdout.write(f"advisor {version('dspy-finetune-advisor')}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    from advisor.commands.table import add_table

    width = max(map(len, VERBS))
    verbs = "\n".join(f"  {name:<{width}}  {meaning}" for name, meaning in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="advisor",
        description=f"Should you fine-tune? Decides, runs and proves it for a DSPy program.\n\ncommands:\n{verbs}",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="say which version this is and end")
    parser.add_argument("data", nargs="?", type=Path, help=f"a file with examples: {LISTED}; or a folder of them")
    add_table(parser)
    return parser


def _failed(error: Exception) -> int:
    """Say what happened in a sentence; a fault of ours keeps its traceback in a file."""
    from advisor.errors import AdvisorError

    if isinstance(error, AdvisorError):
        for part in (error.what, error.why, error.try_this):
            if part:
                sys.stderr.write(part + "\n")
        return error.exit_code
    from advisor.commands.fault import write_fault

    sys.stderr.write(f"The advisor failed: {type(error).__name__}. Details are in {write_fault(error)}\n")
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
