"""The words of a process: each part of the file with what may stand in it.

Names in code are English, the words of the file Portuguese: each word is its field's alias. `docs/processes.md` tells
every one of them to those who write processes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from atendimento_tui.calendar import DayCount
from atendimento_tui.domain.clocks import HOURS
from atendimento_tui.domain.process.templates import filled, filled_line
from atendimento_tui.domain.words import NATURES, SEVERITY, Nature, Severity, State

BACK = "anterior"
"""Where `ir` goes back to: the last step in which somebody of ours had to act."""

ROLES = ("atendente", "supervisor")
"""Who works at a desk."""

MESSAGE_FACTS = (
    *("protocolo", "servico", "solicitante", "beneficiario"),
    *("etapa", "criticidade", "vence", "unidade", "texto"),
)
"""What a message may tell besides the process's own fields; `texto` is what the person who acted wrote."""

DUE_OF = "vence."
"""What a fact begins with that tells when one clock is due: `vence.auditoria`."""

DOCUMENT = "documento_"
"""What the field of a document begins with: it holds `RECEIVED`, or why the document was refused."""

RECEIVED = "recebido"

BASES: Mapping[str, str] = {
    "horas": HOURS,
    "uteis": DayCount.BUSINESS_AFTER,
    "uteis_contando": DayCount.BUSINESS_FROM,
    "corridos": DayCount.CALENDAR,
    "corridos_ate_util": DayCount.CALENDAR_ROLL,
}
"""Word of a process -> basis of a clock (see `DayCount` for what each rule is good for)."""

_HOURS = re.compile(r"([0-9]{1,5})h(?:([0-5]?[0-9])(?:min)?)?|([0-9]{1,5})min")
_DAYS = re.compile(r"([0-9]{1,4})d")


def read_amount(written: str, basis: str) -> int:
    """`16h`, `4h30` or `45min` in seconds, `7d` in days, by the basis.

    Raises:
        ValueError: It is neither.
    """
    if basis != "horas":
        if days := _DAYS.fullmatch(written):
            return int(days[1])
    elif hours := _HOURS.fullmatch(written):
        return int(hours[1] or 0) * 3600 + int(hours[2] or hours[3] or 0) * 60
    raise ValueError(written)


def amount_basis(written: str) -> str:
    """The basis that a timer's or a task's amount is written in: `2d` counts days, everything else hours."""
    return "uteis" if written.endswith("d") else "horas"


def _alone(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, (str, dict)) else value


