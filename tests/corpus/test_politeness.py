from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from corpus.errors import FetchError, HostDownError, RobotsError, SlowHostError, StatusError
from corpus.politeness import Pace, PoliteFetcher
from tests.corpus.fake_fetcher import FakeFetcher

PAGE, OTHER, ROBOTS = "http://news.example/a", "http://news.example/b", "http://news.example/robots.txt"
PACE = Pace(delay_seconds=0.0, backoff_seconds=0.01, patience_seconds=1.0)
NO_ROBOTS = StatusError(ROBOTS, 404, None)


def polite(fetcher: FakeFetcher, pace: Pace = PACE) -> PoliteFetcher:
    return PoliteFetcher(fetcher, pace, draw=lambda: 0.5)


def status(code: int, retry_after: str | None = None) -> StatusError:
    return StatusError(PAGE, code, retry_after)


async def test_robots_txt_is_read_once_and_kept_to() -> None:
    fetcher = FakeFetcher({ROBOTS: [b"User-agent: *\nDisallow: /b"], PAGE: [b"page"]})
    asking = polite(fetcher)
    assert (await asking.fetch(PAGE)).body == b"page"
    await asking.fetch(PAGE)
    with pytest.raises(RobotsError, match="robots.txt of that host asks not to read it"):
        await asking.fetch(OTHER)
    assert fetcher.links() == [ROBOTS, PAGE, PAGE]
    assert asking.received_bytes == 26 + 2 * 4


async def test_rules_for_this_program_come_before_those_for_all() -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: space-news-bot\nDisallow: /b"
    asking = polite(FakeFetcher({ROBOTS: [rules], PAGE: [b"page"]}))
    assert (await asking.fetch(PAGE)).body == b"page"
    with pytest.raises(RobotsError):
        await asking.fetch(OTHER)


async def test_a_host_whose_robots_txt_fails_is_left_alone() -> None:
    fetcher = FakeFetcher({ROBOTS: [StatusError(ROBOTS, 503, None)]})
    with pytest.raises(HostDownError, match=r"its robots\.txt cannot be read \(status 503\)"):
        await polite(fetcher).fetch(PAGE)
    assert fetcher.links() == [ROBOTS] * 3


async def test_the_pause_between_two_pages_is_the_longer_of_both_wishes() -> None:
    fetcher = FakeFetcher({ROBOTS: [b"User-agent: *\nCrawl-delay: 0.3"], PAGE: [b"page"]})
    asking = polite(fetcher, Pace(delay_seconds=0.1, patience_seconds=1.0))
    await asking.fetch(PAGE)
    await asking.fetch(PAGE)
    assert fetcher.asked[2][1] - fetcher.asked[1][1] >= 0.3


async def test_a_wish_for_very_long_pauses_puts_the_rest_off() -> None:
    fetcher = FakeFetcher({ROBOTS: [b"User-agent: *\nCrawl-delay: 3600"], PAGE: [b"page"]})
    asking = polite(fetcher)
    await asking.fetch(PAGE)
    with pytest.raises(HostDownError, match="the host asks for pauses of 3600 seconds"):
        await asking.fetch(PAGE)
    assert fetcher.links() == [ROBOTS, PAGE]


async def test_hosts_of_our_own_are_asked_without_pause() -> None:
    page, robots = "http://own.example/a", "http://own.example/robots.txt"
    fetcher = FakeFetcher({robots: [StatusError(robots, 404, None)], page: [b"page"]})
    asking = polite(fetcher, Pace(delay_seconds=5.0))
    await asking.fetch(page)
    await asking.fetch(page)
    assert fetcher.asked[2][1] - fetcher.asked[1][1] < 1.0


@pytest.mark.parametrize("error", [status(429, "0.2"), status(503), status(500), HostDownError(PAGE, "broke off.")])
async def test_what_fails_in_passing_is_asked_for_again(error: FetchError) -> None:
    fetcher = FakeFetcher({ROBOTS: [NO_ROBOTS], PAGE: [error, error, b"page"]})
    assert (await polite(fetcher).fetch(PAGE)).body == b"page"
    assert fetcher.links() == [ROBOTS, PAGE, PAGE, PAGE]


@pytest.mark.parametrize("error", [status(404), status(410), status(403), SlowHostError(PAGE, "too slow.")])
async def test_what_fails_for_good_or_takes_long_is_not(error: FetchError) -> None:
    fetcher = FakeFetcher({ROBOTS: [NO_ROBOTS], PAGE: [error]})
    with pytest.raises(type(error)):
        await polite(fetcher).fetch(PAGE)
    assert fetcher.links() == [ROBOTS, PAGE]


@pytest.mark.parametrize("seconds", ["1", ""])
async def test_the_host_says_when_to_ask_again(seconds: str) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=1.99), usegmt=True)
    fetcher = FakeFetcher({ROBOTS: [NO_ROBOTS], PAGE: [status(429, seconds or moment), b"page"]})
    await polite(fetcher, Pace(delay_seconds=0.0, backoff_seconds=0.01, patience_seconds=3.0)).fetch(PAGE)
    assert fetcher.asked[2][1] - fetcher.asked[1][1] >= (0.99 if seconds else 0.5)


@pytest.mark.parametrize("wish", ["3600", "99999999999999999999"])
async def test_a_host_that_wants_to_wait_longer_is_left_alone(wish: str) -> None:
    fetcher = FakeFetcher({ROBOTS: [NO_ROBOTS], PAGE: [status(429, wish)], OTHER: [b"page"]})
    asking = polite(fetcher)
    for link in (PAGE, OTHER):
        with pytest.raises(HostDownError, match=f"status 429 and asks to wait {wish}"):
            await asking.fetch(link)
    assert fetcher.links() == [ROBOTS, PAGE]


async def test_after_three_failures_in_a_row_a_host_is_left_alone() -> None:
    fetcher = FakeFetcher({ROBOTS: [NO_ROBOTS], PAGE: [SlowHostError(PAGE, "too slow.")], OTHER: [b"page"]})
    asking = polite(fetcher)
    for _ in range(3):
        with pytest.raises(SlowHostError):
            await asking.fetch(PAGE)
    with pytest.raises(HostDownError, match=r"too slow\."):
        await asking.fetch(OTHER)
    assert OTHER not in fetcher.links()
