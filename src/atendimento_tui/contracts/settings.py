"""The settings of the unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from atendimento_tui.contracts.trail import StreamEvent
from atendimento_tui.domain.settings import Value


@dataclass(frozen=True, slots=True)
class UnitSettings:
    """The settings with what was changed.

    Attributes:
        values: Key of each setting -> its value.
        events: What happened to the unit, newest first.
        names: Id -> name of the people who acted.
    """

    values: Mapping[str, Value]
    events: tuple[StreamEvent, ...]
    names: Mapping[int, str]
