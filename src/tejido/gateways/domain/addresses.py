"""Which addresses of the network anybody may be asked to fetch from."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Translates IPv4 for networks that have only IPv6 (RFC 6052): the address inside decides.
_NAT64 = IPv6Network("64:ff9b::/96")
# Looks public and answers only machines of one cloud, about themselves.
_CLOUD = frozenset({IPv4Address("168.63.129.16")})


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the open internet.

    Not so: private, shared, loopback, link-local (where clouds keep their keys), multicast,
    reserved and documentation addresses, and IPv6 addresses that carry such an IPv4 address.
    """
    found = _inner(ip_address(address.partition("%")[0]))
    return (
        found is not None
        and found.is_global
        and not (found.is_multicast or found.is_reserved or found in _CLOUD)
    )


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address | None:
    """Return the address that is meant, or None where it is a tunnel to anywhere."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None or address.teredo is not None:
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    # The old way of writing IPv4 in IPv6, ::a.b.c.d.
    return None if int(address) >> 32 == 0 else address
