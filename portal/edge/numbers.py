"""Numbers in addresses: 32 bits wide as the keys are; a longer one is no page of ours (404), never a fault."""

from flask import Flask
from werkzeug.routing import IntegerConverter

BIGGEST = 2**31 - 1


class KeyConverter(IntegerConverter):
    """`<int:number>` of a route, bounded unless the route says otherwise."""

    def __init__(self, *args: object, max: int | None = BIGGEST, **more: object) -> None:
        super().__init__(*args, max=max, **more)  # type: ignore[arg-type]


def whole(text: str) -> int:
    """For `request.args.get(name, type=whole)`: a number that a key can have; raises ValueError, which means none."""
    number = int(text)
    if not 0 <= number <= BIGGEST:
        raise ValueError(text)
    return number


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = KeyConverter
