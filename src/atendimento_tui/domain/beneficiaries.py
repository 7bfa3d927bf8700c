"""The record of a beneficiary: its items, who depends on whom, and the ages at which a dependent's cover ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from atendimento_tui.domain.refusals import Refused

RELATIONS = (
    "cônjuge",
    "companheiro(a)",
    "filho(a)",
    "enteado(a)",
    "menor sob guarda",
    "pai ou mãe",
    "irmão ou irmã",
    "neto(a)",
    "outro",
)
"""What a dependent is to the holder."""

AGES = (18, 21, 24)
"""The usual ages at which a dependent's cover ends or needs a proof; each unit has its own (`unidade alterar`)."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the record.

    Attributes:
        key: Its name in the program and in events.
        word: Its name in files: the map of an import, `atualiza` of a service.
        section: The part of the record that it belongs to.
        type: The type of its value (`domain.process.values.TYPES`).
        is_list: Whether it has several values, separated by commas.
        is_hidden: Whether it is masked until somebody asks to see it.
    """

    key: str
    word: str
    section: str
    type: str = "texto"
    is_list: bool = False
    is_hidden: bool = False


IDENTITY, PLAN, CONTACTS, ADDRESS, MAIL = "identidade", "plano", "contatos", "endereco", "correspondencia"
SECTIONS = (IDENTITY, PLAN, CONTACTS, ADDRESS, MAIL)

_OF_ADDRESS = (
    ("cep", "cep", "cep", False),
    ("street", "logradouro", "texto", True),
    ("street_number", "numero", "texto", True),
    ("complement", "complemento", "texto", True),
    ("district", "bairro", "texto", False),
    ("city", "cidade", "texto", False),
    ("uf", "uf", "uf", False),
)
"""Key, word, type, whether it is masked, of each item of an address."""

MAIL_PREFIX, MAIL_WORD = "mail_", "correspondencia_"
"""How the items of the address for letters begin."""

ITEMS = (
    Item("name", "nome", IDENTITY, "pessoa"),
    Item("social_name", "nome_social", IDENTITY, "pessoa"),
    Item("cpf", "cpf", IDENTITY, "cpf", is_hidden=True),
    Item("cns", "cns", IDENTITY, "cns", is_hidden=True),
    Item("born_on", "nascimento", IDENTITY, "data", is_hidden=True),
    Item("mother", "mae", IDENTITY, "pessoa", is_hidden=True),
    Item("card", "carteirinha", PLAN, "carteirinha", is_hidden=True),
    Item("plan", "plano", PLAN),
    Item("holder", "titular", PLAN),
    Item("relation", "parentesco", PLAN, "escolha"),
    Item("active_until", "ativo_ate", PLAN, "data"),
    Item("phone", "telefone", CONTACTS, "telefone", is_hidden=True),
    Item("other_phones", "outros_telefones", CONTACTS, "telefone", is_list=True, is_hidden=True),
    Item("email", "email", CONTACTS, "email", is_hidden=True),
    Item("other_emails", "outros_emails", CONTACTS, "email", is_list=True, is_hidden=True),
    *(Item(key, word, ADDRESS, kind, is_hidden=hidden) for key, word, kind, hidden in _OF_ADDRESS),
    *(
        Item(f"{MAIL_PREFIX}{key}", f"{MAIL_WORD}{word}", MAIL, kind, is_hidden=hidden)
        for key, word, kind, hidden in _OF_ADDRESS
    ),
)
"""All items of a record, in the order in which people read them."""

ITEM: Mapping[str, Item] = MappingProxyType({item.key: item for item in ITEMS})
BY_WORD: Mapping[str, Item] = MappingProxyType({item.word: item for item in ITEMS})

UPDATED = tuple(item.word for item in ITEMS if item.key != "holder" and not item.is_list)
"""The items that a service may change (`atualiza`). Another holder is another contract, with a service of its own."""

LIST_SIGN = ", "
"""Between the values of an item that has several."""

UNIQUE = ("cpf", "cns", "card")
"""Numbers that only one person has."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The person whom a dependent depends on, as far as the rules need it."""

    id: int
    depends_on: int | None


def check_holder(person: int | None, holder: Holder | None, relation: str, *, dependents: int) -> None:
    """Refuse a holder who cannot be one.

    A plan has one holder, and dependents of that holder; nobody depends on a dependent (RN 557, art. 3 and 5).

    Args:
        person: The id of the person; None for a new one.
        holder: The holder; None if the person is one.
        relation: What the person is to the holder.
        dependents: How many people depend on the person.

    Raises:
        Refused: The holder is the person, or depends on somebody; others depend on the person; the relation is missing,
            or there is one without a holder.
    """
    if holder is None:
        if relation:
            raise Refused("parentesco_sem_titular")
        return
    if holder.id == person:
        raise Refused("titular_de_si")
    if holder.depends_on is not None:
        raise Refused("titular_dependente")
    if dependents:
        raise Refused("titular_com_dependentes", count=dependents)
    if not relation:
        raise Refused("titular_sem_parentesco")


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age.

    Who was born on 29 February reaches it on 1 March of a year without that day: a term of years that has no exact
    day ends on the next one (Código Civil, art. 132, § 3).
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def births_of(age: int, first: date, last: date) -> tuple[date, date]:
    """The first and the last day on which somebody was born who reaches an age between two days, both included."""
    start = _years_before(first, age)
    end = _years_before(last, age)
    if (first.month, first.day) == (3, 1) and birthday(start - timedelta(days=1), age) == first:
        start -= timedelta(days=1)  # 29 February
    return start, end


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: who was born on the day before reached the age yesterday
        return date(day.year - years, 2, 28)


def read_ages(typed: str) -> tuple[int, ...]:
    """Ages as people write them: `18, 21/24`.

    Raises:
        Refused: One is no age of a dependent; there is none.
    """
    words = typed.replace("/", " ").replace(",", " ").replace(";", " ").split()
    ages = sorted({int(word) for word in words if word.isascii() and word.isdigit() and 1 <= len(word) <= 2})
    if not words or len(ages) != len({*words}) or not all(1 <= age <= 99 for age in ages):
        raise Refused("idades_invalidas", typed=typed)
    return tuple(ages)
