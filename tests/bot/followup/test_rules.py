"""What each kind of message means after an answer, case by case."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.followup import Again, Previous, Reading, Remark, StandsAlone, Unclear, WhoSaid, is_remark, read_message
from bot.followup.rules import MORE, NO_DAY, NO_MEANING, NOTHING_BEFORE
from index.answer import Filters
from tests.bot.followup.conversations import (
    AS_OF,
    BOUNDED,
    BUILDER,
    COMMANDER,
    FLIGHT,
    KEYWORDS,
    LANDING,
    LAUNCH,
    LAUNCHED,
    NAMELESS,
    NO_DATE,
    PERIGEE,
    REFUSED,
    ROVERS,
    SAID_AT,
    SMALL,
    YES_NO,
)

UNTIL_THE_DAY_BEFORE = Again("Where did Larkspur land?", Filters(until=date(2031, 5, 5)))
SINCE_THE_DAY_AFTER = Again("Where did Larkspur land?", Filters(since=date(2031, 5, 7)))

REWORDED = [
    # another question word
    (LANDING, "when?", "When did Larkspur land?"),
    (LANDING, "When exactly?", "When did Larkspur land?"),
    (LANDING, "and when was that?", "When did Larkspur land?"),
    (LANDING, "why", "Why did Larkspur land?"),
    (LANDING, "for how long?", "For how long did Larkspur land?"),
    (LANDING, "how far exactly", "How far did Larkspur land?"),
    (LANDING, "on what day?", "On what day did Larkspur land?"),
    (LAUNCH, "where?", "Where did SpaceX launch Crew-5 in 2029?"),
    (LAUNCHED, "by whom?", "By whom was Crew-5 launched?"),
    (LAUNCHED, "who?", "By whom was Crew-5 launched?"),
    (ROVERS, "why?", "Why did Larkspur carry rovers?"),
    (YES_NO, "how?", "How did Larkspur land?"),
    (BUILDER, "when?", "When built Larkspur?"),
    (KEYWORDS, "when?", "When Larkspur landing site?"),
    (Previous("What did NASA pay for Larkspur?"), "how much?", "How much did NASA pay for Larkspur?"),
    # another thing
    (LANDING, "what about Falcon 9?", "Where did Falcon 9 land?"),
    (LANDING, "How about the Surveyor 3?", "Where did the Surveyor 3 land?"),
    (LANDING, "no, Surveyor", "Where did Surveyor land?"),
    (LANDING, "I meant Surveyor 3", "Where did Surveyor 3 land?"),
    (LAUNCH, "and Crew-6?", "When did SpaceX launch Crew-6 in 2029?"),
    (LAUNCH, "and Boeing?", "When did Boeing launch Crew-5 in 2029?"),
    (SMALL, "and crew-6?", "when did crew-6 dock?"),
    (PERIGEE, "and the apogee?", "How high is the apogee?"),
    (LANDING, "and the cost?", "What about the cost of Larkspur?"),
    (LANDING, "what about its rovers?", "What about the rovers of Larkspur?"),
    # another period
    (LANDING, "and in 2022?", "Where did Larkspur land in 2022?"),
    (LANDING, "and 2022?", "Where did Larkspur land in 2022?"),
    (LANDING, "last year?", "Where did Larkspur land last year?"),
    (LANDING, "since March 2030?", "Where did Larkspur land since March 2030?"),
    (LAUNCH, "what about 2030?", "When did SpaceX launch Crew-5 in 2030?"),
    # what a pronoun stands for
    (LANDING, "Who built it?", "Who built Larkspur?"),
    (LANDING, "how heavy is that lander?", "How heavy is the lander Larkspur?"),
    (LANDING, "How much did that cost?", "How much did Larkspur cost?"),
    (LANDING, "how heavy is it?", "How heavy is Larkspur?"),
    (LANDING, "how far was that?", "How far was Larkspur?"),
    (LANDING, "what are its rovers called?", "What are Larkspur's rovers called?"),
    (LAUNCH, "when did it return?", "When did Crew-5 return?"),
    (LAUNCH, "why did they delay it?", "Why did SpaceX delay Crew-5?"),
    (COMMANDER, "how old is she?", "How old is Ida Nowak?"),
    (PERIGEE, "why is it so low?", "Why is the perigee so low?"),
    # a pronoun beside a name that it cannot be
    (FLIGHT, "what did Wiseman say about it", "What did Wiseman say about Artemis II?"),
    (FLIGHT, "What did Wiseman say about that?", "What did Wiseman say about Artemis II?"),
    (FLIGHT, "did it reach Mars?", "Did Artemis II reach Mars?"),
    (FLIGHT, "is it heavier than Falcon 9?", "Is Artemis II heavier than Falcon 9?"),
    (FLIGHT, "who did nasa choose for it?", "Who did nasa choose for Artemis II?"),
    (FLIGHT, "did its crew speak to NASA?", "Did Artemis II's crew speak to NASA?"),
]

OF_THE_SAME = [
    (FLIGHT, "who was on board?", "Who was on board: Artemis II?"),
    (FLIGHT, "Who was on board", "Who was on board: Artemis II?"),
    (FLIGHT, "and which rocket was used?", "Which rocket was used: Artemis II?"),
    (FLIGHT, "how long was the flight?", "How long was the flight: Artemis II?"),
    (FLIGHT, "Did the crew return in 2030?", "Did the crew return in 2030: Artemis II?"),
    (COMMANDER, "how old was the commander?", "How old was the commander: Crew-5?"),
    (PERIGEE, "who measured that height?", "Who measured the height the perigee?"),
]

NOT_OF_THE_SAME = [
    "who runs NASA?",
    "who runs nasa?",
    "Starship launches this year?",
    "is there water on mars?",
    "When did Crew-5 dock?",
    "What is NASA doing these days?",
    "Where did Falcon 9 land when it came back?",
    "When did Crew-5 dock, and where is it now?",
    "What did SpaceX say about its rockets?",
    "Did Boeing say that Starliner will fly?",
    "Did NASA say it will launch Starship?",
    "Did Wiseman say he liked the food?",
    "Was it SpaceX?",
    "did they launch Falcon 9?",
    "what is a perigee?",
    "What does apogee mean?",
]

WHOLE: list[tuple[Previous, str, Reading]] = [
    # before and after what was shown
    (LANDING, "and before that?", UNTIL_THE_DAY_BEFORE),
    (LANDING, "Before?", UNTIL_THE_DAY_BEFORE),
    (LANDING, "anything older?", UNTIL_THE_DAY_BEFORE),
    (LANDING, "what happened before that", UNTIL_THE_DAY_BEFORE),
    (LANDING, "the one before?", UNTIL_THE_DAY_BEFORE),
    (BOUNDED, "and before that?", replace(UNTIL_THE_DAY_BEFORE, filters=Filters(date(2031, 1, 1), date(2031, 5, 5)))),
    (LANDING, "what happened next?", SINCE_THE_DAY_AFTER),
    (LANDING, "and then?", SINCE_THE_DAY_AFTER),
    (LANDING, "any updates?", SINCE_THE_DAY_AFTER),
    (BOUNDED, "after that?", replace(SINCE_THE_DAY_AFTER, filters=Filters(date(2031, 5, 7), date(2031, 5, 10)))),
    (BOUNDED, "and in 2030?", Again("Where did Larkspur land in 2030?")),
    (NO_DATE, "and before that?", Unclear(NO_DAY)),
    (REFUSED, "and before that?", Unclear(NO_DAY)),
    # as of another day
    (AS_OF, "when?", Again("When did Larkspur land?", as_of=AS_OF.as_of)),
    (AS_OF, "and now?", SINCE_THE_DAY_AFTER),
    (AS_OF, "yesterday?", Again("Where did Larkspur land yesterday?", as_of=AS_OF.as_of)),
    # who said it
    (LANDING, "who said so?", WhoSaid()),
    (LANDING, "Says who?", WhoSaid()),
    (LANDING, "source?", WhoSaid()),
    (LANDING, "Where's that from?", WhoSaid()),
    (LANDING, "where did you read that?", WhoSaid()),
    (LANDING, "Are you sure?", WhoSaid()),
    (LANDING, "is that confirmed?", WhoSaid()),
    (LANDING, "when was that published?", WhoSaid()),
    # questions of their own
    (LANDING, "When did Crew-5 dock?", StandsAlone()),
    (LANDING, "What is a perigee?", StandsAlone()),
    (LANDING, "Why do rockets have stages?", StandsAlone()),
    (LANDING, "Who is the administrator of NASA?", StandsAlone()),
    (LANDING, "how long does it take to get to orbit?", StandsAlone()),
    (LANDING, "Did SpaceX say that Starship will fly in 2032?", StandsAlone()),
    (LANDING, "Is there water on Mars?", StandsAlone()),
    (LANDING, "Falcon 9 landing failures", StandsAlone()),
    (LANDING, "what about the plan of ESA to land on Mars before the end of the decade?", StandsAlone()),
    # remarks
    (LANDING, "thanks!", Remark()),
    (LANDING, "Thank you so much", Remark()),
    (LANDING, "wow", Remark()),
    (LANDING, "good bot", Remark()),
    (LANDING, "🚀🚀", Remark()),
    # what cannot be read
    (LANDING, "and?", Unclear(NO_MEANING)),
    (LANDING, "more?", Unclear(MORE)),
    (LANDING, "tell me more", Unclear(MORE)),
]


@pytest.mark.parametrize(("previous", "said", "question"), REWORDED, ids=[case[1] for case in REWORDED])
def test_follow_up_becomes_a_whole_question(previous: Previous, said: str, question: str) -> None:
    reading = read_message(said, previous, SAID_AT)

    assert isinstance(reading, Again)
    assert reading.question == question


@pytest.mark.parametrize(("previous", "said", "expected"), WHOLE, ids=[case[1] for case in WHOLE])
def test_message_after_an_answer(previous: Previous, said: str, expected: Reading) -> None:
    assert read_message(said, previous, SAID_AT) == expected


@pytest.mark.parametrize(("previous", "said", "question"), OF_THE_SAME, ids=[case[1] for case in OF_THE_SAME])
def test_direct_reply_without_a_name_is_about_the_same(previous: Previous, said: str, question: str) -> None:
    reading = read_message(said, previous, SAID_AT, is_reply=True)

    assert isinstance(reading, Again)
    assert reading.question == question


@pytest.mark.parametrize("said", NOT_OF_THE_SAME)
def test_direct_reply_that_says_what_it_is_about_stands_alone(said: str) -> None:
    assert read_message(said, FLIGHT, SAID_AT, is_reply=True) == StandsAlone()


@pytest.mark.parametrize("previous", [PERIGEE, NAMELESS], ids=["named already", "about nothing"])
def test_direct_reply_takes_no_topic_that_it_names_or_that_nothing_tells(previous: Previous) -> None:
    assert read_message("who measured the perigee?", previous, SAID_AT, is_reply=True) == StandsAlone()


def test_question_without_a_name_stands_alone_where_it_only_follows() -> None:
    assert read_message("who was on board?", FLIGHT, SAID_AT) == StandsAlone()


@pytest.mark.parametrize("said", ["when?", "and before that?", "who said so?", "what happened next?"])
def test_follow_up_of_nothing_says_so(said: str) -> None:
    assert read_message(said, None, SAID_AT) == Unclear(NOTHING_BEFORE)


@pytest.mark.parametrize("said", ["Where did Larkspur land?", "what about Falcon 9?", "Falcon 9", "thanks for flying"])
def test_whole_question_follows_nothing(said: str) -> None:
    assert read_message(said, None, SAID_AT) == StandsAlone()


@pytest.mark.parametrize(
    "said", ["that is amazing", "I love space", "no, Surveyor", "what a day", "how cool is that", "source", "Larkspur!"]
)
def test_what_is_not_said_to_the_bot_is_a_remark_unless_it_asks(said: str) -> None:
    assert read_message(said, LANDING, SAID_AT, is_addressed=False) == Remark()


@pytest.mark.parametrize("said", ["when", "why was that", "and before that?", "is it heavy", "Falcon 9?"])
def test_what_asks_is_a_follow_up_though_nobody_named_the_bot(said: str) -> None:
    assert isinstance(read_message(said, LANDING, SAID_AT, is_addressed=False), Again)


def test_before_twice_goes_back_twice() -> None:
    older = replace(LANDING.quoted[0], published_at=datetime(2031, 2, 1, tzinfo=UTC))
    first = read_message("and before that?", LANDING, SAID_AT)
    assert isinstance(first, Again)

    second = read_message("and before that?", Previous(first.question, first.filters, quoted=(older,)), SAID_AT)

    assert second == Again("Where did Larkspur land?", Filters(until=date(2031, 1, 31)))


def test_thanks_want_no_answer_whatever_they_follow() -> None:
    assert is_remark("thanks!")
    assert not is_remark("thanks?")
    assert not is_remark("Larkspur")
