"""One spelling for every link, so that one story is one article however it was linked.

Owns which parts of a link say where a page is and which only say how a reader came there. It opens no connection.
"""

import hashlib
import re
from urllib.parse import SplitResult, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

# Named one by one, because a wrong guess joins two articles: "id" or "source" may well choose the page.
_TRACKERS = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid li_fat_id mc_cid mc_eid mkt_tok "
    "_hsenc _hsmi __hstc __hsfp hsctatracking ref ref_src ref_url cmpid cmp s_cid sr_share spm "
    "feature_id ns_mchannel ns_source ns_campaign ns_linkname ns_fee xtor share_from_id "
    "at_medium at_campaign at_link_id at_link_type at_link_origin at_ptr_name at_format at_bbc_team".split()
)
_TRACKING_FAMILY = re.compile(r"(?:utm|itm|mtm|pk|piwik|vero|oly|hsa|ga|stm)_\w*", re.IGNORECASE)
_WEB = ("http", "https")


def is_web(link: str) -> bool:
    """Say whether a link is one that can be fetched: http or https."""
    return link[:8].lower().startswith(("http://", "https://"))


def canonical_link(link: str) -> str:
    """Return a link without tracking parameters and fragment, its host in small letters, its query sorted.

    What is no web link, or too damaged to be taken apart, comes back as it is.
    """
    try:
        parts = urlsplit(link)
        if parts.scheme not in _WEB or not parts.hostname:
            return link
        trackers = [name for name in _names(parts.query) if _is_tracker(name)]
        cleaned = url_query_cleaner(link, trackers, remove=True, unique=False) if trackers else link
        return _without_default_port(urlsplit(canonicalize_url(cleaned, keep_blank_values=True)))
    except ValueError:
        return link


def link_key(link: str) -> str:
    """Return what two links to the same page have in common: no scheme, no ``www.``, no slash at the end."""
    canonical = canonical_link(link)
    if not is_web(canonical):
        return canonical
    address, mark, query = canonical.partition("://")[2].partition("?")
    return address.removeprefix("www.").rstrip("/") + mark + query


def link_id(link: str) -> str:
    """Return the id of the article that stands under a link and has none of its own."""
    return hashlib.sha256(link_key(link).encode()).hexdigest()[:16]


def _names(query: str) -> list[str]:
    return [part.partition("=")[0] for part in query.split("&") if part]


def _is_tracker(name: str) -> bool:
    return name.lower() in _TRACKERS or _TRACKING_FAMILY.fullmatch(name) is not None


def _without_default_port(parts: SplitResult) -> str:
    default = {"http": ":80", "https": ":443"}[parts.scheme]
    return parts._replace(netloc=parts.netloc.removesuffix(default)).geturl()
