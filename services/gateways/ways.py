"""Whether this house can send text messages at all; said once at the start, asked wherever a way is chosen."""

_texting = [False]


def set_texting(on: bool) -> None:
    """The edge says whether a gateway is set."""
    _texting[0] = on


def texting() -> bool:
    """Whether a message to a phone would really go out."""
    return _texting[0]
