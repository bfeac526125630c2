"""The words by which follow-ups are known, each kind as one pattern over a whole message without its punctuation.

Owns the patterns; what each kind means is rules.py's.
"""

import re


def _whole(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a space stands for any space, and line breaks and what indents them for nothing."""
    return re.compile(re.sub(r"\n\s*", "", pattern).replace(" ", r"\s+"), re.IGNORECASE)


LEADING = _whole(r"(?:(?:and|but|so|ok|okay|oh|hm+|well|also|yes|no|right|please)\b[\s,.:;–-]*)+")
"""Words that merely tie a message to the one before."""

ASKING = _whole(
    r"""(?!what a |how (?:cool|nice|great|awesome|amazing|sad)\b)(?:(?:by|since|until|for|from|to|at|in|on|with) )?
    (?:who|whom|whose|what|what's|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|will|would|can|could
    |should|tell|show|list|name|explain)\b"""
)
"""How a question begins."""

REMARK = _whole(
    r"""(?:(?:many|much|so|very|ah|oh|yes|no|ok|okay) )*
    (?:thanks?|thank you|thx|ty|cheers|ok|okay|cool|nice|great|good|perfect|awesome|amazing|interesting|wow|lol|haha+
    |yes|yep|yeah|no|nope|sure|right|got it|i see|makes sense|well done|exactly|indeed|agreed|true|same
    |love (?:it|this|that))
    (?: (?:a lot|so much|very much|again|bot|one|answer|job|work|to know|for (?:that|this|it)|that|this|it|you))*"""
)

WHO_SAID = _whole(
    r"""(?:who|(?:which|what) (?:site|source|publisher|outlet|agency|paper|article))
    (?: has| have)? (?:said|says|say|told|reported|reports|wrote|claimed|claims|published|confirmed)(?: you)?
    (?: (?:so|that|this|it))?|says who|according to (?:who|whom|what|which source)
    |(?:what(?: is| are|'s)? )?(?:the |your |any )?sources?|link|citation(?: needed)?
    |where(?: is| was| does| did|'s) (?:that|this|it)(?: come)? from
    |where did you (?:get|read|find|hear|see) (?:that|this|it)
    |how do you know(?: (?:that|this))?|(?:are you )?sure(?: about that)?|really
    |is (?:that|this|it) (?:true|right|confirmed|correct|official)
    |when was (?:that|this|it|the article) (?:written|published|reported|posted)
    |how old is (?:that|this|the) (?:article|news|report|information)"""
)
"""Asks for the origin of what was shown."""

BEFORE = _whole(
    r"""(?:(?:what|anything|how|about|was|there) )*(?:(?:right|just|shortly|long) )?
    (?:before|earlier|prior|previously|older)(?: than)?(?: (?:that|this|then|it))?
    |what (?:happened|came|was) (?:just |right )?before(?: (?:that|this|then|it))?
    |(?:(?:what|how) (?:was|about) )?the (?:time|one) before(?: (?:that|this))?
    |(?:(?:what|how) (?:was|about) )?the (?:previous|last) (?:one|time)"""
)
"""Asks the same of what was published before the article that was shown."""

AFTER = _whole(
    r"""(?:(?:what|anything|how|about) )*(?:after|since|later|newer|afterwards?|more recent)(?: than)?
    (?: (?:that|this|then|it))?
    |what (?:has )?(?:happened|came|followed)(?: (?:next|after(?:wards?)?|then|since))?(?: (?:that|this|then|it))?
    |then|then what|what then|what(?:'s| is| was| came) next|the (?:next|following) (?:one|time)"""
)
"""Asks the same of what was published after it."""

NOW = _whole(
    r"""(?:(?:what|how) about )?(?:now|today|currently|right now|at the moment|still|these days|lately)
    |(?:any|what are the|are there any|is there any) (?:updates?|news)|what(?:'s| is) new|updates?"""
)
"""Asks the same as of now, of what came since."""

MORE = _whole(r"(?:(?:tell me|show me|give me|anything|something|what) )?(?:more|else|details?|go on|continue)")
"""Wants more of the same, which has buttons."""

QUESTION_WORD = _whole(
    r"""(?:(?:exactly|precisely) )?
    (?P<word>(?:by |since |until |for |from |to |at |with )?(?:who|whom|when|where|why|how
    |what (?:time|day|date|year|for)))
    (?: (?:exactly|precisely|then|so))?
    (?: (?:is|was|were|are|did|does|do) (?:that|this|it)(?: (?:happen|be|take place))?)?
    |(?P<measure>(?:by |since |until |for |from |to |at |with )?
    how (?:much|many|long|far|fast|high|big|heavy|old|often|soon|large|tall|deep))
    (?: (?:exactly|precisely|then|so))?
    |(?:on|at|in) (?P<unit>(?:what|which) (?:day|date|time|year|month))"""
)
"""A question word alone. "How heavy is it" is none: it asks of the thing, not of what happened to it."""

ABOUT = _whole(r"(?:(?:what|how) about|what of|same (?:question )?(?:for|with)|i meant?|make that) (?P<what>.+)")
AND = _whole(r"(?:and|or|no|but)[\s,:–-]+(?:(?:for|with|of|to|at|on|about) )?(?P<what>.+)")
"""Something else in the place of what was asked about."""

VERB = _whole(
    r"""\b(?:is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|who|what|when|where|why|how|which
    |i|you|we)\b"""
)
"""A sentence of its own rather than a name."""

DETERMINER = _whole(r"(?:the|its|their|his|her|that|those|this|these|a|an) ")

PRONOUN = re.compile(
    r"\b(?P<word>it|its|they|them|their|he|she|him|her|his|this|that|these|those)\b"
    r"(?!(?<=this|that)\s+(?:morning|evening|week|weekend|month|year|decade|century|spring|summer|autumn|fall|winter|time)\b)"
    r"(?!(?<=these)\s+days\b)(?P<noun>\s+[a-z][\w-]+)?",
    re.IGNORECASE,
)
"""What points at something said before; "this year" and "these days" point at the calendar."""

POINTS_BACK = frozenset("it its he she him her his".split())
"""Pronouns; "that" and "this" may as well tie two halves of a question together, and "they" are often just people."""

MAY_BE_THE_SPEAKER = _whole(
    r"""\b(?:he|she)$|\b(?:say|says|said|think|thinks|thought|claim|claims|claimed|believe|believes|hope|hopes|expect
    |expects|announce|announced|confirm|confirmed|report|reported|admit|admitted|show|showed) it$"""
)
"""How a name and its pronoun stand in one clause all the same: "did NASA say it will fly?"."""

NEW_CLAUSE = _whole(
    r"""[,;:]|\b(?:and|but|or|that|which|who|whom|whose|when|while|where|why|how|if|whether|after|before|since
    |until|till|because|though|although|so)\b"""
)
"""What parts a question in two, in the second of which a pronoun may mean what the first names."""

DEFINITION = _whole(
    r"what(?:'s| is| are| was| were) (?:a|an) .+|what (?:does|do|is|are) .+ (?:mean|meant by|stand for)"
)
"""Asks what a word means, whatever was talked about."""

EXPLETIVE = _whole(
    r"""\bis it (?:possible|true|dark|cold|hot|safe|dangerous|normal)\b|\b(?:does|would|will|did) it (?:take|cost) to\b
    |\b(?:say|think|so|than|the [\w-]+|things?) that\b|\bit takes? to\b"""
)
"""Where "it" and "that" stand for nothing."""

NO_NOUN = frozenset(
    """is are was were be been do does did has have had will would can could should may might must land launch fly
    happen go come take get mean work cost weigh say said use make built made and or in on at to from for of with by the
    a an not also ever still again actually really exactly""".split()
)
"""What follows a pronoun without being what it points at: "how did that go" against "how did that rover go"."""
