"""The services that tickets are opened by."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic is not wanted before the first frame
    from atendimento_tui.domain.process.schema import Process


@dataclass(frozen=True, slots=True)
class Service:
    """A service that tickets may be opened by."""

    version: int
    key: str
    process: "Process"
