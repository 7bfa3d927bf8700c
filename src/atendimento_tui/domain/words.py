"""The words of stored and exported data, which other programs read. Add to them; never rename one."""

from collections.abc import Mapping
from enum import StrEnum

SEVERITY = "criticidade"
"""Name of the ticket's severity in conditions and targets of a process."""


class Severity(StrEnum):
    """The severity of a ticket (`criticidade`)."""

    LOW = "baixa"
    MEDIUM = "media"
    HIGH = "alta"
    CRITICAL = "critica"

    @property
    def rank(self) -> int:
        """Rank in the queue: 0 is served first."""
        return (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW).index(self)

    @classmethod
    def of_rank(cls, rank: int) -> "Severity":
        return (cls.CRITICAL, cls.HIGH, cls.MEDIUM, cls.LOW)[rank]


class State(StrEnum):
    """The state of a ticket (`estado`), the same for every service."""

    OPEN = "aberto"
    WAITING = "aguardando"
    VALIDATION = "validacao"
    DONE = "concluido"
    CANCELLED = "cancelado"
    ABANDONED = "abandonado"

    @property
    def is_open(self) -> bool:
        """Whether the desk or the requester still has to do something."""
        return self in (State.OPEN, State.WAITING, State.VALIDATION)


class ClockKind(StrEnum):
    """The predefined kinds of clocks (`prazo.tipo`). A process may define others."""

    FIRST_ANSWER = "primeira_resposta"
    SOLUTION = "solucao"
    COMPLETION = "finalizacao"
    VALIDATION = "validacao"
    REOPENING = "reabertura"
    ANS_ANSWER = "resposta_ans"
    SAC = "sac"
    AUDIT = "auditoria"
    LEGAL_WAIT = "espera"
    CORRECTION = "correcao"
    FOLLOW_UP = "retorno"


class Nature(StrEnum):
    """Whose time a clock counts (`natureza`).

    Attributes:
        OURS: It is paused while the desk does not have to act.
        CLIENT: It counts the client's time: it alerts nobody of the desk, and may run on a closed ticket.
        LAW: It runs until an effect of the process stops it.
    """

    OURS = "nossa"
    CLIENT = "cliente"
    LAW = "lei"


NATURES: Mapping[str, Nature] = {
    ClockKind.FIRST_ANSWER: Nature.OURS,
    ClockKind.SOLUTION: Nature.OURS,
    ClockKind.COMPLETION: Nature.OURS,
    ClockKind.VALIDATION: Nature.CLIENT,
    ClockKind.REOPENING: Nature.CLIENT,
    ClockKind.CORRECTION: Nature.CLIENT,
    ClockKind.ANS_ANSWER: Nature.LAW,
    ClockKind.SAC: Nature.LAW,
    ClockKind.AUDIT: Nature.LAW,
    ClockKind.LEGAL_WAIT: Nature.LAW,
    ClockKind.FOLLOW_UP: Nature.LAW,
}
"""Predefined kind -> its default nature."""


class Situation(StrEnum):
    """The state of a running or paused clock at an instant (`prazo.situacao`)."""

    ON_TIME = "no_prazo"
    WARNING = "atencao"
    OVERDUE = "vencido"
    PAUSED = "pausado"


class Result(StrEnum):
    """How a stopped clock ended (`resultado`)."""

    ON_TIME = "no_prazo"
    LATE = "fora_do_prazo"
    CANCELLED = "cancelado"


DECEMBER = 12
"""The month in which the own holidays of the next year are asked for."""
