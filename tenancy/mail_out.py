"""One letter by SMTP, to the server that the settings name. What came of it, in a word."""

from __future__ import annotations

import ssl
from functools import cached_property
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from tenancy.domain.mail import Letter

SENT = ""
# For good: another try would be refused as well.
FOR_GOOD = frozenset({"refused"})
TIMEOUT_S = 20
PERMANENT = 500


class Post(EmailBackend):
    """Django's own, with the authority that signed the server's certificate."""

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=settings.EMAIL_CA_FILE or None)


def is_on() -> bool:
    """Whether this installation mails at all."""
    return bool(settings.EMAIL_HOST)


def notices_link() -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}/notices/"


def send(address: str, letter: Letter, message_id: str) -> str:
    """`SENT`, or what was in the way: `no_connection`, `certificate`, `sign_in`, `not_now` or
    `refused`. No word of it is logged: what a server says names the address."""
    mail = EmailMessage(
        letter.subject,
        letter.body,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        connection=_post(),
    )
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        return _word(*(code for code, _ in refused.recipients.values()))
    except SMTPAuthenticationError:
        return "sign_in"
    except (SMTPSenderRefused, SMTPDataError) as refused:
        return _word(refused.smtp_code)
    except ssl.SSLCertVerificationError:
        return "certificate"
    except (SMTPException, OSError):
        return "no_connection"
    return SENT


def _post() -> Post:
    security: dict[str, Any] = {
        "use_tls": settings.EMAIL_SECURITY == "starttls",
        "use_ssl": settings.EMAIL_SECURITY == "tls",
    }
    return Post(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        username=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        timeout=TIMEOUT_S,
        **security,
    )


def _word(*codes: int) -> str:
    return "refused" if all(code >= PERMANENT for code in codes) else "not_now"
