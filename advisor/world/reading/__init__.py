"""What a reply says, read by rules: `read(reply, asked, choices, fields)`."""

from advisor.world.reading.commands import Intent
from advisor.world.reading.reply import Reading, read

__all__ = ["Intent", "Reading", "read"]
