"""The format of a process file: one class for each part, one field for each word.

Names in code are English. The words of the file are Portuguese: each is the alias of its field. `docs/processes.md`
documents every word.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, Protocol, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field

from atendimento_tui.domain.access import PEOPLE_ROLES
from atendimento_tui.domain.documents import WAYS
from atendimento_tui.domain.process.amounts import read_amount
from atendimento_tui.domain.process.outgoing import MessageRule, PaperRule
from atendimento_tui.domain.process.parts import (
    Condition,
    Conditions,
    Key,
    Keys,
    Labels,
    NonEmptyStr,
    Part,
    all_hold,
    wrap_item,
    wrap_table,
    wrap_target,
)
from atendimento_tui.domain.words import NATURES, SEVERITY, Nature, Severity, State

BACK = "anterior"
"""The value of `ir` for the last step in which the desk had to act."""

ROLES = tuple(str(role) for role in PEOPLE_ROLES)
"""The roles of the desk's people."""

DOCUMENT = "documento_"
"""Prefix of the field of a document. Its value is a state (`domain.documents`)."""

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
    "cep",
    "uf",
    "carteirinha",
    "protocolo",
    "conselho",
    "cadastro",
    "boleto",
    "numero_boleto",
    "vaga",
]


class FieldRule(Part):
    """A field: something that a form asks."""

    key: Key = Field(alias="chave")
    label: NonEmptyStr = Field(alias="rotulo")
    type: FieldType = Field(alias="tipo", default="texto")
    required: bool = Field(alias="obrigatorio", default=False)
    options: Labels = Field(alias="opcoes", default=())
    when: Conditions = Field(alias="quando", default=())
    """Asked only when these hold."""
    help: str = Field(alias="ajuda", default="")
    later: bool = Field(alias="depois", default=False)
    """Not asked at intake: an action asks for it."""
    least: int = Field(alias="minimo", default=0, ge=0)
    """For a text: its least length in characters."""
    empty_words: Keys = Field(alias="recusa", default=())
    """For a text: answers that are refused, such as `em análise`."""
    series: Key | None = Field(alias="serie", default=None)
    """For a numbered field: its series, which is shared by all services that name it. Without it, its own series."""
    system: NonEmptyStr | None = Field(alias="sistema", default=None)
    """For a text: the other system (ERP, CRM) in which its answer is the number of the ticket."""
    links: str = Field(alias="liga", default="")
    """For a protocol: what this ticket is to that one, whose history tells it."""
    from_fact: str = Field(alias="de", default="")
    """Takes what a table says about another answer, as `procedimento.auditoria` (see `facts`)."""
    personal: bool = Field(alias="pessoal", default=False)
    """The answer is about a person: it is neither searched nor shown in a subject, and is erased with the person."""
    correct_by: Keys = Field(alias="corrige", default=())
    """The roles that may correct its answer later; empty for none."""
    imported: bool = Field(alias="importado", default=False)
    """For a bill: it is one of the imported bills of the ticket's beneficiary, and not paid."""
    updates: str = Field(alias="atualiza", default="")
    """For a field of type `cadastro`: the item of the beneficiary's record whose new value it is."""
    confirms: Keys = Field(alias="confere", default=())
    """For a field of type `sim_nao`: the fields of type `cadastro` that it confirms. Asked if one has a value."""
    squeeze_in: str = Field(alias="encaixe", default="")
    """For a slot: the field whose answer is the reason to take a place beyond the capacity."""
    second: str = Field(alias="segundo", default="")
    """For a slot: the field whose answer is the reason to book it for somebody who has another one at that time."""


