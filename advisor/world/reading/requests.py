"""More words for what a reply may want instead of answering: formal, roundabout, or in a hurry."""

from __future__ import annotations

from typing import Literal

_THAT = (
    r"(?:it|that|this|these|those|(?:the|that|this|your|such) (?:\w+ )?(?:question|one|point|number|figure"
    r"|information|topic|thing|detail|part)s?)"
)
_LAST = (
    r"(?:(?:my|the|that) )?(?:last|previous|prior|latest|preceding|most recent|earlier)(?: (?:answer|reply|one|entry"
    r"|input|response|statement|message|bit|thing|step))?"
)
_TELL = (
    r"(?:say|tell|disclose|share|reveal|answer|talk about|discuss|divulge|comment on|give|name|state|provide|publish"
    r"|go into|speak about"
    r"|communicate|mention)"
)
_MAY_NOT = (
    r"(?:can't|cannot|can not|cant|may not|must not|mustn't|won't|will not|wouldn't|would not|shouldn't|should not"
    r"|do not|don't|dont"
    r"|(?:am|are|'m|'re|is)(?:n't| not) (?:at liberty|allowed|permitted|authori[sz]ed|supposed|in a position|free"
    r"|able|prepared|willing"
    r"|cleared|going)(?: to)?|refuse to|decline to|would rather not|'d rather not|prefer not to|would prefer not to"
    r"|'d prefer not to"
    r"|have no permission to|not (?:allowed|permitted|at liberty) to)"
)
_TAIL = (
    r"(?: (?:to )?(?:you|anyone|anybody|here|now|right now|about it|about that|either|yet|on that|at this (?:time"
    r"|point|stage)))*"
)
_ON = (
    r"(?:let(?:'s| us) |please |kindly |can we |could we |just |we can |better |i'd like to |i want to |shall we "
    r"|and |then |now )*"
)
_NEXT = (
    r"(?:(?:the|your|to the|with the|on to the|onto the|to) )*next(?: (?:question|one|point|topic|item|thing|step"
    r"|ahead))?"
)
_SECRET = (
    r"(?:confidential|secret|classified|private|under nda|nda(?:'d)?|covered by (?:an )?nda|company secret"
    r"|trade secret|sensitive"
    r"|proprietary|internal only|not public|none of (?:your|ur) business|not for (?:you|outsiders)|privileged"
    r"|off limits|need to know)"
)
_ALL = (
    r"(?:everything|it all|all(?: of)? (?:it|this|that|my answers|the answers|answers)|all|the (?:whole"
    r"|entire) (?:thing|conversation"
    r"|session|lot|interview)|this (?:whole )?(?:conversation|session|thing))"
)
_AGAIN = (
    r"(?:(?:start|begin|do|go|try|run)(?: (?:it|this|that|all|through|everything|the whole thing|through it"
    r"|through this))*"
    r" (?:over|again|anew|afresh|from scratch|fresh|from zero|once more)(?: .{0,40})?)"
)
_HAVE = (
    r"(?:have|know|got|noted|noted down|written down|recorded|understood|stored|saved|collected|learned|gathered"
    r"|remember|registered"
    r"|captured|on (?:file|record)|put down|kept|taken down|jotted down)"
)

