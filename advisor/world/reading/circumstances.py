"""Words for where training may run."""

from __future__ import annotations

from advisor.world.reading.term import term

_AT = (
    r"(?:(?:use|using|try|switch(?:ing)? to|go(?:ing)? (?:to|with|for|via)|mov(?:e|ing) to|choose|pick|prefer"
    r"|take|host(?: is|:| to| becomes| should be| changes to)?|trained (?:on|at|with|by|via)"
    r"|(?:train|run|tun|fine-?tun|host)(?:e|s|ing|ed)?(?: it| this| that| there| the model| runs?| would be"
    r"| will be| should be| can be| happens?| must be| has to be| goes| may run)* "
    r"(?:on|at|with|in|via|through|over|by|to)) (?:the |our |my |a )?)"
)
"""Words that make the name of a company the host, whatever was asked."""
_FOR = (
    r" (?:for (?:the )?(?:training|fine-?tuning|tuning|that|this|it)|would (?:train|host|do)|can train|as (?:the "
    r"|our |a )?(?:training )?host|to (?:train|tune|fine-?tune)|trains (?:it|there))"
)
_NAMES = {
    "openai": (
        r"open ?ai(?!['’]?s?[- ]?(?:api|compatible|style|sdk|format|bills?|models?|keys?|accounts?|usage|invoice"
        r"|costs?|is (?:too|so)|calls|prices))"
    ),
    "nebius": r"nebius(?: token factory| ai| studio)?|token factory",
    "together": r"together(?:\.ai| ai|ai)",
    "foundry": r"(?:microsoft|azure)(?: (?:ai )?foundry| openai| ai)?|(?:ai )?foundry|azure ai",
    "other": r"fireworks(?: ai)?|(?:aws )?bedrock|(?:google )?vertex(?: ai)?|predibase|openpipe|runpod|databricks"
    r"|sagemaker|anyscale|replicate|lambda(?: labs)?|groq|mistral(?:'s)? (?:platform|api)"
    r"|hugging ?face|deepinfra|baseten|cohere|lamini"
    r"|another (?:openai-compatible |openai compatible )?(?:host|provider)|some other (?:host|provider)",
}
_OWN = (
    r"(?:(?:my|our|the) (?:own )?(?:\w+ )?|own |a local |an? own )(?:gpus?|machines?|servers?|hardware|cluster"
    r"|computer|laptop|workstation|data ?cent(?:er|re)|metal|rig|desktop|pc|box)|on[- ]?prem(?:ises?)?"
    r"|in[- ]house(?: gpus?| servers?| cluster| hardware)?"
    r"|local(?:ly)?(?: gpus?| machine| hardware| server)?|self[- ]hosted|this (?:machine|computer|laptop|server)"
)

_CARDS = r"(?:gpus?|machines?|instances?|a100s?|h100s?|h200s?|l4s?|l40s?)"
_RENTED = (
    rf"(?:an? |some |the )?(?:rented|hired)(?: cloud)? {_CARDS}|(?:a |the )?cloud gpus?"
    r"|(?<!have to )(?<!need to )(?<!had to )"
    rf"rent(?:ing)?(?: an?| some| the)?(?: cloud)? {_CARDS}|(?:an? |the )?{_CARDS} (?:is |are )?rented"
    rf"|{_CARDS} (?:from|in|on) (?:a|the) cloud|sky ?pilot"
)

# A company before a stroke is a part of a model's name, which may help with a run at any host.
HOST = (
    term("host", "sky", rf"(?:{_AT})?(?:{_RENTED})(?: from (?:a|the) cloud)?(?: instead)?", "sure"),
    *(
        term("host", value, rf"{_AT}(?:{names})(?!/)(?: instead)?|(?:{names}){_FOR}", "sure")
        for value, names in _NAMES.items()
    ),
    term("host", "together", rf"{_AT}together(?: instead)?|together{_FOR}", "sure"),
    term(
        "host",
        "practice",
        rf"{_AT}(?:the )?practice(?: model| server)?(?: instead)?|(?:the |your )?practice (?:model|thing|one"
        rf"|server|mode|host)",
        "sure",
    ),
    term(
        "host",
        "local",
        rf"{_AT}(?:{_OWN})(?: instead)?|(?:{_OWN}){_FOR}|(?:my|our) own (?:\w+ )?(?:a100|h100|h200|a6000|v100"
        rf"|l40s?|4090|3090|t4|a10g?)s?|(?:our|my) own (?:gpus?|hardware|cluster)|(?:gpus?|cards?|a100s?|h100s?"
        rf"|\d{1, 3} ?gi?b) of (?:our|my) own|train(?:ing)?(?: it| this)? (?:locally|on[- ]prem(?:ises)?"
        rf"|in[- ]house|ourselves|here)",
        "sure",
    ),
    term(
        "host",
        "practice",
        r"practice(?: model)?|built[- ]?in(?: model)?|for free|to learn(?: with)?|tour|the free one"
        r"|the toy(?: one| model)?|free",
    ),
    term("host", "sky", rf"rent (?:an? |some )?(?:cloud )?{_CARDS}", "topic"),
    term("host", "local", rf"{_OWN}|ollama|vllm", "topic"),
    term(
        "host",
        "local",
        r"(?:train\w*|run\w*|do(?:ne|ing)?|keep|stays?|remains?|host\w*|right|only|just|all|goes|go)(?: \w+)? here"
        r"|^\W*here\W*$|ourselves|gpus?|(?:on|under|in|at) (?:site|(?:my|our|the) (?:desk|office|basement|lab|rack"
        r"|closet"
        r"|server room|home|cellar))|my (?:gpu|machine|laptop|computer|server)|own (?:gpu|iron|stuff)",
    ),
    *(term("host", value, names, "topic") for value, names in _NAMES.items()),
    term("host", "together", r"together(?: is (?:fine|ok|good|best))?", "topic"),
    term("host", "foundry", r"microsoft|azure|foundry"),
    term(
        "host",
        "other",
        r"other|another(?: .{0,30})?|somewhere else|else|modal|elsewhere|(?:an? )?openai[- ]compatible(?: \w+)?",
    ),
)
