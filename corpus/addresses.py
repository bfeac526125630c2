"""Which addresses a page may be fetched from.

Owns the line between public hosts and everything that only this machine or its network can reach. It resolves names,
and opens no connection.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], list[str]]
"""Names the addresses of a host at a port; raises OSError where there are none."""

# Global unicast. What Python calls global beyond it leads elsewhere, such as through a translator into IPv4 (RFC 6052).
_IPV6_UNICAST = IPv6Network("2000::/3")


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of ``host``, in the order in which the system would try them.

    Raises:
        OSError: If the name has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Say whether everyone on the internet reaches the same host under this address."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address) and (ip not in _IPV6_UNICAST or ip.sixtofour is not None):
        return False
    return ip.is_global and not ip.is_multicast
