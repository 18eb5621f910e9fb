"""Words for how far the prompts were optimized, and for what fine-tuning brought so far."""

from __future__ import annotations

import re

from advisor.world.reading.term import term

_OPTIMIZERS = (
    r"(?:post-)?(?:mipro(?:[- ]?v?[- ]?\d)?|gepa|simba|copro|infer ?rules|textgrad|mipro_optimizer\w{0,4}"
    r"|dspy\.teleprompt[\w.]{0,40})(?:-(?:compiled|optimi[sz]ed|tuned|trained))?"
)
_HANDED = (
    r"(?<!labelled )(?<!labeled )(?<!annotated )(?<!tagged )(?<!checked )(?<!scored "
    r")(?<!graded )(?<!reviewed )(?<!label )(?<!classified )"
)

PROMPTS = (
    term(
        "prompt_optimization",
        "optimized",
        rf"{_OPTIMIZERS}|optimi[sz]ed (?:the |our |my |all |prod |production |live |system |final )*prompts?"
        rf"|prompts? (?:are |were |is |was |have been "
        rf"|has been |got )?(?:already |all |fully )*optimi[sz]ed"
        r"|(?:ran|run|used|did|finished|applied|done|after|with|through) (?:the |a |full |some "
        r"|dspy'?s? )*(?:prompt[- ])?optimi[sz](?:ation|er|ers)(?: run)?"
        r"|dspy(?:'s)? optimi[sz]ers?|optimi[sz]ed (?:it |them )?(?:with|using|by|via|in|through) (?:dspy"
        r"|an? optimi[sz]er|[a-z]+)|(?:already|fully) optimi[sz]ed"
        r"|compiled (?:it |the program |everything )?(?:with|using|in) (?:dspy|a teleprompter)"
        r"|post-optimi[sz]ation|the optimi[sz]ed (?:program|version|prompts?)",
        "sure",
    ),
    term(
        "prompt_optimization",
        "optimized",
        r"optimi[sz](?:ed|er|ers|ation)|another optimi[sz]er|compiled|tele ?prompters?|prompt optimi[sz](?:ation"
        r"|er)s?",
    ),
    term(
        "prompt_optimization",
        "few_shot",
        r"(?:bootstrap|labell?ed)[- _]?few[- _]?shot(?: ?with ?(?:random ?search|optuna))?|(?:few|\d{1,2}|one|two"
        r"|three|four|five|six|eight"
        r"|ten)[- _]?shots?(?: examples| prompt(?:s|ing)?)?"
        r"|(?:\d{1,2}|one|two|three|four|five|six|eight|ten|some|a few|several|a couple of"
        r"|a handful of) (?:\w+ )?(?:examples|demos|demonstrations|shots|samples)"
        r" (?:in|into|inside|to|added to|pasted into) (?:the |our |my |each )?(?:prompts?|context|system prompt"
        r"|instructions)"
        r"|prompts? with (?:\d{1,2}|one|two|three|four|five|six|some|a few|several"
        r"|a couple of) (?:\w+ )?(?:examples|demos|demonstrations|shots)",
        "sure",
    ),
    term(
        "prompt_optimization",
        "few_shot",
        r"(?:some |a few |a couple of )?(?:examples|demos|demonstrations)(?: in the prompts?)?|bootstrap(?:ped)?"
        r"|fewshot",
    ),
    term(
        "prompt_optimization",
        "by_hand",
        rf"(?:prompts? )?(?:only |just |all |tuned |written |tweaked |optimi[sz]ed |done |revised |refined |edited "
        rf"|improved |polished |rewritten |made )*{_HANDED}by[- _]?hand",
        "topic",
    ),
    term(
        "prompt_optimization",
        "by_hand",
        r"(?<!in )hand[- ]?(?:tuned|crafted|tweaked|optimi[sz]ed|written|made|edited) (?:\w+ )?prompts?"
        r"|prompts? (?:are |is |were |was )?hand[- ]?(?:tuned|crafted|tweaked|written|optimi[sz]ed)"
        r"|manual(?:ly)? (?:tuned |written |tweaked |optimi[sz]ed |engineered )?prompt(?:s|ing)?(?: engineering"
        r"| tuning| tweaking)?|prompt[- ]engineer(?:ing|ed)"
        r"|(?:tweak|play|fiddl|tinker|mess|iterat|experiment)(?:ed|led|ing|ling) (?:a lot |a bit |around "
        r"|about )*(?:with |on |at )?(?:the |our |my )?(?:prompts?|wording|instructions)"
        r"|(?:wrote|rewrote|edited|revised|refined|polished|reworked|reworded|hand-?wrote|changed|adjusted|tuned"
        r"|improved) (?:the |our |my "
        r"|all )?(?:prompts?|instructions|wording)(?: (?:ourselves|myself|manually|a few times|by hand))?"
        r"|prompts? (?:that )?(?:i|we|they) (?:wrote|made|came up with)|prompts? (?:were |was |are |is )?(?:only "
        r"|just |all )?(?:written|tuned|tweaked|optimi[sz]ed|done|made"
        r"|edited) (?:only |just )?(?:by hand|manually|by me|by us|by a (?:colleague|human))",
        "sure",
    ),
    term(
        "prompt_optimization",
        "by_hand",
        r"hand[- ]?(?:tuned|written|crafted|tweaked|optimi[sz]ed)|handcrafted|manual(?:ly)?(?: tuned| prompting"
        r"| tweaks?)?|tweak(?:s|ed|ing)?|trial and error"
        r"|my ?self|wrote (?:it|them)|ourselves|prompting only|only (?:manual|prompting)|prompt engineering",
    ),
    term(
        "prompt_optimization",
        "by_hand",
        r"(?:wrote|rewrote|rewritten|polish|tweak|refin|adjust|edit|fiddl|tinker|rewrit|reword|hon|massag|improv"
        r"|adapt|tun|twist|iterat"
        r"|chang)(?:e|es|s|ing|ed|led)? (?:with |on |at )?"
        r"(?:it|them|the \w+|around)(?: .{0,20})?",
    ),
    term(
        "prompt_optimization",
        "none",
        r"as (?:it (?:came|is|was)|delivered|generated|shipped|given|before)|as[- ]is|untouched|out of the box"
        r"|default|straight from .{2,20}|(?:still )?(?:the )?(?:very )?"
        r"first (?:one|version|draft|prompt|attempt)|nobody (?:has |ever )?(?:touched|changed|edited"
        r"|optimi[sz]ed) .{2,20}",
    ),
    term(
        "prompt_optimization",
        "none",
        r"(?:no|without(?: any)?|zero|never (?:did|done|ran|run|used|tried)(?: any)?|(?:did|have|has)(?:n't|nt"
        r"| not) (?:done|run|used|tried|do|did|run)(?: any)?)"
        r" (?:automat(?:ic|ed) |real |dspy )?(?:prompt[- ])?(?:optimi[sz](?:ation|er|ers|ing)"
        r"|tuning of prompts)(?: (?:at all|yet|so far|whatsoever))?"
        r"|un-?optimi[sz]ed(?: prompts?)?|prompts? (?:are|is|were|was|have|has)(?:n't|nt| not|n't been| not been"
        r"| never been)? (?:never |not )?(?:yet )?(?:been )?(?<=t )optimi[sz]ed"
        r"|(?:never|not|nothing|have(?:n't|nt| not)|has(?:n't|nt| not)|did(?:n't|nt| not)) (?:yet |really |been "
        r"|even )*optimi[sz](?:ed?|ing)(?: (?:anything|them|it|yet|the prompts?|any prompts?|our prompts?"
        r"|at all))*"
        r"|prompts? (?:are |is )?(?:untouched|as (?:is|they are)|out of the box)|prompt optimi[sz]ation:? (?:none"
        r"|no|not yet)",
        "sure",
    ),
    term(
        "prompt_optimization",
        "none",
        r"zero[- ]?shot|plain(?: prompts?)?|untried|raw|default(?: prompts?)?|out of the box|off the shelf|(?:have"
        r"|has)(?:n't|nt| not) (?:tried|done|started"
        r"|optimi[sz]ed)?.{0,12}|0[- ]shot|not? (?:tried|started|done) (?:yet|any|at all)|vanilla|raw prompts?"
        r"|first (?:prompt|draft|version)|nothing (?:of that|like that|yet|so far|at all)"
        r"|(?:one|a) (?:single |simple |basic )?prompt|never (?:tried|did|done|heard).{0,12}|did(?:n't|nt"
        r"| not) (?:try|do|optimi[sz]e|touch).{0,14}|not? at all",
    ),
    term(
        "prompt_optimization",
        "none",
        r"(?:we|i) (?:did(?:n't|nt| not)|have(?:n't|nt| not))(?=\s*(?:$|[,.;!]))|none|nothing(?! (?:fancy|special"
        r"|serious|big|much))|no(?=\s*(?:$"
        r"|[,.;:!–—-])|\s(?:we|i|not|nothing|never|it)\b)|nope|not? yet|never|not really|neither|nah",
        "weak",
    ),
)

