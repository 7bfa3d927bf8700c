"""The operator's procedures: codes, flags, and the facts that a request's fields take from them.

A flag is `sim`, `nao`, or empty while nobody has set it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from atendimento_tui.domain.identifiers import tuss_digit_holds
from atendimento_tui.domain.text import searched

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "22": "procedimentos",
        "18": "diárias e taxas",
        "19": "materiais e OPME",
        "20": "medicamentos",
        "00": "própria",
    }
)
"""The tables of procedures (`codigoTabela` of TISS), those that are asked for most first."""

OWN_TABLE = "00"
"""The operator's own codes, which need no check digit."""

YES, NO = "sim", "nao"

FLAGS = ("opme", "pac", "elective", "audit", "covered")
"""OPME; high complexity (PAC, a column of the Rol); elective admission; needs audit; is covered."""

ITEMS_566: Mapping[str, int | None] = MappingProxyType(
    {
        "I": 7,
        "II": 14,
        "III": 10,
        "IV": 10,
        "V": 10,
        "VI": 10,
        "VII": 10,
        "VIII": 10,
        "IX": 7,
        "X": 3,
        "XI": 10,
        "XII": 21,
        "XIII": 21,
        "XIV": 10,
        "XV": 10,
        "XVII": None,
    }
)
"""Item of art. 3 of RN ANS 566/2022 -> its limit in business days; None for at once.

The text of XVI was not at hand.
"""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure.

    Attributes:
        table: Its table, of `TABLES`.
        code: Eight to ten digits.
        term: Its name.
        first_day: ISO date from which it is in force; empty for always.
        last_day: ISO date of its last day; empty for none.
        rn566: Its item of art. 3 of RN ANS 566/2022, of `ITEMS_566`; empty if unknown.
        source: Where flags and term come from: the name of the import's map, or `EXAMPLE`.
    """

    table: str
    code: str
    term: str
    first_day: str = ""
    last_day: str = ""
    opme: str = ""
    pac: str = ""
    elective: str = ""
    audit: str = ""
    covered: str = ""
    rn566: str = ""
    source: str = ""


EXAMPLE = "exemplo"
"""The source of the short list that comes with the program. Its flags are examples."""


@dataclass(frozen=True, slots=True)
class Warnings:
    """What is unusual about a code. Nothing of it forbids the code."""

    wrong_digit: bool = False
    unknown: bool = False
    not_yet: bool = False
    """It is in force from a later day."""
    no_more: bool = False
    """It was in force until an earlier day."""


def is_in_force(procedure: Procedure, day: date) -> bool:
    """Whether the procedure is in force on a day."""
    today = day.isoformat()
    return procedure.first_day <= today and (not procedure.last_day or today <= procedure.last_day)


def warnings_of(code: str, procedure: Procedure | None, day: date) -> Warnings:
    """What is unusual about a code.

    Args:
        code: Its digits.
        procedure: What the table has for it, if anything.
        day: The day on which it is asked for.
    """
    is_own = procedure is not None and procedure.table == OWN_TABLE
    return Warnings(
        wrong_digit=not is_own and not tuss_digit_holds(code),
        unknown=procedure is None,
        not_yet=procedure is not None and procedure.first_day > day.isoformat(),
        no_more=procedure is not None and bool(procedure.last_day) and procedure.last_day < day.isoformat(),
    )


def best(found: Iterable[Procedure], day: date) -> Procedure | None:
    """Of procedures with the same code in several tables the one that is meant: in force, then by the table."""
    order = list(TABLES)
    return min(found, key=lambda each: (not is_in_force(each, day), order.index(each.table)), default=None)


def search_text(table: str, code: str, term: str) -> str:
    """The indexed text: table, code and words, folded, each after a blank, so that beginnings of words are found."""
    return f" {table_mark(table)} {code} {searched(term)} "


def table_mark(table: str) -> str:
    """How a table stands in the indexed text. No folded word of a person begins so in a search."""
    return f"#{table}"


HIGH, OTHER = "alta complexidade ou internação eletiva", "demais"
"""The two terms of RN ANS 623/2024, art. 12, II, for requests that are not urgent: 10 and 5 business days."""


def _rule_of_answer(it: Procedure) -> str:
    """The term of RN ANS 623/2024. OPME counts as PAC or elective admission unless its flags say that it is neither.

    See docs/rules.md, "Requests of procedures".
    """
    if YES in (it.pac, it.elective):
        return HIGH
    if (it.pac, it.elective) == (NO, NO):
        return OTHER
    return HIGH if it.opme == YES else ""


FACTS: Mapping[str, Callable[[Procedure], str]] = MappingProxyType(
    {
        "termo": lambda it: it.term,
        "opme": lambda it: it.opme,
        "pac": lambda it: it.pac,
        "eletiva": lambda it: it.elective,
        "auditoria": lambda it: it.audit,
        "coberto": lambda it: it.covered,
        "classe": lambda it: {YES: "OPME", NO: "demais"}.get(it.opme, ""),
        "rn623": _rule_of_answer,
        "rn566": lambda it: it.rn566,
    }
)
"""Word of a process (`de = "procedimento.auditoria"`) -> the fact; empty if it is unknown."""

FACT_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("opme", "pac", "eletiva", "auditoria", "coberto"), (YES, NO)),
        "classe": ("OPME", "demais"),
        "rn623": (HIGH, OTHER),
        "rn566": tuple(ITEMS_566),
    }
)
"""Fact -> the values that it can have; `termo` is any text."""
