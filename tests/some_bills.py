"""Bills for tests, with right check digits."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from atendimento_tui.domain.bills import Bill, BillError, due_factor, read_bill

MAP = """
[colunas]
linha = "Linha digitável"
competencia = "Competência"
valor = "Valor"
vencimento = "Vencimento"
pago_em = "Pago em"
cpf = "CPF"
"""
HEAD = "CPF;Competência;Linha digitável;Valor;Vencimento;Pago em"


def bill(due: date, cents: int, free: int = 1) -> Bill:
    """A bill of a bank that does not exist (999).

    Args:
        free: The number in its free field.
    """
    for digit in range(10):
        with suppress(BillError):
            return read_bill(f"9999{digit}{due_factor(due):04}{cents:010}{free:025}")
    raise AssertionError("one of the digits is right")


def row(cpf: str, month: str, of: Bill, value: str, due: str, paid: str = "") -> str:
    """A line of a list."""
    return ";".join((cpf, month, of.shown, value, due, paid))


def files(folder: Path, *lines: str) -> tuple[Path, Path]:
    """A list and its map."""
    listed, map_file = folder / "boletos.csv", folder / "mapa.toml"
    listed.write_text("\n".join((HEAD, *lines)), "utf-8")
    map_file.write_text(MAP, "utf-8")
    return listed, map_file
