"""Changes by e-mail: one letter for all that is new, handed to the owner's mail server, once."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID, uuid5

import anyio

from verifier.dates import read_moment, written
from wallet_server.listening import remembered
from wallet_server.mailbox import Mailbox
from wallet_server.plain_text import plain
from wallet_server.settings import Settings
from wallet_server.store import events
from wallet_server.store.database import Database
from wallet_server.store.events import Event
from wallet_server.watch.atom import title

#: What is older is told on the page alone: whoever sets up mail wants no letter about the past.
OLDEST = timedelta(days=7)
SECONDS = 30.0


class Post:
    """Mails what was not mailed yet to `mailbox`; without one it does nothing. `trouble` says why
    the last letter was not taken, if it was not.
    """

    def __init__(self, mailbox: Mailbox | None, data: Path) -> None:
        self.mailbox = mailbox
        self.trouble: str | None = None
        self._data = data

    @classmethod
    def for_settings(cls, settings: Settings) -> Post:
        """As the server's settings say."""
        return cls(settings.mailbox, settings.data)

    async def deliver(self, database: Database, now: datetime) -> int:
        """Mail every change that is new; how many that were. What the server does not take is
        tried again the next time.
        """
        if self.mailbox is None:
            return 0
        waiting = await anyio.to_thread.run_sync(events.unsent, database, now - OLDEST)
        if not waiting:
            return 0
        letter = write(waiting, self.mailbox, remembered(self._data), now)
        try:
            await anyio.to_thread.run_sync(send, self.mailbox, letter)
        except (smtplib.SMTPException, OSError) as error:
            self.trouble = _trouble(self.mailbox, error)
            return 0
        self.trouble = None
        numbers = [event.number for event in waiting]
        await anyio.to_thread.run_sync(events.mark_sent, database, numbers, now)
        return len(waiting)


def write(
    waiting: Sequence[Event], mailbox: Mailbox, origin: str | None, now: datetime
) -> EmailMessage:
    """The letter about `waiting`; the same events have the same Message-ID, should it go twice."""
    letter = EmailMessage()
    letter["From"], letter["To"] = mailbox.sender, mailbox.recipient
    first = waiting[0]
    count = len(waiting)
    letter["Subject"] = _subject(first) if count == 1 else f"{count} changes in your wallet"
    letter["Date"] = format_datetime(now)
    numbers = ",".join(str(event.number) for event in waiting)
    own = uuid5(UUID(hex=first.credential_id), f"letter {numbers}")
    letter["Message-ID"] = f"<{own}@touchstone.invalid>"
    letter["Auto-Submitted"] = "auto-generated"
    parts = [_paragraph(event, origin) for event in waiting]
    where = f"All changes: {origin}/wallet/changes\n" if origin else ""
    parts.append(f"{where}Your own Touchstone sent this. Whoever runs it can stop it.")
    letter.set_content("\n\n".join(parts) + "\n")
    return letter


def send(mailbox: Mailbox, letter: EmailMessage) -> None:
    """Hand a letter to the mail server. Blocks; raises `SMTPException` or `OSError`."""
    secure = ssl.create_default_context()
    if mailbox.at_once:
        with smtplib.SMTP_SSL(
            mailbox.host, mailbox.port, timeout=SECONDS, context=secure
        ) as server:
            _hand_over(server, mailbox, letter)
        return
    with smtplib.SMTP(mailbox.host, mailbox.port, timeout=SECONDS) as server:
        server.ehlo()
        if not mailbox.is_here or server.has_extn("starttls"):
            server.starttls(context=secure)
        _hand_over(server, mailbox, letter)


def _hand_over(server: smtplib.SMTP, mailbox: Mailbox, letter: EmailMessage) -> None:
    if mailbox.user is not None:
        server.login(mailbox.user, mailbox.password or "")
    server.send_message(letter)


def _subject(event: Event) -> str:
    """The title, in which nothing is an encoded word (RFC 2047): `EmailMessage` would decode it,
    and what a stranger put into it would become a header of its own.
    """
    return title(event).replace("=?", "= ?")


def _paragraph(event: Event, origin: str | None) -> str:
    lines = [title(event), plain(event.says, 2000), written(read_moment(event.at))]
    if origin:
        lines.append(f"{origin}/wallet/{event.credential_id}")
    return "\n".join(lines)


def _trouble(mailbox: Mailbox, error: Exception) -> str:
    """Why a letter was not taken, without what the server may have said of the owner."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        why = "it does not know this user and password"
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        why = "it offers no TLS, and nothing is sent in the open"
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        why = "it takes no mail for that address"
    elif isinstance(error, ssl.SSLError):
        why = "its certificate does not hold"
    elif isinstance(error, smtplib.SMTPException):
        why = "it did not take the letter"
    else:
        why = "it can't be reached"
    return f"Mail could not be sent through {mailbox.host}: {why}. It is tried again."
