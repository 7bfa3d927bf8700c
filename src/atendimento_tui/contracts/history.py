"""What an import of a history did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        grown: Cases already here that have more events in the file: left as they are.
        problems: Lines that could not be read, number and code; the first 100,000 of `problems_count`.
        left_out: Cases left out because of them; the first 100,000 of `left_out_count`.
    """

    cases: int
    events: int
    already_there: int
    grown: int
    problems: tuple[tuple[int, str], ...]
    problems_count: int
    left_out: tuple[str, ...]
    left_out_count: int
