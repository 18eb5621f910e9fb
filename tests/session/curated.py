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
        (
            "why?", "yes", "we ran MIPROv2, it gets 70%", "what's MIPRO?", "better answers", "90%",
            "yes, it stands", "practice", "yes",
        ),
    ),
    "do-not": (
        None,
        (
            "About 100 conversations, no metric, sometimes wrong", "I don't know", "better answers",
            "it writes replies to customers", "why not fine-tune?", "what would change your mind?",
        ),
    ),
    "distil": (
        TICKETS,
        (
            "yes", "optimized with GEPA", "too expensive, $900 a month", "yes it stands",
            "about 80%, no, scratch that, 72%", "20,000 calls a month", "the practice model",
            "what if it were for quality?", "yes",
        ),
    ),
    "collect-data": (
        None,
        (
            "We sort insurance emails into 6 queues. About 180 labelled, no file I can share", "skip",
            "MIPROv2, 66%, and we need 85", "better answers", "it stands", "what would change your mind?",
            "what if I had 700?",
        ),
    ),
    "stop-here": (
        TICKETS,
        ("yes", "no, nothing yet", "better answers", "it is settled", "40% is plenty", "skip", "practice", "yes"),
    ),
    "overruled": (
        TICKETS,
        (
            "yes", "only by hand", "better answers", "it stands", "90%", "about 50%", "practice", "no",
            "I want to fine-tune anyway", "yes",
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