class DocumentRule(Part):
    """A document that is needed."""

    key: Key = Field(alias="chave")
    name: NonEmptyStr = Field(alias="nome")
    when: Conditions = Field(alias="quando", default=())
    why: str = Field(alias="porque", default="")
    copies: Annotated[tuple[Literal["original", "copia", "arquivo"], ...], BeforeValidator(wrap_item)] = Field(
        alias="copia", default=()
    )
    """How it may come: its original is seen, a copy on paper, a file; empty for each."""
    keeps: bool = Field(alias="guarda", default=True)
    """Whether the desk keeps it; if not, it is only seen, and no file of it is stored."""

    @property
    def ways(self) -> tuple[str, ...]:
        """How it may come."""
        return self.copies or (WAYS if self.keeps else WAYS[:1])


class ClockRule(Part):
    """A clock: how long something may take."""

    calendar: NonEmptyStr = Field(alias="calendario", default="expediente")
    """`expediente` (the desk's hours), `legal` (Monday to Friday and holidays), or a calendar's name."""
    basis: Literal["horas", "uteis", "uteis_contando", "corridos", "corridos_ate_util"] = Field(
        alias="base", default="horas"
    )
    target: Annotated[dict[str, str], BeforeValidator(wrap_target)] = Field(alias="alvo", min_length=1)
    """One amount (`16h`, `4h30`, `45min`, `7d`), stored under the empty key, or one for each value of `por`."""
    by: Keys = Field(alias="por", default=(SEVERITY,))
    """What the target depends on: `criticidade`, or fields. The first of them whose value has an amount decides."""
    when: Conditions = Field(alias="quando", default=())
    """The clock exists only when these hold."""
    nature: Nature | None = Field(alias="natureza", default=None)
    """Whose time it counts. Without it, the nature of its kind (see `Process.nature_of`)."""
    name: str = Field(alias="nome", default="")
    """The name that people see, for a kind that has no standard name."""

    def amount(self, values: Mapping[str, str]) -> int | None:
        """The target in seconds or days, by the basis; None if there is none for these values.

        Args:
            values: The ticket's fields, and its severity under `criticidade`.
        """
        decided = (self.target.get(values.get(key, "")) for key in self.by)
        written = self.target.get("") or next(filter(None, decided), None)
        return None if written is None or not all_hold(self.when, values) else read_amount(written, self.basis)


class TaskRule(Part):
    """A task: something to do that is not a step, such as a call or a visit."""

    text: NonEmptyStr = Field(alias="texto")
    within: str = Field(alias="em", default="")
    """Working time or business days until it is due: `2h`, `1d`."""


class EffectRule(Part):
    """The effects of an action or a timer. The order of the words does not matter.

    In a list of such rules each may have conditions. All rules whose conditions hold are applied together.
    """

    when: Conditions = Field(alias="quando", default=())
    """The rule applies only when these hold for the ticket with the answers of the act, before its effects."""
    go: str | None = Field(alias="ir", default=None)
    """The step to go to; `anterior` is the last one in which the desk had to act."""
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
    """Clocks that had stopped run again; the time in between is a pause."""
    number: Keys = Field(alias="numera", default=())
    """Fields that get the next number of their series, unless they have one."""
    count: Keys = Field(alias="soma", default=())
    """Fields whose number is incremented by one."""
    set: dict[str, str] = Field(alias="define", default={})
    """Field -> its new value; empty to clear it."""
    messages: Keys = Field(alias="mensagem", default=())
    papers: Keys = Field(alias="imprime", default=())
    """Papers that are to be printed."""
    update: bool = Field(alias="atualiza", default=False)
    """The confirmed fields of type `cadastro` become the values of the beneficiary's record."""
    hold: str | None = Field(alias="reserva", default=None)
    """The field of type `vaga` whose slot is held for the ticket, before the act."""
    book: bool = Field(alias="confirma", default=False)
    """What the ticket holds becomes its appointment; if that cannot be, the act is refused."""
    release: bool = Field(alias="libera", default=False)
    """What the ticket holds or has booked is free again."""
    move: str | None = Field(alias="remarca", default=None)
    """The field of type `vaga` whose slot replaces the appointment."""
    came: Literal["sim", "nao"] | None = Field(alias="comparece", default=None)
    """Whether the beneficiary came to the appointment."""
    task: TaskRule | None = Field(alias="tarefa", default=None)
    alert: Annotated[
        tuple[Literal["responsavel", "grupo", "supervisao", "direcao", "presidencia"], ...], BeforeValidator(wrap_item)
    ] = Field(alias="alerta", default=())
    alert_groups: Keys = Field(alias="alerta_grupo", default=())
    """Names of further groups that are alerted."""
    remit: str | None = Field(alias="remete", default=None)
    """The group into whose open batch the received documents of the ticket go."""
    enter_register: bool = Field(alias="registra", default=False)
    """The protocol is entered in the register."""

    def clocks(self) -> Iterator[tuple[str, str]]:
        """Each clock that the rule names, as (word, kind)."""
        named = (self.start, self.pause, self.resume, self.stop, self.cancel, self.reinstate)
        for word, kinds in zip(("inicia", "pausa", "retoma", "para", "cancela", "continua"), named, strict=True):
            for kind in kinds:
                yield word, kind


