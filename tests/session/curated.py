"""Plays the conversations kept in `transcripts/` and writes them anew: `python -m tests.session.curated`.

Each is a real one, its run included, on the bundled tickets or on nothing but what the user tells.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from advisor.session import Session

FOLDER = Path(__file__).parent.parent.parent / "transcripts"
TICKETS = Path("../advisor/tour/tickets.csv")
"""From the transcripts' own folder, so that they replay in any checkout."""

REPLIES: dict[str, tuple[Path | None, tuple[str, ...]]] = {
    "fine-tune": (
        TICKETS,
        ("why?", "yes", "we ran MIPROv2, it gets 70%", "better answers", "90%", "it stands", "practice", "yes"),
    ),
    "not-yet": (
        None,
        (
            "About 100 conversations, no metric, sometimes wrong", "I don't know", "it answers customers",
            "I don't know", "not really", "no idea", "better answers", "skip", "yes, it stands", "practice", "?",
        ),
    ),
    "distil": (
        TICKETS,
        (
            "yes", "optimized with GEPA", "about 80%, no, scratch that, 72%", "too expensive, $900 a month",
            "20,000 calls a month", "yes it stands", "the practice model", "what do I get?", "yes",
        ),
    ),
}  # fmt: skip


async def play(name: str) -> Path:
    """Hold one conversation to its end and keep its transcript."""
    data, replies = REPLIES[name]
    with tempfile.TemporaryDirectory() as kept:
        session = Session(data, kept_in=Path(kept), projects_in=Path("advised"))
        await session.open()
        for reply in replies:
            step = await session.reply(reply)
            if step.phase == "running":
                async for _ in session.run():
                    pass
                await session.after_run()
        await session.close()
        return _kept(Path(kept), name)


def _kept(folder: Path, name: str) -> Path:
    """Keep the one transcript of a folder, with paths from here."""
    (written,) = folder.iterdir()
    target = FOLDER / f"{name}.jsonl"
    text = written.read_text(encoding="utf-8").replace(f"{Path.cwd()}/", "").replace(f"{FOLDER.parent}/", "../")
    target.write_text(text, encoding="utf-8")
    return target


async def main() -> None:
    """Write every transcript anew."""
    os.chdir(FOLDER)
    try:
        for name in REPLIES:
            print(await play(name))
            shutil.rmtree("advised", ignore_errors=True)
    finally:
        shutil.rmtree("advised", ignore_errors=True)


if __name__ == "__main__":
    asyncio.run(main())
