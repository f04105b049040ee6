"""What is kept of the device: a digest that changes every day, and whether it sits in the office."""

from collections.abc import Iterable
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from models.vault import vault
from rules.localtime import local_day
from settings import BadSetting

Network = IPv4Network | IPv6Network


def office_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks such as 10.1.0.0/16; raises BadSetting."""
    found = []
    for text in texts:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError as error:
            raise BadSetting("LIANXIN_OFFICE_NETWORKS", text, "要网段，例如 10.1.0.0/16，多个用英文逗号隔开") from error
    return tuple(found)


def in_office(address: str, networks: Iterable[Network]) -> bool:
    """Whether the address lies in one of the networks; an unreadable address does not."""
    try:
        here = ip_address(address)
    except ValueError:
        return False
    return any(here in network for network in networks)


def device_digest(address: str, agent: str, now: datetime) -> str:
    """32 hex digits, equal for one device on one local day; nobody gets the address back from it."""
    return vault().index(f"{address}|{agent}|{local_day(now)}", "device")