RESULTS = (
    term(
        "fine_tuning_result",
        "below_target",
        r"(?:fine-?tun\w+|the (?:tuned|trained) (?:model|version|one)|it) (?:\w+ )?(?:fell|falls|came up"
        r"|came) short|(?:fine-?tun\w+|training) (?:did|has|does)(?:n't|nt| not) (?:really )?"
        r"(?:reach|help|work|get|bring|improve|make|hit)\w*(?: .{0,16})?|(?:fine-?tun\w+|training) (?:was "
        r"|has )?(?:already )?(?:failed|disappoint\w+|brought nothing|no better)"
        r"|(?:fine-?tun\w+|the tuned model) .{0,30}(?:below|under|short of|not enough|missed)(?: (?:the"
        r"|our))?(?: \S+)? (?:target|goal)",
        "sure",
    ),
    term(
        "fine_tuning_result",
        "reached",
        r"fine-?tun\w+ (?:already )?.{0,24}(?:reach(?:ed)?|hit|met|beat|exceeded"
        r"|above) (?:\w+ )?(?:\S+ )?(?:target|goal)",
        "sure",
    ),
    term(
        "fine_tuning_result",
        "below_target",
        r"(?:still |was |stayed |remained |is )+(?:under|below)\b|(?:fell|falls|came up|came) short"
        r"|short of (?:it|the target|our target|that)|(?:did|has)(?:n't|nt| not) (?:reach(?:ed)?|help(?:ed)?"
        r"|work(?:ed)?|hit|make|get)(?: .{0,12})?"
        r"|(?:below|under|short of|beneath) (?:the |our |that )?(?:\S+ )?(?:target|goal|bar|mark|we (?:wanted|needed"
        r"|aimed|hoped|asked))|below the \S+"
        r" (?:we|they|i|that) (?:\w+ )?(?:wanted|needed|aimed|hoped|agreed)|missed (?:that|this|the|our|by"
        r"|\d\S*)(?: \S+)?(?: (?:target|goal|bar|mark))?"
        r"|(?:was|is|were)(?:n't| not) (?:\w+ )?(?:enough|sufficient|there)|too (?:low|little)|missed (?:it"
        r"|the target|our target)|disappoint(?:ing|ed)|failed|no better"
        r"|not (?:good )?enough",
        "topic",
    ),
    term("fine_tuning_result", "below_target", r"below|worse|under(?: the)? target"),
    term(
        "fine_tuning_result",
        "reached",
        r"(?:cleared|passed|made|met|beat|hit|exceeded|surpassed|topped) (?:it|that|(?:the|our|this"
        r"|that) (?:\S+ )?(?:bar|target|goal|mark|threshold"
        r"|hurdle|requirement|line))|(?:so |and )?(?:we|it) (?:made it|succeeded|did it)|(?:was|is|which is|that is"
        r"|were) (?:above|over|beyond|enough|good"
        r" enough)(?: (?:the|our) \w+)?|(?:above|over|beyond) (?:the |our )?(?:\S+ )?(?:target|goal|bar)"
        r"|reached (?:it|(?:the|our|my|a|that) (?:\S+ )?target)|(?:hit|met|beat) (?:it|(?:the|our|my"
        r"|that) (?:\S+ )?target)|did the job",
        "topic",
    ),
    term("fine_tuning_result", "reached", r"reached|good enough|worked|success(?:ful)?|above(?: target)?|done"),
    term(
        "fine_tuning_result",
        "none",
        r"(?:never|not|have(?:n't|nt| not)|has(?:n't|nt| not)|did(?:n't|nt| not)) (?:yet |been |even "
        r"|ever )*(?:tried (?:to )?)?fine-?tun(?:ed?|ing)(?: (?:anything|yet|it|a model|so far|before))*"
        r"|(?:never|not|have(?:n't|nt| not)|has(?:n't|nt| not)|did(?:n't|nt| not)) (?:yet |been |even "
        r"|ever )*(?:train(?:ed)?|tuned?) (?:a|any|our own|the"
        r" own|own|another) (?:\w+ )?models?(?: (?:yet|so far|before|ourselves))?|no (?:\w+ )?models? (?:has|have|was"
        r"|were) (?:ever |yet )?(?:been )?(?:fine-?)?"
        r"(?:tuned|trained)(?: (?:yet|so far|before))?|no (?:fine-?tuning|training|tuning) (?:has |have |was "
        r"|were )?(?:been |ever |yet )*(?:done|tried|attempted"
        r"|run|carried out|performed|made)(?: .{0,12})?|no fine-?tuning (?:yet|so far|done|was done|was tried|before)"
        r"|fine-?tuning (?:is |was )?(?:untried"
        r"|never (?:tried|done)|not (?:tried|done)(?: yet)?)",
        "sure",
    ),
    term("fine_tuning_result", "none", r"none|no|never|nope|not (?:yet|tried)|nothing|haven't.{0,16}|untried", "weak"),
)

