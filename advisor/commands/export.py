"""`advisor export [FILE|latest]`: a kept conversation, or the record of its decision, as Markdown or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from advisor import exporting
from advisor.commands.kept_file import LATEST, kept_file
from advisor.domain.cleaning import clean, escaped_json
from advisor.domain.conversation import ConversationEvent, Opened
from advisor.domain.retelling import file_name, fit, moment, route_in_words, to_json, to_markdown
from advisor.errors import UsageError
from advisor.world import paths
from advisor.world.transcripts import Kept, kept, load


def main(argv: list[str]) -> int:
    """Print one conversation, write it to a folder, or list what is kept."""
    options = _parser().parse_args(argv)
    if options.list:
        return _list(as_json=options.json)
    file = kept_file(options.file)
    events = load(file)
    if not any(isinstance(event, Opened) for event in events):
        raise UsageError(
            f"{file.name} holds no conversation.", "It does not say how it was opened.", "Choose another file."
        )
    if options.out is not None:
        record = exporting.record_of_kept(events, file.resolve().parent)
        written = exporting.write_export(events, record, options.out)
        _write("".join(f"{clean(str(path), 1000)}\n" for path in written))
    else:
        _write(_text(events, file, record=options.record, as_json=options.json))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="advisor export", description=__doc__)
    parser.add_argument(
        "file", nargs="?", default=LATEST, help="a transcript, a name that --list shows, or `latest` (the default)"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="to read (the default)")
    form.add_argument("--json", action="store_true", help="as data")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--record", action="store_true", help="the decision record instead of the conversation")
    what.add_argument("--out", type=Path, metavar="DIR", help="write both, in both forms, into this folder")
    what.add_argument("--list", action="store_true", help="the conversations that are kept, newest first")
    return parser


def _text(events: Sequence[ConversationEvent], file: Path, *, record: bool, as_json: bool) -> str:
    if record:
        found = exporting.record_of_kept(events, file.resolve().parent)
        return escaped_json(exporting.record_as_json(found)) if as_json else exporting.record_as_markdown(found)
    return escaped_json(to_json(events)) if as_json else to_markdown(events)


def _list(*, as_json: bool) -> int:
    found = kept(paths.conversations())
    if as_json:
        _write(escaped_json(json.dumps([_as_data(one) for one in found], ensure_ascii=False, indent=2)) + "\n")
        return 0
    if not found:
        sys.stderr.write("No conversation is kept yet.\n")
    for one in found:
        about = clean(file_name(one.data), 32) if one.data else "no file"
        advice = clean(route_in_words(one.route), 48) if one.route else "no advice yet"
        state = "finished" if one.finished else "unfinished"
        replies = f"{one.replies} repl{'y' if one.replies == 1 else 'ies'}"
        _write(f"{clean(one.path.stem, 40):<19}  {about:<20}  {replies:>10}  {state:<10}  {advice}\n")
    return 0


def _as_data(one: Kept) -> dict[str, object]:
    opened = moment(one.opened)
    return {
        "file": fit(str(one.path)),
        "opened": opened.isoformat(timespec="seconds") if opened else None,
        "data": fit(one.data) if one.data else None,
        "replies": one.replies,
        "route": fit(one.route) if one.route else None,
        "run": fit(one.run) if one.run else None,
        "finished": one.finished,
    }


def _write(text: str) -> None:
    """Write to stdout; what its encoding lacks is shown as a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))
