"""Codes and indexes come from different keys."""

from base64 import urlsafe_b64decode

from models.vault import vault


def test_no_index_of_a_text_is_a_code(app):
    code = vault().token("invitations", "0" * 32)
    for purpose in ("token", "phone", "activation"):
        for text in ("invitations:" + "0" * 32, "0" * 32):
            from_index = bytes.fromhex(vault().index(text, purpose))
            assert from_index != _bytes(code)


def _bytes(code: str) -> bytes:

    return urlsafe_b64decode(code + "==")