MORE_COMMANDS: tuple[tuple[Literal["why", "back", "skip", "show", "help", "quit", "restart"], str], ...] = (
    (
        "why",
        r"(?:the )?(?:purpose|reason|point|relevance|use|sense|background|rationale) (?:of|for|behind) (?:this|that"
        r"|the|your) \w+|how(?:'s| is| are|s) (?:that|this|it|these)"
        r" (?:relevant|important|useful|needed|any of your).{0,24}|(?:why|y) (?:this|that|it|the \w+|such \w+) (?:is"
        r"|are|was) .{3,40}|(?:why|y) (?:do|does|would|should|must|r"
        r"|are|is) (?:u|you|i|we|that|this|it|the) .{2,60}"
        r"|how (?:will|would|is|are|do you|does) (?:this|that|it|these|the \w+|my \w+|you) (?:be |being "
        r"|get )?(?:used?|processed|help)(?: .{0,30})?|(?:would|could|can|will) you"
        r" (?:please |kindly )?(?:explain|tell me|give me|justify|state) (?:the |your |a )?(?:reason|purpose|point"
        r"|motivation|background|why).{0,50}|(?:what|which) (?:reason|purpose)"
        r".{0,50}|what(?:'s| is) (?:this|that|it) (?:for|about|needed for|used for|good for)|(?:and |but "
        r"|so )?(?:that|this|it) (?:is|'s) (?:important|relevant|needed|useful|necessary"
        r"|of interest)(?: to you)? (?:because|why|since|how)\W*"
        r"|(?:does|do|would|is|are) (?:the |my |our )?(?:\w+ ){1,4}(?:really |actually |even )?(?:matter|relevant"
        r"|important|needed|necessary|make a difference)"
        r"|what(?:'s| is| was) the (?:purpose|point|use|relevance|idea|background|rationale|motivation|reason|sense"
        r"|logic|good) (?:of|behind|for|in) .{2,40}"
        r"|(?:i |we )?(?:don't|do not|can't|cannot|fail to) (?:see|understand|get) (?:how|why|what) (?:that|this|it"
        r"|the).{0,40}|why (?:is|would|should) .{2,60}"
        r"|what (?:has|does) .{2,30} (?:to do with|matter).{0,30}|how come (?:you|that|this).{0,40}"
        r"|on what grounds.{0,30}|(?:what|why) the (?:interest|question)"
        r".{0,24}|(?:is|was) there (?:a|any|some) (?:particular |specific |special |good )?reason .{3,60}"
        r"|(?:for )?what purpose.{0,40}|to what"
        r" end.{0,30}|how (?:does|is|would) (?:that|this|it|my answer) (?:matter|relevant|important|help"
        r"|change anything|useful|of any"
        r" use)(?: .{0,20})?|(?:may|can|could|might) i ask (?:why|what for|the reason).{0,50}|why (?:would|do|must"
        r"|should) (?:you|u)"
        r" .{2,40}|what (?:will|would|do|are) (?:you|u) (?:going to )?(?:do|doing|use|need|want) (?:with )?(?:it|that"
        r"|this|the \w+|my"
        r" \w+).{0,24}|what(?:'s| is) (?:that|this|it) (?:good|needed|important|relevant|used|important) ?(?:for"
        r"|to you)?|what does"
        r" (?:that|this|it) (?:matter|change|have to do).{0,40}|what is the (?:purpose|point|use|relevance|idea"
        r"|background|rationale"
        r"|motivation|reason) (?:of|behind|for) .{2,40}|(?:please )?(?:explain|tell me|justify) why.{0,60}"
        r"|why (?:this|that|the|such)"
        r" (?:a )?question|i (?:wonder|don't see|do not see|fail to see) why.{0,50}|does (?:it|that"
        r"|this) (?:really )?matter|and"
        r" that matters (?:because|why|how).{0,20}|relevance|what difference does (?:it|that|this) make|why do (?:you"
        r"|we) need .{2,40}"
        r"|(?:why|what) (?:is|are) (?:that|this|it|you) .{0,30}(?:asking|needed|relevant|important)(?: .{0,20})?",
    ),
    (
        "back",
        r"(?:let me|i (?:want|need|would like|'d like) to|can i|may i|could i) (?:please )?(?:change|redo|correct"
        r"|fix|edit|revise|amend|retype|repeat) (?:the |my )?(?:last|previous) .{3,12}|"
        rf"{_ON}(?:return|go|get|step|jump)(?: back)?(?: one)? to (?:the |my )?(?:last|previous|preceding|prior"
        rf"|earlier)(?: (?:one|question|step|answer|screen))?|(?:can|could|may|might|shall)"
        rf" (?:i|we) (?:please )?(?:redo|undo|change|correct|fix|repeat|revise|retract|edit|amend"
        rf"|take back) .{{2,30}}|(?:hold on|hang on|wait|stop|sorry|oops|no|hm+|one (?:sec|second"
        rf"|moment))[,.!]? (?:please )?(?:go |step "
        rf"|take me |let's go |let me go )?back(?: .{{0,24}})?|(?:please )?(?:cancel|delete|remove|ignore|withdraw"
        rf"|undo|discard|erase|scrap|revoke|retract|disregard|scratch|forget|drop|revert"
        rf"|void|strike) (?:{_LAST}|what i (?:just )?(?:said|wrote|typed|told you|entered)(?: .{{0,20}})?"
        rf"|my (?:answer|reply|statement))|(?:i(?:'d|"
        rf" would)? (?:like|want|wish|need|have) to )?(?:take back|withdraw|retract|undo|redo|change|correct|revise"
        rf"|fix|amend) (?:{_LAST}"
        rf"|what i (?:just )?(?:said|wrote|typed|told you).{{0,20}}|my (?:answer|reply))|(?:go |one |a |take "
        rf"|take me |step )*(?:step|question|one"
        rf"|screen|page) back(?:wards?)?(?: please)?|go back(?: to)? (?:one|a (?:step|question)|the (?:last|previous"
        rf"|prior) (?:one|question|step))"
        r"|(?:back to|return to|reopen) (?:the )?(?:last|previous|prior) (?:one|question|step)|(?:can|could|may) (?:i"
        r"|we) (?:go|step) back"
        r"(?: .{0,24})?|(?:that was|this was|what i said (?:was|is)|my (?:last )?answer (?:was|is)) (?:wrong"
        r"|incorrect|a mistake"
        r"|nonsense|not right|an error)"
        r"|i (?:got|had|did) (?:that|it) wrong|i (?:answered|typed|said) (?:that )?(?:wrong|wrongly|too (?:fast"
        r"|quickly))|wrong (?:key|answer"
        r"|button)|(?:let me|i want to|i need to|i'd like to) (?:try|answer) (?:that|it|the last one) again|return"
        r"|previous one|(?:back )?to the (?:question|one) before(?: .{0,12})?",
    ),
    (
        "skip",
        r"(?:i'd |i would |we'd )?(?:much |really )?rather not|moving on(?: .{0,16})?|(?:you|u) (?:do not|don't"
        r"|needn't) (?:need|have) to know(?: .{0,16})?|"
        rf"(?:that|this|it)?,? ?(?:i|we)(?:'d| would)? (?:rather|prefer) not (?:to )?\w+(?: .{{0,30}})?|(?:prefer"
        rf"|choose|rather) not to .{{3,20}}|(?:i |we )?(?:must|have to|need to|will|would|shall)"
        rf" (?:\w+ )?(?:decline|refuse|abstain|pass)(?: .{{0,24}})?|(?:i(?:'m| am) |we(?:'re"
        rf"| are) )?not (?:comfortable|happy|at ease|ok|okay|willing|allowed|able|free|inclined|prepared|in a"
        rf" position) (?:with )?(?:to )?\w+(?: .{{0,24}})?|{_ON}(?:move|go|get) (?:along|on|past (?:it|this|that))"
        rf"|(?:i |we )?(?:wish|want|would like|'d like|prefer|choose|am going|intend|ask) to (?:skip|pass|omit"
        rf"|leave out|bypass|abstain|refrain)(?: .{{0,24}})?|(?:my|our|the)?"
        rf" ?(?:\w+ )?(?:legal|lawyers?|boss|employer|contract|compliance|policy|company|management|nda|rules?"
        rf"|department|client|customer)s? (?:\w+ )?(?:won't|will not|does"
        rf"(?:n't| not)|do(?:n't| not)|forbids?|prohibits?|prevents?|wouldn't|stops?) .{{0,50}}|(?:that|this|it)(?:'s"
        rf"| is| stays| remains)(?: strictly)? between .{{3,40}}|(?:i|we) (?:keep|'ll"
        rf" keep|will keep) (?:that|this|it|those|such \w+) (?:to|for|under|private|in).{{0,24}}|(?:i(?:'m| am) "
        rf"|we(?:'re| are) )?not (?:going to )?(?:answer|say|tell|shar|disclos|discuss"
        rf"|reveal)(?:ing)?(?: (?:{_THAT}|you|here|now|anything))*|(?:this|that|it|the \w+)?,? ?(?:(?:i|we)(?:'m"
        rf"|'re)? ?)?{_MAY_NOT}(?: be)?(?: (?!know\b)\w+)?(?: able to| to)? {_TELL}(?: (?:you|us|me))?(?: (?:{_THAT}|"
        rf"our \w+|my \w+|the \w+|any \w+|such \w+))?{_TAIL}|(?:{_THAT}|the answer|our \w+|the \w+"
        rf"|all of that)?(?: ?(?:is|are|'s|remains?|stays?|it's))?"
        rf" ?(?:strictly |under |still |a |an |our |kept )*{_SECRET}(?:,? (?:i'm afraid|sorry|unfortunately"
        rf"|information))?"
        rf"|{_ON}(?:skip|pass|leave|omit|drop|ignore|bypass|jump over)(?: (?:{_THAT}|out|aside|blank|open|over|on"
        rf"|for now|now|please))*"
        rf"|{_ON}(?:proceed|continue|go|move|carry|get|turn|jump|advance)(?: (?:on|ahead|over|along|forward"
        rf"|further))*(?: (?:to|with))? {_NEXT}"
        rf"|{_ON}(?:move|go|carry) (?:on|along)|{_NEXT}(?: please)?|(?:i|we)? ?(?:'d |would )?(?:rather|prefer to"
        rf"|like to|want to) (?:leave|keep|skip|pass"
        rf"|omit) {_THAT}(?: (?:open|out|blank|to (?:myself|ourselves)|private|for now|secret|unanswered|unsaid))*"
        rf"|let(?:'s| us) not (?:go there|talk about (?:it|that)|discuss (?:it|that)|get into (?:it|that))"
        rf"|no (?:answer|reply|comment"
        rf"|statement|information|disclosure)(?: (?:to|on|about|for) {_THAT})?(?: (?:from me|here))?|(?:we|i"
        rf"|our company|the company|my employer|policy)"
        rf" (?:never |do(?:es)?(?:n't|nt| not) )(?:want to |wish to |like to )?(?:{_TELL}|publish)(?: .{{0,30}})?"
        rf"|(?:i )?abstain(?: .{{0,20}})?|i(?:'ll| will| shall)?"
        r" ?(?:pass|skip|abstain)(?: (?:on )?(?:that|this|it)(?: one)?)?|(?:under|because of|due to) (?:an |our "
        r"|the )?(?:nda|confidentiality"
        r"|legal reasons|policy|compliance)(?: .{0,16})?|(?:my|our) (?:lawyers?|legal|boss|employer"
        r"|contract) (?:would kill|won't let|forbids?"
        rf"|doesn't allow|does not allow).{{0,30}}|(?:can|could|may) (?:we|i|you) (?:please )?(?:skip|pass|leave|omit"
        rf"|jump|come back)(?: .{{0,24}})?"
        r"|(?:i )?(?:decline|refuse)(?: .{0,20})?|that stays (?:with us|in-?house|between us|here|private)"
        r"|(?:some other|another|a different)"
        r" (?:question|one)(?: please)?|come back to (?:that|this|it) later|not (?:relevant|applicable)(?: (?:here"
        r"|to us|for us))?"
        r"|(?:that|this|it)(?:'s| is) (?:not )?(?:something|a thing|info|information) (?:i|we) (?:can't|cannot|won't"
        r"|don't|may not|can|want to"
        r"|would rather not)(?: \w+){0,4}",
    ),
    (
        "show",
        r"(?:can|could|would|will) you (?:please )?(?:summari[sz]e|recap|sum (?:it |that |this )?up)(?: (?:it|that"
        r"|this|please|for me|everything|all))*|"
        rf"what (?:do|did|have|has) (?:you|u) (?:already |all |now )*(?:{_HAVE})(?: .{{0,30}})?|(?:show|list|print"
        rf"|display|give|tell)(?: me| us)? (?:the |all |what |wat |my |your )*(?:facts?|answers|u have|you"
        rf" have|you know|notes)(?: .{{0,24}})?|(?:let me|i want to|i'd like to) see .{{0,12}}(?:answers|facts|notes"
        rf"|summary)|(?:please )?(?:give|get|show|send|print|make|hand|offer|provide)(?: (?:me|us))? (?:a|an|the|your"
        rf"|my) (?:\w+ )?(?:summary|overview|recap|list|status|digest|run-?down|wrap-?up|picture"
        rf"|notes)(?: .{{0,40}})?|(?:what|which)(?: (?:facts?|answers?|things?|information|data|numbers"
        rf"|details?))? (?:do|did|have|has|are|is|were) (?:you|u|been|there)?"
        rf" ?(?:already |all |now |got |so far |currently |actually )*{_HAVE}?(?: (?:down|about|on|of|from|for|so far"
        rf"|us|me|already|until now|now|up to now"
        rf"|till now|to date|yet|our|my|case|project|file|record))*|(?:can|could|would|will) (?:you|i"
        rf"|we) (?:please )?(?:see|have|get|show|list|sum|summari[sz]e|recap"
        rf"|repeat|read|print|display|give|review|tell|go over|run through|recapitulate)\b(?=.{{0,60}}(?:so far|facts"
        rf"|answers|said|told|know|have|noted|summary"
        rf"|recorded|understood|status|overview|written|back)).{{0,70}}|(?:read|play|repeat|list|show|sum"
        rf"|summari[sz]e|recap|print|display|recite) (?:me |us |up |back |out )*"
        rf"(?:(?:what|everything|all|which|the|my|our|your)\b)(?!.{{0,20}}\b(?:code|script|program|project|options"
        rf"|choices))"
        rf".{{0,50}}|what(?:'s| is| has been) (?:on (?:record"
        rf"|file)|known|noted|recorded|stored|the"
        rf" (?:current )?(?:status|state|summary|picture|standing|score so far|situation))\b.{{0,40}}|(?:summary"
        rf"|overview|recap|status|state of play|list of"
        r" (?:facts|answers))(?: (?:so far|please|of .{3,30}))?|where (?:do|are) we(?: (?:stand|at|now|so far"
        r"|currently))*|what (?:did|have) i"
        r" (?:say|said|told you|answered?|already said|entered?)(?: .{0,24})?|(?:let me |i want to "
        r"|i'd like to )(?:see|check|review) (?:what|the facts|my"
        r" answers|the answers|the summary|everything).{0,40}|your notes(?: please| on us| so far)?",
    ),
    (
        "help",
        r"(?:what|which|wat)(?:'s| is| are| r|re)? (?:my |the |our |all )?(?:possible |allowed |valid "
        r"|available )?(?:options?|optns|choices|answers|possibilities|replies|inputs|commands|alternatives)"
        r"(?: (?:are|do|is|can|could|would|there|i|we|possible|allowed|here|valid|give|have|available|again|exist"
        r"|accepted))*|what (?:am i|are we) (?:supposed|meant|expected) to .{2,40}|i (?:do not"
        r"|don't) know what to (?:do|say|type"
        r"|write|answer|enter)(?: .{0,16})?"
        r"|(?:how|what) (?:can|should|do|must|shall) i (?:answer|respond|reply|say|type|proceed|enter)(?: .{0,24})?"
        r"|what are (?:the|my) (?:possible"
        r" )?(?:answers|commands|possibilities|choices)|(?:show|list|give) (?:me )?(?:the |all |my )*(?:options"
        r"|choices|commands"
        r"|help"
        r"|keys|shortcuts)|(?:some |any )?guidance"
        r"(?: please)?|assist(?:ance)?(?: me)?(?: please)?|instructions(?: please)?|manual",
    ),
    (
        "quit",
        r"(?:that(?:'s| is)|thats) (?:enough|all|it)(?: (?:for|from|folks|now|thanks|thank|i) ?.{0,16})?"
        r"|(?:i )?(?:need|have|got) to (?:go|leave|run)(?: .{0,12})?|(?:i(?:'m| am)|im) (?:leaving|off|out|done|gone"
        r"|going)(?: .{0,16})?|i quit|(?:i(?:'m| am) )?quitting|i(?:'m| am) done(?: here| with (?:this|that|you))?"
        r"|ok(?:ay)? (?:good)?bye"
        r"|bye(?:-bye)?(?: .{0,10})?|(?:let's |let us |we can |i want to |i'd like to |please )?(?:call it a day"
        r"|wrap (?:it |this )?up"
        r"|leave it (?:there|here|at that)|stop here|end"
        r" (?:here|it here)|finish here|terminate(?: .{0,16})?|shut (?:it )?down|log (?:me )?(?:out|off)"
        r"|close the (?:program|session|conversation))"
        r"|that(?:'s| is| will be)? (?:all|enough)(?: for (?:today|now|me))?|enough for (?:today|now)"
        r"|see you(?: .{0,16})?|i(?:'ve| have) to (?:run"
        r"|go|leave)(?: now)?|gotta (?:go|run)|talk (?:to you )?later|farewell",
    ),
    (
        "restart",
        rf"{_ON}(?:start|begin|go|commence|resume)(?: (?:all|over|again|back|everything|it))* (?:from"
        rf"|at) (?:the )?(?:very )?(?:beginning|start|top|scratch|zero|one|square one|first"
        rf" (?:question|one)|question (?:one|1))(?: .{{0,16}})?|(?:wipe|clean|clear) (?:the )?(?:slate|board"
        rf"|table)(?: clean)?|{_ON}(?:can|could|may|might|shall|should|would) (?:we|i|you) (?:please |just "
        rf"|maybe )?(?:{_AGAIN}|scrap {_ALL}.{{0,50}}|reset.{{0,30}}|wipe.{{0,30}}"
        rf"|(?:do|have) (?:the whole thing|it all|everything|this) (?:over|again|anew|from).{{0,30}}"
        rf"|restart.{{0,30}})|{_ON}{_AGAIN}"
        rf"|{_ON}(?:scrap|discard|wipe|delete|erase|forget|drop|throw away|throw out|clear|reset|trash|bin|dump"
        rf"|cancel|ditch|undo) {_ALL}(?: .{{0,50}})?"
        rf"|(?:i |we )?(?:want|would like|'d like|need|wish) to {_AGAIN}|(?:i |we )?(?:want|would like|'d like|need"
        rf"|wish) to (?:restart|reset)(?: .{{0,20}})?"
        r"|(?:from|back to) (?:question (?:one|1|number one)|the (?:very )?(?:first question|beginning|start|top)"
        r"|square one|zero|scratch)(?: .{0,20})?"
        r"|(?:fresh|clean|new) (?:start|slate|sheet|session|run|attempt)(?: please)?|once more from .{3,20}"
        r"|tabula rasa|do over|redo (?:everything|all"
        r"|it all|the whole .{3,12})|another (?:round|go) from .{3,20}|all from (?:the )?(?:beginning|start|scratch)",
    ),
)
