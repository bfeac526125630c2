"""The Chromium that is installed, driven through Playwright; nothing is downloaded."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
START_TIMEOUT_MS = 40_000


def find_chromium() -> str | None:
    """Return the program, or None where it is not installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def open_chromium(playwright: Playwright, program: str) -> AsyncIterator[Browser]:
    """Run Chromium without a window for as long as the context lasts."""
    # Its sandbox needs rights that a container does not give; what is opened is our own page alone.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
    browser = await playwright.chromium.launch(executable_path=program, args=arguments, timeout=START_TIMEOUT_MS)
    try:
        yield browser
    finally:
        await browser.close()
