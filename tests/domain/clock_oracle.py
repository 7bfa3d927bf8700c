"""An independent model of clocks that counts seconds. It imports nothing of the product and shares no arithmetic.

The rules are those of docs/rules.md ("Clocks and cycles") and docs/processes.md, for one service that has a clock of
every basis and nature. What is open is looked at on the wall, second by second, once; worked, rested, remaining and due
are then counts of those seconds.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
HOURS = ((time(1, 30), time(1, 31)), (time(9), time(9, 0, 50)), (time(9, 1), time(9, 2, 10)), (time(12), time(12, 1)))
"""Hours so short that every second can be checked; half past one occurs twice when the clocks go back."""

MINUTES = (0, 1, 2, 30)
"""The minutes of an hour in which anything is open."""

WORKDAYS = range(5)
HOLIDAYS = {date(2026, 10, 28): "Feriado", date(2026, 11, 2): "Finados", date(2026, 11, 20): "Consciência Negra"}
START = datetime(2026, 10, 19, 0, tzinfo=UTC)
"""A Monday; in New York the clocks go back on the first of November."""

HORIZON = START + timedelta(days=70)
RESTING = ("aguardando", "validacao")


@dataclass(frozen=True)
class Rule:
    """A clock of the service: its nature, its basis, and what its target depends on."""

    nature: str
    basis: str
    by: str
    targets: Mapping[str, int]
    audited_only: bool = False

    def target(self, values: Mapping[str, str]) -> int | None:
        if self.audited_only and values.get("auditado") != "sim":
            return None
        return self.targets.get("", self.targets.get(values.get(self.by, "")))


RULES = {
    "solucao": Rule("nossa", "horas", "criticidade", {"critica": 240, "alta": 480}),
    "vistoria": Rule("nossa", "uteis", "contrato", {"ouro": 2, "prata": 4}),
    "resposta_lei": Rule("lei", "corridos", "criticidade", {"critica": 1, "alta": 3, "media": 6}),
    "auditoria": Rule("lei", "uteis_contando", "criticidade", {"": 3}, audited_only=True),
    "finalizacao": Rule("nossa", "corridos_ate_util", "criticidade", {"": 5}),
    "validacao": Rule("cliente", "horas", "criticidade", {"": 300}),
    "reabertura": Rule("cliente", "corridos_ate_util", "criticidade", {"": 3}),
}
BEGUN = ("solucao", "vistoria", "resposta_lei", "auditoria", "finalizacao")
"""The clocks that opening and reopening request."""

STATES = {"fila": "aberto", "peca": "aguardando", "validar": "validacao", "fim": "concluido"}


@dataclass(frozen=True)
class Act:
    """The effects of an action of the service."""

    goes: str = ""
    severity: str = ""
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    new_cycle: bool = False
    asks: bool = False


ACTIONS: Mapping[str, Mapping[str, Act]] = {
    "fila": {
        "dizer": Act(asks=True),
        "urgente": Act(severity="critica"),
        "dispensar": Act(cancels=("solucao",)),
        "mandar": Act(goes="peca"),
        "suspender": Act(rests=("resposta_lei",)),
        "valer": Act(runs=("resposta_lei",)),
        "resolver": Act(goes="validar", stops=("solucao",), starts=("validacao",)),
    },
    "peca": {"chegou": Act(goes="fila"), "de_novo": Act(goes="peca"), "dizer": Act(asks=True)},
    "validar": {
        "aceito": Act(goes="fim", stops=("validacao",), starts=("reabertura",)),
        "recusado": Act(goes="fila", cancels=("validacao",), goes_on=("solucao",)),
    },
    "fim": {"reabrir": Act(goes="fila", new_cycle=True, stops=("reabertura",), starts=BEGUN)},
}


class Days:
    """A calendar in one zone, as lists of seconds and of days."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.open = [at for at in self._candidates() if self._is_open(at)]

    def _candidates(self) -> Iterator[datetime]:
        hour = START
        while hour < HORIZON:
            if self._is_near(hour):
                for minute in MINUTES:
                    yield from (hour + timedelta(minutes=minute, seconds=second) for second in range(60))
            hour += timedelta(hours=1)

    def _is_near(self, hour: datetime) -> bool:
        """Whether anything may be open in an hour; on the wall it is of one or two hours."""
        walls = (at.astimezone(self.zone).hour for at in (hour, hour + timedelta(minutes=59)))
        return any(wall == begin.hour for wall in walls for begin, _ in HOURS)

    def _is_open(self, at: datetime) -> bool:
        wall = at.astimezone(self.zone)
        return self.is_workday(wall.date()) and any(begin <= wall.time() < end for begin, end in HOURS)

    def is_workday(self, day: date) -> bool:
        return day.weekday() in WORKDAYS and day not in HOLIDAYS

    def count(self, begin: datetime, end: datetime) -> int:
        """Open seconds from begin to end."""
        return bisect_left(self.open, end) - bisect_left(self.open, begin)

    def last_day(self, start: datetime, basis: str, days: int) -> date:
        day = start.astimezone(self.zone).date()
        if basis.startswith("corridos"):
            day += timedelta(days=days)
            while basis == "corridos_ate_util" and not self.is_workday(day):
                day += timedelta(days=1)
            return day
        left = days - (1 if basis == "uteis_contando" and self.is_workday(day) else 0)
        while left:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, time(23, 59, 59), self.zone).astimezone(UTC)


