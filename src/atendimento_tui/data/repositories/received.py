"""Writes of answers that were received, and of the files that messages carry."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one


def insert_received(
    connection: Connection,
    ticket: int,
    seq: int,
    *,
    at: datetime,
    sender: str,
    subject: str,
    mail_id: str,
    message: int | None,
    attachment: int | None,
) -> int:
    """Insert an answer.

    Args:
        seq: Number of the event that has its text.
        message: Id of the message that it answers.
        attachment: Id of the attachment that is the whole e-mail.

    Returns:
        Its id.
    """
    values = {"ticket_id": ticket, "seq": seq, "at": at, "sender": sender, "subject": subject, "mail_id": mail_id}
    return insert_one(connection, tables.Received, **values, message_id=message, attachment_id=attachment)


def insert_files(connection: Connection, message: int, attachments: Iterable[int]) -> None:
    """Let attachments be sent with a message."""
    rows = [{"message_id": message, "attachment_id": each} for each in attachments]
    insert_many(connection, tables.MessageFile, rows)
