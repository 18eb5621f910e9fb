"""A category of tickets and the phrases its tickets are made of."""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """A category; in its phrases `[a|b]` is one of several wordings and `{name}` a detail."""

    category: str
    share: int
    """Tickets in a file of a thousand."""
    neighbours: tuple[str, ...]
    """Categories a hurried person would take it for: they lend their asides and receive its wrong labels."""
    asks: tuple[str, ...]
    """What the customer wants; each settles the category for a person who reads it whole."""
    vague: tuple[str, ...]
    """Short messages that would fit a neighbour as well."""
    besides: tuple[str, ...]
    """Remarks that name the topic without being about it; they turn up in tickets of its neighbours."""


DETAILS: dict[str, tuple[str, ...]] = {
    "product": ("kettle", "headset", "desk lamp", "backpack", "keyboard", "coffee grinder", "jacket", "speaker",
                "office chair", "blender", "bike helmet", "monitor", "water bottle", "tent"),
    "other_product": ("toaster", "phone case", "mouse", "vacuum cleaner", "pair of socks", "rug", "webcam", "umbrella"),
    "amount": ("$12", "$19.90", "$24.99", "$39", "$45.50", "$59", "$79", "$89.99", "$120", "$149", "$240"),
    "time_ago": ("last week", "ten days ago", "two weeks ago", "on Monday", "a month ago", "in early {month}",
                 "ages ago", "on {day}"),
    "day": ("Monday", "the 3rd", "Tuesday", "the 14th", "Friday", "the 21st", "Saturday", "the 28th"),
    "month": ("January", "March", "April", "June", "July", "September", "October", "December"),
    "order": ("#48213", "#50977", "A-1187", "#61045", "B-2290", "#77310", "#83156", "C-4052"),
    "digits": ("4471", "0926", "3310", "8852", "1204", "7719"),
    "plan": ("Basic", "Starter", "Team", "the free tier", "Standard"),
    "other_plan": ("Pro", "Business", "Plus", "the family tier", "Premium", "the yearly one"),
    "count": ("three", "4", "five", "8", "ten", "12", "25"),
    "device": ("my phone", "the iPad", "my laptop", "Android", "an iPhone 13", "Windows", "the new Mac", "Chrome"),
    "screen": ("the report page", "the dashboard", "the basket", "search", "settings", "the calendar", "the export"),
    "city": ("Leeds", "Lyon", "Austin", "Porto", "Toronto", "Graz"),
    "name": ("Ana", "Tom", "J. Meyer", "Priya", "Sam", "Mrs Okafor", "Luis", "Kate"),
}  # fmt: skip

OPENINGS = (
    "Hi", "Hello", "Hi there", "Good morning", "Hey", "Dear support", "Hello team", "Hi, {name} here", "Good evening",
    "To whom it may concern", "hiya",
)  # fmt: skip
LEAD_INS = (
    "I have a question", "quick question", "I have a problem", "about order {order}",
    "sorry to bother you again", "this is my second message", "I hope you can help", "one thing", "small issue",
    "I am writing about my last order", "I have been a customer for years", "I could not find this in your help pages",
)  # fmt: skip
CLOSINGS = (
    "Thanks", "Thank you", "Thanks in advance, {name}", "Best, {name}", "Please advise", "Please hurry", "Cheers",
    "Regards, {name}", "I look forward to your reply", "This is really annoying", "Not impressed", "Let me know",
    "Any help is welcome", "Otherwise I am happy with you", "Sent from my phone", "I need this by {day}",
    "Please call me if you need to know more",
)  # fmt: skip
