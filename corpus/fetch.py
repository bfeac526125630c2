"""Asking one address, without becoming a way into this machine's network.

Owns the request: schemes, redirects, addresses, sizes and kinds. The connection goes to the very address that was
checked, so that a name cannot change its meaning in between (DNS rebinding). How often a host is asked is
``politeness``' business, and what the answer says is the readers'.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from corpus.addresses import Resolve, is_public, resolve_host
from corpus.errors import (
    FetchError,
    HostDownError,
    RefusedAddressError,
    SlowHostError,
    StatusError,
    UnsuitablePageError,
)
from corpus.unpacking import ACCEPTED, unpacker

AGENT = "space-news-bot"
"""What robots.txt calls this program."""
MAX_REDIRECTS = 5
_PORTS = range(1, 65_536)
_PERMANENT = {301, 308}
PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host said about an answer, to be asked whether that still holds; None where it said nothing."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch must keep to.

    Attributes:
        timeout_seconds: For one answer as a whole, and for every wait in it.
        max_bytes: What the answer may hold, unpacked.
        allowed_hosts: ``host:port`` pairs that may be asked although their addresses are not public.
        user_agent: Who asks, and how to reach whoever runs it.
    """

    timeout_seconds: float
    max_bytes: int
    allowed_hosts: frozenset[str]
    user_agent: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer as it came.

    Attributes:
        url: Where it stands in the end, after all redirects, without fragment.
        body: The answer, unpacked; empty where nothing has changed.
        kind: Its content type in small letters, "" where none is stated.
        charset: The encoding that the content type names, or None.
        validators: What to ask with next time.
        is_unchanged: Whether the host said that nothing has changed since (status 304).
        moved_to: Where it was moved for good, or None.
        received_bytes: What came over the wire as body, packed.
    """

    url: str
    body: bytes
    kind: str
    charset: str | None
    validators: Validators
    is_unchanged: bool
    moved_to: str | None
    received_bytes: int


class Fetcher:
    """Asks hosts; an asynchronous context manager that closes its connections.

    Proxies that the environment names are not used, because behind one the address could not be checked.
    """

    def __init__(self, limits: Limits, *, resolve: Resolve = resolve_host) -> None:
        """Open no connection yet.

        Args:
            limits: What every fetch keeps to.
            resolve: How a host name becomes addresses.
        """
        self.limits = limits
        self._resolve = resolve
        # One for each origin: a pooled connection to the same address could bear the certificate of another host.
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        """Return the fetcher itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()

    async def fetch(
        self, url: str, *, accept: frozenset[str] | None = PAGE_KINDS, validators: Validators | None = None
    ) -> Fetched:
        """Ask an address and follow its redirects, each checked like the first.

        Args:
            url: An http or https link.
            accept: The content types that are wanted; None means anything that is text.
            validators: From an earlier answer, to be told where nothing has changed.

        Raises:
            RefusedAddressError: If the link, or a redirect, leads to another scheme or to a host that is not public.
            StatusError: If the host answers with an error.
            UnsuitablePageError: If the answer is too long, of the wrong kind, or damaged.
            HostDownError: If the host cannot be reached, or breaks off.
            FetchError: If it is no link, or redirects without end.
        """
        target, moved_to, is_permanent = url, None, True
        asked = validators.headers() if validators else {}
        for _ in range(MAX_REDIRECTS + 1):
            found = await self._request(checked_link(target), accept, asked, moved_to)
            if isinstance(found, Fetched):
                return found
            target, permanent = found
            is_permanent = is_permanent and permanent
            moved_to = target if is_permanent else moved_to
        raise FetchError(url, f"it redirects more than {MAX_REDIRECTS} times.")

    async def _request(
        self, url: httpx.URL, accept: frozenset[str] | None, asked: Mapping[str, str], moved_to: str | None
    ) -> "Fetched | tuple[str, bool]":
        """Return the answer, or the link that it redirects to and whether that is for good."""
        timeout_seconds = self.limits.timeout_seconds
        try:
            async with asyncio.timeout(timeout_seconds):
                addresses = await self._addresses(url)
                for position, address in enumerate(addresses):
                    try:
                        return await self._request_at(url, address, accept, asked, moved_to)
                    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                        if position == len(addresses) - 1:
                            raise HostDownError(
                                str(url), f"the host does not answer ({error or 'in time'})."
                            ) from error
                raise HostDownError(str(url), "the host has no address.")
        except TimeoutError as error:
            raise SlowHostError(str(url), f"the answer did not end within {timeout_seconds:g} seconds.") from error
        except httpx.TimeoutException as error:
            raise SlowHostError(str(url), f"nothing came within {timeout_seconds:g} seconds.") from error
        except httpx.HTTPError as error:
            raise HostDownError(str(url), f"the connection failed ({error}).") from error

    async def _addresses(self, url: httpx.URL) -> list[str]:
        host = url.raw_host.decode("ascii")
        port = url.port or {"http": 80, "https": 443}[url.scheme]
        try:
            addresses = await asyncio.to_thread(self._resolve, host, port)
        except (OSError, UnicodeError) as error:
            raise HostDownError(str(url), f"the host {host} is not known ({error}).") from error
        pair = host_pair(url)
        private = [address for address in addresses if not is_public(address)]
        if private and pair not in self.limits.allowed_hosts:
            why = f"{host} leads to {private[0]}, which is not a public address."
            raise RefusedAddressError(str(url), f"{why} To allow it, add {pair} to the allowed hosts.")
        return addresses

    async def _request_at(
        self,
        url: httpx.URL,
        address: str,
        accept: frozenset[str] | None,
        asked: Mapping[str, str],
        moved_to: str | None,
    ) -> "Fetched | tuple[str, bool]":
        """Ask one address, under the name of the host: in the Host header, and for the certificate."""
        pinned = url.copy_with(host=address, fragment=None)
        headers = {
            "User-Agent": self.limits.user_agent,
            "Accept": ", ".join(sorted(accept)) if accept else "*/*",
            "Accept-Encoding": ACCEPTED,
            "Host": url.netloc.decode("ascii"),
            **asked,
        }
        extensions = {"sni_hostname": url.raw_host.decode("ascii")}
        client = self._client(url)
        async with client.stream("GET", pinned, headers=headers, extensions=extensions) as response:
            if response.has_redirect_location:
                return str(url.join(response.headers["Location"])), response.status_code in _PERMANENT
            body, received_bytes, kind = b"", 0, ""
            if response.status_code != httpx.codes.NOT_MODIFIED:
                kind = _kind(url, response, accept)
                body, received_bytes = await self._body(url, response)
            return Fetched(
                url=str(url.copy_with(fragment=None)),
                body=body,
                kind=kind,
                charset=response.charset_encoding,
                validators=Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")),
                is_unchanged=response.status_code == httpx.codes.NOT_MODIFIED,
                moved_to=moved_to,
                received_bytes=received_bytes,
            )

    def _client(self, url: httpx.URL) -> httpx.AsyncClient:
        origin = f"{url.scheme}://{host_pair(url)}"
        if origin not in self._clients:
            self._clients[origin] = httpx.AsyncClient(
                trust_env=False, timeout=self.limits.timeout_seconds, follow_redirects=False
            )
        return self._clients[origin]

    async def _body(self, url: httpx.URL, response: httpx.Response) -> tuple[bytes, int]:
        """Return the body unpacked, and how many bytes came for it."""
        encoding = response.headers.get("Content-Encoding", "identity")
        unpack = unpacker(encoding)
        if unpack is None:
            raise UnsuitablePageError(str(url), f"it is packed as {encoding}, which was not asked for.")
        max_bytes = self.limits.max_bytes
        body, received_bytes = bytearray(), 0
        async for piece in response.aiter_raw():
            received_bytes += len(piece)
            try:
                body += unpack.feed(piece, max_bytes + 1 - len(body))
            except ValueError as error:
                raise UnsuitablePageError(str(url), f"it is damaged ({error}).") from error
            if len(body) > max_bytes or received_bytes > max_bytes:
                raise UnsuitablePageError(str(url), f"the page is longer than {max_bytes} bytes.")
        if received_bytes and not unpack.is_whole():
            raise HostDownError(str(url), "the host broke off in the middle of the answer.")
        return bytes(body), received_bytes


