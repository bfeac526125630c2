"""Draws every part of what people see as pictures, from the real bot over the starter corpus.

``python -m tests.bot.preview.walk_through FOLDER`` asks, clicks and runs commands in the preview and keeps what then
stands on its page. Nothing is drawn by hand: what is not in the corpus is two short articles of our own.
"""

import asyncio
import io
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, FloatRect, Locator, Page, async_playwright

from bot.preview.serving import previewing
from bot.service import Service
from bot.settings import Settings
from bot.state import GuildSettings
from corpus import Article
from corpus.sources import SOURCES_FILE
from tests.bot.preview.chromium import find_chromium, open_chromium

FOLDER = Path("docs/pictures")
COLOURS = 64
"""Of one picture's palette; text and flat areas need no more."""

SCALE = 1.5
WAIT_MS = 180_000
WIDE, CARD, PHONE = (1180, 700), (690, 900), (390, 780)
MARGIN = 12
AS_OF = "2026-11-30"
BERESHEET = "Where did the Beresheet lander crash?"
ARTEMIS = "When did Artemis II launch?"
WATCHED = "What did the Larkspur lander find?"
NEWS = (
    "Larkspur lander finds ice",
    "https://orbit.example/larkspur-ice",
    "Orbit Gazette",
    "The Larkspur lander found water ice under the floor of the crater Vesna. Its drill reached the ice at a depth of "
    "40 centimeters. The mission's scientists want to melt a sample next week.",
)
REPORT = (
    "Water ice found by the Larkspur lander",
    "https://agency.example/news/larkspur-water-ice",
    "Vesna Space Agency",
    "The agency's Larkspur lander has struck water ice 40 centimeters below the floor of the crater Vesna. Scientists "
    "saw it in the drill's images this morning. A sample is to be melted next week in the lander's oven.",
)
SOURCES = """
[[source]]
name = "Vesna Space Agency"
url = "https://agency.example/feed"
publisher = "Vesna Space Agency"
kind = "agency"

[[source]]
name = "Orbit Gazette"
url = "https://orbit.example/feed"
publisher = "Orbit Gazette"
kind = "press"
"""
WATCH_SECONDS = 5.0
UNANSWERED = "Who won the chess match aboard the Mir station?"


@dataclass(frozen=True, slots=True)
class Stage:
    """An open page, and what a scene does on it.

    Attributes:
        page: The page.
        service: What answers, for a scene in which the corpus grows.
    """

    page: Page
    service: Service

    async def ask(self, question: str) -> Locator:
        """Ask as of one fixed day, and return the answer."""
        form = self.page.locator("#question")
        await form.locator("[name=question]").fill(question)
        await self.page.locator("#options").evaluate("(options) => { options.open = true; }")
        await form.locator("[name=as_of]").fill(AS_OF)
        return await self.new(lambda: form.locator("button[type=submit]").click())

    async def run(self, command: str, **values: str) -> Locator:
        """Run a command, and return what it shows."""
        form = self.page.locator(f'form[data-command="{command}"]')
        await form.evaluate(
            "form => { for (let e = form; e; e = e.parentElement) if (e.matches('details')) e.open = true; }"
        )
        for name, value in values.items():
            await form.locator(f"input[name={name}]").fill(value)
        shown = await self.new(lambda: form.locator("button[type=submit]").click())
        await form.evaluate("form => document.querySelectorAll('details').forEach((e) => { e.open = false; })")
        return shown

    async def rest(self) -> None:
        """Wait for as long as a server lets one person wait between two questions."""
        await self.page.wait_for_timeout(GuildSettings(0).user_cooldown_seconds * 1000 + 500)

    async def press(self, message: Locator, label: str) -> Locator:
        """Press a button under a message, and return the message that it brings."""
        return await self.new(lambda: message.get_by_role("button", name=label, exact=True).click())

    async def new(self, act: Callable[[], Awaitable[None]]) -> Locator:
        """Do something, and return the message that comes of it once it is whole."""
        n_before = await self.page.locator("article").count()
        await act()
        newest = self.page.locator("article").nth(n_before)
        await newest.wait_for(timeout=WAIT_MS)
        await self.page.wait_for_function(
            "n => document.querySelectorAll('article')[n]?.ariaBusy === 'false'", arg=n_before, timeout=WAIT_MS
        )
        await self.page.wait_for_timeout(300)
        return newest


