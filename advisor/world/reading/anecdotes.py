"""What is told as a story or an attitude: what went wrong and is to be mended, who frowns at an answer."""

from __future__ import annotations

from advisor.world.reading.term import term

_BILL = r"(?:bills?|invoices?|statements?|receipts?|costs?|price|(?:api|openai|azure|cloud) (?:bill|invoice|costs?))"
_SHOCKED = (
    r"(?:cr(?:y|ies|ied|ying)|scream|yell|shout|faint|chok|gasp|swore|swear|frown|panick|panic|freak"
    r"|weep|wept|sweat|laugh|sigh|groan|winc|explod|sob|curs|rag|nearly died|had a (?:fit|stroke|heart attack))"
    r"(?:e|es|s|ed|d|ing)?"
)
_COFFEE = (
    r"(?:cup of )?(?:coffee|tea|espresso|lunch|breakfast|dinner|sandwich|snack|beer|cigarette|smoke|nap|walk|shower"
    r"|newspaper|novel|meal)"
)
_MEANWHILE = (
    r"(?:while|before|until|till|meanwhile|in the meantime|waiting|by the time|between (?:question|request)|and"
    r" (?:it|the answer|the thing)|every time)"
)
_LEFT = (
    r"(?:hung up|hangs? up|hanging up|gave up|gives? up|giving up|walk(?:s|ed) (?:away|off|out)|went away|goes away"
    r"|log(?:s|ged) off|clos(?:es|ed) the (?:tab|window|page|app)|fell asleep|falls? asleep|grew old|grow old|died"
    r"|retired|lost patience)"
)
_TOLD = (
    r"(?:told|tells|quot(?:es|ed)|offer(?:s|ed)|promis(?:es|ed)|recommend(?:s|ed)|sold|sells|nam(?:es|ed)|cit(?:es|ed)"
    r"|list(?:s|ed)|mention(?:s|ed)|describ(?:es|ed)|sent|sends|gave|gives|said|says|claim(?:s|ed)|announc(?:es|ed)"
    r"|suggest(?:s|ed)|advis(?:es|ed)|refer(?:s|red)(?: \w+)? to|uses|used)"
)
_GONE = (
    r"(?:(?:that |which )?(?:we |they |he |she |it )?(?:\w+ )?(?:dropped|discontinued|stopped (?:selling|making"
    r"|offering)"
    r"|no longer (?:sell|make|offer|have|work|exist)s?|closed|retired|abolished|cancelled|renamed|never (?:had|sold"
    r"|made"
    r"|offered|existed|wrote)|(?:do|does|did)(?:n't| not) (?:exist|have|sell|offer|make)|left (?:us|the company)))"
)
_WRONG_PLACE = (
    r"(?:sent|sends|send|rout(?:es|ed|e)|put|puts|gave|gives|forward(?:s|ed)|deliver(?:s|ed)|mail(?:s|ed)"
    r"|assign(?:s|ed)"
    r"|fil(?:es|ed)|land(?:s|ed)|end(?:s|ed)(?: up)?|went|goes|go|tag(?:s|ged)|mark(?:s|ed)|book(?:s|ed)|shipped|pick"
    r"(?:s|ed)|told|call(?:s|ed))"
)

_OWN = (
    r"(?:me|us|myself|ourselves|(?:my|our) (?:own )?(?:eyes?|eyeballs?|guts?|nose|ears?|judge?ment|mood|instincts?"
    r"|heart"
    r"|experience|brains?|feelings?|intuition|opinion|common sense)|(?:the )?(?:two|three|four|both|all|some"
    r"|one) of us"
    r"|(?:my|our) (?:wife|husband|boss|mother|mum|father|colleagues?|interns?|cofounder|partner|editor|lead|manager"
    r"|daughter|son|sister|brother|team|staff|people)|somebody|someone)"
)
_READING = (
    r"(?:read|look|check|eyeball|squint|scroll|skim|judg|glanc|star|brows|guess|feel|sit|peek|go|decid|pok|spot-check)"
    r"(?:ing|ning)"
)
_REACTS = (
    r"(?:complain|shout|scream|yell|laugh|cr(?:y|ie)|cring|sigh|frown|smil|swear|groan|winc|argu|shrug|nod|grumbl|moan"
    r"|rant|gripe|object|protest|howl|grunt)(?:e|es|s|ed|d|ing)?"
)
_ANYBODY = (
    r"(?:nobody|no one|no-one|anybody|anyone|everybody|everyone|somebody|someone|(?:the |a |no |any |our |my )?"
    r"(?:customers?|users?|people|clients?|\w+))"
)

