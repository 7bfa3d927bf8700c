"""The condition of a database, also of one that cannot be opened: each part says itself why it failed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from atendimento_tui.contracts.diagnosis import Part, Value
from atendimento_tui.data import condition
from atendimento_tui.data.desk_file import must_be_there
from atendimento_tui.data.engine import converting_errors, file_of, make_engine, url_of
from atendimento_tui.domain.refusals import UserFacingError
from atendimento_tui.services.presence import GONE_AFTER


def database_parts(database: str, now: datetime) -> tuple[Part, ...]:
    """The parts about the database. It is neither created, nor migrated, nor written."""
    try:
        url = url_of(database)
        if file := file_of(url):
            must_be_there(file)
        engine = make_engine(url)
    except (UserFacingError, OSError) as error:
        return (Part("banco", {}, problem_of(error)),)
    reads = dict(condition.PARTS) | {"uso": partial(condition.use_facts, alive_since=now - GONE_AFTER)}

    def read(name: str) -> Mapping[str, Value]:
        with converting_errors(url):
            return reads[name](engine)

    try:
        return tuple(part_of(name, partial(read, name)) for name in reads)
    finally:
        engine.dispose()


def part_of(name: str, read: Callable[[], Mapping[str, Value]]) -> Part:
    """A part, or why it could not be read."""
    try:
        return Part(name, read())
    except Exception as error:  # noqa: BLE001 - what fails is part of the diagnosis
        return Part(name, {}, problem_of(error))


def problem_of(error: Exception) -> str:
    """The code of a refusal, or the type of another error. Their values may name files and people."""
    return error.code if isinstance(error, UserFacingError) else type(error).__name__
