"""Drafts of acts: what was typed and is not in the database yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Unsent:
    """The draft of an act on a ticket.

    Attributes:
        key: Its own id; two windows with a draft for the same ticket have two.
        aim: The target of the act that is not part of its words: a receiver, a severity.
        words: Text by field, as typed; the free text is under the empty key.
    """

    key: str
    aim: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.words
