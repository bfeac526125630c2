"""The preview over a fake index, and the Chromium that opens it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.preview.serving import previewing
from bot.settings import Settings
from tests.bot.fakes import FakeAnswering
from tests.bot.preview.chromium import find_chromium, open_chromium


@pytest.fixture
def answering() -> FakeAnswering:
    return FakeAnswering()


@pytest.fixture
async def address(answering: FakeAnswering, tmp_path: Path) -> AsyncIterator[str]:
    """Return where the page of a running preview stands."""
    async with previewing(Settings(data_dir=tmp_path), answering, port=0) as address:
        yield address


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    program = find_chromium()
    if program is None:
        pytest.skip("there is no Chromium on this machine (Debian: apt-get install chromium)")
    async with async_playwright() as playwright, open_chromium(playwright, program) as browser:
        yield browser
