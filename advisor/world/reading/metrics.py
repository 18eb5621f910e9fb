"""Words for how an answer is scored."""

from __future__ import annotations

from advisor.world.reading.term import term

_RIGHT = (
    r"(?:the |our |a |its )?(?:gold(?:en)? |right |true |correct |known |human |reference |expected |real "
    r"|ground truth )?(?:labels?|answers?|classes|class|category|truth|value|one|string|ground truth)"
)
_PEOPLE = (
    r"(?:people|humans?|we|i|users?|somebody|someone|a colleague|colleagues|the team|our team|an? (?:analyst"
    r"|expert|agent|intern|person|human)|experts?|agents|the support team|my boss)"
)

METRIC = (
    term(
        "metric",
        "exact_match",
        r"exact[- _]?match(?:es|ing)?(?: (?:with|on|against) .{0,20})?|(?:is|are|it's|must be|be"
        r"|it is) (?:exactly )?(?:equal to|identical to|the same as) "
        rf"{_RIGHT}|(?:equals?|match(?:es)?|same as|agrees with) {_RIGHT}|(?:string|label|simple|strict"
        rf"|plain) (?:match(?:ing)?|equality|comparison|compare)"
        rf"|compar(?:e|es|ed|ing) (?:\w+ ){{0,4}}?(?:with|to|against) {_RIGHT}",
        "sure",
    ),
    term(
        "metric",
        "exact_match",
        r"accuracy|exact(?:ly)?|equal(?:s|ity)?|same (?:label|answer|class)|right or wrong|correct or not|em"
        r"|plain accuracy",
        "topic",
    ),
    term(
        "metric",
        "exact_match",
        r"equal(?:s|ity)?(?: to the (?:right )?answer)?|(?:share|percentage|percent|fraction|number"
        r"|%) (?:of )?(?:right|correct)(?: answers)?|precision at 1"
        r"|either (?:right|correct) or (?:wrong|not)|(?:does it |it has to |must |should )?match",
    ),
    term(
        "metric",
        "token_f1",
        r"(?:token|word)[- _]?(?:level )?f1|squad(?:[- ]style)? f1|f1 (?:over|on|of) (?:the )?(?:words|tokens)"
        r"|(?:word|token) overlap|words? in common|overlap of (?:the )?(?:words|tokens)",
        "sure",
    ),
    term(
        "metric",
        "set_f1",
        r"(?:set|entity|item|list)[- _]?(?:level )?f1|f1 (?:over|on|of|for) (?:the )?(?:extracted )?(?:sets?"
        r"|items|entities|lists?|spans|names)|set overlap|items? in common|jaccard",
        "sure",
    ),
    term(
        "metric",
        "field_f1",
        r"field[- _]?(?:level |wise )?f1|(?:the )?f1 (?:per|for each|over|on|of|by|for every) (?:the )?fields?"
        r"|per[- ]field f1|f1,? field by field",
        "sure",
    ),
    term("metric", "field_f1", r"per[- ]field|each field|field by field|every field", "topic"),
    term(
        "metric",
        "numeric",
        r"(?:equal )?within (?:a |an |some )?(?:\w+ )?(?:tolerance|margin|\d+(?:[.,]\d+)? ?(?:%|percent|cents?"
        r"|dollars?|euros?|points?)|range)(?: of .{0,20})?|numeric(?:al)? (?:equality|match|tolerance)"
        r"|with (?:a )?tolerance"
        r"|tolerance of \S+|(?:mean )?(?:absolute|relative|squared) error|mae|rmse|close enough to the (?:number"
        r"|right \w+)|plus or minus \S+|off by (?:at most|no more than|less than) \S+",
        "sure",
    ),
    term("metric", "numeric", r"tolerance|numeric(?:al)?|how far off"),
    term(
        "metric",
        "judge",
        r"(?:llm|lm|gpt|model|ai|claude)[- ](?:as[- ]an?[- ]|as[- ])?(?:the[- ])?judg(?:e|es|ed|ing|ement|ment)"
        r"|(?:llm|gpt(?:-\S{1,12})?|claude|model|ai)[- ]?as[- ]?(?:a[- ]|the[- ]|our[- ])?judge"
        r"|(?:a |an |another |the |some |bigger |big |strong |stronger )*(?<!my )(?:model|llm|lm|ai"
        r"|gpt(?:-\S{1,12})?|claude(?:-\S{1,16})?) (?:that |which |to )?(?:judges?|grades?|rates?|marks)(?: (?:it"
        r"|the \w+|each \w+|answers?|them|every \w+))?"
        r"|(?:graded|judged|rated|scored|marked|evaluated|checked) (?:by|with) (?:a |an |another |the "
        r"|some )?(?:\w+ )?(?:model|llm|lm|ai|gpt(?:-\S{1,12})?|claude(?:-\S{1,16})?|judge)|judge model|g-?eval",
        "sure",
    ),
    term("metric", "judge", r"(?:a |the |an? \w+ )?judg(?:e|es|ed)(?: model)?|rubric", "topic"),
    term(
        "metric",
        "judge",
        r"(?:a |another |the )?(?:model|llm|gpt(?:-\S{1,12})?|claude) (?:judges|grades|scores|rates"
        r"|checks)(?: it)?|judging",
    ),
    term(
        "metric",
        "own",
        r"(?:my|our|an?) (?:own )?(?:\w+ )?(?:metric|scoring|scorer|evaluation|eval) (?:function|script|code"
        r"|module|harness)|(?:my|our) own (?:\w+ )?(?:metric|function|scorer|script)"
        r"|custom (?:\w+ )?(?:metric|scorer|scoring(?: \w+)?|eval(?:uation)?(?: \w+)?)|home-?(?:made|grown"
        r"|brewed) (?:\w+ )?(?:metric|scorer|score|function)",
        "sure",
    ),
    term(
        "metric",
        "own",
        r"own(?: (?:\w+ )?(?:metric|function|script|scorer|code))?|custom(?: (?:metric|function|code|scorer"
        r"|script))?|a (?:\w+ )?(?:function|script)(?: (?:of (?:ours|mine)|(?:we|i) wrote))?"
        r"|(?:our|my) (?:\w+ )?(?:function|script|scorer|code)|home-?made|in-?house|unit tests?|bespoke"
        r"|a function of ours|test suite|regex(?:es)?|(?:python|js) (?:function|script)",
        "topic",
    ),
    term("metric", "own", r"we (?:wrote|have) (?:a|our|one)(?: \w+)?|we (?:run|execute) (?:it|the \w+).{0,20}|rules"),
    term(
        "metric",
        "none",
        r"(?:no|without(?: an?| any)?|lack(?:s|ing)? (?:of )?(?:an? )?|haven't got (?:a|any)"
        r"|zero) (?:automat(?:ed|ic) |real |good |formal |proper |official |such |clear )*(?:metrics?|scoring"
        r"|scorer|evals?|evaluation|way (?:to|of) (?:scor|measur|evaluat)\w+)"
        r"|(?:do|does|did|have|has)(?:n't|nt| not) (?:yet )?(?:have|got|had|use|define|defined|decide"
        r"|decided on) (?:a |an |any |the |one )?(?:\w+ )?(?:metrics?|scorer|scoring|evals?|evaluation)(?: yet)?"
        r"|metrics? ?(?::|=|is|are)? ?(?:none|missing|undefined|not defined)|(?:there is|there's"
        r"|we have) no (?:\w+ )?metric|eye-?ball(?:s|ed|ing)?(?: (?:it|them|the \w+|\w+ \w+))?"
        rf"|{_PEOPLE} (?:just |only |simply |manually |then )?(?:looks?|reads?|reviews?|skims?|eyeballs?"
        rf"|scores? \d+) (?:at "
        rf"|over |through )?(?:the |some |all |it|them|each |every |a few |a sample|answers|outputs"
        rf"|\d+)(?:\w+)?(?: \w+)?"
        r"(?: and (?:says?|decides?|judges?) .{0,20})?|by (?:eye|gut feeling|looking at (?:it|them|the \w+))"
        r"|(?:on )?vibes|gut feel(?:ing)?|manual (?:review|inspection|check(?:s|ing)?)|human (?:review|judge?ment"
        r"|evaluation|raters?)",
        "sure",
    ),
    term(
        "metric",
        "none",
        r"it(?:'s| is) not(?: scored| measured| automated)?|not (?:at all|scored|measured|automated|automatically"
        r"|defined)|manual(?:ly)?(?: review)?|by hand|do(?:n't|nt| not) have (?:one|any|that)|there (?:is"
        r"|isn't) (?:none|one|any)"
        rf"|{_PEOPLE} (?:just |only |simply |manually )?(?:check|read|look|review|complain|decide|judge"
        rf"|say)s?(?: at)?.{{0,20}}|(?:nothing|no) automat(?:ic|ed)|vibes?|we do(?:n't| not) (?:score"
        rf"|measure)(?: .{{0,12}})?|random checks|spot checks?",
    ),
    term(
        "metric",
        "none",
        r"none|nothing|nobody(?: does| scores?| checks?| measures?)?|no(?=\s*(?:$|[,.;:!–—-])|\s(?:we|i|not"
        r"|nothing|never|it|people|one)\b)|nope|neither"
        r"|not? yet|not really|nah",
        "weak",
    ),
)
