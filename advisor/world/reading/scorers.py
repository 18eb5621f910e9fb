"""More words for how an answer is scored: who does it, and that nobody does."""

from __future__ import annotations

from advisor.world.reading.term import term

_MODEL = (
    r"(?:a |an |another |the |some |our |bigger |big |strong |stronger |second |larger |different |separate |other )*"
    r"(?:model|llm|lm|ai|chat ?gpt|gpt(?:-\S{1,12})?|claude(?:-\S{1,16})?|gemini\S*|mistral\S*|judge)"
)
_ASK = (
    r"(?:let|lets|have|has|ask|asks|asking|use|uses|using|get|gets|make|makes|pay|feed it to|send it to|show it to"
    r"|give it to"
    r"|run it past|run it by|pass it to)"
)
_EYES = r"(?:looking|reading|eye|hand|gut|feel\w*|instinct|glancing|skimming|sight|ear|touch|experience|common sense)"
_HUMANS = (
    r"(?:people|humans?|somebody|someone|a (?:person|human|colleague|guy|woman|man|student|nurse|doctor|lawyer"
    r"|friend)|my \w+"
    r"|our (?:\w+ )?(?:team|staff|people|agents?|experts?|editors?|lawyers?|doctors?|nurses?|intern|guy)"
    r"|the (?:\w+ )?(?:team|staff"
    r"|agents?|editors?|boss|intern|customer|client)|experts?|agents|editors|i|we|[a-z]+(?= (?:squints|looks|peeks"
    r"|glances|eyeballs)))"
)
_LOOKS = (
    r"(?:looks?|reads?|goes|go|skims?|peeks?|glances?|checks?|eyeballs?|squints?|reviews?|inspects?|examines?"
    r"|decides?|nods?"
    r"|judges?|spot-?checks?|browses?|scans?|samples?|tests?|grades?|marks?|rates?|stares?)"
)

MORE_METRICS = (
    term(
        "metric",
        "judge",
        rf"(?:we |i |they )?{_ASK} (?:it |them |the \w+ |every \w+ |each \w+ )?{_MODEL},? (?:to |if |whether |how "
        rf"|and |for |what |say|tell|pick)"
        rf".{{0,40}}|{_MODEL} (?:\w+ )?(?:says?|tells?|gives?|decides?|picks?|thinks?) .{{3,40}}|{_MODEL} (?:is"
        rf"|acts? as|plays?|as) (?:the |a |our )?"
        r"(?:judge|grader|referee|jury|examiner|scorer|reviewer|evaluator)|(?:graded|judged|scored|rated|checked"
        r"|evaluated|marked|compared) (?:by|with|through|via) "
        rf"{_MODEL}",
        "asked",
    ),
    term(
        "metric",
        "none",
        rf"by (?:just |simply |only )?{_EYES}|(?:no|we|i|nobody|they|nope)?,? ?(?:we |i )?(?:don't|do not|doesn't"
        rf"|does not|haven't|didn't)(?: really| yet| actually)*"
        rf"(?= *(?:$|[,.;!]))|{_HUMANS} (?:just |only |simply |manually |then |always |usually )*{_LOOKS} (?:at "
        rf"|over |through |on |into |and )?"
        r"(?:a |the |some |it\b|them\b|all\b|each|every|what|random|few|twenty|ten|\d+).{0,30}|not (?:scored"
        r"|measured|evaluated|automatic\w*|yet|systematically|really)"
        r"(?: .{0,20})?|(?:there is|there's|we have) (?:no|not a|nothing)(?: .{0,24})?|no(?:body|thing"
        r"|ne)? (?:really |yet |so far )?(?:scores?|checks?|measures?"
        r"|counts?|automatic|automated|formal|systematic)(?: .{0,24})?",
        "asked",
    ),
    term(
        "metric",
        "exact_match",
        r"(?:must|has to|should|needs? to|have to|gotta) (?:be |match )?(?:exactly |the )*(?:identical|equal|same"
        r"|match\w*|right|correct|exact|verbatim)(?: .{0,30})?"
        r"|(?:same|identical|equal|right|correct) (?:label|class|answer|category|string|team|queue|code"
        r"|word) or (?:not|nothing|zero|wrong|fail\w*)(?: .{0,12})?"
        r"|(?:does|do|did) (?:it|they|the \w+(?: \w+)?) (?:match|equal|agree|hit)(?: .{0,24})?|(?:how often|how many"
        r"|share|percent\w*|fraction|number) .{0,30}"
        r"(?:right|correct|match\w*|hits?)(?: .{0,20})?|hit rate|verbatim|letter by letter|character for character"
        r"|to the letter|(?:all|everything) or nothing",
        "asked",
    ),
    term(
        "metric",
        "set_f1",
        r"(?:how many|number|share|overlap|count) .{0,30}(?:tags|labels|items|codes|topics|entities"
        r"|keywords) .{0,24}(?:common|shared|overlap\w*|both|match\w*|right|found)"
        r"(?: .{0,16})?|(?:tags|labels|items|codes|topics|entities) (?:that )?(?:both|we) .{0,12}(?:share"
        r"|have in common)",
        "asked",
    ),
    term(
        "metric",
        "numeric",
        r"(?:how (?:far|close|near|much)|distance|difference|deviation|gap|error) .{0,40}(?:number|value|figure"
        r"|amount|price|hours|days|off|true|real|actual|right)s?(?: .{0,16})?"
        r"|(?:rmse|mae|mape|mse|root mean .{3,20}|mean (?:absolute|squared) .{3,12})",
        "asked",
    ),
)
