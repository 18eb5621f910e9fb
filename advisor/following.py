"""A run shown on plain streams: progress on stderr, the result on stdout."""

from __future__ import annotations

import asyncio
import shutil
import sys
import textwrap

from advisor import run_telling
from advisor.domain.cleaning import clean, escaped_json
from advisor.domain.run_end import run_end
from advisor.domain.table import comparison_table
from advisor.running import Running

FAILED = 7
WIDEST = 100


async def follow(running: Running, *, as_json: bool = False, ends_with_us: bool = True) -> None:
    """Follow a run to its end, writing each event, or each log line, as it comes; say what is left when interrupted."""
    try:
        await _follow(running, as_json=as_json)
    except asyncio.CancelledError:
        folder = clean(str(running.project), 300)
        left = f"The run is ended. `advisor run {folder} --resume` goes on; what is paid is kept."
        if not ends_with_us:
            left = f"The run goes on. `advisor attach {folder}` follows it again, `advisor cancel {folder}` ends it."
        elif (end := run_end(running.plan)).first:
            again = ", and Ctrl-C once more does not shorten it" if end.waits else "; Ctrl-C once more ends it at once"
            left = f"{end.told}{again}.\n{left}"
        sys.stderr.write(f"\n{left}\n")
        sys.stderr.flush()
        raise


async def _follow(running: Running, *, as_json: bool) -> None:
    said = 0
    async for event in running.events():
        if as_json:
            sys.stdout.write(escaped_json(event.model_dump_json()) + "\n")
            sys.stdout.flush()
            continue
        for line in running.view.log.since(said):
            sys.stderr.write(f"  {line.text}\n")
        sys.stderr.flush()
        said = running.view.log.said


def fitted(text: str) -> str:
    """Break long lines at words where they are read on a terminal; elsewhere they stay whole."""
    if not sys.stdout.isatty():
        return text
    width = min(WIDEST, shutil.get_terminal_size().columns)
    return "\n".join(textwrap.fill(line, width, break_long_words=False) for line in text.splitlines())


def show_result(running: Running, *, as_json: bool = False) -> int:
    """Write the comparison table and the verdict, keep the report, and return the run's exit code."""
    comparison, report = running.comparison(), running.write_report()
    view = running.view
    code = view.exit_code if view.exit_code is not None else FAILED
    if code and not as_json:
        sys.stderr.write(f"{view.why} {view.try_this}".strip() + "\n")
    if as_json:
        return code
    if comparison is None or report is None:
        sys.stdout.write(run_telling.dev_scores(view) + "\n")
        return code
    told = fitted(run_telling.result(comparison, report, running.earlier_looks()))
    sys.stdout.write(f"{comparison_table(comparison)}\n\n{told}\n")
    return code
