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
        r"|items|entities|lists?|spans|names)|set overlap|(?:items?|tags|labels|codes|topics|entities|keywords"
        r"|elements|sets)(?: \w+){0,3} (?:in common|shared)|jaccard",
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
        r"|(?:a |an |another |the |some |bigger |big |strong |stronger ){0,4}(?<!my )(?:model|llm|lm|ai"
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
    term(
        "metric",
        "none",
        rf"(?:nobody|no one|no-one|none of us) (?:\w+ )?(?:scores?|measures?|grades?|evaluates?|checks?|rates?"
        rf"|computes?)"
        r"(?: (?:it|them|that|anything|the \w+))?(?: (?:by|with|automatically|in) (?:an? )?(?:program|script|code"
        r"|machine|any"
        r" program|computer|automated way))?|(?:is|are|it's|gets?) (?:only |just |purely |simply |all )?(?:assessed"
        r"|judged|checked"
        r"|reviewed|rated|evaluated|graded|scored|read|looked at|inspected) (?:only |just |purely "
        r"|manually )?(?:by )?(?:the |our"
        r" |a )?(?:human|hand|people|reviewers?|annotators?|experts?|eye|team|manually|staff|colleagues?|agents?)s?"
        r"(?: reviewers?| beings?| experts?| only)?|(?:just|only|simply|with) (?:our|my|the) (?:own )?(?:eyes|gut"
        r"|judge?ment"
        r"|feeling|impression)|(?:by|from|on|going with|trust) (?:the |our |my )?(?:gut|feel|instinct|impression"
        r"|intuition)"
        rf"|{_PEOPLE} (?:and (?:i|we|\w+) )?(?:just |only |simply |manually |then |usually |sometimes )?(?:goes|go"
        rf"|going|look|looks"
        r"|looking|read|reads|skim|skims|glance|glances|browse|browses|leaf|peek|page) (?:over|through|at|them|it"
        r"|some|a (?:few"
        r"|sample)|the)(?: .{0,30})?|(?:my|the|our) (?:\w+ )?(?:team|colleagues?|cofounder|boss|agents?|staff"
        r"|reviewers?|people"
        r"|annotators?|analysts?)(?: and (?:i|we))? (?:just |only |simply |manually )?(?:reads?|looks?|goes|go"
        r"|checks?|skims?"
        r"|reviews?|judges?|decides?)\b.{0,30}|no (?:script|program|automation|automatic \w+|code|number|score|figure"
        r"|measure\w*)"
        r"(?: for (?:that|it|this))?|(?:do|does)(?:n't|nt| not) (?:measure|score|evaluate|check|grade|track) (?:it"
        r"|them|that"
        r"|anything|the \w+)?(?: ?(?:automatically|at all|by program|by machine|systematically|with code))?"
        r"|(?:have|has|had)(?:n't|nt| not)? (?:got )?(?:any |an |no )?(?:automat\w+|objective|systematic"
        r"|numeric) (?:check|metric"
        r"|test|measure|score|evaluation|way)s?|(?:purely |entirely |all |completely )manual(?:ly)?",
        "asked",
    ),
    term(
        "metric",
        "own",
        r"(?:a |an |our |my |the |some )?(?:\w+ )?(?:\w+ )?(?:script|function|scorer|routine|procedure|program|tool"
        r"|notebook|checker"
        r"|evaluator|module|formula|code) (?:(?:that |which |in python |of ours |of mine )*(?:(?:we|i|our|my|a|one"
        r"|somebody|someone"
        r"|the)(?: of us| \w+)? (?:\w+ )?(?:wrote|built|made|did|coded|developed|programmed|put together|came up with"
        r"|created"
        r"|implemented)|that (?:gives|computes|calculates|scores|hands out)|computes|calculates|gives|hands out"
        r"|of ours|of mine"
        r"|written (?:by|in)))(?: .{0,30})?|(?:we|i|\w+ colleague|somebody) (?:\w+ )?(?:wrote|built|coded|developed"
        r"|programmed"
        r"|created|implemented|designed) (?:a|an|our|my|the|some)(?: own)? (?:\w+ ){0,2}?(?:script|function|scorer"
        r"|scoring \w+"
        r"|procedure|metric|program|evaluator|formula|routine|tool)|in-?house (?:\w+ )?(?:evaluator|metric|scorer"
        r"|script"
        r"|function|tool|score)|(?:our|my) own (?:\w+ )?(?:formula|routine|procedure|evaluator|measure|scoring|score"
        r"|checker)"
        r"|(?:coded|programmed|wrote|written|built|developed) (?:it )?(?:ourselves|myself|in-?house|ourself)"
        r"|proprietary"
        r" (?:\w+ )?(?:metric|score|scorer|function)|business rules? in code",
        "asked",
    ),
    term(
        "metric",
        "set_f1",
        r"f1 (?:score )?(?:between|of|on|over|for|from) (?:the )?(?:\w+ ){0,3}?(?:sets?|tags|labels|lists?|headings"
        r"|items|entities"
        r"|topics|codes|keywords|spans|true|gold)(?: .{0,40})?|f1 (?:between|of) (?:the )?predicted and .{3,40}"
        r"|(?:sets?|lists?) of"
        r" .{3,60}\bf1\b|(?:overlap|intersection) (?:of|between) (?:the )?(?:two |both |predicted |gold "
        r"|true )*(?:sets?|lists?"
        r"|tags|labels|items)(?: of \w+| and .{3,20})?|precision and recall (?:over|on|of) (?:the )?(?:items|tags"
        r"|labels|set"
        r"|entities|extracted)(?: \w+)?|micro[- ]?f1|f1 on (?:what|the \w+) (?:it )?(?:found|extracted)",
        "asked",
    ),
    term(
        "metric",
        "numeric",
        r"(?:within (?:plus or minus |\+/-\s?|± ?)?|in (?:plus or minus |\+/-\s?|± ?))(?:a |an )?(?:\w+ ){0,3}?(?:%"
        r"|percent|per cent|points?|hours?|days?"
        r"|minutes?|units?"
        r"|euros?|dollars?|cents?|degrees?|years?)(?: of (?:the )?.{0,24})?|(?:within|up to|at most|no more than"
        r"|less than"
        r"|not more than|max\w*) (?:an? |\d+ ?(?:%|percent)? ?|one |two |three |five |ten )?(?:\w+ )?(?:off|away"
        r"|difference"
        r"|deviation|apart)|deviat(?:ion|es?|ing)\b.{0,40}|(?:off|wrong|out) by .{1,20}|(?:give or take|plus[- /]minus"
        r"|\+/-|±) ?\S+(?: \w+)?|(?:close|near) (?:enough )?to the (?:true|real|right|actual|correct) (?:number|value"
        r"|figure"
        r"|amount|price)|(?:difference|distance|gap) (?:between|to|from) .{0,30}(?:number|value|figure|amount)s?",
        "asked",
    ),
    term(
        "metric",
        "exact_match",
        rf"(?:must|has to|should|needs to|is|be|it's|output|answer|prediction|are) (?:be )?(?:exactly |fully "
        rf"|literally |precisely"
        rf" |completely |character by character |100% )*(?:identical|equal|the same|same|match\w*)(?: (?:to|as"
        rf"|with) (?:{_RIGHT}|the"
        r" (?:\w+ )?(?:solution|reference|label|key|target|annotation|gold)))?|(?:string|text|literal|label|direct"
        r"|one[- ]to[- ]one)"
        r" (?:comparison|compare|equality|match\w*)(?: (?:against|with|to) .{0,24})?|1 if .{0,30}\b(?:same|equal"
        r"|identical|match\w*"
        r"|right|correct)\b.{0,20}|(?:equals?|equal to|identical to|same as|matches) (?:the )?(?:solution|reference"
        r"|gold|target"
        r"|key|expected \w+|annotation)|(?:either )?(?:a )?hit or (?:a )?miss|(?:percentage|share|fraction"
        r"|number) of (?:exact )?"
        r"(?:matches|hits|correct \w+)",
        "asked",
    ),
    term(
        "metric",
        "judge",
        r"(?:a |an |another |the |some |bigger |big |strong |stronger |second |larger |different |separate "
        r"|other )*(?:model|llm|lm|ai"
        r"|gpt(?:-\S{1,12})?|claude(?:-\S{1,16})?|gemini\S*) (?:that |which |then |to |we let |also )*(?:reads?"
        r"|looks?|decides?|says?"
        r"|compares?|evaluates?|assess(?:es)?|scores?|grades?|marks?|rates?|judges?|checks?|gives?|compare)\b.{0,40}"
        r"|(?:let|have|ask"
        r"|use|get|make) (?:a |an |another |the )?(?:\w+ )?(?:model|llm|lm|ai|gpt\S*|claude\S*|gemini\S*"
        r"|chatgpt) (?:to )?(?:mark"
        r"|judge|grade|score|rate|evaluate|assess|decide|check|compare)\b.{0,24}|(?:llm|ai|model"
        r"|gpt)[- ](?:based )?(?:grad\w+"
        r"|evaluat\w+|scor\w+|rat\w+|judg\w+)",
        "asked",
    ),
    term(
        "metric",
        "token_f1",
        r"(?:how many |number of |share of |count of )?words? (?:it |they |the \w+ )?(?:shares?|in common|overlap\w*"
        r"|match\w*|have in"
        r" common)(?: .{0,40})?|(?:word|token)[- ](?:level|wise|based) (?:overlap|f1|match\w*|score)(?: .{0,24})?"
        r"|overlap(?:ping)?"
        r" (?:of|in|between)? ?(?:the )?(?:words|tokens)(?: .{0,24})?|bag of words(?: .{0,16})?",
        "asked",
    ),
    term(
        "metric",
        "field_f1",
        r"(?:each|every|all|single|individual|per) fields? .{0,40}\bf1\b|f1 .{0,24}\b(?:each|every|per|by"
        r"|all) fields?|fields? (?:is|are)"
        r" scored (?:one by one|separately|individually|on (?:its|their) own)(?: .{0,20})?|per[- ]field (?:score|f1"
        r"|accuracy)",
        "asked",
    ),
)
