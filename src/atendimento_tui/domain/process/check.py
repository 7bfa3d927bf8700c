"""Checks that a process is consistent: names refer to something, every ticket can end, and every clock is started."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from atendimento_tui.actions import reserved_letters
from atendimento_tui.domain.beneficiaries import UPDATED
from atendimento_tui.domain.documents import ORIGINAL
from atendimento_tui.domain.procedures import FACT_VALUES, FACTS
from atendimento_tui.domain.process.facts import PROCEDURE
from atendimento_tui.domain.process.schema import (
    BACK,
    CHANNEL_OF,
    DOCUMENT,
    DUE_OF,
    MESSAGE_FACTS,
    PAPER_FACTS,
    ROLES,
    ActionRule,
    ClockRule,
    Condition,
    Conditions,
    EffectRule,
    FieldRule,
    MessageRule,
    PaperRule,
    Process,
    StepRule,
    TimerRule,
    amount_basis,
    read_amount,
    with_places,
)
from atendimento_tui.domain.process.subject import SERVICE
from atendimento_tui.domain.process.templates import placeholders
from atendimento_tui.domain.process.values import is_personal, is_stored_form
from atendimento_tui.domain.text import folded
from atendimento_tui.domain.words import NATURES, SEVERITY, Nature, Severity, State

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789") - reserved_letters()
_TEXTS = ("texto", "texto_longo")
_FILE_NAME = re.compile(r"\w[\w -]{0,79}")
"""A file name without a folder and without `.pdf`."""
_MIN_SIMILARITY = 0.5


class ProcessError(ValueError):
    """A process that is not valid.

    Attributes:
        place: The place in the file, such as `etapas.n2.acoes.encaminhar.faz.ir`; empty for the whole file.
        code: The kind of error; `texts.refusals` has its sentence.
        values: The values of the sentence, such as the nearest known word.
    """

    def __init__(self, place: str, code: str, **values: object) -> None:
        super().__init__(place, code, values)
        self.place = place
        self.code = code
        self.values = values


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar known word, ignoring accents and case; empty if none is similar enough."""
    scored = [(_similarity(folded(word), folded(each)), each) for each in known if each]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= _MIN_SIMILARITY else ""


def _similarity(one: str, other: str) -> float:
    """From 0 to 1.15. The first three letters count more, because errors are more frequent at the end of a word."""
    alike = difflib.SequenceMatcher(None, one, other).ratio()
    return alike + 0.05 * sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[:3], other, strict=False)))


def check(process: Process) -> None:
    """Refuse a process that has only known words but is inconsistent.

    Raises:
        ProcessError: The first error.
    """
    _unique("etapas", [step.key for step in process.steps])
    _unique("campos", [rule.key for rule in process.fields])
    _unique("documentos", [document.key for document in process.documents])
    for rule in process.fields:
        _check_field(process, f"campos.{rule.key}", rule)
    for document in process.documents:
        _check_conditions(process, f"documentos.{document.key}.quando", document.when, only_fields=True)
        _unique(f"documentos.{document.key}.copia", document.copies, "opcoes")
        if not document.keeps and set(document.copies) - {ORIGINAL}:
            raise ProcessError(f"documentos.{document.key}.guarda", "processo_guarda", word=document.name)
    for kind, clock in process.clocks.items():
        if kind not in NATURES and clock.nature is None:
            raise ProcessError(f"prazos.{kind}", "processo_natureza", word=kind, nearest=nearest(kind, NATURES))
        _check_clock(process, f"prazos.{kind}", clock)
    _check_subject(process)
    for key, message in process.messages.items():
        _check_message(process, f"mensagens.{key}", message)
    for key, paper in process.papers.items():
        _check_paper(process, f"papeis.{key}", paper)
    for channel, amount in process.usual_time.items():
        _known("tempo_tipico", channel, process.channels)
        _check_amount(f"tempo_tipico.{channel}", amount, "horas")
    for place, effects in process.effects():
        _check_effects(process, place, effects)
        _check_conditions(process, f"{place}.quando", effects.when, only_fields=place.startswith("ao_abrir"))
    _check_opening(process)
    _check_secrecy(process)
    for step in process.steps:
        _check_step(process, f"etapas.{step.key}", step)
    _check_paths(process)
    _check_clocks_are_started(process)


# The parts of a process.


