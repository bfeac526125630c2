"""Questions of our own with what they got, for follow-ups to follow."""

from datetime import UTC, date, datetime

from bot.followup import Previous, Quoted
from index.answer import Filters

SAID_AT = datetime(2031, 6, 1, 12, tzinfo=UTC)
LANDED = Quoted(
    publisher="Orbit Gazette",
    title="Larkspur reaches the ground",
    sentence="It touched down near the crater Vesna at 04:12 UTC.",
    published_at=datetime(2031, 5, 6, 9, 30, tzinfo=UTC),
)
UNDATED = Quoted(publisher="Starter corpus", title="Fuelling test moved", sentence="The test was moved to Friday.")
COMMANDED = Quoted(
    publisher="Orbit Gazette", title="Crew-5 is up", sentence="Ida Nowak of ESA commands the mission for six months."
)

LANDING = Previous("Where did Larkspur land?", quoted=(LANDED,))
LAUNCH = Previous("When did SpaceX launch Crew-5 in 2029?", quoted=(LANDED,))
ROVERS = Previous("How many rovers did Larkspur carry?", quoted=(LANDED,))
BUILDER = Previous("Who built Larkspur?", quoted=(LANDED,))
LAUNCHED = Previous("When was Crew-5 launched?", quoted=(LANDED,))
FLIGHT = Previous("When did Artemis II launch?", quoted=(LANDED,))
NAMELESS = Previous("When is it?")
YES_NO = Previous("Did Larkspur land?", quoted=(LANDED,))
COMMANDER = Previous("Who commands Crew-5?", quoted=(COMMANDED,))
PERIGEE = Previous("How high is the perigee?", quoted=(LANDED,))
SMALL = Previous("when did crew-5 dock", quoted=(LANDED,))
KEYWORDS = Previous("Larkspur landing site", quoted=(LANDED,))
REFUSED = Previous("Where did Larkspur land?")
NO_DATE = Previous("When is the fuelling test?", quoted=(UNDATED,))
BOUNDED = Previous("Where did Larkspur land?", Filters(date(2031, 1, 1), date(2031, 5, 10)), quoted=(LANDED,))
AS_OF = Previous("Where did Larkspur land?", as_of=datetime(2031, 5, 7, tzinfo=UTC), quoted=(LANDED,))
