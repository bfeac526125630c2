"""The server of the preview: whom it answers, and what it makes of what it cannot use."""

import asyncio
from json import loads
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.errors import RequestError
from bot.preview.server import BODY_MAX_BYTES, HEADERS, MARK
from bot.preview.serving import previewing
from bot.settings import Settings
from tests.bot.discord.simulated import QUESTION
from tests.bot.fakes import LANDING_SENTENCE, FakeAnswering

WAIT_SECONDS = 10.0
MARKED = {MARK: "1"}
RUN = {"command": "ask", "values": {"question": QUESTION}}


async def asked(
    address: str, path: str, *, headers: dict[str, str], json: object = None, data: str | None = None
) -> tuple[int, object]:
    """Post something; return the status and the JSON that came."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}{path}", headers=headers, json=json, data=data) as response,
    ):
        return response.status, await response.json()


async def events(address: str, enough: int) -> list[tuple[str, dict[str, Any]]]:
    """Return the first things that the page is told."""
    told: list[tuple[str, dict[str, Any]]] = []
    async with (
        asyncio.timeout(WAIT_SECONDS),
        aiohttp.ClientSession() as session,
        session.get(f"{address}events") as response,
    ):
        async for line in response.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "event":
                told.append((value, {}))
            elif name == "data":
                told[-1] = (told[-1][0], loads(value))
                if len(told) == enough:
                    break
    return told


async def test_the_page_needs_nothing_from_elsewhere(address: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        page = await response.text()

    assert response.status == 200
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.cookies == {}
    assert "http:" not in page
    assert "https:" not in page
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("path", "kind"), [("style.css", "text/css"), ("script.js", "text/javascript"), ("icon.svg", "image/svg+xml")]
)
async def test_its_files_are_served(address: str, path: str, kind: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{address}{path}") as response:
        assert (response.status, response.content_type) == (200, kind)
        assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


async def test_a_question_is_answered_over_the_events(address: str) -> None:
    assert await asked(address, "run", json=RUN, headers=MARKED) == (200, {})

    ((kind, told),) = await events(address, 1)
    while LANDING_SENTENCE.split(" near ")[0] not in told["html"]:
        ((kind, told),) = await events(address, 1)

    assert kind == "message"
    assert told["html"].startswith("<article ")


async def test_the_language_of_the_page_is_the_one_that_was_chosen(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}?lang=de") as response:
            assert '<html lang="de">' in await response.text()
        async with session.get(f"{address}?lang=../x") as response:
            assert '<html lang="en-US">' in await response.text()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "0.0.0.0", ""])
async def test_another_name_for_this_machine_gets_nothing(address: str, host: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(address, headers={"Host": host}) as response:
        assert response.status in (400, 421)
        assert "space-news preview" not in await response.text()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**MARKED, "Origin": "http://evil.example"},
        {**MARKED, "Origin": "null"},
        {**MARKED, "Sec-Fetch-Site": "cross-site"},
        {**MARKED, "Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_page_can_change_nothing(address: str, answering: FakeAnswering, headers: dict[str, str]) -> None:
    status, told = await asked(address, "run", json=RUN, headers=headers)

    assert (status, told) == (403, {"error": "the preview answers only its own page"})
    assert answering.asked == []


async def test_its_own_origin_is_let_in(address: str) -> None:
    headers = {**MARKED, "Origin": address.rstrip("/"), "Sec-Fetch-Site": "same-origin"}

    assert (await asked(address, "run", json=RUN, headers=headers))[0] == 200


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("run", {}, "“command” must be a text of 1 to 4000 characters"),
        ("run", {"command": "ask"}, "“values” must be an object"),
        ("run", {"command": "fly", "values": {}}, "there is no command /fly; reload the page"),
        ("run", {"command": "ask", "values": {}}, "“question” is missing; write something there"),
        ("run", [], "send a JSON object"),
        ("use", {"message": "1", "custom_id": "x"}, "“component” must be a number"),
        ("use", {"message": "1", "custom_id": "x", "component": 2}, "that message is gone; ask anew"),
        ("use", {"message": "1", "custom_id": "x", "component": 3, "chosen": "y"}, "“chosen” must be a list of texts"),
        ("submit", {"custom_id": "x", "message": "1", "fields": []}, "that message is gone; ask anew"),
        ("reply", {"message": "1", "text": "x" * 4001}, "“text” must be a text of 1 to 4000 characters"),
        ("offers", {"command": "ask", "values": {}}, "“focused” must be a text of 1 to 4000 characters"),
    ],
)
async def test_what_cannot_be_used_is_told_in_one_line(address: str, path: str, body: object, expected: str) -> None:
    assert await asked(address, path, json=body, headers=MARKED) == (400, {"error": expected})


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [("{", "application/json", "that is no JSON"), ("a=b", "application/x-www-form-urlencoded", "send JSON")],
)
async def test_only_json_is_read(address: str, body: str, kind: str, expected: str) -> None:
    headers = {**MARKED, "Content-Type": kind}

    assert await asked(address, "run", data=body, headers=headers) == (400, {"error": expected})


async def test_too_much_is_not_read(address: str) -> None:
    status, _ = await asked(address, "run", json={"command": "x" * BODY_MAX_BYTES}, headers=MARKED)

    assert status == 413


@pytest.mark.parametrize(
    ("method", "path", "expected"), [("GET", "etc/passwd", 404), ("GET", "run", 405), ("PUT", "", 403)]
)
async def test_an_unknown_path_is_not_found(address: str, method: str, path: str, expected: int) -> None:
    async with aiohttp.ClientSession() as session, session.request(method, f"{address}{path}") as response:
        assert response.status == expected
        assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


async def test_a_port_that_is_taken_is_told(address: str, tmp_path: Path) -> None:
    port = int(address.rstrip("/").rpartition(":")[2])

    with pytest.raises(RequestError, match=f"cannot listen on port {port}: .*; name another with --port"):
        async with previewing(Settings(data_dir=tmp_path), FakeAnswering(), port=port):
            pass


async def test_an_open_page_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as session:
        async with asyncio.timeout(WAIT_SECONDS):
            async with previewing(Settings(data_dir=tmp_path), FakeAnswering(), port=0) as address:
                response = await session.get(f"{address}events")
            assert await response.read() == b""
