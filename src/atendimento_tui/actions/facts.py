"""What the reasons look at: how things stand in a place when an action is asked for."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """How things stand in a place.

    Attributes:
        key_of: The key that asks for an action, by the action's id.
        is_open: Whether the desk is open.
        has_ticket: Whether a ticket is in hand.
        closed_as: The word for the ticket's state where it is closed; empty where it is open.
        owner: The name of who answers for the ticket; empty where nobody does.
        is_mine: Whether that is the person at this window.
        is_waiting: Whether the ticket waits for somebody outside.
        is_in_validation: Whether it waits for the client's validation.
        has_term: Whether a clock runs on it.
        has_documents: Whether its process asks for documents now.
        has_corrections: Whether it has an answer that the person may correct.
        is_choosing: Of an intake: whether the service is not chosen yet.
        is_done: Of an intake: whether it is written.
        is_draft: Of an intake: whether a draft is chosen.
    """

    key_of: Callable[[str], str]
    is_open: bool = False
    has_ticket: bool = False
    closed_as: str = ""
    owner: str = ""
    is_mine: bool = False
    is_waiting: bool = False
    is_in_validation: bool = False
    has_term: bool = False
    has_documents: bool = False
    has_corrections: bool = False
    is_choosing: bool = False
    is_done: bool = False
    is_draft: bool = False
