"""Each service of the operator's counter refuses an act on a ticket that somebody changed meanwhile."""

from dataclasses import replace

import pytest

from atendimento_tui.data.catalog import shipped
from atendimento_tui.demo import walks
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, procedures, processes
from atendimento_tui.services.desk import Desk
from tests.an_agenda import doctor, furnish
from tests.databases import mostly_on_files
from tests.living import BRUNO, CELIA
from tests.services.test_processes import ProcessTicket, local

OPERATOR = [each.key for each in map(read_process, dict(shipped()).values()) if each.area == "operadora"]


@mostly_on_files("name", OPERATOR, "contestacao_cobranca")
def test_an_act_on_a_stale_ticket_is_refused_and_repeated_it_is_done(desk: Desk, name: str) -> None:
    procedures.include_examples(desk, local(13, 9))
    life = ProcessTicket(desk, local(13, 10))
    furnish(desk, life.now)
    doctor(desk, "Bia Rocha", hours="seg-sex 14-16", now=life.now)
    [version] = [each.version for each in processes.offered(desk) if each.key == name]
    context = desk.context(Ticket(process=version))
    assert context
    way = min((way for way in walks.walks(context).values() if way.acts), key=lambda way: len(way.acts))
    life.open(name, Severity.MEDIUM, **way.answers)
    before, step = life.view().row.version, life.step
    acts.comment(desk, life.order(BRUNO), "Liguei de volta.")
    [*first, (action, answer)] = way.acts
    for each in first:
        walks.do_act(desk, life.order(CELIA), *each)
    with pytest.raises(Refused, match="mudou") as raised:
        walks.do_act(desk, replace(life.order(CELIA), seen=before), action, answer)
    assert raised.value.values["version"] == life.view().row.version
    assert first or life.step == step
    walks.do_act(desk, replace(life.order(CELIA), seen=life.view().row.version), action, answer)
    assert life.view().row.version > before + 1
