"""The huey instance: only an alarm clock, so it may forget; truth is in rows. Attached to its storage at start.

Nothing here depends on a time zone: every task rings each minute, and services decide by the township's calendar.
"""

from huey import Huey
from huey.serializer import SignedSerializer
from huey.storage import BaseStorage, BlackHoleStorage, RedisStorage, SqliteStorage

from models.vault import Vault
from settings import Settings

huey = Huey("lianxin", storage_class=BlackHoleStorage, results=False, utc=False)


def attach(settings: Settings, vault: Vault) -> None:
    """Give the instance its storage and the key that signs its messages."""
    huey.storage.close()
    huey.serializer = SignedSerializer(secret=vault.ring.derive("queue"))
    huey.storage = _storage(settings)


def _storage(settings: Settings) -> BaseStorage:
    if settings.redis_url:
        return RedisStorage("lianxin", url=settings.redis_url, read_timeout=1)
    return SqliteStorage("lianxin", filename=str(settings.home / "queue.db"))
