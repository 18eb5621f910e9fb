"""Writes the curated conversations as they are exported: `python -m tests.session.exported`."""

from __future__ import annotations

from pathlib import Path

from advisor.domain.retelling import to_markdown
from advisor.exporting import record_as_markdown, record_of_kept
from advisor.world.transcripts import load
from tests.session.curated import FOLDER, REPLIES

EXPORTED = Path(__file__).parent / "exported"


def exported() -> dict[str, str]:
    """Return the text of each file by its name."""
    events = {name: load(FOLDER / f"{name}.jsonl") for name in REPLIES}
    texts = {f"{name}.md": to_markdown(found) for name, found in events.items()}
    return texts | {"do-not.record.md": record_as_markdown(record_of_kept(events["do-not"]))}


if __name__ == "__main__":
    EXPORTED.mkdir(exist_ok=True)
    for name, text in exported().items():
        (EXPORTED / name).write_text(text, encoding="utf-8")
