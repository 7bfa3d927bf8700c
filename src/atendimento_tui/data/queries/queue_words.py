"""The conditions of the words of a filter."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, exists, literal_column, select, union_all

from atendimento_tui.data import tables
from atendimento_tui.data.engine import contains, own_words_with, plain, text_containing
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.domain.text import entered, is_found, search_forms, searched_name, searched_words

_T = plain(tables.Ticket).c

TRIGRAM = 3
"""Letters that a word needs to be found by the trigram index."""

_NAMES_KEPT = 4_096
"""Folded names of people and groups that are kept in memory."""

_WORDS, _LETTERS = 50, 1000
"""Maximum words of a filter, and letters of a word. SQLite limits the depth of conditions and the size of patterns."""

_WORDS, _LETTERS = 50, 1000
"""Maximum words of a filter, and letters of a word. SQLite limits the depth of conditions and the size of patterns."""


def words_of(typed: str) -> list[str]:
    """The words of the filter, up to the limits of the database (a whole page may be pasted by mistake)."""
    cut = " ".join(word[:_LETTERS] for word in entered(typed).split())
    return searched_words(cut)[:_WORDS]


def in_own_words(connection: Connection, word: str, *, at_once: bool) -> list[ColumnElement[bool]]:
    forms = [contains(connection, _T.search, form) for form in search_forms(word)]
    if at_once and len(word) >= TRIGRAM and (found := own_words_with(connection, word)) is not None:
        return [_T.id.in_(found)]
    return forms


def in_texts(connection: Connection, word: str, *, at_once: bool) -> list[ColumnElement[bool]]:
    """The condition that a text of the ticket's events has the word.

    Args:
        at_once: Read all matches from the index, instead of checking ticket by ticket.
    """
    if len(word) < TRIGRAM:
        return []
    if at_once:
        return [_T.id.in_(text_containing(connection, word))]
    texts = plain(tables.TicketText).c
    has_word = contains(connection, texts.text, word)
    return [exists(select(texts.id).where(texts.ticket_id == _T.id, has_word))]


def in_names(word: str, people: Mapping[int, str], groups: Mapping[int, str]) -> list[ColumnElement[bool]]:
    """The condition that the word is in the name of the ticket's owner or group; empty if no name has it."""
    found: list[ColumnElement[bool]] = []
    for column, named in ((_T.owner_id, people), (_T.group_id, groups)):
        if numbers := [number for number, name in named.items() if is_found(word, _name_in_search(name))]:
            found.append(column.in_(numbers))
    return found


def people_and_groups(connection: Connection) -> tuple[dict[int, str], dict[int, str]]:
    """Id -> name of all people, including those who may not act any more, and of all groups."""
    names: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for kind, number, name in quick_rows(connection, _all_names(), {}):
        names[kind][number] = name
    return names


@lru_cache(_NAMES_KEPT)
def _name_in_search(name: str) -> str:
    return searched_name(name)


@cache
def _all_names() -> CompoundSelect[Any]:
    named = enumerate((plain(tables.Person), plain(tables.Group)))
    return union_all(*(select(literal_column(str(kind)), of.c.id, of.c.name) for kind, of in named))