EffectRules: TypeAlias = Annotated[tuple[EffectRule, ...], BeforeValidator(wrap_table)]
"""One table or a list of them."""


class ActionRule(Part):
    """An action that a person, or a timer, may do in a step."""

    key: Key = Field(alias="chave")
    label: NonEmptyStr = Field(alias="rotulo")
    letter: str | None = Field(alias="tecla", default=None)
    roles: Keys = Field(alias="papeis", default=())
    """The roles that may do it; empty for all."""
    when: Conditions = Field(alias="quando", default=())
    """Shown only when these hold."""
    needs: Conditions = Field(alias="exige", default=())
    """Shown, but refused until these hold."""
    asks: Keys = Field(alias="pede", default=())
    """Fields that its dialog asks for."""
    text: Literal["obrigatorio", "opcional", "nenhum"] = Field(alias="texto", default="opcional")
    """Whether its dialog has a free text, and whether this is required."""
    by_itself: bool = Field(alias="so_sistema", default=False)
    """Only a timer may do it."""
    does: EffectRules = Field(alias="faz", default=())


class TimerRule(Part):
    """A timer of a step: something that the desk does by itself while the ticket is in the step.

    It has exactly one of `prazo`, `a_cada`, `apos`, `no_dia`, and either an action or effects.
    """

    key: Key = Field(alias="chave")
    clock: str | None = Field(alias="prazo", default=None)
    """It fires when this clock is due."""
    share: int = Field(alias="fracao", default=100, ge=1, le=1000)
    """Percentage of that clock's target: 75 is before it is due, 150 after."""
    every: str | None = Field(alias="a_cada", default=None)
    """It fires repeatedly at this interval: `2d`, `4h`."""
    after: str | None = Field(alias="apos", default=None)
    """It fires once, this long after the ticket came to the step."""
    on_day: str | None = Field(alias="no_dia", default=None)
    """It fires on the day that this field contains, when the desk opens."""
    before: str | None = Field(alias="antes", default=None)
    """It fires so many business days before that day: `1d`. If that is over when the step begins, never."""
    calendar: Literal["expediente", "legal"] = Field(alias="calendario", default="expediente")
    """The calendar of `a_cada` and `apos`."""
    action: str | None = Field(alias="acao", default=None)
    """The action that the desk does."""
    does: EffectRules | None = Field(alias="faz", default=None)


