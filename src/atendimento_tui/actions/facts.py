"""The state of a place, from which reasons tell whether an action is possible."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """The state of a place.

    Attributes:
        role_forbids: Returns why the person's role forbids a permission, as a sentence; None if it allows it.
        key_of: Returns the name of an action's key, by the action's id.
        is_open: Whether the desk is open.
        has_passwords: Whether people enter the desk with passwords.
        has_ticket: Whether a ticket is selected or open.
        closed_as: The word for the state of a closed ticket; empty for an open one.
        owner: The name of the ticket's owner; empty if it has none.
        is_mine: Whether the owner is the person at this window.
        is_waiting: Whether the ticket waits for a third party.
        is_in_validation: Whether the ticket waits for the client's validation.
        has_term: Whether a clock runs on the ticket.
        has_documents: Whether the process requires documents now.
        has_corrections: Whether the person may correct an answer.
        has_new_date: Whether a date that the requester was told has moved, and the requester does not know it.
        has_alert: Whether an alert of the ticket is for the person and not acknowledged.
        list_of: In the place of people: what is listed, `pessoas` or `grupos`.
        has_row: Whether a row of that list is selected.
        has_left: Whether the selected person or group is deactivated.
        is_choosing: In a new intake: whether no service is chosen yet.
        is_done: In a new intake: whether it is saved.
        is_draft: In a new intake: whether a draft is selected.
    """

    key_of: Callable[[str], str]
    is_open: bool = False
    has_passwords: bool = False
    has_ticket: bool = False
    closed_as: str = ""
    owner: str = ""
    is_mine: bool = False
    is_waiting: bool = False
    is_in_validation: bool = False
    has_term: bool = False
    has_documents: bool = False
    has_corrections: bool = False
    has_new_date: bool = False
    has_alert: bool = False
    list_of: str = ""
    has_row: bool = False
    has_left: bool = False
    is_choosing: bool = False
    is_done: bool = False
    is_draft: bool = False
    role_forbids: Callable[[str], str | None] = lambda _: None