HYPOTHETICAL = re.compile(
    r"\b(?:should|could|would|might|may|plan(?:s|ning)?|thinking|consider(?:ing)?|want to|wants? to|going to"
    r"|gonna|will|shall|can i|can we"
    r"|what about|how about|try(?:ing)? (?:to|out)|to try|intend|hope to|maybe later|next|if|wonder(?:ing)?|heard"
    r"|read about|considered"
    r"|looking (?:at|into)|never|untried|about to|before (?:we|i)|until|instead of|skip(?:ped)?|need to|must"
    r"|have to|has to|let's|can|not)\b|n't\b|'ll\b"
)
"""In the same clause: something that may be done, not something that was."""
LATER = re.compile(
    r"^\s?(?:\w+\s){0,3}?(?:is |are |comes? |would be |will be |might be |may be )?(?:next|later|planned|soon"
    r"|tomorrow|still to (?:do|come)|on (?:the|our) (?:list|roadmap|todo)"
    r"|sounds?|is running|are running|running right now|in progress|might|could|would|will|should|untried"
    r"|is pending|pending|first\?)\b"
)
"""After an optimizer: it has not been run yet."""
FAILED = re.compile(
    r"\b(?:crash(?:ed|es)|gave up|(?:never|didn't|did not) finish(?:ed)?|couldn't get it|aborted|errored"
    r"|killed (?:it|the run)|cancelled (?:it|the run)|stopped (?:it|early|half)|half-?way|interrupted|ran out of"
    r"|broke off|didn't (?:run|work|start))\b"
)
"""Whatever was tried was not brought to its end."""
OPTIMIZER = re.compile(
    rf"(?<![\w-])(?:{_OPTIMIZERS}|(?:prompt )?optimi[sz](?:ed|er|ers|ation|ing)|bootstrap[- ]?few[- ]?shot"
    rf"|labell?ed[- ]?few[- ]?shot|bootstrapped|compiled)(?![\w-])"
)
"""What makes the score after it an optimized one."""
