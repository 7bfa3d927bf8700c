"""The register of protocols: the operator's workbook to which the protocols of the day are appended.

Rules of the register: each protocol of a registering service (`registra`) stands there once, ascending; the numbers of
its rows have no gap; what comes after the run of a day is written on the next one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from atendimento_tui.domain.refusals import Refused

NUMBER, PROTOCOL = "numero", "protocolo"

FACTS = (
    *(NUMBER, PROTOCOL, "data", "hora", "servico", "canal"),
    *("solicitante", "beneficiario", "responsavel", "unidade"),
)
"""What a column may show, besides the answer to a field (`campo.CHAVE`)."""

FIELD = "campo."

_HOUR = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
_COLUMN = re.compile("[A-Z]{1,3}")
_FIELD = re.compile(re.escape(FIELD) + "[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """The operator's workbook.

    Attributes:
        file: Its path.
        sheet: The name of the sheet; empty for the first one.
        columns: Letter of a column -> the fact that it shows. One shows the number of the row, and one the protocol.
        hour: The hour of the day until which the run that nobody asks for takes protocols.
    """

    file: Path
    sheet: str
    columns: Mapping[str, str]
    hour: time = time(0)

    def column_of(self, fact: str) -> str:
        """The letter of the column that shows a fact, which one does."""
        return next(letter for letter, shown in self.columns.items() if shown == fact)


def read_layout(section: object, source: str) -> Layout:
    """The layout in the section `[registro]` of the settings file: `arquivo`, `planilha`, `colunas`, `hora`.

    Args:
        section: The section as TOML gives it; None if there is none.
        source: The path of the settings file, for the errors.

    Raises:
        Refused: There is no such section, or a value is wrong.
    """
    if not isinstance(section, dict):
        raise Refused("registro_sem_ajuste", path=source)
    file, sheet, columns = section.get("arquivo"), section.get("planilha", ""), section.get("colunas")
    if not isinstance(file, str) or "\0" in file or not Path(file).expanduser().is_absolute():
        raise Refused("registro_sem_arquivo", path=source)
    if not file.lower().endswith(".xlsx"):
        raise Refused("registro_nao_xlsx", file=file)
    if not isinstance(sheet, str):
        raise Refused("registro_planilha", path=source)
    if not isinstance(columns, dict) or not columns:
        raise Refused("registro_sem_colunas", path=source, known=", ".join(FACTS))
    for letter, fact in columns.items():
        if not _COLUMN.fullmatch(letter):
            raise Refused("registro_coluna", path=source, letter=letter)
        if not isinstance(fact, str) or (fact not in FACTS and not _FIELD.fullmatch(fact)):
            raise Refused("registro_fato", path=source, letter=letter, fact=str(fact), known=", ".join(FACTS))
    for fact in (NUMBER, PROTOCOL):
        if list(columns.values()).count(fact) != 1:
            raise Refused("registro_falta_coluna", path=source, fact=fact)
    return Layout(Path(file).expanduser(), sheet, columns, _hour(section.get("hora", "00:00"), source))


def _hour(written: object, source: str) -> time:
    if isinstance(written, str) and _HOUR.fullmatch(written):
        return time.fromisoformat(written)
    raise Refused("registro_hora", path=source)


def run_of(local: datetime, hour: time) -> tuple[datetime, date]:
    """The last run that nobody asks for: until when it takes protocols, and its day.

    At midnight it is the run of the day that has just ended.

    Args:
        local: The present instant, in the zone of the desk.
        hour: The hour of the run.
    """
    until = datetime.combine(local.date(), hour, local.tzinfo)
    if until > local:
        until = datetime.combine(local.date() - timedelta(days=1), hour, local.tzinfo)
    return until, until.date() if hour > time(0) else until.date() - timedelta(days=1)


def numbered(protocols: Sequence[tuple[int, str]], last: int) -> dict[int, int]:
    """Id of each new entry -> its number: ascending by protocol, without a gap after the last number.

    Args:
        protocols: Id and protocol of each entry.
        last: The last number that was used, in the desk or in the workbook.
    """
    ascending = sorted(protocols, key=lambda pair: pair[1])
    return {entry: number for number, (entry, _) in enumerate(ascending, start=last + 1)}
