"""The page in a real browser: it asks, shows, clicks, and asks nobody but its own server."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, expect

from tests.bot.discord.simulated import QUESTION
from tests.bot.fakes import LANDING_SENTENCE

# A browser takes its time on a busy machine.
pytestmark = pytest.mark.timeout(180)
WAIT_MS = 60_000
DESKTOP = (1280, 900)
PHONE = (360, 740)


@dataclass
class Seen:
    """What a page did.

    Attributes:
        hosts: Whom it asked for something.
        complaints: What stands in its console, and what was refused.
    """

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


@asynccontextmanager
async def opened(browser: Browser, address: str, size: tuple[int, int] = DESKTOP) -> AsyncIterator[tuple[Page, Seen]]:
    """Open the page, and watch over it."""
    width, height = size
    page = await browser.new_page(viewport={"width": width, "height": height}, locale="en-US", timezone_id="UTC")
    page.set_default_timeout(WAIT_MS)
    seen = Seen()
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("requestfailed", lambda request: seen.complaints.append(request.url))
    await page.goto(address)
    yield page, seen
    assert seen.complaints == []
    assert seen.hosts == {urlsplit(address).netloc}
    await page.close()


async def ask(page: Page, question: str) -> None:
    """Type a question and press Enter; wait until the newest message is an answer."""
    n_messages = await page.locator("article").count()
    await page.get_by_role("form", name="/ask").get_by_label("Question").fill(question)
    await page.keyboard.press("Enter")
    newest = page.locator("article").nth(n_messages)
    await expect(newest).to_have_attribute("aria-busy", "false", timeout=WAIT_MS)


async def test_a_question_is_answered_and_seen(chromium: Browser, address: str, tmp_path: Path) -> None:
    async with opened(chromium, address) as (page, _):
        await ask(page, QUESTION)

        article = page.locator("article")
        assert await article.locator("blockquote strong").all_inner_texts() == [LANDING_SENTENCE]
        assert QUESTION in await article.inner_text()
        assert await article.locator("time[data-form=D]").first.inner_text() == "May 6, 2031"

        picture = Image.open(io.BytesIO(await page.screenshot(path=tmp_path / "page.png")))
        assert picture.size == DESKTOP
        assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20) or ()) > 50


async def test_a_button_works_from_the_keyboard(chromium: Browser, address: str) -> None:
    async with opened(chromium, address) as (page, _):
        await ask(page, QUESTION)
        await page.get_by_role("button", name="Helpful", exact=True).focus()
        await page.keyboard.press("Enter")

        await expect(page.locator("article.private")).to_contain_text("Only you can see this", timeout=WAIT_MS)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_phone_shows_all_of_it_without_scrolling_sideways(chromium: Browser, address: str, theme: str) -> None:
    async with opened(chromium, f"{address}?theme={theme}", PHONE) as (page, _):
        await ask(page, "Who paid for it?")

        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background == {"light": "rgb(243, 243, 244)", "dark": "rgb(30, 31, 34)"}[theme]
