"""The settings of the unit: which there are, of which kind, and between which bounds. One table.

Targets by severity are no setting: they belong to each service, whose running tickets keep the version in which they
began. They are changed by including another version of the service (`catalogo incluir`).
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from atendimento_tui.domain.beneficiaries import read_ages
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.phones import PhoneError, as_typed, read_phone
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written

LONGEST_LINE = 200
"""Maximum characters of a setting of one line."""

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?")

Value: TypeAlias = str | int


class Kind(Enum):
    """How a setting is typed."""

    NAME = auto()
    REGISTRATION = auto()
    PHONES = auto()
    EMAIL = auto()
    HOST = auto()
    CHOICE = auto()
    LINE = auto()
    NUMBER = auto()
    AGES = auto()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting.

    Attributes:
        key: Its word in the command.
        column: Its column in the table of the unit.
        least, most: Bounds of a number.
        choices: The values of a choice.
    """

    key: str
    column: str
    kind: Kind
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()


SETTINGS = (
    Setting("nome", "name", Kind.NAME),
    Setting("registro_ans", "ans_registration", Kind.REGISTRATION),
    Setting("telefones", "phones", Kind.PHONES),
    Setting("email", "email", Kind.EMAIL),
    Setting("endereco", "address", Kind.LINE),
    Setting("comprovante_topo", "slip_header", Kind.LINE),
    Setting("comprovante_rodape", "slip_footer", Kind.LINE),
    Setting("idades_dependentes", "dependent_ages", Kind.AGES),
    Setting("bloqueio_minutos", "lock_minutes", Kind.NUMBER, 0, 480),
    Setting("anexo_mib", "attachment_mib", Kind.NUMBER, 1, 200),
    Setting("guarda_anos", "keep_years", Kind.NUMBER, 2, 100),
    Setting("copias_dias", "copies_days", Kind.NUMBER, 1, 90),
    Setting("copias_semanas", "copies_weeks", Kind.NUMBER, 0, 104),
    Setting("copias_meses", "copies_months", Kind.NUMBER, 0, 120),
    Setting("smtp_servidor", "smtp_host", Kind.HOST),
    Setting("smtp_porta", "smtp_port", Kind.NUMBER, 1, 65535),
    Setting("smtp_seguranca", "smtp_security", Kind.CHOICE, choices=("starttls", "tls", "nenhuma")),
    Setting("smtp_login", "smtp_login", Kind.LINE),
    Setting("smtp_remetente", "smtp_sender", Kind.EMAIL),
    Setting("smtp_maquinas", "smtp_machines", Kind.LINE),
)


def setting_named(key: str) -> Setting:
    """The setting of this key.

    Raises:
        Refused: There is none.
    """
    for setting in SETTINGS:
        if setting.key == key.strip().lower():
            return setting
    raise Refused("ajuste_desconhecido", typed=key, known=", ".join(each.key for each in SETTINGS))


def read_setting(setting: Setting, typed: str) -> Value:
    """A typed value in the stored form. All but the name may be empty, if they are no numbers.

    Raises:
        Refused: It is not a value of the setting.
    """
    text = written(typed).strip()
    match setting.kind:
        case Kind.NUMBER:
            return _number(setting, text)
        case Kind.NAME:
            return checked_name(text, "unidade")
        case Kind.REGISTRATION:
            if not re.fullmatch("([0-9]{6})?", text):
                raise Refused("registro_ans_invalido", text=text)
            return text
        case Kind.AGES:
            return ", ".join(map(str, read_ages(text)))
        case Kind.PHONES:
            return ", ".join(_phone(each) for each in re.split("[,;]", text) if each.strip())
        case Kind.EMAIL:
            if text and not _EMAIL.fullmatch(text):
                raise Refused("ajuste_email", typed=text)
        case Kind.HOST:
            if text and not _HOST.fullmatch(text):
                raise Refused("ajuste_servidor", typed=text)
        case Kind.CHOICE:
            if text.lower() not in setting.choices:
                raise Refused("ajuste_escolha", typed=text, choices=", ".join(setting.choices))
            return text.lower()
    if len(text) > LONGEST_LINE:
        raise Refused("ajuste_longo", count=len(text), most=LONGEST_LINE)
    return text


def _number(setting: Setting, text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text) or not setting.least <= int(text) <= setting.most:
        raise Refused("ajuste_fora", typed=text, least=setting.least, most=setting.most)
    return int(text)


def _phone(typed: str) -> str:
    try:
        return as_typed(read_phone(typed.strip()))
    except PhoneError as error:
        raise Refused("ajuste_telefone", typed=typed.strip()) from error
