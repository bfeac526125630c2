"""The rules by which a message is a follow-up, a question of its own, or a remark.

Owns their order, which is how they are to be read: the first that fits decides. Each rule is one function from what was
said, and what it follows, to what is meant, or to None where it does not fit.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.followup import phrases
from bot.followup.names import Name, names, own_names, topic
from bot.followup.readings import Again, Previous, Reading, Remark, StandsAlone, Unclear, WhoSaid
from bot.followup.rewording import body, on_topic, only_period, with_name, with_period, with_question_word
from bot.messages import message
from index.answer import Filters
from index.terms import terms

NOTHING_BEFORE = message("I do not have the answer that this follows any more; write it as one whole question.")
NO_MEANING = message("I cannot tell what that asks for; write it as one whole question.")
NO_DAY = message("The answer before shows no dated article to count from; name a day or a year instead.")
NO_TOPIC = message("I cannot tell what that points at; write it as one whole question, with the name.")
MORE = message("The buttons under the answer show more of it; for anything else, write one whole question.")

_ASIDE_MAX_WORDS = 5
"""What is longer is a sentence, and no name or thing to ask the same of."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said.

    Attributes:
        text: As it was said, without punctuation around it.
        bare: The same without the words that tie it to what came before.
        is_question: Whether it is written as a question.
        said_at: When it was said.
        is_reply: Whether it is a direct reply to what it follows.
    """

    text: str
    bare: str
    is_question: bool
    said_at: datetime
    is_reply: bool = False


def read_message(
    text: str,
    previous: Previous | None,
    said_at: datetime,
    *,
    is_addressed: bool = True,
    is_reply: bool = False,
) -> Reading:
    """Tell what a message means.

    Args:
        text: The message, without the bot's name.
        previous: What it may follow: the answer that it replies to, or the last one of its thread; None for nothing.
        said_at: When it was said (aware, UTC); what "last year" is relative to.
        is_addressed: Whether it was said to the bot; otherwise only what is written as a question is one.
        is_reply: Whether it is a direct reply to what it may follow, rather than said later in the same place: a
            question without a name of its own is then about the same thing.
    """
    said = replace(_said(text, said_at), is_reply=is_reply)
    if not (is_addressed or said.is_question):
        return Remark()
    rules = _RULES if previous is not None else (_remark,)
    for rule in rules:
        reading = rule(said, previous or Previous(question=""))
        if reading is not None:
            return reading
    if previous is None and _needs_something_before(said):
        return Unclear(NOTHING_BEFORE)
    return StandsAlone()


def is_question(text: str) -> bool:
    """Tell whether a message is written as a question."""
    return "?" in text or phrases.ASKING.match(phrases.LEADING.sub("", text.strip(), count=1)) is not None


def is_remark(text: str) -> bool:
    """Tell whether a message wants no answer whatever it follows: thanks, praise, or no word at all."""
    said = _said(text, datetime.min.replace(tzinfo=UTC))
    return _remark(said, Previous(question="")) is not None


def _said(text: str, said_at: datetime) -> _Said:
    plain = body(" ".join(text.replace("’", "'").split()))
    leading = phrases.LEADING.match(plain)
    bare = plain[leading.end() :] if leading else plain
    return _Said(plain, bare, is_question(text), said_at)


def _needs_something_before(said: _Said) -> bool:
    patterns = (phrases.WHO_SAID, phrases.BEFORE, phrases.AFTER, phrases.QUESTION_WORD)
    return said.is_question and any(pattern.fullmatch(said.bare) for pattern in patterns)


def _remark(said: _Said, previous: Previous) -> Reading | None:
    """“Thanks!”, “wow”, and what holds no word at all."""
    if said.is_question:
        return None
    is_wordless = re.search(r"[^\W_]", said.text) is None
    return Remark() if is_wordless or phrases.REMARK.fullmatch(said.text) else None


def _who_said(said: _Said, previous: Previous) -> Reading | None:
    """“Who said so?”, “source?”, “are you sure?”."""
    if not phrases.WHO_SAID.fullmatch(said.bare):
        return None
    return WhoSaid()


def _before(said: _Said, previous: Previous) -> Reading | None:
    """“And before that?”: until the day before the shown article came out."""
    if not phrases.BEFORE.fullmatch(said.bare):
        return None
    day = _shown_day(previous)
    if day is None:
        return Unclear(NO_DAY)
    since = previous.filters.since
    still = since if since and since < day else None
    return _again(previous, replace(previous.filters, since=still, until=day - _ONE_DAY))


def _after(said: _Said, previous: Previous) -> Reading | None:
    """“What happened next?”: from the day after the shown article came out."""
    if not phrases.AFTER.fullmatch(said.bare):
        return None
    day = _shown_day(previous)
    if day is None:
        return Unclear(NO_DAY)
    until = previous.filters.until
    still = until if until and until > day else None
    return _again(previous, replace(previous.filters, since=day + _ONE_DAY, until=still))


def _now(said: _Said, previous: Previous) -> Reading | None:
    """“And now?”: what came since, as of the moment of asking."""
    if not phrases.NOW.fullmatch(said.bare):
        return None
    day = _shown_day(previous)
    since = day + _ONE_DAY if day else None
    return Again(previous.question, replace(previous.filters, since=since, until=None), None)


def _more(said: _Said, previous: Previous) -> Reading | None:
    """“More?”: that is what the buttons are for."""
    return Unclear(MORE) if phrases.MORE.fullmatch(said.bare) else None


def _question_word(said: _Said, previous: Previous) -> Reading | None:
    """“When?”, “how much?”, “why was that?”: the same with another question word."""
    found = phrases.QUESTION_WORD.fullmatch(said.bare)
    if not found:
        return None
    word = found["word"] or found["measure"] or f"on {found['unit']}"
    return _again(previous, previous.filters, with_question_word(previous.question, word))


def _period(said: _Said, previous: Previous) -> Reading | None:
    """“And in 2022?”, “last year?”: the same in another period; bounds that were set before give way to it."""
    about = phrases.ABOUT.fullmatch(said.bare)
    words = only_period(about["what"] if about else said.bare, previous.as_of or said.said_at)
    if words is None:
        return None
    question = with_period(previous.question, words, previous.as_of or said.said_at)
    return _again(previous, replace(previous.filters, since=None, until=None), question)


def _something_else(said: _Said, previous: Previous) -> Reading | None:
    """“What about Falcon 9?”: the same of another name; “and the cost?”: that side of the same thing."""
    about = phrases.ABOUT.fullmatch(said.bare) or (phrases.AND.fullmatch(said.text) if said.is_question else None)
    what = about["what"] if about else said.bare if _is_thing_alone(said) else ""
    if not what or len(what.split()) > _ASIDE_MAX_WORDS or phrases.VERB.search(what):
        return None
    determiner = phrases.DETERMINER.match(what)
    if names(what) or determiner is None:
        return _again(previous, previous.filters, with_name(previous.question, what))
    meant = topic(previous)
    if meant is None or not names(previous.question):
        return _again(previous, previous.filters, with_name(previous.question, what))
    return _again(previous, previous.filters, f"What about the {what[determiner.end() :]} of {meant}?")


def _pronoun(said: _Said, previous: Previous) -> Reading | None:
    """“Who built it?”, “how heavy is that rocket?”: the name in the place of the pronoun."""
    if not said.is_question or phrases.EXPLETIVE.search(said.bare):
        return None
    own = own_names(said.bare)
    found = [one for one in phrases.PRONOUN.finditer(said.bare) if _is_another(one, own)]
    meanings = [_meaning(pronoun, previous) for pronoun in found]
    if not found:
        return None
    if None in meanings:
        return None if own else Unclear(NO_TOPIC)
    whole = said.bare
    for pronoun, meaning in zip(reversed(found), reversed(meanings), strict=True):
        whole = f"{whole[: pronoun.start()]}{meaning}{whole[pronoun.end() :]}"
    return _again(previous, previous.filters, f"{whole[:1].upper()}{whole[1:]}?")


def _meaningless(said: _Said, previous: Previous) -> Reading | None:
    """Function words alone that no rule knows."""
    return Unclear(NO_MEANING) if said.is_question and not terms(said.text) else None


def _same_topic(said: _Said, previous: Previous) -> Reading | None:
    """“Who was on board?” in a direct reply: of what the question before was about."""
    if not (said.is_reply and said.is_question) or own_names(said.bare) or phrases.DEFINITION.fullmatch(said.bare):
        return None
    meant = topic(previous)
    if meant is None or meant.lower() in said.bare.lower():
        return None
    return _again(previous, previous.filters, on_topic(said.bare, meant))


_RULES: tuple[Callable[[_Said, Previous], Reading | None], ...] = (
    _remark,
    _who_said,
    _before,
    _after,
    _now,
    _more,
    _question_word,
    _period,
    _something_else,
    _pronoun,
    _meaningless,
    _same_topic,
)


def _again(previous: Previous, filters: Filters, question: str = "") -> Again:
    return Again(question or previous.question, filters, previous.as_of)


def _meaning(pronoun: re.Match[str], previous: Previous) -> str | None:
    """Return what takes the place of a pronoun and the word after it."""
    word, following = pronoun["word"].lower(), pronoun["noun"] or ""
    meant = topic(previous, word)
    if meant is None:
        return None
    has_noun = _noun_of(pronoun) != ""
    if word in ("its", "their", "his") or (word == "her" and has_noun):
        return f"{meant}'s{following}"
    if word in ("this", "that", "these", "those") and has_noun:
        return f"the{following} {meant}"
    return f"{meant}{following}"


def _noun_of(pronoun: re.Match[str]) -> str:
    """Return the word after a pronoun where it is what the pronoun goes with, otherwise ""."""
    following = (pronoun["noun"] or "").strip()
    return "" if following.lower() in phrases.NO_NOUN else following


def _shown_day(previous: Previous) -> date | None:
    return next((quote.day for quote in previous.quoted[:1]), None)


def _is_thing_alone(said: _Said) -> bool:
    """Tell whether nothing but a name or "the crew" was said, with a question mark or after "no,"."""
    if said.is_question and phrases.DETERMINER.match(said.bare):
        return True
    found = names(said.bare)
    is_meant = said.is_question or said.bare != said.text
    return is_meant and len(found) == 1 and found[0].text == said.bare


def _is_another(pronoun: re.Match[str], own: list[Name]) -> bool:
    """Tell whether a pronoun can be none of the names beside it: in one clause, a name and a pronoun are two things."""
    if not own:
        return True
    question, word = pronoun.string, pronoun["word"].lower()
    is_whose = word in ("its", "their", "his") or (word == "her" and _noun_of(pronoun) != "")
    if word not in phrases.POINTS_BACK and pronoun.end() < len(question):
        return False
    before = [name for name in own if name.end_char <= pronoun.start()]
    if before:  # "NASA and its rockets": whose may be of the name that was just said
        may_be_it = is_whose or phrases.MAY_BE_THE_SPEAKER.search(question[: pronoun.end("word")])
        return not (may_be_it or phrases.NEW_CLAUSE.search(question, before[0].start_char, pronoun.start()))
    is_apart = own[0].start_char >= pronoun.end()  # "was it NASA?" asks whether it is
    return is_apart and not phrases.NEW_CLAUSE.search(question, pronoun.end(), own[0].start_char)