class StepRule(Part):
    """A step: a position of a ticket in its process."""

    key: Key = Field(alias="chave")
    name: NonEmptyStr = Field(alias="nome")
    state: State = Field(alias="estado", default=State.OPEN)
    group: str | None = Field(alias="grupo", default=None)
    """The group that is responsible for tickets in this step. Without it, the group does not change."""
    waits_for: str = Field(alias="espera", default="")
    """For a waiting step: what it waits for. This is the reason shown for the paused clocks."""
    actions: tuple[ActionRule, ...] = Field(alias="acoes", default=())
    timers: tuple[TimerRule, ...] = Field(alias="tempos", default=())

    @property
    def pause_reason(self) -> str:
        """Why a clock is paused in this step."""
        return self.waits_for or self.name

    def effects(self) -> Iterator[tuple[str, EffectRule]]:
        """All effect rules of the step, as (place, rule)."""
        for action in self.actions:
            yield from with_places(f"acoes.{action.key}.faz", action.does)
        for timer in self.timers:
            yield from with_places(f"tempos.{timer.key}.faz", timer.does or ())


class Process(Part):
    """A complete process, which defines a service."""

    key: Key = Field(alias="chave")
    name: NonEmptyStr = Field(alias="nome")
    description: str = Field(alias="descricao", default="")
    subject: str = Field(alias="assunto", default="")
    """Template of a ticket's subject, used if nobody typed one. Its placeholders are in braces."""
    area: Literal["operadora", "suporte"] = Field(alias="area", default="suporte")
    channels: Labels = Field(alias="canais", default=("telefone", "e-mail", "WhatsApp", "balcão"))
    any_hour: bool = Field(alias="a_qualquer_hora", default=False)
    """Alerts, warnings and messages are sent at any hour, also when the desk is closed."""
    requester: Literal["pessoa", "beneficiario", "instituicao"] = Field(alias="solicitante", default="pessoa")
    default_severity: Severity = Field(alias="criticidade", default=Severity.MEDIUM)
    ask_severity: bool = Field(alias="pede_criticidade", default=False)
    """Whether intake asks the severity even if nothing depends on it (see `fields.asks_severity`)."""
    usual_time: dict[str, str] = Field(alias="tempo_tipico", default={})
    """Channel -> how long an attendance usually takes, for comparison."""
    clocks: dict[Key, ClockRule] = Field(alias="prazos", default={})
    fields: tuple[FieldRule, ...] = Field(alias="campos", default=())
    documents: tuple[DocumentRule, ...] = Field(alias="documentos", default=())
    messages: dict[Key, MessageRule] = Field(alias="mensagens", default={})
    papers: dict[Key, PaperRule] = Field(alias="papeis", default={})
    on_opening: EffectRules = Field(alias="ao_abrir", default=())
    secrecy: str = Field(alias="sigilo", default="")
    """The group for whose members alone its tickets exist; empty for a service that is not secret."""
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

    @property
    def books(self) -> bool:
        """Whether its tickets may have an appointment."""
        return any(rule.type == "vaga" for rule in self.fields)

    def series_of(self, key: str) -> str:
        """The series of numbers of this field: the named one, or `service.field` if it has its own."""
        return self.field(key).series or f"{self.key}.{key}"

    def effects(self) -> Iterator[tuple[str, EffectRule]]:
        """All effect rules of the process, as (place, rule)."""
        yield from with_places("ao_abrir", self.on_opening)
        for step in self.steps:
            for place, effects in step.effects():
                yield f"etapas.{step.key}.{place}", effects

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the process, in all its parts."""
        return tuple(_conditions_in(self))

    def groups(self) -> tuple[str, ...]:
        """Every group that it names, in the order of the file. A desk that uses the process must have them."""
        named = [self.secrecy, *(step.group for step in self.steps)]
        for _, effects in self.effects():
            named += [effects.group, effects.remit, *effects.alert_groups]
            if effects.group_from:
                named += self.field(effects.group_from).options
        named += [message.group for message in self.messages.values()]
        return tuple(dict.fromkeys(filter(None, named)))


def with_places(place: str, effects: Sequence[EffectRule]) -> Iterator[tuple[str, EffectRule]]:
    """Each effect rule with its place in the file. The place ends with its number if there are several."""
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
