"""Argon2id for passwords; at most as many at a time as there are cores, so that sign-ins can't starve the machine."""

import os
from threading import BoundedSemaphore

from argon2 import PasswordHasher

from rules.passwords import normalised

MEMORY_KIB, ROUNDS, LANES = 65536, 3, 1
SLOTS = BoundedSemaphore(os.cpu_count() or 1)
_hasher = PasswordHasher(ROUNDS, MEMORY_KIB, LANES)


def hash_password(password: str) -> str:
    """The text that Flask-Security verifies (same algorithm and costs)."""
    with SLOTS:
        return _hasher.hash(normalised(password))
