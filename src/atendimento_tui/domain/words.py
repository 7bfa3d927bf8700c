"""The words that stand in the data: stored, exported and read by other programs. Extend them; never rename one."""

from collections.abc import Mapping
from enum import StrEnum

SEVERITY = "criticidade"
"""What conditions and targets of a process call the ticket's severity."""


class Severity(StrEnum):
    """How badly a ticket hurts (`criticidade`)."""

    LOW = "baixa"
    MEDIUM = "media"
    HIGH = "alta"
    CRITICAL = "critica"

    @property
    def rank(self) -> int:
        """Place in the queue: 0 is the first one served."""
        return (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW).index(self)

    @classmethod
    def of_rank(cls, rank: int) -> "Severity":
        return (cls.CRITICAL, cls.HIGH, cls.MEDIUM, cls.LOW)[rank]


class State(StrEnum):
    """Where a ticket stands (`estado`), whatever its service."""

    OPEN = "aberto"
    WAITING = "aguardando"
    VALIDATION = "validacao"
    DONE = "concluido"
    CANCELLED = "cancelado"
    ABANDONED = "abandonado"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something, on either side of the counter."""
        return self in (State.OPEN, State.WAITING, State.VALIDATION)


class ClockKind(StrEnum):
    """What a clock promises (`prazo.tipo`), of the kinds that are known by name. A process may name others."""

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
        OURS: It rests while nobody of ours has to act.
        CLIENT: It counts the client's time: nobody of ours is warned of it, and it may run on a ticket that has ended.
        LAW: It runs until an effect says otherwise, whoever has to act.
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
"""Kind known by name -> its nature where nothing else is said."""


class Situation(StrEnum):
    """How a live clock looks at an instant (`prazo.situacao`)."""

    ON_TIME = "no_prazo"
    WARNING = "atencao"
    OVERDUE = "vencido"
    PAUSED = "pausado"


class Result(StrEnum):
    """How a stopped clock ended (`resultado`)."""

    ON_TIME = "no_prazo"
    LATE = "fora_do_prazo"
    CANCELLED = "cancelado"
