"""The services of the catalogue."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic must not be imported before the first frame
    from atendimento_tui.domain.process.schema import Process


@dataclass(frozen=True, slots=True)
class Service:
    """A service for which tickets may be opened."""

    version: int
    key: str
    process: "Process"
