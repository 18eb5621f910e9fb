"""Rows that may not leave a region: what holds for certain, and what is not known of the hosts."""

from __future__ import annotations

from advisor.domain.at_hand import AtHand
from advisor.domain.hosts import HOSTS
from advisor.domain.route_words import joined

_ASKED = tuple(
    known.title for known in HOSTS.values() if known.drivable and not known.keeps_rows_here and known.host.base_url
)
NOT_KNOWN = f"I do not know in which country {joined(list(_ASKED), 'or')} keeps what it is sent."
CERTAIN = "What is certain is this computer: what trains and answers here sends no rows away."
RENTED = (
    "A GPU rented in a region you choose is another way: `rent a GPU`, with `infra: aws/eu-central-1`, for "
    "example, under `resources:` in launch.sky.yaml; look where its bucket lies."
)
ALLOWED = "Say `the rows may go` if you know that they may."

OF_A_REGION = f"{NOT_KNOWN} So I take the rows to stay on this computer. {RENTED} {ALLOWED}"
"""Said to rows that must stay in a region."""
OF_THE_LAW = (
    f"Whether the GDPR lets a host have these rows is not mine to judge. {NOT_KNOWN} So I take them to stay on this "
    f"computer. {ALLOWED}"
)
"""Said to a law that is named without a place."""


def where_kept(hand: AtHand) -> str:
    """Say what is known of the country in which rows are kept."""
    stays = " You said they must stay here, so I offer no host elsewhere." if hand.facts.flag("data_must_stay") else ""
    return f"{NOT_KNOWN} {CERTAIN}{stays} {RENTED}"
