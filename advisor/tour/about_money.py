"""What customers write about money: refunds, bills, ways to pay, plans and cancelling."""

from __future__ import annotations

from advisor.tour.topic import Topic

REFUND_REQUEST = Topic(
    "refund_request",
    share=100,
    neighbours=("billing_charge", "damaged_item", "cancel_subscription"),
    asks=(
        "[I would like|I want|Can I get|How do I get] [my money back|a refund|a full refund] for the {product}",
        "[please|kindly] [refund|give back|send back] the {amount} to [my card|my account|me]",
        (
            "I [returned|sent back] the {product} {time_ago} and [have not "
            "seen|am still waiting for|never got] [the money|a refund|my refund]"
        ),
        "[when|how soon] will [the money|the {amount}|the refund] be back [on my card|in my account]?",
        (
            "your colleague promised [to refund me|the money back|a refund] "
            "{time_ago}, [nothing so far|still nothing on my statement]"
        ),
        "I returned everything {time_ago}, where is [my refund|my money|the {amount}]?",
        "I am [not happy|not satisfied] with the {product} and [want to return it|want a refund|request my money back]",
        "you [still owe me|have kept my] {amount} [for|from] the [return|returned {product}], order {order}",
        (
            "[is it possible|am I still able] to [get a refund|return "
            "it and get money back|request a refund] for order {order}?"
        ),
        "the {product} is not for me, [can I return it|can you give the money back]?",
        "I was told [5|10|14] days for the [refund|money to come back], [that was {time_ago}|it has been much longer]",
        "I did not [want|order] the renewal, [give me my money back|please refund the {amount}]",
        "[only half|just a part] of the [money|{amount}] [came back|was refunded] after my return",
        "the shop took it back but the [money|refund] never [arrived|showed up] at my bank",
        "I do not want [a voucher|a credit note], please [refund me|send the money back] instead",
    ),
    vague=("[my|the] {amount} please", "I want it back", "still waiting for what you owe me", "order {order}, money??"),
    besides=(
        "I might ask for my money back later",
        "I do not want a refund",
        "I already got a refund for the other one",
        "if this cannot be solved I would rather have the {amount} back",
    ),
)

BILLING_CHARGE = Topic(
    "billing_charge",
    share=95,
    neighbours=("refund_request", "card_payment", "plan_change"),
    asks=(
        "why [is there|do I see] a [charge|charge|debit] of {amount} [on my statement|on the invoice|dated {day}]?",
        "[what is|can you explain] the {amount} [charge|item|line] on [the last|my] [invoice|bill]",
        "I was charged [twice|two times|double] [this month|in {month}|on the {month} invoice]",
        "the [invoice|bill|statement] for {month} [is higher than usual|does not add up|shows the wrong sum]",
        "[please send me|I need|where do I find] [an invoice|the bill|the invoice] for order {order}",
        "my accountant needs the [VAT number|tax details|company name] on the [invoice|bill] for {month}",
        (
            "[why did the price go up to|how come the monthly bill is|why was I charged] "
            "{amount} [this month|without any notice]?"
        ),
        "on which day [do you bill us|is the invoice made|am I charged] each month?",
        (
            "there are two [debits|charges] of {amount} [on my "
            "statement|on one invoice], [which one is real|is that right]?"
        ),
        "the discount [was not applied|is not on the invoice], [I paid|you charged] the full {amount}",
        "the statement says {amount} but [your website|the invoice] said [less|something else]",
        "can we [get one invoice for all seats|be billed once a year] instead of monthly?",
        "does the {amount} on the [bill|invoice] include [tax|VAT|postage]?",
        "[a quick billing question|about my bill]: [what period does|which months does] the {amount} charge cover?",
        "I do not recognise the charge [of {day}|on my statement|of {amount}]",
    ),
    vague=("{amount} on my card, what is this?", "charge of {day}?", "what am I paying for", "this sum is wrong"),
    besides=(
        "you already charged me {amount} for it",
        "the invoice came on {day}",
        "I have paid the bill",
        "I saw the charge on my statement",
    ),
)

