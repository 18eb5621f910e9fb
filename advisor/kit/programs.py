"""Programs on disk: DSPy's own JSON, and beside it what that file must not or cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import dspy

from advisor.kit.files import read_json, write_json

LanguageModel = Callable[[str], Any]
"""Builds the model of that name; DSPy drops the address when it loads a program, and the key is in no file."""


class Saved(NamedTuple):
    """What is known of a saved program without loading it."""

    model: str
    reasoning: bool


class Programs:
    """The programs of one run."""

    def __init__(self, folder: Path, make: Callable[..., Any]) -> None:
        self.folder = folder
        self._make = make

    def save(self, program: Any, candidate: str) -> None:
        """Write a program; its `.about.json` comes last, so a program that has one is whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        predictor = program.predictors()[0]
        portable = program.deepcopy()
        # DSPy writes the address down and drops it again, with a warning, when it loads.
        portable.set_lm(predictor.lm.copy(api_base=None))
        portable.save(self._path(candidate))
        write_json(
            self._about(candidate),
            {
                "candidate": candidate,
                "model": predictor.lm.model,
                "reasoning": "reasoning" in predictor.signature.output_fields,
                "instruction": predictor.signature.instructions,
                "demonstrations": len(predictor.demos),
                "dspy": dspy.__version__,
            },
        )

    def about(self, candidate: str) -> Saved | None:
        """Return what was saved under this name; None when nothing whole was."""
        told = read_json(self._about(candidate))
        return Saved(told["model"], told["reasoning"]) if told else None

    def load(self, candidate: str, language_model: LanguageModel) -> Any:
        """Return a saved program, ready to answer.

        Raises:
            FileNotFoundError: no such program was saved.
        """
        saved = self.about(candidate)
        if saved is None:
            raise FileNotFoundError(self._about(candidate))
        program = self._make(reasoning=saved.reasoning)
        program.load(self._path(candidate))
        program.set_lm(language_model(saved.model))
        return program

    def names(self) -> list[str]:
        """Return the candidates on disk."""
        return sorted(path.name.removesuffix(".about.json") for path in self.folder.glob("*.about.json"))

    def _path(self, candidate: str) -> Path:
        return self.folder / f"{candidate}.json"

    def _about(self, candidate: str) -> Path:
        return self.folder / f"{candidate}.about.json"
