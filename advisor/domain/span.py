"""A number that is not known exactly."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Span(BaseModel):
    """A number with its uncertainty."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    low: float
    likely: float
    high: float

    def __add__(self, other: Span) -> Span:
        """Add end by end."""
        return Span(low=self.low + other.low, likely=self.likely + other.likely, high=self.high + other.high)

    def times(self, factor: float) -> Span:
        """Scale every end."""
        return Span(low=self.low * factor, likely=self.likely * factor, high=self.high * factor)


NOTHING = Span(low=0, likely=0, high=0)