STORIES = (
    term(
        "goal",
        "cost",
        rf"{_SHOCKED} .{{0,30}}\b{_BILL}\b(?: .{{0,24}})?|\b{_BILL} .{{0,40}}\b{_SHOCKED}\b(?: .{{0,12}})?"
        rf"|\b{_BILL} .{{0,30}}\b(?:on|to|in|under) (?:my|our|the|her|his) (?:desk|wall|door|table|fridge|face|nose)"
        r"|(?:it|tokens?|calls?|api|model)s? (?:is |are )?(?:eat|devour|swallow|drain|gobbl|munch)(?:s|ing"
        r"|e)? (?:up )?(?:our|my|the|all)"
        r" .{2,24}|(?:costs?|pay(?:ing|s)?|bill is|spend(?:ing|s)?) (?:us |me |it )?(?:\w+ )?(?:more|bigger"
        r"|higher) than (?:my"
        r"|our|the|a|an|what) .{2,30}|s(?:ell|old|elling) (?:my|the|our|a) (?:car|house|kidney|soul|grandmother|bike)"
        r"(?: .{0,24})?|(?:remortgag|mortgag)\w+ .{2,24}",
        "asked",
    ),
    term(
        "goal",
        "speed",
        r"nobody (?:wants to|will|can|likes to) wait(?: .{0,16})?|(?:answer|repl|respond|react|com)(?:e|ed|es|s|ied"
        r"|ies) (?:only )?"
        r"after (?:a |an |two |three |five |ten |\d+ )?(?:\w+ )?(?:minutes?|hours?|seconds?|eternity)"
        r"|before it (?:speaks|talks"
        r"|reacts|moves|says)(?: .{0,12})?|"
        r"still (?:thinking|loading|spinning|computing|typing|churning|processing|generating|chewing|pondering)"
        rf"(?: .{{0,16}})?|(?:mak|brew|fetch|get|got|drink|drank|finish|hav|had|grab|tak|took|made|read|eat|ate|pour)"
        rf"(?:e|ed|es|ing)? (?:a |an |my |some |another |the |two |three )?(?:\w+ )?{_COFFEE}s?\b"
        rf" (?:.{{0,20}} )?{_MEANWHILE}\b(?: .{{0,24}})?|{_MEANWHILE} .{{0,40}}{_COFFEE}s?\b"
        rf"|{_LEFT} (?:\w+ ){{0,2}}?(?:wait\w*|before .{{2,30}}|while .{{2,30}}|on hold|halfway)"
        rf"|wait\w* (?:\w+ ){{0,6}}?{_LEFT}|(?:spinner|hourglass|spinning wheel|loading (?:wheel|icon|bar|screen))s?"
        r"|twiddl\w+ .{2,16}|dr(?:u|i)mm\w+ .{0,12}fingers|(?:grow|grew|grown|growing) (?:a |my )?(?:beard|roots|old)",
        "asked",
    ),
    term(
        "goal",
        "knowledge",
        r"still (?:thinks|believes|says|claims|insists|assumes) (?:that )?(?:we|our|the) .{2,40}"
        r"|never heard (?:about|of) our"
        r" .{2,30}|"
        rf"{_TOLD} .{{0,50}}\b{_GONE}(?: .{{0,16}})?|{_TOLD} .{{0,40}}\b(?:from|of|in) (?:our )?(?:old|last year's"
        r"|outdated|previous) (?:price list|catalog\w*|menu|manual|polic\w+|prices|hours|address|rules)",
        "asked",
    ),
    term(
        "goal",
        "quality",
        r"(?:correct|fix|repair|redo|rewrit|clean)(?:e|es|s|ing|ed)? (?:up )?(?:after )?(?:it|its \w+|what it \w+"
        r"|the (?:answers"
        r"|output|results?|labels))(?: .{0,16})?|(?:to be|being|gets?|is|are) (?:redone|corrected|fixed|rewritten"
        r"|repaired)"
        r"(?: .{0,16})?|"
        rf"{_WRONG_PLACE} .{{0,50}}?\b(?:the |a )?wrong (?!price|fact|answer)\w+(?: .{{0,16}})?|(?:mix(?:es|ed)?"
        rf"|mixing)"
        r" (?:them |it |\w+ )?up .{0,30}|(?:confus(?:es|ed|ing)|mistak(?:es|ing)|mistook) .{2,30} (?:with|for|and)"
        r" .{2,24}|(?:embarrass|humiliat)(?:es|ed|ing)(?: .{0,24})?|(?:talk|say|writ|giv|output|tell|produc|return"
        r"|spit|answer|mak)(?:e|es|s|ing) (?:out |up |us |me |such |pure |total |only )*(?:nonsense|rubbish|garbage"
        r"|gibberish)"
        r"(?: .{0,16})?",
        "asked",
    ),
)