def _check_field(process: Process, place: str, rule: FieldRule) -> None:
    if rule.key in (SEVERITY, *MESSAGE_FACTS) or rule.key.startswith(DOCUMENT):
        raise ProcessError(f"{place}.chave", "processo_reservado", word=rule.key)
    if (rule.type == "cadastro") != bool(rule.updates):
        raise ProcessError(f"{place}.atualiza", "processo_cadastro", word=rule.key)
    if rule.updates:
        _known(f"{place}.atualiza", rule.updates, UPDATED)
    if rule.confirms and rule.type != "sim_nao":
        raise ProcessError(f"{place}.confere", "processo_confere", word=rule.key)
    for key in rule.confirms:
        _known(f"{place}.confere", key, [each.key for each in process.fields if each.updates])
    if (rule.type == "escolha") != bool(rule.options):
        raise ProcessError(f"{place}.opcoes", "processo_opcoes", word=rule.key)
    _unique(f"{place}.opcoes", rule.options, "opcoes")
    if rule.series and not any(rule.key in effects.number for _, effects in process.effects()):
        raise ProcessError(f"{place}.serie", "processo_serie", word=rule.key)
    for word, given in (("minimo", rule.least), ("recusa", rule.empty_words)):
        if given and rule.type not in _TEXTS:
            raise ProcessError(f"{place}.{word}", "processo_so_texto", word=word)
    if rule.system is not None and rule.type != "texto":
        raise ProcessError(f"{place}.sistema", "processo_sistema", word=rule.key)
    if rule.links and rule.type != "protocolo":
        raise ProcessError(f"{place}.liga", "processo_liga", word=rule.key)
    if rule.from_fact:
        _check_fact(process, f"{place}.de", rule)
    if rule.imported and (rule.type != "boleto" or not rule.later or rule.correct_by):
        raise ProcessError(f"{place}.importado", "processo_importado", word=rule.key)
    for role in rule.correct_by:
        _known(f"{place}.corrige", role, ROLES)
    _check_conditions(process, f"{place}.quando", rule.when, only_fields=True)


def _check_fact(process: Process, place: str, rule: FieldRule) -> None:
    """A fact is of a procedure that intake or an action asks, and its values must be those of the field."""
    source, _, fact = rule.from_fact.partition(".")
    _known(place, source, [each.key for each in process.fields if each.type == PROCEDURE])
    _known(place, fact, FACTS)
    if wrong := [value for value in FACT_VALUES.get(fact, ()) if not is_stored_form(rule, value)]:
        raise ProcessError(place, "processo_valor_campo", word=wrong[0], field=rule.key)


def _check_clock(process: Process, place: str, clock: ClockRule) -> None:
    if "" not in clock.target:
        known: list[str] = []
        for key in clock.by:
            values = _values_of(process, f"{place}.por", key)
            if values is None:
                raise ProcessError(f"{place}.por", "processo_por", word=key)
            known += values
        for value in clock.target:
            _known(f"{place}.alvo", value, known)
    for value, amount in clock.target.items():
        _check_amount(f"{place}.alvo.{value}".rstrip("."), amount, clock.basis)
    _check_conditions(process, f"{place}.quando", clock.when, only_fields=True)


def _check_message(process: Process, place: str, message: MessageRule) -> None:
    for text, word in ((message.subject, "assunto"), (message.body, "texto")):
        _check_template(process, f"{place}.{word}", text, MESSAGE_FACTS)
    if message.group and message.to != "grupo":
        raise ProcessError(f"{place}.grupo", "processo_grupo", word=message.group)
    if message.channel_from:
        _known(f"{place}.canal_de", message.channel_from, [rule.key for rule in process.fields if rule.options])
        for option in process.field(message.channel_from).options:
            if folded(option) not in CHANNEL_OF:
                known = ", ".join(CHANNEL_OF)
                raise ProcessError(f"{place}.canal_de", "processo_canal_de", word=option, known=known)
    if message.forwards:
        _known(f"{place}.encaminha", message.forwards, process.messages)


def _check_paper(process: Process, place: str, paper: PaperRule) -> None:
    _check_template(process, f"{place}.modelo", paper.body, PAPER_FACTS)
    if paper.file and not _FILE_NAME.fullmatch(paper.file):
        raise ProcessError(f"{place}.arquivo", "processo_arquivo", word=paper.file)
    if paper.fills and not paper.file:
        raise ProcessError(f"{place}.preenche", "processo_preenche")
    for name, text in paper.fills.items():
        _check_template(process, f"{place}.preenche.{name}", text, PAPER_FACTS)
    if paper.bill:
        _known(f"{place}.boleto", paper.bill, [rule.key for rule in process.fields if rule.type == "boleto"])
    _check_conditions(process, f"{place}.quando", paper.when, only_fields=True)


