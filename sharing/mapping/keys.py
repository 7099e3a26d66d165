"""The key service of this installation. A cipher machine's class is named here, and nowhere else."""

from __future__ import annotations

from django.conf import settings

from sharing.vault.ciphers import Cipher
from sharing.vault.key_service import KeyService
from sharing.vault.local_keys import LocalKeys


def key_service() -> KeyService:
    return LocalKeys(settings.KEYS_FOLDER, record_cipher(), settings.KEY_PERMISSIONS)


def record_cipher() -> Cipher:
    """What new records are sealed with."""
    return Cipher(settings.RECORD_CIPHER)
