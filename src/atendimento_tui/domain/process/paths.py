"""Checks that every step and every clock of a process is reached, and that every ticket can end."""

from collections.abc import Iterator

from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.schema import BACK, Process, StepRule
from atendimento_tui.domain.words import State


def check_clocks_are_started(process: Process) -> None:
    """Refuse a clock that nothing starts."""
    started = {kind for _, effects in process.effects() for kind in effects.start}
    for kind in process.clocks:
        if kind not in started:
            raise ProcessError(f"prazos.{kind}", "processo_prazo_parado", word=kind)


def check_paths(process: Process) -> None:
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
