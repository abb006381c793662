"""The allow-list of a provider: networks in CIDR form, one a line."""

from __future__ import annotations

from ipaddress import ip_network

from casino.games.errors import NetworkNotUnderstood


def networks_parse(text: str) -> list[str]:
    """Read addresses and networks separated by lines, blanks or commas; returns them in canonical form, each once.

    Raises NetworkNotUnderstood, which names the line, for anything else and for a network of all addresses.
    """
    found: list[str] = []
    for line in text.replace(",", " ").split():
        try:
            network = ip_network(line, strict=True)
        except ValueError:
            raise NetworkNotUnderstood(line=line, because=_advice(line)) from None
        if network.prefixlen == 0:
            raise NetworkNotUnderstood(line=line, because="admits the whole internet: name the provider's networks.")
        if str(network) not in found:
            found.append(str(network))
    return found


def _advice(line: str) -> str:
    try:
        return f"has bits set beyond its prefix: write {ip_network(line, strict=False)}."
    except ValueError:
        return "is neither an address nor a network: write 192.0.2.0/24 or 2001:db8::/32."
