"""The result of importing a list."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atendimento_tui.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ListImport:
    """What an import did, or would do.

    Attributes:
        problems: Line number and reason of the first wrong lines, which are left out.
        problems_count: How many lines are wrong.
    """

    new: int
    changed: int
    same: int
    problems: "tuple[tuple[int, Refusal], ...]"
    problems_count: int
