"""The tour's conversation about a copy of the bundled tickets."""

from __future__ import annotations

import shutil
from pathlib import Path

from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.values import parse_value
from advisor.errors import UsageError
from advisor.session import Session
from advisor.tour import script
from advisor.tour.guide import TourGuide
from advisor.world import paths

BUNDLED = Path(__file__).resolve().parent / "tickets.csv"


def tour_session(folder: Path) -> Session:
    """Return the tour, its files in `folder`.

    Raises:
        UsageError: the folder cannot be written.
    """
    return Session(_own_copy(folder), told=_told(), kept_in=paths.conversations(), guide=TourGuide())


def _own_copy(folder: Path) -> Path:
    """Copy the bundled tickets where the newcomer can look at them."""
    target = folder / "tickets.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(BUNDLED, target)
    except OSError as error:
        raise UsageError(
            f"The tour cannot write to {folder}.", error.strerror or "", "Name another folder with --dir."
        ) from error
    return target


def _told() -> Facts:
    facts = (parse_value(name, text) for name, text in script.FACTS.items())
    return Facts().learn(
        *(Fact(name=name, value=value, source=Source.assumed, evidence="the tour") for name, value in facts)
    )
