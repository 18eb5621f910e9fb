"""The one family of errors a user may see."""


class AdvisorError(Exception):
    """Something the advisor could not do.

    Attributes:
        what: What happened, as one sentence.
        why: The most likely reason.
        try_this: What the user can do next.
        exit_code: What a command ends with when this reaches the top.
    """

    exit_code = 1

    def __init__(self, what: str, why: str = "", try_this: str = "") -> None:
        super().__init__(" ".join(part for part in (what, why, try_this) if part))
        self.what = what
        self.why = why
        self.try_this = try_this


class UsageError(AdvisorError):
    """A command or an answer that cannot be used as given."""

    exit_code = 2


class UnreadableDataset(AdvisorError):
    """A dataset that cannot be opened or holds no rows."""

    exit_code = 4


class HostRefused(AdvisorError):
    """A training host that cannot be trained at."""

    exit_code = 6


class RunFailed(AdvisorError):
    """A generated project ended without a result."""

    exit_code = 7
