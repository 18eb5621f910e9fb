"""General English the large model knows: words that tend to go together.

Written by hand, without any data set at hand; it is thin, and worth a point or less on real data.
"""

from __future__ import annotations

from advisor.practice.words import stem

_CLUSTERS = """\
refund reimburse reimbursement repay repaid credited return moneyback
bill billing invoice charge charged fee payment receipt statement overcharge price cost amount vat tax
login signin signon password credentials passcode locked authenticate authenticator verification captcha otp username
delivery deliver shipping ship shipment parcel package courier tracking arrive depot doorstep mail post dispatch
delay delayed late overdue waiting pending slow
damage damaged broken crack scratch dent faulty defective crushed smashed torn snapped
cancel cancellation terminate quit stop unsubscribe end discontinue leave close
subscription membership plan tier trial premium renewal subscribe
upgrade bigger larger more increase premium extend seats expand
bug crash error freeze glitch fault blank hang broken issue stopped
feature suggestion wish idea add support request option improve
privacy private gdpr personal data information consent delete records leak confidential
account profile user membership details
change update edit modify switch move new different replace
api endpoint webhook sdk token json oauth rest integration connector developer sandbox
card visa mastercard debit credit plastic
cash money atm withdrawal withdraw funds
transfer send sent wire remit
exchange currency euro dollar pound convert rate foreign abroad
lost stolen missing misplaced gone disappeared
pin code passcode digits
identity passport verify verification document proof id
food restaurant meal eat dinner lunch cook recipe ingredients calories cuisine dish
travel trip vacation flight hotel plane airport luggage
weather rain temperature sunny forecast snow
music song play track playlist album singer
time clock hour timezone date day
calendar meeting appointment schedule remind reminder event
car vehicle tire oil gas mileage fuel engine
insurance coverage policy insured
bank balance savings checking deposit routing
salary income payday paycheck wage taxes
work job vacation leave
call phone text message ring contact
language translate speak say
joke funny laugh humor
greeting hello greet
goodbye bye later farewell
light lamp smart device volume speaker sound loud
alarm wake timer countdown
shopping buy purchase order cart
definition mean define word spell
calculate sum divide multiply plus minus
direction distance far route map traffic location nearby
health sick vaccine shot doctor
"""


def _related() -> dict[str, frozenset[str]]:
    related: dict[str, set[str]] = {}
    for line in _CLUSTERS.splitlines():
        cluster = {stem(word) for word in line.split()}
        for word in cluster:
            related.setdefault(word, set()).update(cluster - {word})
    return {word: frozenset(others) for word, others in related.items()}


RELATED = _related()
"""Stem to the stems it goes with."""
