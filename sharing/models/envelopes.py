"""What a row keeps of an envelope: all but the sealed content itself."""

from __future__ import annotations

from django.db import models

from sharing.vault.ciphers import Cipher
from sharing.vault.envelopes import Envelope


class Enveloped(models.Model):
    """Beside `TenantOwned`. The key of the content, wrapped by the office's key of that name."""

    cipher = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    wrapped = models.BinaryField()

    class Meta:
        abstract = True

    def envelope(self, sealed: bytes) -> Envelope:
        return Envelope(Cipher(self.cipher), self.key, bytes(self.wrapped), sealed)