@dataclass
class ClockModel:
    """A model of a clock by the rules."""

    kind: str
    cycle: int
    start: datetime
    target: int
    rests: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    end: datetime | None = None
    dropped: bool = False

    @property
    def rule(self) -> Rule:
        return RULES[self.kind]

    @property
    def is_resting(self) -> bool:
        return bool(self.rests) and self.rests[-1][1] is None

    def rest(self, at: datetime) -> None:
        if self.end is None and not self.is_resting:
            self.rests.append((at, None))

    def run(self, at: datetime) -> None:
        if self.is_resting:
            self.rests[-1] = (self.rests[-1][0], at)

    def stop(self, at: datetime, *, dropped: bool = False) -> None:
        if self.end is None:
            self.run(at)
            self.end, self.dropped = at, dropped

    def go_on(self, at: datetime) -> None:
        if self.end is not None and not self.dropped:
            self.rests.append((self.end, at))
            self.end = None

    def running(self, begin: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans from begin to until in which it was not paused."""
        at = begin
        for since, to in self.rests:
            if at < min(since, until):
                yield at, min(since, until)
            at = max(at, min(to or until, until))
        if at < until:
            yield at, until


@dataclass(frozen=True)
class ClockFigures:
    """All results of a clock at one instant, in seconds, and the due instant."""

    worked: int
    rested: int
    due: datetime
    remaining: int | None
    result: str | None


def reckoned(clock: ClockModel, days: Days, now: datetime) -> ClockFigures:
    """The results of the clock at `now`, which is not before its last change."""
    until = clock.end or now
    worked = sum(days.count(*stretch) for stretch in clock.running(clock.start, until))
    rested = days.count(clock.start, until) - worked
    due = due_of(clock, days)
    result = None
    if clock.end:
        result = "cancelado" if clock.dropped else "no_prazo" if clock.end <= due else "fora_do_prazo"
    return ClockFigures(worked, rested, due, None if clock.end else remaining(clock, days, now, worked, due), result)


def due_of(clock: ClockModel, days: Days) -> datetime:
    if clock.rule.basis != "horas":
        return days.end_of(days.last_day(clock.start, clock.rule.basis, clock.target))
    over = ClockModel(clock.kind, clock.cycle, clock.start, clock.target, [rest for rest in clock.rests if rest[1]])
    left = clock.target
    for begin, end in over.running(clock.start, HORIZON):
        if (here := days.count(begin, end)) < left:
            left -= here
        else:
            return days.open[bisect_left(days.open, begin) + left - 1] + SECOND
    raise AssertionError("the horizon is too near")


def remaining(clock: ClockModel, days: Days, now: datetime, worked: int, due: datetime) -> int:
    """The remaining time: the target less the worked time; for a term in days, the time to its end or since then."""
    if clock.rule.basis == "horas":
        return clock.target - worked
    at = clock.rests[-1][0] if clock.is_resting else now
    seconds = (lambda a, b: int((b - a) / SECOND)) if clock.rule.basis.startswith("corridos") else days.count
    if at <= due:
        return seconds(at, due)
    return -sum(seconds(*stretch) for stretch in clock.running(due, at))


@dataclass
class Model:
    """A ticket of the service."""

    values: dict[str, str]
    step: str = ""
    state: str = "aberto"
    cycle: int = 1
    clocks: list[ClockModel] = field(default_factory=list)
    asked: dict[str, bool] = field(default_factory=dict)
    """Kinds that were requested without a target, and whether they are still requested."""

    def live(self) -> list[ClockModel]:
        return [clock for clock in self.clocks if clock.cycle == self.cycle and clock.end is None]

    def of(self, kinds: tuple[str, ...]) -> list[ClockModel]:
        return [clock for clock in self.live() if clock.kind in kinds]

    def open(self, at: datetime) -> None:
        self.do(Act(goes="fila", starts=BEGUN), at, {})

    def do(self, act: Act, at: datetime, answers: Mapping[str, str]) -> None:
        self.values |= answers
        for clock in self.of(act.stops):
            clock.stop(at)
        for clock in self.of(act.cancels):
            clock.stop(at, dropped=True)
        for kind in act.stops:
            if kind in self.asked:
                self.asked[kind] = False
        for kind in act.cancels:
            self.asked.pop(kind, None)
        if act.new_cycle:
            self.cycle, self.asked = self.cycle + 1, {}
        ended = STATES.get(act.goes) == "concluido"
        ran = self.live()
        if act.severity:
            self.values["criticidade"] = act.severity
        if act.goes:
            self.step, self.state = act.goes, STATES[act.goes]
        self.asked |= {kind: True for kind in act.starts if not self.of((kind,))}
        self.reinstate(act.goes_on, at)
        self.follow(at)
        for clock in self.live():
            if clock.rule.nature == "nossa" and act.goes and self.state == "aberto":
                clock.run(at)
            if clock.kind in act.runs:
                clock.run(at)
            if clock.kind in act.rests:
                clock.rest(at)
        if ended:
            for clock in ran:
                clock.stop(at)
            self.asked = {}

    def reinstate(self, kinds: tuple[str, ...], at: datetime) -> None:
        for kind in kinds:
            if kind in self.asked:
                self.asked[kind] = True
            for clock in [c for c in self.clocks if c.cycle == self.cycle and c.kind == kind][-1:]:
                clock.go_on(at)

    def follow(self, at: datetime) -> None:
        """Targets follow the ticket's values; clocks of the desk are paused while it waits."""
        for clock in self.live():
            target = clock.rule.target(self.values)
            if target is None:
                clock.stop(at, dropped=True)
                self.asked[clock.kind] = True
            else:
                clock.target = target
        for kind in [kind for kind, still in self.asked.items() if still]:
            rule = RULES[kind]
            target = rule.target(self.values)
            if target is not None and (self.state != "concluido" or rule.nature == "cliente"):
                del self.asked[kind]
                self.clocks.append(ClockModel(kind, self.cycle, at, target))
        for clock in self.live():
            if clock.rule.nature == "nossa" and self.state in RESTING:
                clock.rest(at)

    def pause(self, at: datetime) -> None:
        self.state = "aguardando"
        self.follow(at)

    def resume(self, at: datetime) -> None:
        self.state = "aberto"
        for clock in self.live():
            if clock.rule.nature == "nossa":
                clock.run(at)


def _written(rule: Rule) -> str:
    def amount(target: int) -> str:
        return f'"{target // 60}min"' if rule.basis == "horas" else f'"{target}d"'

    if "" in rule.targets:
        return amount(rule.targets[""])
    return "{ " + ", ".join(f"{value} = {amount(target)}" for value, target in rule.targets.items()) + " }"


def service() -> str:
    """The service as a process file."""
    lines = ['chave = "oraculo"', 'nome = "Oráculo"']
    for kind, rule in RULES.items():
        calendar = "expediente" if rule.basis == "horas" else "legal"
        lines += [f"[prazos.{kind}]", f'natureza = "{rule.nature}"', f'calendario = "{calendar}"']
        lines += [f'base = "{rule.basis}"', f'por = "{rule.by}"', f"alvo = {_written(rule)}"]
        lines += ['quando = { campo = "auditado", igual = "sim" }'] if rule.audited_only else []
    lines += ["[[campos]]", 'chave = "contrato"', 'rotulo = "Contrato"', 'tipo = "escolha"']
    lines += ['opcoes = ["ouro", "prata", "avulso"]', "depois = true"]
    lines += ["[[campos]]", 'chave = "auditado"', 'rotulo = "Auditado"', 'tipo = "sim_nao"', "depois = true"]
    lines += ["[ao_abrir]", f"inicia = {list(BEGUN)}"]
    for step, actions in ACTIONS.items():
        lines += ["[[etapas]]", f'chave = "{step}"', f'nome = "{step}"', f'estado = "{STATES[step]}"']
        for key, act in actions.items():
            lines += ["[[etapas.acoes]]", f'chave = "{key}"', f'rotulo = "{key}"']
            lines += ['pede = ["contrato", "auditado"]'] if act.asks else []
            lines += [f"faz = {{ {', '.join(_effects(act))} }}"]
    return "\n".join(lines)


def _effects(act: Act) -> Iterator[str]:
    for word, value in (("ir", act.goes), ("criticidade", act.severity)):
        if value:
            yield f'{word} = "{value}"'
    named = (act.starts, act.stops, act.cancels, act.goes_on, act.rests, act.runs)
    for word, kinds in zip(("inicia", "para", "cancela", "continua", "pausa", "retoma"), named, strict=True):
        if kinds:
            yield f"{word} = {list(kinds)}"
    if act.new_cycle:
        yield "novo_ciclo = true"
