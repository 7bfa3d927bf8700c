"""The documents that a ticket needs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that is needed, and what is known of it: `recebido`, why it was refused, or nothing yet."""

    key: str
    name: str
    why: str
    verdict: str
