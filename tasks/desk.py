"""The desk of this process: real clock, real gateway."""

from datetime import UTC, datetime

from models import db
from services.desk import Desk
from services.gateways import open_gateway
from settings import Settings


def clock() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


def desk_of(settings: Settings) -> Desk:
    """Needs an application context."""
    return Desk(db.engine, settings, clock, open_gateway(settings.gateway_url))
