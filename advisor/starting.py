"""What can be gone on with, before there is a conversation: live runs, conversations that broke off or ended."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from advisor import telling
from advisor.domain.cleaning import clean
from advisor.domain.dialogue import Offer
from advisor.domain.facts import Facts
from advisor.domain.proposal import Reader
from advisor.domain.story import story_of
from advisor.session import Session
from advisor.voice import Guide
from advisor.world import models, paths, transcripts
from advisor.world.sittings import is_open_elsewhere
from advisor.world.templates import render

MOST = 9
"""Conversations offered; each has a number to press."""

MOST_FINISHED = 5
"""Finished ones offered; `advisor export --list` has them all."""


class Beginning:
    """A conversation to be chosen."""

    def __init__(self, data: Path | None = None, told: Facts | None = None) -> None:
        self.data = data
        self._told = told
        """What was said of the file the first conversation is about."""

    def offers(self) -> tuple[Offer, ...]:
        """Return what can be gone on with, newest first, and the latest finished ones; none where a file was named."""
        return tuple(self._offers()) if self.data is None else ()

    def begin(self, offer: Offer | None = None, data: Path | None = None) -> Session:
        """Return the session of an offer, or a new one.

        Raises:
            AdvisorError: it cannot be read or kept.
        """
        if offer is not None and offer.kind in ("conversation", "run", "finished"):
            from advisor.resuming import ResumedSession

            return ResumedSession(Path(offer.target), reader=reader())
        if offer is not None and offer.kind == "tour":
            from advisor.tour.beginning import tour_session

            return tour_session(Path("advisor-tour"))
        told, self._told = self._told, None
        about = data or self.data
        return Session(about, told=told, kept_in=paths.conversations(), reader=reader(), guide=guide_to(about))

    def _offers(self) -> Iterator[Offer]:
        closed = (kept for kept in transcripts.unfinished(paths.conversations()) if not is_open_elsewhere(kept.path))
        found = list(islice(closed, MOST))
        live = {kept.path for kept in found if kept.run and _is_live(Path(kept.run))}
        for kept in sorted(found, key=lambda kept: kept.path not in live):
            yield _offer(kept, "run" if kept.path in live else "conversation")
        yield Offer(kind="data", title="open a dataset", detail="a new conversation about a file")
        yield Offer(
            kind="tour", title="take the tour", detail="the whole way on made-up tickets and the practice model"
        )
        ended = (kept for kept in transcripts.finished(paths.conversations()) if not is_open_elsewhere(kept.path))
        yield from (_offer(kept, "finished") for kept in islice(ended, MOST_FINISHED))


def _offer(kept: transcripts.Kept, kind: Literal["run", "conversation", "finished"]) -> Offer:
    """Return a kept conversation as it is offered: by the file it came to be about."""
    data = story_of(transcripts.load(kept.path)).facts.text("data_path") or kept.data
    return Offer(
        kind=kind,
        title=clean(Path(data).name, 60) if data else "no file yet",
        detail=telling.where_it_stood(kept.replies, kept.route, live=kind == "run", opened=kept.opened),
        target=str(kept.path),
    )


def guide_to(data: Path | None) -> Guide:
    """Return who opens a new conversation: on a file that others are about, with a word on them."""
    if data is None:
        return Guide()
    folder, here = paths.conversations(), data.absolute()
    about = [kept for kept in transcripts.unfinished(folder) if kept.data and Path(kept.data).absolute() == here]
    open_now = [kept for kept in about if is_open_elsewhere(kept.path)]
    left = next((kept for kept in about if kept not in open_now), None)
    said, offer = [], None
    if open_now:
        said.append(
            "Another conversation about this file is open in another terminal or browser tab; this is a new one."
        )
    if left is not None:
        live = bool(left.run) and _is_live(Path(left.run or ""))
        offer = _offer(left, "run" if live else "conversation")
        said.append(
            f"Not finished: a conversation about this file, {offer.detail}. Go on with it? `resume`, as the first "
            f"thing you say, does; later `advisor plain --resume {left.path.stem}`. This is a new one."
        )
    return Guide("\n".join(said), offer)


def reader() -> Reader | None:
    """Return the model that the environment names for reading replies, if there is one."""
    model = models.configured()
    if model is None:
        return None
    return Reader(model, lambda reply, asked, question: models.propose(reply, asked, question, render))


def _is_live(folder: Path) -> bool:
    from advisor.world.run_folder import is_live  # needed only where a run was started

    return is_live(folder)
