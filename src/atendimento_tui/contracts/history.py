"""The result of an import of a history."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import.

    Attributes:
        grown: Cases imported before that have more events in the file; they are unchanged.
        problems: Number and code of lines that could not be read; the first 100,000 of `problems_count`.
        left_out: Cases skipped because of them; the first 100,000 of `left_out_count`.
    """

    cases: int
    events: int
    already_there: int
    grown: int
    problems: tuple[tuple[int, str], ...]
    problems_count: int
    left_out: tuple[str, ...]
    left_out_count: int
