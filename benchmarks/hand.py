"""How long the hands need for each service, beside the minutes of the client's documents: `python -m benchmarks.hand`.

The keys of `hand.toml` are pressed on a real terminal, on a desk with one beneficiary and one professional, and each
answer is waited for. The time is that of the keystroke-level model (Card, Moran and Newell, 1980): 0.28 s for each key
(an average typist), 1.35 s for each decision, and the time that the program takes to answer, as measured. Talking is
not part of it.
"""

import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests import an_agenda
from tests.small_desk import ANA, Clock, SmallDesk
from tests.terminal.harness import Terminal

from atendimento_tui.services.beneficiaries import add_beneficiary
from benchmarks.measure import ROOT, Table, options, report

SCRIPTS = Path(__file__).with_name("hand.toml")

KEY_S, DECISION_S = 0.28, 1.35
"""Seconds of a key and of a decision in the keystroke-level model."""


@dataclass
class Played:
    """What a script needed.

    Attributes:
        keys: Pressed keys; each letter of a text is one.
        decisions: Decisions of the person.
        waited: Seconds from the last key before each awaited text until it was on the screen.
    """

    keys: int = 0
    decisions: int = 0
    waited: float = 0.0
    _last_key: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """The time of the hand and of the program."""
        return self.keys * KEY_S + self.decisions * DECISION_S + self.waited

    def step(self, terminal: Terminal, written: str) -> None:
        """Do a step of a script.

        Raises:
            ValueError: The step is none of `think`, `press KEY...`, `type TEXT`, `see TEXT`.
        """
        word, _, rest = written.partition(" ")
        match word:
            case "think":
                self.decisions += 1
            case "press":
                names = rest.split()
                terminal.press(*names)
                self.keys += len(names)
                self._last_key = time.perf_counter()
            case "type":
                terminal.type(rest)
                self.keys += len(rest)
                self._last_key = time.perf_counter()
            case "see":
                terminal.wait_for(rest)
                self.waited += time.perf_counter() - self._last_key
                self._last_key = time.perf_counter()
            case _:
                raise ValueError(written)


def main() -> None:
    """Play each script, each on a desk of its own."""
    parser = options("Keys and minutes of each service.", rounds=3)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="some of the scripts")
    arguments = parser.parse_args()
    scripts = tomllib.loads(SCRIPTS.read_text("utf-8"))["script"]
    chosen = [each for each in scripts if not arguments.only or each["name"] in arguments.only]
    table = hand(chosen, arguments.rounds)
    table.show()
    report([table], arguments.json)


def hand(scripts: Sequence[dict[str, Any]], rounds: int) -> Table:
    """The table of all scripts; of several rounds, the one with the median time."""
    table = Table(
        "The hand: keys and time of each service",
        ["service", "keys", "decisions", "answers, s", "the whole, s", "the documents, min"],
        "Each script is played on a terminal of 120 columns and 40 lines. The whole is 0.28 s a key, 1.35 s a decision,"
        " and the time until the program's answers were on the screen. The documents count the talk too.",
    )
    for script in scripts:
        played = sorted((play(script["steps"]) for _ in range(rounds)), key=lambda each: each.seconds)
        middle = played[len(played) // 2]
        table.rows.append(
            [
                script["name"],
                middle.keys,
                middle.decisions,
                round(middle.waited, 2),
                round(middle.seconds, 1),
                script.get("documents", "—"),
            ]
        )
    return table


def play(steps: Sequence[str]) -> Played:
    """Play a script on a new desk."""
    with tempfile.TemporaryDirectory() as folder:
        desk = SmallDesk.make(Path(folder) / "desk.db", Clock(datetime.now(UTC)), always_open=True)
        facts = {"cpf": "529.982.247-25", "card": "0012345678", "born_on": "1980-03-12", "phone": "(11) 98765-4321"}
        add_beneficiary(desk.desk, desk.clock(), name="Maria Conceição", **facts)
        an_agenda.furnish(desk.desk, desk.clock())
        an_agenda.doctor(desk.desk, "Bia Rocha", hours="seg-dom 0-24", now=desk.clock())
        own = {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
        command = [sys.executable, "-m", "atendimento_tui", "--banco", str(desk.address), "--como", ANA]
        try:
            with Terminal(command, env=own, cwd=ROOT) as terminal:
                terminal.wait_for("A fila está vazia.")
                played = Played()
                for step in steps:
                    played.step(terminal, step)
                return played
        finally:
            desk.close()


if __name__ == "__main__":
    main()
