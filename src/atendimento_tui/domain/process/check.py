"""Checks that a process is consistent: names refer to something, every ticket can end, and every clock is started."""

from collections.abc import Iterable, Sequence

from atendimento_tui.actions import reserved_letters
from atendimento_tui.domain.beneficiaries import UPDATED
from atendimento_tui.domain.documents import ORIGINAL
from atendimento_tui.domain.nearest import nearest
from atendimento_tui.domain.procedures import FACT_VALUES
from atendimento_tui.domain.process.amounts import amount_basis
from atendimento_tui.domain.process.check_outgoing import check_message, check_paper, check_subject
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.facts import FACTS_OF, SLOT
from atendimento_tui.domain.process.outgoing import MESSAGE_FACTS
from atendimento_tui.domain.process.paths import check_clocks_are_started, check_paths
from atendimento_tui.domain.process.references import (
    check_amount,
    check_conditions,
    check_known,
    check_unique,
    check_value,
    field_keys,
    values_of,
)
from atendimento_tui.domain.process.schema import (
    BACK,
    DOCUMENT,
    ROLES,
    ActionRule,
    ClockRule,
    EffectRule,
    FieldRule,
    Process,
    StepRule,
    TimerRule,
    with_places,
)
from atendimento_tui.domain.process.values import is_stored_form
from atendimento_tui.domain.words import NATURES, SEVERITY, Nature

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789") - reserved_letters()
_TEXTS = ("texto", "texto_longo")
_DAYS = ("data", SLOT)


def check(process: Process) -> None:
    """Refuse a process that has only known words but is inconsistent.

    Raises:
        ProcessError: The first error.
    """
    check_unique("etapas", [step.key for step in process.steps])
    check_unique("campos", [rule.key for rule in process.fields])
    check_unique("documentos", [document.key for document in process.documents])
    for rule in process.fields:
        _check_field(process, f"campos.{rule.key}", rule)
    for document in process.documents:
        check_conditions(process, f"documentos.{document.key}.quando", document.when, only_fields=True)
        check_unique(f"documentos.{document.key}.copia", document.copies, "opcoes")
        if not document.keeps and set(document.copies) - {ORIGINAL}:
            raise ProcessError(f"documentos.{document.key}.guarda", "processo_guarda", word=document.name)
    for kind, clock in process.clocks.items():
        if kind not in NATURES and clock.nature is None:
            raise ProcessError(f"prazos.{kind}", "processo_natureza", word=kind, nearest=nearest(kind, NATURES))
        _check_clock(process, f"prazos.{kind}", clock)
    check_subject(process)
    for key, message in process.messages.items():
        check_message(process, f"mensagens.{key}", message)
    for key, paper in process.papers.items():
        check_paper(process, f"papeis.{key}", paper)
    for channel, amount in process.usual_time.items():
        check_known("tempo_tipico", channel, process.channels)
        check_amount(f"tempo_tipico.{channel}", amount, "horas")
    for place, effects in process.effects():
        _check_effects(process, place, effects)
        check_conditions(process, f"{place}.quando", effects.when, only_fields=place.startswith("ao_abrir"))
    _check_opening(process)
    _check_secrecy(process)
    for step in process.steps:
        _check_step(process, f"etapas.{step.key}", step)
    check_paths(process)
    check_clocks_are_started(process)


# The parts of a process.


def _check_field(process: Process, place: str, rule: FieldRule) -> None:
    if rule.key in (SEVERITY, *MESSAGE_FACTS) or rule.key.startswith(DOCUMENT):
        raise ProcessError(f"{place}.chave", "processo_reservado", word=rule.key)
    if (rule.type == "cadastro") != bool(rule.updates):
        raise ProcessError(f"{place}.atualiza", "processo_cadastro", word=rule.key)
    if rule.updates:
        check_known(f"{place}.atualiza", rule.updates, UPDATED)
    if rule.confirms and rule.type != "sim_nao":
        raise ProcessError(f"{place}.confere", "processo_confere", word=rule.key)
    for key in rule.confirms:
        check_known(f"{place}.confere", key, [each.key for each in process.fields if each.updates])
    if (rule.type == "escolha") != bool(rule.options):
        raise ProcessError(f"{place}.opcoes", "processo_opcoes", word=rule.key)
    check_unique(f"{place}.opcoes", rule.options, "opcoes")
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
        check_known(f"{place}.corrige", role, ROLES)
    for word, key in (("encaixe", rule.squeeze_in), ("segundo", rule.second)):
        if key and rule.type != SLOT:
            raise ProcessError(f"{place}.{word}", "processo_vaga", word=word)
        if key:
            check_known(f"{place}.{word}", key, [each.key for each in process.fields if each.type in _TEXTS])
    if rule.type == SLOT and rule.correct_by:
        raise ProcessError(f"{place}.corrige", "processo_vaga_corrige", word=rule.key)
    check_conditions(process, f"{place}.quando", rule.when, only_fields=True)


def _check_fact(process: Process, place: str, rule: FieldRule) -> None:
    """A fact is of a procedure or a slot that is asked, and its values must be those of the field."""
    source, _, fact = rule.from_fact.partition(".")
    check_known(place, source, [each.key for each in process.fields if each.type in FACTS_OF])
    check_known(place, fact, FACTS_OF[process.field(source).type])
    if wrong := [value for value in FACT_VALUES.get(fact, ()) if not is_stored_form(rule, value)]:
        raise ProcessError(place, "processo_valor_campo", word=wrong[0], field=rule.key)


