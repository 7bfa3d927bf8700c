"""The documents that a ticket needs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A needed document and its state: `recebido`, why it was refused, or nothing yet."""

    key: str
    name: str
    why: str
    verdict: str
