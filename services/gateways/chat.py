"""Any of apprise's ways out; `{to}` in the address stands for the phone and makes it an SMS gateway."""

from urllib.parse import quote

from apprise import Apprise

from rules.notices import Channel
from services.gateways.message import Busy, Message, Refused

PLACE = "{to}"


class AppriseGateway:
    """`address` as apprise writes it; without `{to}` it is a group and takes chat messages only."""

    def __init__(self, address: str) -> None:
        self.address = address

    def serves(self, channel: Channel) -> bool:
        return channel is (Channel.SMS if PLACE in self.address else Channel.CHAT)

    def send(self, message: Message) -> None:
        way = Apprise()
        if not way.add(self.address.replace(PLACE, quote(message.to, safe=""))):
            raise Refused("apprise")
        if not way.notify(title=message.subject, body=message.text):
            raise Busy("apprise")
