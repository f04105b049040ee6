"""Ways out of the house: one interface, chosen by LIANXIN_GATEWAY_URL."""

from services.gateways.chat import AppriseGateway
from services.gateways.hook import HookGateway
from services.gateways.message import Busy as Busy
from services.gateways.message import Gateway as Gateway
from services.gateways.message import Message as Message
from services.gateways.message import Refused as Refused


def open_gateway(url: str) -> Gateway | None:
    """The gateway for `hook+http://…` or `apprise:…`; None when nothing is set."""
    if url.startswith("hook+"):
        return HookGateway(url.removeprefix("hook+"))
    return AppriseGateway(url.removeprefix("apprise:")) if url else None
