"""What `atendimento diagnostico` says about the program and its database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Value = str | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a diagnosis. It has no personal data and no names of files, people or machines.

    Attributes:
        name: Its key in JSON; `texts.diagnosis` has its title.
        values: Its values, by their keys in JSON.
        problem: The code of the refusal, or the type of the error, if the part could not be read.
    """

    name: str
    values: Mapping[str, Value]
    problem: str = ""
