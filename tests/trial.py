"""The trial: many processes act on few tickets and are killed at random; then the desk is checked.

Each process writes each act that it begins, and its acknowledgement or refusal, to its own journal file. A killed
process is started again, reads its journal, and repeats the act without a result under the same request id, like a
person who does not know whether it was written. At the end the desk is compared with the journals.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data import tables
from atendimento_tui.data.engine import file_of, reading, url_of
from atendimento_tui.demo.walks import _possible_answers
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from tests.killed import Crowd, Form, Journal, Outcome, Worker, unexplained
from tests.living import NOW, Living, rows, whole

MIX = {
    "comment": 20,
    "claim": 12,
    "pause": 14,
    "resume": 14,
    "hand_over": 8,
    "severity": 3,
    "intake": 16,
    "action": 12,
    "sweep": 1,
}
"""Kind of act -> weight. An intake is two acts: the number, and later the form."""

LASTS = timedelta(days=14)
"""Simulated time of the trial, in which reminders, breaches and closings become due."""

EXPLAINED = {
    "ja_e_seu",
    "ja_tem_responsavel",
    "ja_pausado",
    "nao_esta_pausado",
    "mudou",
    "ja_esta_com",
    "ja_tem_criticidade",
    "acao_desconhecida",
    "acao_de_outra_etapa",
    "acao_papel",
}
"""Allowed refusals of acts; others are faults."""


class _Attendant(Worker):
    def __init__(self, desk: Desk, number: int, form: Form, journal: Journal) -> None:
        super().__init__(desk, number, form, journal)
        finishing = {act["ticket"] for act in journal.lines if act.get("do") == "finish"}
        begun = [act["ticket"] for act in journal.answered() if act["do"] == "begin"]
        self._begun = [ticket for ticket in begun if ticket not in finishing]

    def answered(self, todo: dict[str, Any], answer: dict[str, Any]) -> None:
        if todo["do"] == "begin":
            self._begun.append(answer["ticket"])

    def planned(self) -> dict[str, Any]:
        chance = Random(f"{self.form.seed} {self.number} {self.count}")
        passed = LASTS * (self.count / self.form.share) + timedelta(seconds=chance.randrange(3_600))
        at = NOW + passed  # the machines' clocks differ
        plan: dict[str, Any] = {
            "try": f"{self.number}-{self.count}",
            "do": chance.choices([*MIX], [*MIX.values()])[0],
            "at": at.isoformat(),
            "actor": 1 + chance.randrange(3),
            "ticket": 1 + chance.randrange(self.form.tickets),
            "seen": None,
        }
        if plan["do"] in ("claim", "pause", "hand_over") and chance.random() < 0.5:
            plan["seen"] = self._version_of(plan["ticket"])
        if plan["do"] == "hand_over":
            plan["group"] = chance.choice((1, 2))
        if plan["do"] == "severity":
            plan["severity"] = chance.choice([*Severity])
        if plan["do"] == "intake" and self._begun:
            return plan | {"do": "finish", "ticket": self._begun.pop(0)}
        if plan["do"] == "intake":
            return plan | {"do": "begin", "service": chance.choice(sorted(self._services)), "ticket": None}
        if plan["do"] == "action":
            return plan | (self._some_action(chance, at) or {"do": "comment"})
        return plan

    @cached_property
    def _services(self) -> dict[str, int]:
        offered = {service.key: service.version for service in processes.offered(self.desk)}
        return {key: offered[key] for key in ("falha_tecnica", "duvida", "sugestao_melhoria")}

    def _version_of(self, ticket: int) -> int | None:
        with reading(self.desk.engine) as connection:
            return connection.scalar(select(col(tables.Ticket.version)).where(col(tables.Ticket.id) == ticket))

    def _some_action(self, chance: Random, at: datetime) -> dict[str, Any] | None:
        """A possible action of one of the newest tickets, as a window shows it."""
        table = tables.Ticket
        by_process = col(table.process_id).in_(self._services.values())
        finished = select(col(table.id)).where(by_process, col(table.state) != State.ABANDONED)
        with reading(self.desk.engine) as connection:
            newest = connection.scalars(finished.order_by(col(table.id).desc()).limit(6)).all()
        if not newest:
            return None
        ticket = chance.choice(newest)
        view = ticket_view(self.desk, at, ticket_id=ticket, role="supervisor")
        offered = [action for action in view.actions if action.why_not is None]
        if not offered:
            return None
        action = chance.choice(offered)
        values = {rule.key: chance.choice(_possible_answers(rule)) for rule in action.asks}
        text = "" if action.text == "nenhum" else "Conforme combinado."
        return {"ticket": ticket, "action": action.key, "values": values, "text": text, "seen": view.row.version}

    def do(self, todo: dict[str, Any]) -> dict[str, Any]:
        at = datetime.fromisoformat(todo["at"])
        if todo["do"] == "sweep":
            return {"happened": sweep(self.desk, at)}
        done = self._done(todo, at)
        return {
            "ticket": done.ticket,
            "protocol": done.protocol,
            "version": done.version,
            "repeated": done.repeated,
        }

    def _done(self, todo: dict[str, Any], at: datetime) -> ActDone:
        desk, request = self.desk, todo["try"]
        if todo["do"] == "begin":
            return intake.begin(desk, self._services[todo["service"]], todo["actor"], request, at)
        order = Order(todo["ticket"], todo["actor"], request, at, todo["seen"])
        if todo["do"] == "finish":
            answers = dict.fromkeys(("produto", "descricao", "pergunta", "sugestao"), request)
            return intake.finish(desk, order, intake.Intake(Severity.HIGH, requester=request, answers=answers))
        if todo["do"] == "action":
            return acts.act(desk, order, todo["action"], Answer(todo["text"], todo["values"]))
        plain: dict[str, Callable[[], ActDone]] = {
            "comment": lambda: acts.comment(desk, order, request),
            "claim": lambda: acts.claim(desk, order),
            "pause": lambda: acts.pause(desk, order, request),
            "resume": lambda: acts.resume(desk, order),
            "hand_over": lambda: acts.hand_over(desk, order, request, group=todo["group"]),
            "severity": lambda: acts.raise_severity(desk, order, Severity(todo["severity"]), request),
        }
        return plain[todo["do"]]()


def run(database: str, folder: Path, form: Form, tell: Callable[[int], None] = lambda _: None) -> Outcome:
    """Run the processes, kill some of them, and check the desk.

    Args:
        database: A new desk, closed.
        folder: The folder of the journals.
        tell: Called with the number of acts that are done.
    """
    with open_desk(database, NOW) as desk:
        for number in range(form.tickets):
            Living(desk).open(request=f"before-{number}")
    outcome, journals = Crowd(_Attendant, database, folder, form, tell).act()
    outcome.faults += _faults(database, [act for journal in journals for act in journal.answered()])
    return outcome


def _faults(database: str, answered: list[dict[str, Any]]) -> Iterator[str]:
    """The differences between the desk and the journals."""
    with open_desk(database, NOW) as desk:
        yield from differences(desk)
        yield from _lost(desk, answered)
        yield from _gaps(desk, answered)
        yield from _doubled(desk)
    file = file_of(url_of(database))
    if file and not whole(file):
        yield "the file is damaged"
    yield from unexplained(answered, EXPLAINED)


def _lost(desk: Desk, answered: list[dict[str, Any]]) -> Iterator[str]:
    """Acknowledged acts that are missing or differ, and stored acts that were not acknowledged."""
    query = "SELECT request_id, ticket_id, seq, kind, text FROM event WHERE request_id IS NOT NULL"
    there = {request: tuple(rest) for request, *rest in rows(desk, query)}
    there = {request: rest for request, rest in there.items() if not request.startswith(("before-", "tempo:"))}
    actual = {act["answer"]: act for act in answered if "version" in act}
    yield from (f"lost: {actual[request]}" for request in actual.keys() - there.keys())
    yield from (f"not acknowledged: {request} {there[request]}" for request in there.keys() - actual.keys())
    for request, act in actual.items():
        if request not in there:
            continue
        ticket, seq, _, text = there[request]
        if ticket != act["ticket"] or (not act["repeated"] and seq != act["version"]):
            yield f"{act} is {there[request]}"
        if act["do"] in ("comment", "pause", "hand_over", "severity") and text != request:
            yield f"{act} says {text!r}"


def _gaps(desk: Desk, answered: list[dict[str, Any]]) -> Iterator[str]:
    """Numbers that are missing, given twice, or acknowledged and not stored."""
    kept = {protocol for (protocol,) in rows(desk, "SELECT protocol FROM ticket")}
    by_day = Counter(protocol[6:14] for protocol in kept)
    last = {series.split()[1]: last for series, last in rows(desk, "SELECT series, last FROM numbering")}
    expected = {f"123456{day}{number:06}" for day, count in last.items() for number in range(1, count + 1)}
    yield from (f"protocol missing: {number}" for number in sorted(expected - kept))
    yield from (f"protocol too many: {number}" for number in sorted(kept - expected))
    if by_day != last:
        yield f"numbering {last}, tickets {by_day}"
    actual = [act["protocol"] for act in answered if act["do"] == "begin" and "version" in act]
    yield from (f"protocol given twice: {number}" for number, times in Counter(actual).items() if times > 1)
    yield from (f"protocol given and not stored: {number}" for number in set(actual) - kept)


def _doubled(desk: Desk) -> Iterator[str]:
    """Duplicates: an event of a timer, a message, a pause of a paused ticket, a claim of a claimed ticket."""
    fired = {f"tempo:{t}:{key}" for t, key in rows(desk, "SELECT ticket_id, key FROM timer WHERE fired_at IS NOT NULL")}
    happened = {request for (request,) in rows(desk, "SELECT request_id FROM event WHERE request_id LIKE 'tempo:%'")}
    yield from (f"fired or happened only: {key}" for key in fired ^ happened)
    twice = "SELECT ticket_id, event_seq, key, recipient FROM message GROUP BY 1, 2, 3, 4 HAVING count(*) > 1"
    yield from (f"message twice: {row}" for row in rows(desk, twice))
    former: dict[int, str] = {}
    turns = "SELECT ticket_id, kind FROM event WHERE kind IN ('pausado', 'retomado') ORDER BY ticket_id, seq"
    for ticket, kind in rows(desk, turns):
        if former.get(ticket) == kind:
            yield f"{kind} twice: {ticket}"
        former[ticket] = kind