def user_agent(contact: str) -> str:
    """Return who asks: the program, and how to reach whoever runs it."""
    return f"{AGENT} (quotes news with links; {f'+{contact}' if contact else 'its owner left no contact'})"


def checked_link(url: str) -> httpx.URL:
    """Return a link that may be asked for.

    Raises:
        RefusedAddressError: If it is not http or https, or holds a user name.
        FetchError: If it is no link.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(url, f"this is no link ({error}).") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise RefusedAddressError(url, "only http and https links with a host are fetched.")
    if parsed.port is not None and parsed.port not in _PORTS:
        raise FetchError(url, f"there is no port {parsed.port}.")
    if parsed.userinfo:
        raise RefusedAddressError(url.replace(parsed.userinfo.decode(), "…"), "the link must hold no user name.")
    return parsed


def host_pair(url: httpx.URL) -> str:
    """Return ``host:port``, as the allowed hosts are written."""
    host = url.raw_host.decode("ascii")
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _kind(url: httpx.URL, response: httpx.Response, accept: frozenset[str] | None) -> str:
    """Return the content type of a good answer.

    Raises:
        StatusError: If it is an error.
        UnsuitablePageError: If it is not of a wanted kind.
    """
    if response.status_code != httpx.codes.OK:
        raise StatusError(str(url), response.status_code, response.headers.get("Retry-After"))
    kind: str = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if accept is not None and kind not in accept:
        raise UnsuitablePageError(str(url), f"it is {kind or 'of no stated kind'}, not a web page.")
    if accept is None and not _is_text(kind):
        raise UnsuitablePageError(str(url), f"it is {kind}, not a feed, a page or JSON.")
    return kind


def _is_text(kind: str) -> bool:
    return not kind or kind.startswith("text/") or kind.endswith(("xml", "json", "javascript", "ndjson"))
