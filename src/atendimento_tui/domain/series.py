"""Numbers without gaps: whether a series has each number once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class SeriesOfNumbers:
    """The numbers of a series that were found, in little space.

    Attributes:
        count: How many.
        total: Their sum.
    """

    count: int = 0
    total: int = 0

    def add(self, number: int) -> None:
        """Add a number that was found."""
        self.count += 1
        self.total += number

    def has_gap(self, last: int, jumps: Iterable[tuple[int, int]]) -> bool:
        """Whether the numbers are not exactly those from 1 to `last`, each once, without the skipped ones.

        Args:
            last: The last number that was given.
            jumps: Number before and number after each jump: those after the first, up to the second, were skipped.
        """
        skipped = merged(jumps)
        count = last - sum(after - before for before, after in skipped)
        total = _sum_to(last) - sum(_sum_to(after) - _sum_to(before) for before, after in skipped)
        return (self.count, self.total) != (count, total)


def missing_number(numbers: Iterable[int], last: int, jumps: Iterable[tuple[int, int]]) -> int:
    """The first number that is missing, occurs twice or should not exist; 0 if there is none."""
    skipped = merged(jumps)

    def following(number: int) -> int:
        return next((after + 1 for before, after in skipped if before < number <= after), number)

    expected = following(1)
    for number in sorted(numbers):
        if number != expected or number > last:
            return min(number, expected)
        expected = following(number + 1)
    return expected if expected <= last else 0


def merged(jumps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The jumps in their order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for before, after in sorted((before, after) for before, after in jumps if after > before):
        if found and before <= found[-1][1]:
            found[-1] = (found[-1][0], max(after, found[-1][1]))
        else:
            found.append((before, after))
    return found


def _sum_to(number: int) -> int:
    return number * (number + 1) // 2
