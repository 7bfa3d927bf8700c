"""Reads a process, which defines a service in TOML.

A process has fields, documents, clocks, messages and steps; a step has actions and timers; an action or a timer has
effects. Every word is checked when the file is read. An unknown word, and a reference to something that does not exist,
are refused with their place and the nearest known word. `docs/processes.md` documents the format.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from atendimento_tui.domain.nearest import nearest
from atendimento_tui.domain.process.check import check
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.parts import Part
from atendimento_tui.domain.process.reachability import check_reachability, check_sizes
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.toml import TomlError, read_toml

_Place: TypeAlias = Sequence[int | str]


def read_process(text: str) -> Process:
    """The process that a file defines, completely checked.

    Raises:
        ProcessError: The text is not TOML, has an unknown word, refers to something that does not exist, or has
            something that can never happen.
    """
    try:
        data = read_toml(text)
    except TomlError as error:
        raise ProcessError("", "processo_toml", line=error.line, column=error.column, toml=error.reason) from error
    try:
        process = Process.model_validate(data)
    except ValidationError as error:
        raise _process_error(error, data) from error
    check_sizes(process)
    check(process)
    check_reachability(process)
    return process


def _process_error(error: ValidationError, data: Mapping[str, Any]) -> ProcessError:
    """The first error as a `ProcessError`. An unknown word comes before a missing one: it may be its misspelling."""
    found = min(error.errors(), key=lambda each: {"extra_forbidden": 0, "missing": 2}.get(each["type"], 1))
    where = [part for part in found["loc"] if part != "[key]"]
    place, word, context = _readable_place(where, data), str(where[-1]), found.get("ctx", {})
    match found["type"]:
        case "extra_forbidden":
            return ProcessError(place, "processo_palavra", word=word, nearest=nearest(word, _allowed_words(where)))
        case "missing":
            return ProcessError(place, "processo_falta", word=word)
        case "literal_error" | "enum" if not isinstance(found["input"], str):
            return ProcessError(place, "processo_invalido", problem=("string_type", {}))
        case "literal_error" | "enum":
            written, known = str(found["input"]), re.findall(r"'([^']+)'", str(context["expected"]))
            return ProcessError(
                place, "processo_valor", word=written, nearest=nearest(written, known), known=", ".join(known)
            )
        case "string_pattern_mismatch":
            return ProcessError(place, "processo_chave", word=str(found["input"]))
        case other:
            return ProcessError(place, "processo_invalido", problem=(other, context))


def _readable_place(where: _Place, data: Mapping[str, Any]) -> str:
    """A place in a readable form: items of a list are named by their key if they have one, else by number from 1."""
    parts: list[str] = []
    at: Any = data
    for part in where:
        if isinstance(part, int) and isinstance(at, dict):
            continue  # a single table, where a list of tables is also allowed
        try:
            at = at[part]
        except (LookupError, TypeError):
            at = {}
        named = isinstance(part, int) and isinstance(at, dict) and isinstance(at.get("chave"), str)
        parts.append(str(at["chave"] if named else part + 1 if isinstance(part, int) else part))
    return ".".join(parts)


def _allowed_words(where: _Place) -> list[str]:
    """The words that are allowed where an unknown one was found: those of the part at that place."""
    part: type[Part] = Process
    for step in where[:-1]:
        for rule in part.model_fields.values():
            if rule.alias == step:
                part = _part_of(rule.annotation) or part
                break
    return [str(rule.alias) for rule in part.model_fields.values()]


def _part_of(annotation: Any) -> type[Part] | None:
    """The class of the part, or of the parts, that a field contains; None if it contains none."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for inner in getattr(annotation, "__args__", ()) if (part := _part_of(inner))), None)