def _check_template(process: Process, place: str, text: str, facts: Iterable[str]) -> None:
    known = [*facts, *(f"{DUE_OF}{kind}" for kind in process.clocks), *_fields(process)]
    if text.count("{") != text.count("}"):
        raise ProcessError(place, "processo_chaves", word=text.strip())
    for placeholder in placeholders(text):
        _known(place, placeholder, known)


def _check_subject(process: Process) -> None:
    """A subject is shown in every list, so it may not contain personal data."""
    if process.subject.count("{") != process.subject.count("}"):
        raise ProcessError("assunto", "processo_chaves", word=process.subject.strip())
    for placeholder in placeholders(process.subject):
        _known("assunto", placeholder, [SERVICE, *_fields(process)])
        if placeholder != SERVICE and is_personal(process.field(placeholder)):
            raise ProcessError("assunto", "processo_assunto_pessoal", word=placeholder)


def _check_opening(process: Process) -> None:
    for place, effects in with_places("ao_abrir", process.on_opening):
        for word, given in (("ir", effects.go), ("novo_ciclo", effects.new_cycle)):
            if given:
                raise ProcessError(f"{place}.{word}", "processo_ao_abrir", word=word)
        _check_no_clock_after_end(process, place, effects, process.steps[0])
        _check_one_writer(place, effects, [rule.key for rule in process.fields if not rule.later])


def _check_secrecy(process: Process) -> None:
    """A secret ticket exists for one group, so no other group can be given it or be told of it."""
    for group in process.groups() if process.secrecy else ():
        if group != process.secrecy:
            raise ProcessError("sigilo", "processo_sigilo", word=group, group=process.secrecy)
    for place, effects in process.effects() if process.secrecy else ():
        if effects.enter_register:  # the workbook is read by everybody who keeps it
            raise ProcessError(f"{place}.registra", "processo_sigilo_registro")
        if effects.remit:  # the batch is carried and signed by others
            raise ProcessError(f"{place}.remete", "processo_sigilo_remessa")


def _check_one_writer(place: str, effects: EffectRule, asked: Iterable[str]) -> None:
    """One act sets a field only once: an overwritten number would leave a gap, and an overwritten answer be lost."""
    written = dict.fromkeys(asked, "pede")
    for word, keys in (("soma", effects.count), ("numera", effects.number), ("define", effects.set)):
        for key in keys:
            if key in written:
                raise ProcessError(f"{place}.{word}", "processo_um_valor", word=key, one=written[key], other=word)
            written[key] = word


def _check_step(process: Process, place: str, step: StepRule) -> None:
    _unique(f"{place}.acoes", [action.key for action in step.actions])
    _unique(f"{place}.tempos", [timer.key for timer in step.timers])
    _unique(f"{place}.acoes", [action.letter for action in step.actions if action.letter], "tecla")
    for action in step.actions:
        _check_action(process, f"{place}.acoes.{action.key}", action, step)
    for timer in step.timers:
        _check_timer(process, f"{place}.tempos.{timer.key}", timer, step)
    for at, effects in step.effects():
        _check_cycle(process, f"{place}.{at}", effects, step)
    for action in step.actions:
        for at, effects in with_places(f"{place}.acoes.{action.key}.faz", action.does):
            _check_one_writer(at, effects, action.asks)
        _check_combined(f"{place}.acoes.{action.key}.faz", action.does)
    for timer in step.timers:
        for at, effects in with_places(f"{place}.tempos.{timer.key}.faz", timer.does or ()):
            _check_one_writer(at, effects, ())
        _check_combined(f"{place}.tempos.{timer.key}.faz", timer.does or ())


def _check_action(process: Process, place: str, action: ActionRule, step: StepRule) -> None:
    if action.letter is not None and action.letter not in _LETTERS:
        raise ProcessError(f"{place}.tecla", "processo_tecla", word=action.letter, known=" ".join(sorted(_LETTERS)))
    for role in action.roles:
        _known(f"{place}.papeis", role, ROLES)
    for key in action.asks:
        _known(f"{place}.pede", key, _fields(process))
    _check_conditions(process, f"{place}.quando", action.when)
    _check_conditions(process, f"{place}.exige", action.needs)
    if action.by_itself and action.key not in [timer.action for timer in step.timers]:
        raise ProcessError(f"{place}.so_sistema", "processo_so_sistema", word=action.key)