_PROGRAMS = (
    r"(?:it|that|this|which|script|program|code|model|judge|llm|ai|gpt|claude|gemini|opus|sonnet|llama|gemma|qwen"
    r"|mistral|function|tests?|pytest|evaluator|scorer|library|dspy|metric|we|system|tool|bot|pipeline|computer"
    r"|machine"
    r"|software|regex|checker|validator|macro|job|cron|sheet|spreadsheet|excel|notebook|app|api|server|workflow|module"
    r"|class|line|loop|query|sql|grader|parser|compiler|suite|assert|linter|another|one|schema|rule|rules)"
)

ATTITUDES = (
    term(
        "metric",
        "none",
        rf"(?:the |our |my |a |an )?(?!{_PROGRAMS}\b)(?!the |our |my |an? )[a-z]{{2,16}} (?:checks?|reads?|reviews?"
        rf"|approves?|signs?|inspects?)"
        r" (?:it|them|each|every|all|some|a few|over|and \w+)\b(?: .{0,24})?",
        "asked",
    ),
    term(
        "metric",
        "none",
        rf"{_OWN}(?:,| and| with| plus| at| in| on| just| only| simply| sits?| sat)* {_READING}\b(?: .{{0,30}})?"
        rf"|(?:just |only |mostly |mainly |basically )?(?:my|our) (?:own )?(?:eyes?|eyeballs?|guts?|nose|mood"
        rf"|instincts?"
        rf"|heart|feelings?|intuition)(?: .{{0,24}})?|(?:has|have|having|takes?|taking|gives?|giving|cast\w*|throws?)"
        r" (?:it |them |the \w+ )?(?:a |an |another )?(?:quick |short |brief |good )?(?:look|read|glance|eye|peek)\b"
        r"(?: .{0,24})?"
        rf"|(?:if|when|until|till|unless|whether|as long as|by whether) {_ANYBODY} (?:\w+ )?{_REACTS}\b(?: .{{0,24}})?"
        rf"|{_OWN} (?:\w+ ){{0,4}}?(?:and )?{_REACTS}\b(?: .{{0,24}})?",
        "asked",
    ),
)

_LANGUAGE = (
    r"(?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|hebrew"
    r"|hindi|urdu"
    r"|bengali|chinese|mandarin|japanese|korean|vietnamese|thai|swahili|maltese|greek|czech|slovak|hungarian|romanian"
    r"|bulgarian|serbian|croatian|danish|swedish|norwegian|finnish|latin|catalan|persian|farsi|tamil|yoruba|igbo"
    r"|afrikaans)"
)

WRITERS = (
    term(
        "task",
        "free_text",
        rf"(?:from )?{_LANGUAGE} (?:in)?to {_LANGUAGE}|mak(?:es?|ing) (?:it|them"
        rf"|\w+ \w+) short(?:er)?",
        "asked",
    ),
    term(
        "task",
        "classification",
        r"(?:says|returns|outputs|answers|prints|tells (?:me|us)|responds with"
        r"|replies with) (?:either )?[a-z]+(?:, [a-z]+){0,6},? or"
        r" [a-z]+(?= *(?:$|[.;!]))",
        "asked",
    ),
    term(
        "task",
        "free_text",
        r"(?:(?<!sql )(?<!json )(?<!code )(?<!query )(?<!xml )generator|writer|author|composer|copy ?writer"
        r"|ghost-?writer"
        r"|scriptwriter|storyteller|drafter|narrator|wordsmith|paraphraser|rewriter)(?: (?:for|of) .{2,30})?"
        r"|(?:spit|churn|crank|pump|turn|roll)s? out (?:\w+ ){0,4}?(?:barks?|one-?liners?|lines|jokes?|copy|posts?"
        r"|prose"
        r"|text|texts|slogans?|blurbs?|stories|quests?|poems?|lyrics|captions?|headlines?|paragraphs?|emails?|ads?)",
        "topic",
    ),
    term(
        "task",
        "multi_label",
        r"(?:attribut|assign|giv|attach|tag|put|link|associat|allocat|map|set|stick|hang|apply|appl)(?:e|es|s|ies"
        r"|ing|y)?"
        r" (?:to |on |at |for )?(?:each |every |an? |the |all )?(?:\w+ )?(?:to |with )?(?:several|multiple"
        r"|more than one"
        r"|one or more|various|two or more|a few) (?:\w+ )?(?:themes?|topics?|labels?|tags?|codes?|categor(?:y|ies)"
        r"|subjects?|moods?|emotions?|genres?|colou?rs?|traits?|keywords?|attributes?|aspects?|classes|markers?"
        r"|flags?)"
        r"(?: .{0,24})?",
        "asked",
    ),
)
