"""Networks as people write them, and addresses as proxies and sockets hand them on."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def network_of(text: str) -> str:
    """`10.1.0.0/16`, `2001:db8::/32` or one address. ValueError: none, or with bits of a host."""
    return str(ip_network(text.strip()))


def address_read(text: str) -> str | None:
    """An address for the database, or None for what is none. IPv4 inside of IPv6 is IPv4."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found)
