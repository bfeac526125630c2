"""What kind of thing a question asks for, and whether a sentence holds one.

Owns the expected answer types (Li and Roth 2002, "Learning question classifiers") that wording gives away by rule: a
name, a date, a duration, a distance, and other quantities. "How heavy" is answered by a sentence with a unit of mass,
whatever else stands in it; a small reader knows that less surely than a list of units does.
"""

import re

from index.calendar_periods import MONTHS

_NUMBER = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|[mbtr]+illions?|dozens?|half|third|quarter|once|twice|single|both|none?"
    r"|pair|first|second|fourth|fifth|sixth|an?|few|every|all)\b"
)
_TIME_SPAN = (
    r"(?:milli)?seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|century|centuries|orbits?|sols?"
    r"|\w+-(?:second|minute|hour|day|night|week|month|year)|overnight|\d+[hms]"
)
_CALENDAR_NAME = "|".join(map(str.capitalize, MONTHS)) + "|[A-Z][a-z]+day"
_DATE = (
    rf"(?-i:\b(?:{_CALENDAR_NAME})\b)"
    r"|\b(?:1[6-9]|20|21)\d\d(?:s|\b)|\d:\d\d"
    rf"|\b(?:{_TIME_SPAN}|today|yesterday|tomorrow|tonight|weekend|spring|summer|autumn|fall|winter|quarter|noon"
    r"|midnight|UTC|GMT|EDT|EST|morning|evening|afternoon|soon|never|not yet|no date)\b|[ap]\.m\."
)
_LENGTH = (
    r"(?:kilo|centi|milli|nano|micro)?met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?|microns?|stor(?:y|ies|eys?)"
    r"|light[- ]\w+|astronomical units?|AU|parsecs?|\d+(?:km|m|cm|mm|ft)|km|kms|cm|mm|ft|distances?"
)
_MASS = r"(?:kilo|milli|micro)?grams?|kilos?|\d*kg|(?:kilo)?tons?|tonnes?|pounds?|\d*lbs?|ounces?|mass(?:es)?"
_MONEY = (
    r"(?-i:[$€£¥₹]|\b(?:USD|EUR))|\b(?:dollars?|cents?|euros?|pounds?|francs?|kronor|kroner|yuan|rupees?|r[ou]+bles?|yen"
    r"|won|crores?|lakhs?|[mbtr]+illions?|free|nothing|no money)\b"
)
_SHARE = r"%|\b(?:per ?cent|half|thirds?|quarters?|fifths?|tenths?|doubled?|tripled?|most|all|twice|times|cents)\b"
_SPEED = (
    r"\b(?:mph|kph|km/h|km/s|m/s|mach|knots?|(?:an?|per|each|every) (?:hour|second|minute|day|week|month|year)"
    r"|speeds?|velocity|velocities|delta-v)\b"
)
_TEMPERATURE = r"°|\b(?:degrees?|kelvins?|celsius|fahrenheit|-?\d+ ?[CFK])\b"

_TYPES = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(answers, re.IGNORECASE))
    for asks, answers in (
        (r"\bhow (?:hot|cold)\b|\btemperature\b", _TEMPERATURE),
        (r"\bhow fast\b|\b(?:speed|velocity)\b|\bkm/[hs]\b|\b[mk]ph\b", _SPEED),
        (
            r"\bhow heavy\b|\bhow much .*\bweigh|\bweigh(?:s|t|ts)?\b|\bmass\b"
            r"|\bhow (?:many|much) (?:\w+ )?(?:kilo(?:gram)?s|kg|tons|tonnes|pounds|lbs)\b",
            _MASS,
        ),
        (r"\bhow much .*\b(?:money|cash|cost|costs|pa(?:y|ys|id)|worth|funding)\b|\b(?:costs?|price|budget)\b", _MONEY),
        (r"\bhow many (?:dollars|euros|million|billion)\b", _MONEY),
        (r"\bpercent(?:age)?\b|\b(?:what|which) (?:share|fraction|portion)\b", _SHARE),
        (r"\bhow long (?:is|are|was|were)\b", rf"\b(?:{_TIME_SPAN}|{_LENGTH})\b|{_DATE}"),
        (r"\bhow long\b", rf"\b(?:{_TIME_SPAN})\b|{_DATE}"),
        (
            r"\bduration\b|\bhow many (?:\w+ )?(?:seconds|minutes|hours|days|nights|weeks|months|years)\b",
            rf"\b(?:{_TIME_SPAN})\b",
        ),
        (r"\bhow far\b", rf"\b(?:{_LENGTH}|{_TIME_SPAN})\b|{_SHARE}|{_TEMPERATURE}"),
        (
            r"\bhow (?:high|tall|wide|deep|big across)\b|\b(?:distance|altitude|apogee|perigee|diameter|width)\b"
            r"|\bhow many (?:\w+ )?(?:miles|kilomet(?:er|re)s|km|met(?:er|re)s|feet)\b",
            rf"\b(?:{_LENGTH})\b",
        ),
        (
            r"^(?:so |and |but |ok )*when\b|\bwhen(?:$|\?| (?:did|will|is|was|are|were|do|does|would|should)\b)"
            r"|\b(?:what|which) (?:\w+ )?(?:date|day|year|month|time|week)\b|\b(?<!to )(?<!up to )dates?\b",
            _DATE,
        ),
        (r"\bhow many\b|\bnumber of\b|\bhow often\b", _NUMBER),
    )
)
_OF_SOMEONE = re.compile(r"\bwho(?:se|m|'s|s)?\b", re.IGNORECASE)
_OF_A_WAY = re.compile(r"\bwhy\b|\bwhere\b|\bhow (?:did|do|does|is|was|were|will|can)\b", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’-]*")
_OF_THE_CALENDAR = re.compile(_CALENDAR_NAME)


def holds_asked_type(question: str, sentence: str) -> bool:
    """Tell whether a sentence holds a thing of the type that a question asks for.

    True where the question does not give its type away.
    """
    if _OF_SOMEONE.search(question):
        return _names_another(question, sentence)
    if _OF_A_WAY.search(question):
        return True
    # The words of later types may only describe what the first one is asked of.
    answers = next((answers for asks, answers in _TYPES if asks.search(question)), None)
    return answers is None or bool(answers.search(sentence))


def _names_another(question: str, sentence: str) -> bool:
    """Tell whether a sentence holds a name that the question does not: the first word is one before a second name."""
    asked = {word.casefold() for word in _WORD.findall(question)}
    words = _WORD.findall(sentence)
    capitals = [word[0].isupper() and not _OF_THE_CALENDAR.fullmatch(word) for word in words]
    return any(
        capital and word.casefold() not in asked and (at > 0 or capitals[1:2] == [True])
        for at, (word, capital) in enumerate(zip(words, capitals, strict=True))
    )
