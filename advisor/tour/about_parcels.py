"""What customers write about parcels: late, damaged, or the wrong thing."""

from __future__ import annotations

from advisor.tour.topic import Topic

LATE_DELIVERY = Topic(
    "late_delivery",
    share=100,
    neighbours=("wrong_item", "refund_request", "damaged_item"),
    asks=(
        "where is [my parcel|my package|my delivery]? [I expected it {time_ago}|order {order}]",
        "the {product} [should have arrived|was promised for] {day} and [has not arrived|is late|was not delivered]",
        "[tracking|the tracking page] [has not moved|says the same thing] since {day}",
        (
            "the courier says [delivered|it was delivered] but [no "
            "parcel is at my door|I have no parcel|nobody here has it]"
        ),
        "the parcel has been [stuck in {city}|at the depot|with the courier] [for a week|since {day}|for ages]",
        "[when|on which day] will [it|my {product}|order {order}] [arrive|be delivered]?",
        "I paid for next day delivery and [it is day five|still no parcel|nothing arrived]",
        (
            "has my [order|{product}] even [left the warehouse|been "
            "posted] yet? [no tracking at all|the tracking is empty]"
        ),
        "the delivery is [late|very late|two weeks late], [I need it by {day}|it was a birthday present]",
        "your e-mail said [it would arrive|delivery] on {day}, I waited all day for the [courier|parcel]",
        "can you [chase|ask] the courier about the [parcel|{product}]? it [is late|has not arrived]",
        "the courier [never came|did not ring] on {day} and tracking says [attempted|returned to the depot]",
        "any [delivery date|tracking|news] for order {order}? [still waiting|has not arrived]",
        "half of the order arrived {time_ago}, [the other parcel is late|when is the rest delivered]?",
    ),
    vague=("order {order}?", "still nothing here", "I am waiting since {time_ago}", "where is it"),
    besides=(
        "it was delivered {time_ago}",
        "delivery was quick",
        "the parcel came late as well",
        "the delivery itself was fine",
    ),
)

DAMAGED_ITEM = Topic(
    "damaged_item",
    share=85,
    neighbours=("wrong_item", "refund_request", "late_delivery"),
    asks=(
        "the {product} arrived [broken|damaged|with a crack|badly scratched]",
        "the box was [crushed|torn|soaked] and the {product} is [broken|damaged|damaged too]",
        "there is [a dent|a crack|damage|some damage] in the {product} [I got {time_ago}|from order {order}]",
        "the {product} [broke|stopped working|fell apart] after [two days|a week|one use]",
        "the [handle|zip|screen|lid|switch] of the {product} is [broken|cracked|damaged]",
        (
            "[it|the {product}] will not [switch on|charge|close], "
            "[clearly faulty|it was damaged on arrival|it looks damaged]"
        ),
        "[I attach photos of|see the photos of] the [dent|damage|damage|broken part]",
        "my {product} is [faulty|broken|cracked at the side], [can you replace it|I need a replacement]",
        "broken glass when I opened the box, the {product} is [cracked|damaged]",
        "the {product} was [damaged|damaged|broken] [in the post|on the way|in its box]",
        "the seams of the {product} [are torn|broke|were damaged] [the first time I used it|within a week]",
        "is [damage|this damage|a faulty {product}] covered by the warranty? [it rattles|it leaks]",
        "I got a [used looking|damaged|faulty] {product} with [scratches|cracks] all over",
    ),
    vague=("the {product} is no good", "look at the photos", "it does not work", "bad quality, order {order}"),
    besides=(
        "the box was a bit damaged but never mind",
        "nothing is broken",
        "the last {product} I had from you broke",
        "it works fine",
    ),
)

WRONG_ITEM = Topic(
    "wrong_item",
    share=75,
    neighbours=("damaged_item", "late_delivery", "refund_request"),
    asks=(
        "I ordered a {product} and [got|received|you sent] a {other_product}[|, the wrong item]",
        (
            "[this|that|the item] is [not what I ordered|someone else's "
            "order|not the one I ordered], it is a {other_product}"
        ),
        "the {product} is [the wrong size|in the wrong colour|the wrong model]",
        "I ordered [blue|black|the dark one] and [received|was sent] [red|white|the pale one]",
        "I ordered [size M|the large one|a pair in 42], you sent [the wrong size|size S|a 39]",
        "there is a {other_product} in the box instead of the {product} I ordered",
        "you sent [two|three] of the {product}, I only ordered one",
        "the label has my name but inside is [a {other_product}|the wrong thing|somebody else's {product}]",
        "order {order}: [wrong item|should be the {product}], received a {other_product} instead",
        "can I exchange the {product}? you sent the wrong [size|colour|version]",
        "please collect the {other_product}, [I never ordered it|you sent it to the wrong person]",
        "the picture showed a [green|silver] {product}, I received [a grey one|another colour|another model] instead",
        "[wrong|incorrect] item [sent|received], I need the {product} instead of the {other_product}",
    ),
    vague=("that is not mine", "not the one in the picture", "a {other_product}??", "I wanted the {product}"),
    besides=(
        "I first ordered the wrong size",
        "the other items were right",
        "I ordered a {other_product} too",
        "it is the right one this time",
    ),
)

TOPICS = (LATE_DELIVERY, DAMAGED_ITEM, WRONG_ITEM)