def _check_slots(process: Process, place: str, effects: EffectRule) -> None:
    """A slot is held before the act of a person, and an appointment comes from what was held."""
    for word, key in (("reserva", effects.hold), ("remarca", effects.move)):
        if key is not None:
            check_known(f"{place}.{word}", key, [rule.key for rule in process.fields if rule.type == SLOT])
    asked = (("reserva", effects.hold), ("confirma", effects.book), ("remarca", effects.move))
    for word, given in asked:
        if given and ".acoes." not in place:
            raise ProcessError(f"{place}.{word}", "processo_vaga_pessoa", word=word)
    if effects.hold and effects.move:
        raise ProcessError(f"{place}.remarca", "processo_vaga_duas")
    every = [each for _, each in process.effects()]
    holds, books = any(each.hold for each in every), any(each.book for each in every)
    for word, given, needed, there in (
        ("confirma", effects.book, "reserva", holds),
        ("libera", effects.release, "reserva", holds),
        ("remarca", effects.move, "confirma", books),
        ("comparece", effects.came, "confirma", books),
    ):
        if given and not there:
            raise ProcessError(f"{place}.{word}", "processo_vaga_falta", word=word, needed=needed)


def _check_clock(process: Process, place: str, clock: ClockRule) -> None:
    if "" not in clock.target:
        known: list[str] = []
        for key in clock.by:
            values = values_of(process, f"{place}.por", key)
            if values is None:
                raise ProcessError(f"{place}.por", "processo_por", word=key)
            known += values
        for value in clock.target:
            check_known(f"{place}.alvo", value, known)
    for value, amount in clock.target.items():
        check_amount(f"{place}.alvo.{value}".rstrip("."), amount, clock.basis)
    check_conditions(process, f"{place}.quando", clock.when, only_fields=True)


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
    check_unique(f"{place}.acoes", [action.key for action in step.actions])
    check_unique(f"{place}.tempos", [timer.key for timer in step.timers])
    check_unique(f"{place}.acoes", [action.letter for action in step.actions if action.letter], "tecla")
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
        check_known(f"{place}.papeis", role, ROLES)
    for key in action.asks:
        check_known(f"{place}.pede", key, field_keys(process))
    check_conditions(process, f"{place}.quando", action.when)
    check_conditions(process, f"{place}.exige", action.needs)
    if action.by_itself and action.key not in [timer.action for timer in step.timers]:
        raise ProcessError(f"{place}.so_sistema", "processo_so_sistema", word=action.key)


def _check_timer(process: Process, place: str, timer: TimerRule, step: StepRule) -> None:
    begins = [timer.clock, timer.every, timer.after, timer.on_day]
    if sum(begin is not None for begin in begins) != 1:
        raise ProcessError(place, "processo_tempo_inicio")
    if (timer.action is None) == (timer.does is None):
        raise ProcessError(place, "processo_tempo_efeito")
    if timer.clock:
        check_known(f"{place}.prazo", timer.clock, process.clocks)
    elif "share" in timer.model_fields_set:
        raise ProcessError(f"{place}.fracao", "processo_fracao")
    if timer.on_day:
        check_known(f"{place}.no_dia", timer.on_day, [rule.key for rule in process.fields if rule.type in _DAYS])
    if timer.before is not None:
        if not timer.on_day:
            raise ProcessError(f"{place}.antes", "processo_antes")
        check_amount(f"{place}.antes", timer.before, "uteis", positive=True)
    if timer.action:
        check_known(f"{place}.acao", timer.action, [action.key for action in step.actions])
    for word, amount in (("a_cada", timer.every), ("apos", timer.after)):
        if amount is not None:
            check_amount(f"{place}.{word}", amount, amount_basis(amount), positive=True)


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
    fields = field_keys(process)
    if effects.go is not None:
        check_known(f"{place}.ir", effects.go, [BACK, *(step.key for step in process.steps)])
    for word, kind in effects.clocks():
        check_known(f"{place}.{word}", kind, process.clocks)
    for word, keys in (("numera", effects.number), ("soma", effects.count), ("define", effects.set)):
        for key in keys:
            check_known(f"{place}.{word}", key, fields)
    for key in effects.count:
        if process.field(key).type != "numero":
            raise ProcessError(f"{place}.soma", "processo_soma", word=key)
    for key, value in effects.set.items():
        check_value(process, f"{place}.define.{key}", key, value)
    if effects.group_from:
        check_known(f"{place}.grupo_de", effects.group_from, [rule.key for rule in process.fields if rule.options])
    _check_slots(process, place, effects)
    if effects.update and not any(rule.confirms for rule in process.fields):
        raise ProcessError(f"{place}.atualiza", "processo_atualiza")
    for key in effects.messages:
        check_known(f"{place}.mensagem", key, process.messages)
    for key in effects.papers:
        check_known(f"{place}.imprime", key, process.papers)
    if effects.task and effects.task.within:
        check_amount(f"{place}.tarefa.em", effects.task.within, amount_basis(effects.task.within))