Play = Callable[[Stage], Awaitable[Locator | None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Attributes:
        name: Of its file.
        play: Brings about what it shows, and returns that, or None for the whole page.
        size: Of the window, in pixels.
        query: What the page's address says of looks and language.
        grows: Whether it adds to the corpus.
    """

    name: str
    play: Play
    size: tuple[int, int] = CARD
    query: str = "theme=light"
    grows: bool = False


async def _page(stage: Stage) -> None:
    await stage.ask(BERESHEET)
    await stage.page.evaluate("scrollTo(0, 0)")


async def _phone(stage: Stage) -> None:
    await stage.ask(BERESHEET)
    await stage.page.locator("#options").evaluate("(options) => { options.open = false; }")
    await stage.page.evaluate("document.querySelector('#channel').scrollIntoView()")


async def _answer(stage: Stage) -> Locator:
    return await stage.ask(BERESHEET)


async def _disagreement(stage: Stage) -> Locator:
    return await stage.ask(ARTEMIS)


async def _refusal(stage: Stage) -> Locator:
    return await stage.ask(UNANSWERED)


async def _fallback(stage: Stage) -> Locator:
    return await stage.ask(BERESHEET)


def _pressed(label: str, question: str = BERESHEET) -> Play:
    async def play(stage: Stage) -> Locator:
        return await stage.press(await stage.ask(question), label)

    return play


def _run(command: str, **values: str) -> Play:
    async def play(stage: Stage) -> Locator:
        return await stage.run(command, **values)

    return play


async def _follow_up(stage: Stage) -> Locator:
    answer = await stage.ask(ARTEMIS)
    await stage.rest()
    id_ = await answer.get_attribute("data-message")
    await stage.page.evaluate("id => document.querySelector(`[data-reply='${id}']`).click()", id_)
    await stage.page.locator("#question [name=question]").fill("and before that?")
    n_before = await stage.page.locator("article").count()
    await stage.page.locator("#question button[type=submit]").click()
    await stage.page.locator("article").nth(n_before + 1).wait_for(timeout=WAIT_MS)
    return stage.page.locator("article").nth(n_before + 1)


async def _feedback(stage: Stage) -> Locator:
    for question, label in ((BERESHEET, "Helpful"), (ARTEMIS, "Wrong source")):
        await stage.press(await stage.ask(question), label)
        await stage.rest()
    return await stage.run("feedback review")


async def _gaps(stage: Stage) -> Locator:
    for question in (
        UNANSWERED,
        "Who won the chess matches aboard the Mir station",
        "How many people have walked on the Moon?",
    ):
        await stage.ask(question)
        await stage.rest()
    return await stage.run("gaps")


async def _watches(stage: Stage) -> Locator:
    await stage.run("watch add", question=WATCHED)
    await stage.run("watch add", question="When will Artemis III fly?", quiet="22-7")
    return await stage.run("watch list")


async def _watch_post(stage: Stage) -> Locator:
    await stage.run("watch add", question=WATCHED)

    async def publish() -> None:
        await asyncio.to_thread(_publish, stage.service, NEWS)

    return await stage.new(publish)


async def _reports(stage: Stage) -> Locator:
    (stage.service.settings.data_dir / SOURCES_FILE).write_text(SOURCES, "utf-8")
    await asyncio.to_thread(_publish, stage.service, REPORT, NEWS)
    return await stage.ask(WATCHED)


def _publish(service: Service, *reports: tuple[str, str, str, str]) -> None:
    """Add today's news, in our own words, of a mission that does not exist."""
    published = datetime.now(UTC).replace(microsecond=0)
    with service.open_store() as store:
        for title, url, publisher, text in reports:
            store.add(Article(url, url, title, publisher, published, "en"), text)
    service.rebuild(lambda _: None)


SCENES = (
    Scene("page-light", _page, WIDE),
    Scene("page-dark", _page, WIDE, "theme=dark"),
    Scene("phone", _phone, PHONE, "theme=dark"),
    Scene("answer", _answer),
    Scene("reports", _reports, grows=True),
    Scene("disagreement", _disagreement),
    Scene("refusal", _refusal),
    Scene("context", _pressed("Context")),
    Scene("more-sources", _pressed("More sources", ARTEMIS)),
    Scene("why", _pressed("Why")),
    Scene("answer-timeline", _pressed("Timeline", ARTEMIS)),
    Scene("follow-up", _follow_up),
    Scene("timeline", _run("timeline", topic="Artemis II")),
    Scene("latest", _run("latest")),
    Scene("sources", _run("sources list")),
    Scene("source", _run("sources recent", source="Starter corpus")),
    Scene("status", _run("status")),
    Scene("help", _run("help")),
    Scene("watches", _watches),
    Scene("watch-post", _watch_post, grows=True),
    Scene("settings", _run("settings")),
    Scene("privacy", _run("privacy")),
    Scene("gaps", _gaps),
    Scene("feedback", _feedback),
    Scene("fallback", _fallback, query="theme=light&cards=plain"),
    Scene("japanese", _answer, query="theme=light&lang=ja"),
    Scene("german", _run("help"), query="theme=dark&lang=de"),
)
"""In the order of the walk-through."""


async def draw(folder: Path, data_dir: Path, names: frozenset[str] = frozenset()) -> None:
    """Draw the scenes.

    Args:
        folder: Where the pictures go.
        data_dir: A corpus and an index; the starter corpus answers.
        names: Which scenes; all, if empty.
    """
    program = find_chromium()
    if program is None:
        sys.exit("there is no Chromium on this machine; install it (Debian: apt-get install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    service = Service(Settings(data_dir=data_dir))
    async with async_playwright() as playwright, open_chromium(playwright, program) as browser:
        for scene in SCENES:
            if not names or scene.name in names:
                (folder / f"{scene.name}.png").write_bytes(await _picture(scene, service, browser))
                sys.stdout.write(f"{scene.name}\n")
                sys.stdout.flush()


async def _picture(scene: Scene, service: Service, browser: Browser) -> bytes:
    # Each scene has a server of its own, so that none shows what another left.
    async with (
        _grown(scene, service) as answering,
        previewing(answering.settings, answering, port=0) as address,
        _opened(scene, browser, address) as page,
    ):
        shown = await scene.play(Stage(page, answering))
        await page.mouse.move(0, 0)
        return small(await page.screenshot() if shown is None else await _framed(page, shown))


async def _framed(page: Page, shown: Locator) -> bytes:
    """Return a picture of a message with a margin; the page's own button is no part of what Discord shows."""
    await page.evaluate("document.querySelectorAll('.reply').forEach((button) => { button.hidden = true; })")
    box = await shown.bounding_box()
    assert box is not None
    left, top = box["x"] - MARGIN, box["y"] + await page.evaluate("scrollY")
    clip = FloatRect(x=left, y=top + 1, width=box["width"] + 2 * MARGIN, height=box["height"] - 2)
    return await page.screenshot(full_page=True, clip=clip)


@asynccontextmanager
async def _grown(scene: Scene, service: Service) -> AsyncIterator[Service]:
    """Give what answers; a scene that adds to the corpus gets a copy of it, and watches that look all the time."""
    if not scene.grows:
        yield service
        return
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(shutil.copytree(service.settings.data_dir, Path(folder) / "data"))
        yield Service(Settings(data_dir=data_dir, watch_seconds=WATCH_SECONDS, golden_gate=False))


@asynccontextmanager
async def _opened(scene: Scene, browser: Browser, address: str) -> AsyncIterator[Page]:
    width, height = scene.size
    page = await browser.new_page(
        viewport={"width": width, "height": height}, device_scale_factor=SCALE, locale="en-US", timezone_id="UTC"
    )
    page.set_default_timeout(WAIT_MS)
    try:
        await page.goto(f"{address}?{scene.query}")
        yield page
    finally:
        await page.close()


def small(picture: bytes) -> bytes:
    """Return a picture with a palette."""
    written = io.BytesIO()
    taken = Image.open(io.BytesIO(picture)).convert("RGB")
    taken.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        written, "PNG", optimize=True
    )
    return written.getvalue()


def main() -> None:
    """Draw into a folder what is named, or everything; from the starter corpus alone, whatever else is installed."""
    folder, *names = sys.argv[1:] or [str(FOLDER)]
    with tempfile.TemporaryDirectory() as scratch:
        data_dir = Path(scratch)
        Service(Settings(data_dir=data_dir)).rebuild(lambda _: None)
        asyncio.run(draw(Path(folder), data_dir, frozenset(names)))


if __name__ == "__main__":
    main()
