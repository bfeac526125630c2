"""Fetching one page that a person named, without becoming a way into this machine's network.

Owns the request: schemes, redirects, addresses, sizes and kinds. The connection goes to the very address that was
checked, so that a name cannot change its meaning in between (DNS rebinding). What the page says is ``reading.html``'s
business.
"""

import time
import zlib
from dataclasses import dataclass, replace

import httpx

from corpus.addresses import Resolve, is_public, resolve_host
from corpus.draft import Draft
from corpus.errors import FetchError, RefusedAddressError, UnsuitablePageError
from corpus.reading.html import decode_html, parse_html

_MAX_REDIRECTS = 5
_PORTS = range(1, 65_536)
_KINDS = {"text/html", "application/xhtml+xml"}
_HEADERS = {
    "User-Agent": "space-news-bot (fetches single articles that a person asks for)",
    "Accept": ", ".join(sorted(_KINDS)),
    # Unpacked, so that the limit on the size counts what really comes.
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it came."""

    url: httpx.URL
    body: bytes
    charset: str | None


def fetch_article(
    url: str,
    *,
    timeout_seconds: float,
    max_bytes: int,
    allowed_hosts: frozenset[str],
    resolve: Resolve = resolve_host,
) -> Draft:
    """Fetch a page and find the article in it.

    Proxies that the environment names are not used, because behind one the address could not be checked.

    Args:
        url: An http or https link.
        timeout_seconds: For connecting, for each wait, and for each page as a whole.
        max_bytes: What the page may hold, unpacked.
        allowed_hosts: ``host:port`` pairs that may be asked although their addresses are not public.
        resolve: How a host name becomes addresses.

    Raises:
        RefusedAddressError: If the link, or a redirect, leads to another scheme or to a host that is not public.
        UnsuitablePageError: If the page is too long, of the wrong kind, cannot be decoded, or holds no article.
        FetchError: If nothing came, or something else than a page.
    """
    page = _follow(url, _Limits(timeout_seconds, max_bytes, allowed_hosts), resolve)
    link = page.url.copy_with(fragment=None)
    try:
        raw = parse_html(decode_html(page.body, page.charset), str(link))
        if raw is not None:
            return replace(raw, url=_own_link(raw.url, link)).draft(place=str(link))
    except UnicodeDecodeError as error:
        raise UnsuitablePageError(url, f"the page is not {error.encoding} as it says (byte {error.start}).") from error
    except ValueError as error:
        raise UnsuitablePageError(url, f"{error}.") from error
    raise UnsuitablePageError(url, "no article was found in the page. Save its text and add the file instead.")


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a fetch must keep to."""

    timeout_seconds: float
    max_bytes: int
    allowed_hosts: frozenset[str]


def _follow(url: str, limits: _Limits, resolve: Resolve) -> _Page:
    target = url
    for _ in range(_MAX_REDIRECTS + 1):
        found = _request(_checked(target), limits, resolve)
        if isinstance(found, _Page):
            return found
        target = found
    raise FetchError(url, f"it redirects more than {_MAX_REDIRECTS} times.")


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(url, f"this is no link ({error}).") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise RefusedAddressError(url, "only http and https links with a host are fetched.")
    if parsed.port is not None and parsed.port not in _PORTS:
        raise FetchError(url, f"there is no port {parsed.port}.")
    if parsed.userinfo:
        raise RefusedAddressError(url.replace(parsed.userinfo.decode(), "…"), "the link must hold no user name.")
    return parsed


def _request(url: httpx.URL, limits: _Limits, resolve: Resolve) -> _Page | str:
    """Return the page, or the link that it redirects to."""
    addresses = _addresses(url, limits.allowed_hosts, resolve)
    for position, address in enumerate(addresses):
        try:
            return _request_at(url, address, limits)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if position == len(addresses) - 1:
                raise FetchError(str(url), f"the host does not answer ({error or 'in time'}).") from error
        except httpx.TimeoutException as error:
            raise FetchError(str(url), f"nothing came within {limits.timeout_seconds:g} seconds.") from error
        except httpx.HTTPError as error:
            raise FetchError(str(url), f"the connection failed ({error}).") from error
    raise FetchError(str(url), "the host has no address.")


def _addresses(url: httpx.URL, allowed_hosts: frozenset[str], resolve: Resolve) -> list[str]:
    host = url.raw_host.decode("ascii")
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchError(str(url), f"the host {host} is not known ({error}).") from error
    pair = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    private = [address for address in addresses if not is_public(address)]
    if private and pair not in allowed_hosts:
        why = f"{host} leads to {private[0]}, which is not a public address."
        raise RefusedAddressError(str(url), f"{why} To allow it, add {pair} to the allowed hosts.")
    return addresses


def _request_at(url: httpx.URL, address: str, limits: _Limits) -> _Page | str:
    """Ask one address, under the name of the host: in the Host header, and for the certificate."""
    pinned = url.copy_with(host=address, fragment=None)
    headers = _HEADERS | {"Host": url.netloc.decode("ascii")}
    extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    # A client for each request: a pooled connection to the same address could bear the certificate of another host.
    with (
        httpx.Client(trust_env=False, timeout=limits.timeout_seconds, follow_redirects=False) as client,
        client.stream("GET", pinned, headers=headers, extensions=extensions) as response,
    ):
        if response.has_redirect_location:
            return str(url.join(response.headers["Location"]))
        if response.status_code != httpx.codes.OK:
            raise FetchError(str(url), f"the host answered with status {response.status_code}.")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in _KINDS:
            raise UnsuitablePageError(str(url), f"it is {kind or 'of no stated kind'}, not a web page.")
        return _Page(url, _body(url, response, limits), response.charset_encoding)


def _body(url: httpx.URL, response: httpx.Response, limits: _Limits) -> bytes:
    too_long = UnsuitablePageError(str(url), f"the page is longer than {limits.max_bytes} bytes.")
    deadline = time.monotonic() + limits.timeout_seconds
    packed = bytearray()
    for chunk in response.iter_raw():
        packed += chunk
        if len(packed) > limits.max_bytes:
            raise too_long
        if time.monotonic() > deadline:
            raise FetchError(str(url), f"the page did not end within {limits.timeout_seconds:g} seconds.")
    body = _unpacked(url, bytes(packed), response.headers.get("Content-Encoding", "identity"), limits.max_bytes + 1)
    if len(body) > limits.max_bytes:
        raise too_long
    return body


def _unpacked(url: httpx.URL, packed: bytes, encoding: str, max_bytes: int) -> bytes:
    match encoding.strip().lower():
        case "identity":
            return packed
        case "gzip":  # Some hosts pack, whatever they are asked for.
            try:
                return zlib.decompressobj(wbits=31).decompress(packed, max_bytes)
            except zlib.error as error:
                raise UnsuitablePageError(str(url), f"it is damaged ({error}).") from error
        case other:
            raise UnsuitablePageError(str(url), f"it is packed as {other}, which was not asked for.")


def _own_link(canonical: str, fetched: httpx.URL) -> str:
    """Return the link that the page calls its own, unless it points at another host: a page speaks for its own only."""
    try:
        own = httpx.URL(canonical)
    except httpx.InvalidURL:
        return str(fetched)
    return str(own) if own.scheme in {"http", "https"} and own.host == fetched.host else str(fetched)