def _check_timer(process: Process, place: str, timer: TimerRule, step: StepRule) -> None:
    begins = [timer.clock, timer.every, timer.after, timer.on_day]
    if sum(begin is not None for begin in begins) != 1:
        raise ProcessError(place, "processo_tempo_inicio")
    if (timer.action is None) == (timer.does is None):
        raise ProcessError(place, "processo_tempo_efeito")
    if timer.clock:
        _known(f"{place}.prazo", timer.clock, process.clocks)
    elif "share" in timer.model_fields_set:
        raise ProcessError(f"{place}.fracao", "processo_fracao")
    if timer.on_day:
        _known(f"{place}.no_dia", timer.on_day, [rule.key for rule in process.fields if rule.type == "data"])
    if timer.action:
        _known(f"{place}.acao", timer.action, [action.key for action in step.actions])
    for word, amount in (("a_cada", timer.every), ("apos", timer.after)):
        if amount is not None:
            _check_amount(f"{place}.{word}", amount, amount_basis(amount), positive=True)


def _check_cycle(process: Process, place: str, effects: EffectRule, step: StepRule) -> None:
    """A new cycle is required where an ended ticket is reopened, and forbidden elsewhere."""
    to = process.step(effects.go) if effects.go and effects.go != BACK else None
    opens_again = not step.state.is_open and effects.go is not None and (to is None or to.state.is_open)
    if effects.new_cycle != opens_again:
        raise ProcessError(place, "processo_ciclo")
    _check_no_clock_after_end(process, place, effects, to or (None if effects.go else step))


def _check_combined(place: str, does: Sequence[EffectRule]) -> None:
    """Effects of one act may not begin a new cycle and change clocks of the former one."""
    if any(effects.new_cycle for effects in does):
        for word, kinds in (("continua", "reinstate"), ("retoma", "resume")):
            if any(getattr(effects, kinds) for effects in does):
                raise ProcessError(place, "processo_ciclo_selado", word=word)


def _check_no_clock_after_end(process: Process, place: str, effects: EffectRule, step: StepRule | None) -> None:
    """On an ended ticket, only clocks of nature `cliente` may run."""
    if step is None or step.state.is_open:
        return
    for kind in (*effects.start, *effects.reinstate):
        if process.nature_of(kind) is not Nature.CLIENT:
            raise ProcessError(
                f"{place}.{'inicia' if kind in effects.start else 'continua'}", "processo_fim", word=kind
            )


def _check_effects(process: Process, place: str, effects: EffectRule) -> None:
    fields = _fields(process)
    if effects.go is not None:
        _known(f"{place}.ir", effects.go, [BACK, *(step.key for step in process.steps)])
    for word, kind in effects.clocks():
        _known(f"{place}.{word}", kind, process.clocks)
    for word, keys in (("numera", effects.number), ("soma", effects.count), ("define", effects.set)):
        for key in keys:
            _known(f"{place}.{word}", key, fields)
    for key in effects.count:
        if process.field(key).type != "numero":
            raise ProcessError(f"{place}.soma", "processo_soma", word=key)
    for key, value in effects.set.items():
        _check_value(process, f"{place}.define.{key}", key, value)
    if effects.group_from:
        _known(f"{place}.grupo_de", effects.group_from, [rule.key for rule in process.fields if rule.options])
    if effects.update and not any(rule.confirms for rule in process.fields):
        raise ProcessError(f"{place}.atualiza", "processo_atualiza")
    for key in effects.messages:
        _known(f"{place}.mensagem", key, process.messages)
    for key in effects.papers:
        _known(f"{place}.imprime", key, process.papers)
    if effects.task and effects.task.within:
        _check_amount(f"{place}.tarefa.em", effects.task.within, amount_basis(effects.task.within))


def _check_conditions(process: Process, place: str, conditions: Conditions, *, only_fields: bool = False) -> None:
    for number, condition in enumerate(conditions, start=1):
        at = f"{place}.{number}"
        tests_field = bool(condition.equals or condition.differs or condition.filled is not None)
        tests_other = condition.checklist is not None or condition.within is not None
        if tests_field != (condition.field is not None) or not (tests_field or tests_other):
            raise ProcessError(at, "processo_condicao")
        if only_fields and tests_other:
            raise ProcessError(at, "processo_condicao_campo")
        _check_condition(process, at, condition)


