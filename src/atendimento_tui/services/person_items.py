"""The items of a person of the desk as people type them: checked, and matched with the people and groups there are."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atendimento_tui.contracts.people import PersonRow, Staff
from atendimento_tui.data.written import checked_week
from atendimento_tui.domain.accounts import checked_login, compared_login, login_of
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.nearest import nearest
from atendimento_tui.domain.people import role_named
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import entered, folded, written

FIELDS = ("name", "login", "role", "groups", "hours")
"""The items of a person that people type."""


_GROUP_ENDS = re.compile("(?<=[,;|])")


@dataclass(frozen=True, slots=True)
class Facts:
    """The checked items of a person.

    Attributes:
        groups: Names of the groups, sorted.
    """

    name: str
    login: str
    role: str
    groups: tuple[str, ...]
    hours: str

    @classmethod
    def of(cls, row: PersonRow) -> "Facts":
        """The items of a stored person."""
        return cls(row.name, row.login, row.role, row.groups, row.hours)

    def as_changes(self) -> dict[str, str]:
        """The items as texts of an event."""
        return {name: ", ".join(self.groups) if name == "groups" else getattr(self, name) for name in FIELDS}


def person_named(known: Staff, wanted: str) -> PersonRow:
    """The person with this login, or else with this name; also one who has left.

    Raises:
        Refused: Nobody, or several people of this name; it has the most similar names, or their logins.
    """
    by_login = [row for row in known.people if row.login and row.login == compared_login(wanted)]
    alike = by_login or [row for row in known.people if folded(row.name) == folded(entered(wanted).strip())]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise Refused("pessoa_repetida", name=alike[0].name, logins=", ".join(row.login for row in alike))
    names = difflib.get_close_matches(wanted, [row.name for row in known.people], n=8, cutoff=0)
    raise Refused("pessoa_desconhecida", name=wanted, known=", ".join(names) or None)


def suggested_login(known: Staff, name: str) -> str:
    """A free login for a new person."""
    return login_of(name, {row.login for row in known.people})


def groups_named(known: Staff, typed: str) -> tuple[str, ...]:
    """The names of the groups in a text, separated by commas or semicolons; case and accents do not matter.

    Raises:
        Refused: One is no group of the desk; it has the most similar name.
    """
    titles = {folded(group.name): group.name for group in known.groups if group.is_active}
    pieces, found = _GROUP_ENDS.split(entered(typed)), set[str]()
    while pieces:
        for count in range(len(pieces), 0, -1):  # a name may have a comma
            name = titles.get(folded("".join(pieces[:count]).rstrip(" ,;|").strip()))
            if name is not None:
                found.add(name)
                pieces = pieces[count:]
                break
        else:
            word = pieces.pop(0).strip(" ,;|")
            if word:
                raise Refused("grupo_desconhecido", name=word, nearest=nearest(word, titles.values()))
    return tuple(sorted(found, key=folded))


def facts_of(known: Staff, typed: Mapping[str, str], *, login: str = "") -> Facts:
    """The checked items; all errors together.

    Args:
        login: The login of the person; empty for a new one.

    Raises:
        Refused: Some of them are invalid.
    """
    wrong, given = Wrong(), dict.fromkeys(FIELDS, "")
    groups: Sequence[str] = ()
    with wrong.at("name"):
        given["name"] = checked_name(written(typed.get("name", "")), "pessoa")
    with wrong.at("login"):
        if (typed_login := entered(typed.get("login", "")).strip()) == login and login:
            given["login"] = login
        elif typed_login:
            given["login"] = checked_login(typed_login)
        elif given["name"]:
            given["login"] = _new_login(known, given["name"])
    with wrong.at("role"):
        given["role"] = role_named(typed.get("role", ""))
    with wrong.at("groups"):
        groups = groups_named(known, typed.get("groups", ""))
    with wrong.at("hours"):
        hours = written(typed.get("hours", "")).strip()
        if hours:
            checked_week(hours)
        given["hours"] = hours
    wrong.refuse()
    return Facts(given["name"], given["login"], given["role"], tuple(groups), given["hours"])


def _new_login(known: Staff, name: str) -> str:
    """A login for a new person without one.

    A person of the same name is the same person, so that a call that is repeated adds nobody twice; who has another
    login is told so.
    """
    alike = [row for row in known.people if row.is_active and folded(row.name) == folded(name)]
    return alike[0].login if len(alike) == 1 else suggested_login(known, name)
