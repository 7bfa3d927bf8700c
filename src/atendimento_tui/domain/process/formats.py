"""Stored values of fields as people type and read them, complete or masked. A value has the shape of its type."""

from atendimento_tui.domain import bookings
from atendimento_tui.domain.bills import Bill, is_bill

_SHORT_CARD = 6
"""A card of so few digits shows none of them when it is masked."""


def _grouped(whole: str) -> str:
    return f"{int(whole):,}".replace(",", ".")


def number(value: str) -> str:
    """A number with points and a comma."""
    whole, _dot, rest = value.removeprefix("-").partition(".")
    return f"{'−' if value.startswith('-') else ''}{_grouped(whole)}{f',{rest}' if rest else ''}"


def money(value: str) -> str:
    """Centavos with the currency."""
    return f"R$ {_grouped(value[:-2] or '0')},{value[-2:]:0>2}"


def typed_money(value: str) -> str:
    """Centavos as people type them."""
    return f"{int(value[:-2] or '0')},{value[-2:]:0>2}"


def reversed_date(value: str) -> str:
    """An ISO day or month in Brazilian order: `DD/MM/AAAA`, `MM/AAAA`."""
    return "/".join(reversed(value.split("-")))


def protocol(value: str) -> str:
    """A protocol number in groups."""
    return f"{value[:-14]}.{value[-14:-6]}.{value[-6:]}".lstrip(".")


def cpf(value: str) -> str:
    """A CPF with its signs."""
    return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"


def masked_cpf(value: str) -> str:
    """The middle of a CPF."""
    return f"***.{value[3:6]}.{value[6:9]}-**"


def cnpj(value: str) -> str:
    """A CNPJ with its signs."""
    return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"


def cns(value: str) -> str:
    """A CNS in groups."""
    return f"{value[:3]} {value[3:7]} {value[7:11]} {value[11:]}"


def masked_cns(value: str) -> str:
    """The end of a CNS."""
    return f"*** **** **** {value[11:]}"


def cep(value: str) -> str:
    """A CEP with its hyphen."""
    return f"{value[:5]}-{value[5:]}"


def bill(value: str) -> str:
    """The line of a bill; another number of it as it is."""
    return Bill(value).shown if is_bill(value) else value


def slot(value: str) -> str:
    """When the slot begins."""
    return f"{bookings.read_code(value).starts_at:%d/%m/%Y %H:%M}"


def masked_card(value: str) -> str:
    """The last four signs of a card; none of a short one."""
    return f"****{value[-4:]}" if len(value) > _SHORT_CARD else "****"