def _check_condition(process: Process, place: str, condition: Condition) -> None:
    if condition.field is not None:
        _known(f"{place}.campo", condition.field, [SEVERITY, *_fields(process)])
        for word, values in (("igual", condition.equals), ("diferente", condition.differs)):
            for value in values:
                _check_value(process, f"{place}.{word}", condition.field, value)
    if condition.within is not None:
        _known(f"{place}.dentro", condition.within, process.clocks)


def _check_value(process: Process, place: str, key: str, value: str) -> None:
    """A value that the process compares or sets must be one that the field may have."""
    if (known := _values_of(process, place, key)) is not None:
        _known(place, value, ["", *known])
    elif not is_stored_form(process.field(key), value):
        raise ProcessError(place, "processo_valor_campo", word=value, field=key)


def _check_amount(place: str, written: str, basis: str, *, positive: bool = False) -> None:
    try:
        amount = read_amount(written, basis)
    except ValueError as error:
        example = "16h, 4h30 ou 45min" if basis == "horas" else "7d"
        raise ProcessError(place, "processo_tempo", word=written, example=example) from error
    if positive and not amount:
        raise ProcessError(place, "processo_tempo", word=written, example="2h ou 1d")


# The whole process.


def _check_clocks_are_started(process: Process) -> None:
    started = {kind for _, effects in process.effects() for kind in effects.start}
    for kind in process.clocks:
        if kind not in started:
            raise ProcessError(f"prazos.{kind}", "processo_prazo_parado", word=kind)


def _check_paths(process: Process) -> None:
    """Every step is reachable from the first one, and an end is reachable from every step."""
    successors = {step.key: set(_successors(step)) for step in process.steps}
    for step in process.steps:
        if any(effects.go == BACK for _, effects in step.effects()):
            successors[step.key] |= _back_targets(process, step.key, successors)
    start = process.steps[0].key
    reached = _closure({start}, successors)
    ended = {step.key for step in process.steps if not step.state.is_open}
    for key in successors:
        if key not in reached:
            raise ProcessError(f"etapas.{key}", "processo_inalcancavel", word=key)
    stuck = {key for key in successors if not _closure({key}, successors) & ended}
    for key in successors:
        # Several steps may be stuck because they lead to the same one. Report that one: all it reaches lead back to it.
        if key in stuck and all(key in _closure({other}, successors) for other in _closure({key}, successors)):
            raise ProcessError(f"etapas.{key}", "processo_sem_saida", word=key)


def _successors(step: StepRule) -> Iterator[str]:
    for _, effects in step.effects():
        if effects.go and effects.go != BACK:
            yield effects.go


def _back_targets(process: Process, key: str, successors: dict[str, set[str]]) -> set[str]:
    """The steps that `anterior` may refer to: the predecessors in which the desk works.

    A predecessor in which it does not work (a validation, an end) is replaced by its own predecessors.
    """
    skipped = {step.key for step in process.steps if step.state not in (State.OPEN, State.WAITING)}
    before: set[str] = set()
    frontier = {key}
    while frontier:
        found = {each for each, to in successors.items() if to & frontier} - before
        before |= found
        frontier = found & skipped
    return before - skipped


def _closure(start: set[str], successors: dict[str, set[str]]) -> set[str]:
    """The steps that are reachable from `start`, including `start`."""
    reached, frontier = set(start), set(start)
    while frontier:
        frontier = set().union(*(successors[key] for key in frontier)) - reached
        reached |= frontier
    return reached


# Names and values.


def _fields(process: Process) -> list[str]:
    return [rule.key for rule in process.fields]


def _values_of(process: Process, place: str, key: str) -> tuple[str, ...] | None:
    """The values that a field may have; None if the set is not finite."""
    if key == SEVERITY:
        return tuple(Severity)
    _known(place, key, [SEVERITY, *_fields(process)])
    rule = process.field(key)
    return ("sim", "nao") if rule.type == "sim_nao" else rule.options or None


def _known(place: str, word: str, known: Iterable[str]) -> None:
    words = [str(each) for each in known]
    if word not in words:
        raise ProcessError(
            place,
            "processo_desconhecido",
            word=word,
            nearest=nearest(word, words),
            known=", ".join(filter(None, words)),
        )


def _unique(place: str, keys: Iterable[str], what: str = "chave") -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ProcessError(place, "processo_repetido", word=key, what=what)
        seen.add(key)