CARD_PAYMENT = Topic(
    "card_payment",
    share=80,
    neighbours=("billing_charge", "account_details", "plan_change"),
    asks=(
        (
            "my [card|visa|mastercard|bank card] [was declined|is not "
            "accepted|was refused] [at the checkout|on your site|again]"
        ),
        (
            "[how do I|can I|I need to] [replace|change|update|remove] the [card|credit "
            "card] [you have on file|stored with you|that expires in {month}]"
        ),
        "can I pay by [paypal|bank transfer|direct debit|apple pay] instead of card?",
        "the [card number|expiry date|bank details] you have [is|are] [old|out of date|expired]",
        "[which|what] cards do you [take|accept]? [mine was declined|is paypal fine]",
        "the checkout [declines|rejects|refuses] my new [card|debit card|visa]",
        "I got a new [card|bank card] [after the old one expired|last week], where do I enter it?",
        "please use my [other|second|business] card for [the next payment|order {order}|the subscription]",
        "it asks for [a code from my bank|the three digits] and then the payment [fails|is declined]",
        (
            "[the payment|my payment] [failed three times|is declined "
            "every time] although there is enough money at the bank"
        ),
        "do you accept [american express|prepaid cards|cards from abroad|paypal]?",
        "I want to pay by [direct debit|bank transfer|paypal], not by [card|visa]",
        "please delete the [visa|card] ending in {digits} [from your system|from my profile]",
        "your system says payment declined, [my bank says the card is fine|insufficient funds is not true]",
    ),
    vague=("it will not take my card", "card ending in {digits}", "cannot pay!", "new card, what now"),
    besides=(
        "I paid with my [visa|card|paypal]",
        "the card ends in {digits}",
        "it was paid by card on {day}",
        "the payment went through on {day}",
    ),
)

CANCEL_SUBSCRIPTION = Topic(
    "cancel_subscription",
    share=85,
    neighbours=("plan_change", "refund_request", "billing_charge"),
    asks=(
        (
            "[please cancel|I want to cancel|how do I cancel] [my subscription|the "
            "subscription|it] [from next month|by {month}|right away]"
        ),
        (
            "I [no longer need|do not use|have stopped using] [your service|the "
            "subscription|it], [please stop it|please cancel|do not renew it]"
        ),
        (
            "please [end|stop|cancel] [the contract|my membership|my "
            "subscription] [at the end of {month}|as soon as possible|today]"
        ),
        "I do not want [it|the subscription|my membership] to renew [in {month}|again|on {day}]",
        "[how|where] do I [stop|turn off|cancel] [the automatic renewal|the renewal]?",
        "we are moving to [another tool|a competitor], so [this is our notice|please do not renew|we have to cancel]",
        "is there a notice period if we [cancel|leave|stop] in {month}?",
        "I clicked [unsubscribe|cancel] but [it renewed anyway|I am still a member|the membership goes on]",
        "there is no button to [leave|cancel|stop the renewal], [how do I get out|please do it for me]",
        "stop [the renewal|my membership], I am [done|leaving]",
        "my trial ends on {day} and I [do not want it to renew|want to cancel|do not want a subscription]",
        "nobody [uses it|needs it] any more, please [stop|end] [the membership|the contract] [in {month}|on {day}]",
        "please confirm that [my membership|our subscription] [has ended|will not renew|stops in {month}]",
    ),
    vague=("please stop it", "I am out", "no more from {month} please", "I want to leave"),
    besides=(
        "otherwise I will cancel",
        "I do not want to cancel",
        "I have been a subscriber for [two|three|five] years",
        "I thought I had cancelled that",
    ),
)

PLAN_CHANGE = Topic(
    "plan_change",
    share=80,
    neighbours=("billing_charge", "cancel_subscription", "feature_request"),
    asks=(
        (
            "[I want|we would like] to [move|switch|change] [from {plan} "
            "to {other_plan}|to {other_plan}|to a bigger plan]"
        ),
        ("[how much|what] would [{other_plan}|a bigger plan] cost [for {count} seats|for {count} people|per month]?"),
        "we [hired|have] {count} new people and need [more seats|{count} seats|a bigger plan]",
        "can we [switch|change|go down] to {count} seats [from {month}|next month]?",
        "is [{other_plan}|the yearly plan] cheaper [than {plan}|for {count} seats]?",
        "what would be missing if we [switch|downgrade|change] to {other_plan}?",
        "please [upgrade|downgrade|switch] us [to {other_plan}|to {other_plan} with {count} seats|from {day}]",
        "I [picked|chose] {plan} by mistake, please [upgrade|switch|change] [it to|me to] {other_plan}",
        "can I pause for two months and keep [{plan}|our plan|our seats]?",
        "[change my plan|upgrade|change our plan] to {other_plan} [please|starting in {month}]",
        "we hit the limit of {plan}, what is the [next plan|price of an upgrade]?",
        "do you have [a plan for charities|a student plan|a smaller plan than {plan}]?",
        "when does the [upgrade|downgrade|change] [to {other_plan}|from {plan}] [take effect|become active]?",
    ),
    vague=("{other_plan} please", "{count} seats from {month}", "a smaller one would do", "is {plan} right for us?"),
    besides=(
        "we are on {plan}",
        "we have {count} seats",
        "we changed to {plan} in {month}",
        "I am thinking about {other_plan}",
    ),
)

TOPICS = (REFUND_REQUEST, BILLING_CHARGE, CARD_PAYMENT, CANCEL_SUBSCRIPTION, PLAN_CHANGE)