def _for_all(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


Keys: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One word or a list of them."""

Key: TypeAlias = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
Words: TypeAlias = Annotated[str, Field(min_length=1)]

Labels: TypeAlias = Annotated[tuple[Words, ...], BeforeValidator(_listed)]
"""One text or a list of them."""

FieldType: TypeAlias = Literal[
    "texto",
    "texto_longo",
    "numero",
    "data",
    "hora",
    "cpf",
    "cnpj",
    "cns",
    "telefone",
    "email",
    "dinheiro",
    "competencia",
    "procedimento",
    "escolha",
    "sim_nao",
    "pessoa",
    "protocolo",
]


class Part(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_alias=True, validate_by_name=False)


class Condition(Part):
    """A condition. All its words must hold; of a list of conditions, each one."""

    field: str | None = Field(alias="campo", default=None)
    equals: Keys = Field(alias="igual", default=())
    """The field has one of these values."""
    differs: Keys = Field(alias="diferente", default=())
    """The field has none of these values."""
    filled: bool | None = Field(alias="preenchido", default=None)
    """The field has a value, or has none."""
    checklist: Literal["completa", "incompleta"] | None = Field(alias="checklist", default=None)
    """Every document that is needed was received, or some was not."""
    within: str | None = Field(alias="dentro", default=None)
    """The clock of this kind lives and is not overdue."""

    def holds_in(self, values: Mapping[str, str]) -> bool:
        """Whether what it says of a field holds; what it says of anything else is not looked at."""
        if self.field is None:
            return True
        value = values.get(self.field, "")
        if self.filled is not None and bool(value.strip()) != self.filled:
            return False
        return (not self.equals or value in self.equals) and value not in self.differs


Conditions: TypeAlias = Annotated[tuple[Condition, ...], BeforeValidator(_listed)]
"""One condition or a list of them."""


def all_hold(conditions: Conditions, values: Mapping[str, str]) -> bool:
    """Whether all the conditions hold in these values."""
    return all(condition.holds_in(values) for condition in conditions)


class FieldRule(Part):
    """Something that is asked."""

    key: Key = Field(alias="chave")
    label: Words = Field(alias="rotulo")
    type: FieldType = Field(alias="tipo", default="texto")
    required: bool = Field(alias="obrigatorio", default=False)
    options: Labels = Field(alias="opcoes", default=())
    when: Conditions = Field(alias="quando", default=())
    """Asked only when these hold."""
    help: str = Field(alias="ajuda", default="")
    later: bool = Field(alias="depois", default=False)
    """Not asked at intake: an action asks for it."""
    least: int = Field(alias="minimo", default=0, ge=0)
    """Of a text: how many characters it must have, so that an answer says something."""
    empty_words: Keys = Field(alias="recusa", default=())
    """Of a text: words that alone are no answer, such as `em análise`."""
    series: Key | None = Field(alias="serie", default=None)
    """Of a field that is numbered: the series, which all services that name it share; unsaid, one of its own."""
    correct_by: Keys = Field(alias="corrige", default=())
    """Which roles may correct its answer later; empty for nobody."""


class DocumentRule(Part):
    """A document that is needed."""

    key: Key = Field(alias="chave")
    name: Words = Field(alias="nome")
    when: Conditions = Field(alias="quando", default=())
    why: str = Field(alias="porque", default="")


class ClockRule(Part):
    """How long something may take."""

    calendar: Words = Field(alias="calendario", default="expediente")
    """`expediente` (the desk's hours), `legal` (Monday to Friday and holidays), or a calendar's name."""
    basis: Literal["horas", "uteis", "uteis_contando", "corridos", "corridos_ate_util"] = Field(
        alias="base", default="horas"
    )
    target: Annotated[dict[str, str], BeforeValidator(_for_all)] = Field(alias="alvo", min_length=1)
    """`16h`, `4h30`, `45min`, `7d`, kept under the empty word; or one for each value of `por`."""
    by: str = Field(alias="por", default=SEVERITY)
    """What chooses the target: `criticidade`, or a field."""
    when: Conditions = Field(alias="quando", default=())
    """Promised only when these hold."""
    nature: Nature | None = Field(alias="natureza", default=None)
    """Whose time it counts; where it says nothing, that of its kind (see `Process.nature_of`)."""
    name: str = Field(alias="nome", default="")
    """What people call it, where its kind has no name that all know."""

    def amount(self, values: Mapping[str, str]) -> int | None:
        """Seconds or days; None where nothing is promised for these values.

        Args:
            values: The ticket's fields, and its severity under `criticidade`.
        """
        written = self.target.get("", self.target.get(values.get(self.by, "")))
        return None if written is None or not all_hold(self.when, values) else read_amount(written, self.basis)


class MessageRule(Part):
    """A text that is sent or printed. Fields and facts stand in braces: `{protocolo}`, `{campo}`."""

    to: Literal["solicitante", "responsavel", "grupo", "supervisao"] = Field(alias="para", default="solicitante")
    group: str | None = Field(alias="grupo", default=None)
    """Which group, where it is not the ticket's own."""
    any_hour: bool = Field(alias="a_qualquer_hora", default=False)
    """It leaves at once, also when the desk is closed."""
    channel: Literal["email", "whatsapp", "texto", "impresso"] = Field(alias="canal", default="email")
    subject: str = Field(alias="assunto", default="")
    body: Words = Field(alias="texto")

    def written(self, facts: Mapping[str, str]) -> tuple[str, str]:
        """Subject, in one line, and body, with the facts in them."""
        return filled_line(self.subject, facts), filled(self.body, facts)


class TaskRule(Part):
    """Something to do that is not a step: a call, a visit."""

    text: Words = Field(alias="texto")
    within: str = Field(alias="em", default="")
    """Working time or business days until it is due, `2h` or `1d`."""


class EffectRule(Part):
    """What an action or a timer does; the order of the words does not matter.

    Several may stand in a list, each with its condition: all whose conditions hold happen, as one.
    """

    when: Conditions = Field(alias="quando", default=())
    """Applies only when these hold for the ticket with the answers of the act, before its effects."""
    go: str | None = Field(alias="ir", default=None)
    """The step to go to; `anterior` is the last one in which somebody of ours had to act."""
    group: str | None = Field(alias="grupo", default=None)
    group_from: str | None = Field(alias="grupo_de", default=None)
    """The field whose value is the group's name."""
    owner: Literal["ninguem", "quem_age"] | None = Field(alias="responsavel", default=None)
    severity: Severity | None = Field(alias="criticidade", default=None)
    new_cycle: bool = Field(alias="novo_ciclo", default=False)
    start: Keys = Field(alias="inicia", default=())
    pause: Keys = Field(alias="pausa", default=())
    resume: Keys = Field(alias="retoma", default=())
    stop: Keys = Field(alias="para", default=())
    cancel: Keys = Field(alias="cancela", default=())
    reinstate: Keys = Field(alias="continua", default=())
    """A clock that had stopped runs on; the time in between counts as paused."""
    number: Keys = Field(alias="numera", default=())
    """Fields that get the next number of their series, unless they have one."""
    count: Keys = Field(alias="soma", default=())
    """Fields that are raised by one."""
    set: dict[str, str] = Field(alias="define", default={})
    """Field -> the value that it gets; empty to clear it."""
    messages: Keys = Field(alias="mensagem", default=())
    task: TaskRule | None = Field(alias="tarefa", default=None)
    alert: Annotated[
        tuple[Literal["responsavel", "grupo", "supervisao", "direcao", "presidencia"], ...], BeforeValidator(_listed)
    ] = Field(alias="alerta", default=())
    alert_groups: Keys = Field(alias="alerta_grupo", default=())
    """Names of groups that are alerted, besides."""

    def clocks(self) -> Iterator[tuple[str, str]]:
        """Each clock that is named, with the word that names it."""
        named = (self.start, self.pause, self.resume, self.stop, self.cancel, self.reinstate)
        for word, kinds in zip(("inicia", "pausa", "retoma", "para", "cancela", "continua"), named, strict=True):
            for kind in kinds:
                yield word, kind


EffectRules: TypeAlias = Annotated[tuple[EffectRule, ...], BeforeValidator(_alone)]
"""One such table, or a list of them."""


class ActionRule(Part):
    """Something that may be done in a step."""

    key: Key = Field(alias="chave")
    label: Words = Field(alias="rotulo")
    letter: str | None = Field(alias="tecla", default=None)
    roles: Keys = Field(alias="papeis", default=())
    """Who may; empty for everybody."""
    when: Conditions = Field(alias="quando", default=())
    """Offered only when these hold."""
    needs: Conditions = Field(alias="exige", default=())
    """Offered, but refused until these hold."""
    asks: Keys = Field(alias="pede", default=())
    """Fields that are asked for when it is done."""
    text: Literal["obrigatorio", "opcional", "nenhum"] = Field(alias="texto", default="opcional")
    """Whether words of one's own go with it."""
    by_itself: bool = Field(alias="so_sistema", default=False)
    """Only a timer does it."""
    does: EffectRules = Field(alias="faz", default=())


class TimerRule(Part):
    """Something that happens by itself while the ticket is in the step. It has one beginning and does one thing."""

    key: Key = Field(alias="chave")
    clock: str | None = Field(alias="prazo", default=None)
    """When this clock is due."""
    share: int = Field(alias="fracao", default=100, ge=1, le=1000)
    """Of that clock's target, in per cent: 75 is earlier, 150 later."""
    every: str | None = Field(alias="a_cada", default=None)
    """Again and again: `2d`, `4h`."""
    after: str | None = Field(alias="apos", default=None)
    """Once, so long after the step began."""
    on_day: str | None = Field(alias="no_dia", default=None)
    """On the day that stands in this field, when the desk opens."""
    calendar: Literal["expediente", "legal"] = Field(alias="calendario", default="expediente")
    """Which calendar `a_cada` and `apos` count on."""
    action: str | None = Field(alias="acao", default=None)
    """The action that is done, by the desk itself."""
    does: EffectRules | None = Field(alias="faz", default=None)


class StepRule(Part):
    """Where a ticket is."""

    key: Key = Field(alias="chave")
    name: Words = Field(alias="nome")
    state: State = Field(alias="estado", default=State.OPEN)
    group: str | None = Field(alias="grupo", default=None)
    """The group that answers for tickets here; unsaid, the group stays as it was."""
    waits_for: str = Field(alias="espera", default="")
    """Of a waiting step: what it waits for. This is the reason shown for the paused clocks."""
    actions: tuple[ActionRule, ...] = Field(alias="acoes", default=())
    timers: tuple[TimerRule, ...] = Field(alias="tempos", default=())

    @property
    def pause_reason(self) -> str:
        """Why a clock is paused in this step."""
        return self.waits_for or self.name

    def effects(self) -> Iterator[tuple[str, EffectRule]]:
        """All that may be done here, each with its place."""
        for action in self.actions:
            yield from with_places(f"acoes.{action.key}.faz", action.does)
        for timer in self.timers:
            yield from with_places(f"tempos.{timer.key}.faz", timer.does or ())


class Process(Part):
    """A service, whole."""

    key: Key = Field(alias="chave")
    name: Words = Field(alias="nome")
    description: str = Field(alias="descricao", default="")
    subject: str = Field(alias="assunto", default="")
    """What a ticket is about, where nobody typed it. Fields stand in braces."""
    area: Literal["operadora", "suporte"] = Field(alias="area", default="suporte")
    channels: Labels = Field(alias="canais", default=("telefone", "e-mail", "WhatsApp", "balcão"))
    any_hour: bool = Field(alias="a_qualquer_hora", default=False)
    """People are warned and written to at any hour, also when the desk is closed."""
    requester: Literal["pessoa", "beneficiario", "instituicao"] = Field(alias="solicitante", default="pessoa")
    default_severity: Severity = Field(alias="criticidade", default=Severity.MEDIUM)
    ask_severity: bool = Field(alias="pede_criticidade", default=False)
    """Whether intake asks the severity even where nothing is decided by it (see `asking.asks_severity`)."""
    usual_time: dict[str, str] = Field(alias="tempo_tipico", default={})
    """Channel -> how long the whole of it usually takes, to be measured against."""
    clocks: dict[Key, ClockRule] = Field(alias="prazos", default={})
    fields: tuple[FieldRule, ...] = Field(alias="campos", default=())
    documents: tuple[DocumentRule, ...] = Field(alias="documentos", default=())
    messages: dict[Key, MessageRule] = Field(alias="mensagens", default={})
    on_opening: EffectRules = Field(alias="ao_abrir", default=())
    steps: tuple[StepRule, ...] = Field(alias="etapas", min_length=1)

    def step(self, key: str) -> StepRule:
        """The step of that key.

        Raises:
            KeyError: There is none.
        """
        return _of_key(self.steps, key)

    def field(self, key: str) -> FieldRule:
        """The field of that key.

        Raises:
            KeyError: There is none.
        """
        return _of_key(self.fields, key)

    def nature_of(self, kind: str) -> Nature:
        """Whose time the clock of this kind counts."""
        return self.clocks[kind].nature or NATURES.get(kind, Nature.OURS)

    def series_of(self, key: str) -> str:
        """The series that the field of this key is numbered by: a named one, or `service.field` for one of its own."""
        return self.field(key).series or f"{self.key}.{key}"

    def effects(self) -> Iterator[tuple[str, EffectRule]]:
        """All that may be done, each with its place."""
        yield from with_places("ao_abrir", self.on_opening)
        for step in self.steps:
            for place, effects in step.effects():
                yield f"etapas.{step.key}.{place}", effects

    def conditions(self) -> Iterator[Condition]:
        """Every condition of the process, wherever it stands."""
        return _conditions_in(self)

    def groups(self) -> tuple[str, ...]:
        """Every group that it names, in the order of the file: a desk that uses it must have them."""
        named = [step.group for step in self.steps]
        for _, effects in self.effects():
            named += [effects.group, *effects.alert_groups]
            if effects.group_from:
                named += self.field(effects.group_from).options
        named += [message.group for message in self.messages.values()]
        return tuple(dict.fromkeys(filter(None, named)))


def with_places(place: str, effects: Sequence[EffectRule]) -> Iterator[tuple[str, EffectRule]]:
    """Each of the effects with its place in the file: by its number, where there are several."""
    for number, each in enumerate(effects, start=1):
        yield f"{place}.{number}" if len(effects) > 1 else place, each


def _conditions_in(part: object) -> Iterator[Condition]:
    if isinstance(part, Condition):
        yield part
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _conditions_in(getattr(part, name))
    elif isinstance(part, tuple | dict):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _conditions_in(each)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)


def _of_key(parts: Iterable[_K], key: str) -> _K:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
