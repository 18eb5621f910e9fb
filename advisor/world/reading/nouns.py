"""What numbers count: rows by their many names, and people, who are no rows."""

from __future__ import annotations

import re

NOUNS = (
    r"tickets?|examples?|samples?|conversations?|chats?|dialogu?es?|documents?|docs|e-?mails?"
    r"|messages?|texts?|articles?|reviews?|comments?"
    r"|questions?|pairs?|items?|cases?|sentences?|posts?|tweets?|invoices?|contracts?|instances?"
    r"|data ?points?|entries|entry|reports?|notes?"
    r"|transcripts?|utterances?|queries|records?|rows?|lines?|logs?|answers?|observations?"
    r"|annotations?|pages|complaints?|letters?|claims?|transactions?|headlines?|files?|calls with|cvs?|resumes?"
    r"|mails?|abstracts?|papers?"
    r"|dialogs?|requests with|products?|listings?|labels"
)
ADJECTIVES = (
    r"(?:(?!(?:and|but|or|with|in|on|at|of|to|for|from|per|each|every|is|are|was|were|the|a|an|that|it)\b)"
    r"[a-z&'-]{2,24}\s){0,3}?"
)
PERSONS = re.compile(
    r"\s?(?:\w+ ){0,2}?(?:people|persons?|reviewers?|annotators?|labell?ers?|raters?|colleagues|experts?|agents"
    r"|users|customers"
    r"|clients|employees|students|interns?|analysts?|humans|developers?|engineers?|linguists?|nurses|doctors"
    r"|physicians|lawyers"
    rf"|editors?|players?|visitors?|readers?|subscribers?|patients?|members|moderators?|operators?|specialists?"
    rf"|of us|guys|women|men)\b(?!'?\s(?:{NOUNS})\b)(?! (?:labell?ed"
    rf"|annotated))"
)
"""After a number: it counts people."""
