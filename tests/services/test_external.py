"""Numbers of tickets in other systems: added, found, repeated, removed, bound to a field; blocks to paste there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.contracts.external import AddNumber, Change, RemoveNumber
from atendimento_tui.contracts.queue import PageRequest, QueueView, Tab
from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.domain import external as rules
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, beneficiaries, blocks, external, intake, processes, proof, queue, settings
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.external import DEFAULT_SYSTEMS
from tests.hostile import HOSTILE_STRINGS
from tests.living import ANA, BRUNO, NOW, Living
from tests.secret import open_secret, set_role

BOUND = """
chave = "carteira"
nome = "Carteira"
solicitante = "beneficiario"
[[campos]]
chave = "erp"
rotulo = "Número no ERP Solus"
sistema = "ERP Solus"
corrige = ["atendente"]
[[etapas]]
chave = "balcao"
nome = "Balcão"
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = { ir = "fim" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


def note(living: Living, ticket: int, change: Change, actor: int = ANA) -> ActDone:
    return acts.note_number(living.desk, living.order(ticket, actor), change)


def numbers(desk: Desk, ticket: int) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.system, each.number, each.also_in) for each in ticket_view(desk, NOW, ticket_id=ticket).external]


def found(desk: Desk, word: str) -> list[int]:
    view = QueueView(Tab.ALL, filter=word)
    return [row.key for row in queue.window(desk, view, PageRequest(0, 50), NOW).rows]


def open_bound(living: Living, folder: Path, number: str) -> int:
    """A ticket of a service with a field that is the number in the ERP."""
    file = folder / "carteira.toml"
    file.write_text(BOUND, "utf-8")
    processes.include_file(living.desk, file)
    service = next(each for each in processes.offered(living.desk) if each.key == "carteira")
    about = beneficiaries.add_beneficiary(
        living.desk, NOW, name="Maria da Conceição", cpf="529.982.247-25", card="0012345678", born_on="12/03/1980"
    )
    begun = intake.begin(living.desk, service.version, ANA, living.request(), living.now)
    form = intake.Intake(Severity.MEDIUM, "Rita", beneficiary=about.id, answers={"erp": number})
    intake.finish(living.desk, living.order(begun.ticket), form)
    return begun.ticket


def test_a_number_is_kept_with_its_event_and_the_filter_of_the_queue_finds_it(desk: Desk, living: Living) -> None:
    ticket, other = living.open(), living.open()
    note(living, ticket, AddNumber("erp solus", "  2026/000.417-8 "))
    note(living, ticket, AddNumber("CRM", "CH-991"), BRUNO)
    assert numbers(desk, ticket) == [("ERP Solus", "2026/000.417-8", ()), ("CRM", "CH-991", ())]
    line = ticket_view(desk, NOW, ticket_id=ticket).history[-1]
    assert (line.kind, line.text, line.actor) == ("numero_externo", "CRM: CH-991", "Bruno Castro")
    assert found(desk, "000.417") == found(desk, "ch-991") == [ticket]
    assert numbers(desk, other) == []
    assert proof.prove(desk).faults == ()


def test_a_repeat_is_told_on_both_tickets_however_it_is_punctuated_but_not_of_another_system(
    desk: Desk, living: Living
) -> None:
    first, second = living.opened(), living.opened()
    note(living, first.ticket, AddNumber("ERP Solus", "417-8"))
    note(living, second.ticket, AddNumber("CRM", "4178"))
    assert numbers(desk, second.ticket)[0][2] == ()
    note(living, second.ticket, AddNumber("ERP Solus", "4178"))
    assert numbers(desk, second.ticket)[1] == ("ERP Solus", "4178", (first.protocol,))
    assert numbers(desk, first.ticket) == [("ERP Solus", "417-8", (second.protocol,))]


def test_a_repeat_in_a_secret_ticket_is_not_told_to_others(desk: Desk, living: Living) -> None:
    secret, ticket = open_secret(living), living.open()
    note(living, secret.ticket, AddNumber("CRM", "771"), actor=3)
    note(living, ticket, AddNumber("CRM", "771"))
    others = desk.acting_as(Actor(BRUNO, Role.SUPERVISOR, frozenset({1, 2})))
    members = desk.acting_as(Actor(3, Role.ATTENDANT, frozenset({2, secret.group})))
    assert numbers(others, ticket) == [("CRM", "771", ())]
    assert numbers(members, secret.ticket)[0][2] == (ticket_view(desk, NOW, ticket_id=ticket).row.protocol,)


def test_a_removed_number_leaves_its_event_and_is_no_repeat_any_more(desk: Desk, living: Living) -> None:
    first, second = living.open(), living.open()
    note(living, first, AddNumber("CRM", "12"))
    note(living, second, AddNumber("CRM", "12"))
    number = ticket_view(desk, NOW, ticket_id=first).external[0].id
    with pytest.raises(Refused, match="numero_externo_sumiu"):  # it is not of that ticket
        note(living, second, RemoveNumber(number))
    note(living, first, RemoveNumber(number))
    assert (numbers(desk, first), numbers(desk, second)) == ([], [("CRM", "12", ())])
    assert [line.kind for line in ticket_view(desk, NOW, ticket_id=first).history[-2:]] == [
        "numero_externo",
        "numero_externo_retirado",
    ]
    with pytest.raises(Refused, match="numero_externo_sumiu"):
        note(living, first, RemoveNumber(number))


@pytest.mark.parametrize(
    ("system", "number", "code"),
    [
        ("SAP", "1", "sistema_desconhecido"),
        ("CRM", " - ", "numero_externo_vazio"),
        ("CRM", "1" * 61, "numero_externo_longo"),
        ("crm", "a-1", "numero_externo_ja"),
    ],
)
def test_what_is_no_number_changes_nothing(desk: Desk, living: Living, system: str, number: str, code: str) -> None:
    ticket = living.open()
    note(living, ticket, AddNumber("CRM", "A1"))
    before = ticket_view(desk, NOW, ticket_id=ticket)
    with pytest.raises(Refused) as refused:
        note(living, ticket, AddNumber(system, number))
    assert refused.value.code == code
    assert ticket_view(desk, NOW, ticket_id=ticket) == before


def test_an_ended_ticket_takes_numbers_and_hostile_ones_stay_text(desk: Desk, living: Living) -> None:
    ticket = living.open()
    living.solve(ticket)
    typed = [f"{at}n{text}"[:40] for at, text in enumerate(HOSTILE_STRINGS[:8])]
    for text in typed:
        note(living, ticket, AddNumber("CRM", text))
    assert [number for _, number, _ in numbers(desk, ticket)] == [rules.checked_number(text) for text in typed]


def test_a_field_of_a_process_is_a_number_and_follows_a_correction(desk: Desk, living: Living, tmp_path: Path) -> None:
    ticket, other = open_bound(living, tmp_path, "S-1"), living.open()
    note(living, other, AddNumber("ERP Solus", "s1"))
    other_protocol = ticket_view(desk, NOW, ticket_id=other).row.protocol
    assert numbers(desk, ticket) == [("ERP Solus", "S-1", (other_protocol,))]
    bound = ticket_view(desk, NOW, ticket_id=ticket).external[0]
    with pytest.raises(Refused, match="numero_externo_sumiu"):  # it is corrected, not removed
        note(living, ticket, RemoveNumber(bound.id))
    acts.correct_answer(desk, living.order(ticket, BRUNO), "erp", "S-2", "digitado errado")
    assert numbers(desk, ticket) == [("ERP Solus", "S-2", ())]
    acts.correct_answer(desk, living.order(ticket, BRUNO), "erp", "", "não há")
    assert numbers(desk, ticket) == []


def test_a_block_is_filled_in_the_order_of_the_screen_and_who_saw_the_cpf_is_kept(
    desk: Desk, living: Living, tmp_path: Path
) -> None:
    ticket = open_bound(living, tmp_path, "S-9")
    file = tmp_path / "sistemas.toml"
    file.write_text(
        '[[sistemas]]\nnome = "ERP Solus"\nbloco = """\n{beneficiario.cpf}|{beneficiario}\n{erp} {numero}\n{nada}."""\n'
    )
    external.change_systems(desk, file, NOW)
    done, block = blocks.copy_block(desk, living.order(ticket), "erp solus")
    assert block == "529.982.247-25|Maria da Conceição\nS-9 S-9\n."
    view = ticket_view(desk, NOW, ticket_id=ticket)
    assert (view.history[-1].kind, view.history[-1].text, done.version) == ("bloco_copiado", "ERP Solus", 3)
    assert view.beneficiary
    event = beneficiaries.view_record(desk, view.beneficiary.id).events[0]
    assert (event.kind, event.changes["motivo"][1]) == (
        "revelado",
        f"bloco para ERP Solus, atendimento {view.row.protocol}",
    )
    with pytest.raises(Refused, match="sistema_desconhecido"):
        blocks.copy_block(desk, living.order(ticket), "CRM")
    assert proof.prove(desk).faults == ()


def test_who_may_not_see_the_record_may_not_copy_it_in_a_block(desk: Desk, living: Living, tmp_path: Path) -> None:
    ticket = open_bound(living, tmp_path, "S-9")
    set_role(desk, ANA, Role.AUDITOR)
    auditor = desk.acting_as(Actor(ANA, Role.AUDITOR, frozenset({1})))
    acts.claim(desk, living.order(ticket, BRUNO))
    acts.hand_over(desk, living.order(ticket, BRUNO), "Confira.", owner=ANA)
    version = ticket_view(desk, NOW, ticket_id=ticket).row.version
    with pytest.raises(Refused, match="papel_nao_pode"):
        blocks.copy_block(auditor, living.order(ticket), "ERP Solus")
    assert ticket_view(desk, NOW, ticket_id=ticket).row.version == version


def test_systems_are_changed_by_a_file_and_a_wrong_one_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    assert [each.name for each in external.systems(desk)] == ["ERP Solus", "CRM"]
    assert external.systems_text(desk) == DEFAULT_SYSTEMS
    file = tmp_path / "sistemas.toml"
    for text, code in (
        ("[[sistemas]\n", "toml_invalido"),
        ("[[sistema]]\n", "sistemas_formato"),
        ("sistemas = [1]\n", "sistemas_formato"),
        ('[[sistemas]]\nnome = "A"\ncor = "azul"\n', "sistemas_formato"),
        ('[[sistemas]]\nnome = " "\n', "sistema_nome"),
        ('[[sistemas]]\nnome = "A"\n[[sistemas]]\nnome = "á"\n', "sistema_repetido"),
        ('[[sistemas]]\nnome = "A"\nbloco = "{beneficiario.sapato}"\n', "sistema_lacuna"),
        ('[[sistemas]]\nnome = "A"\nbloco = "{X Y}"\n', "sistema_lacuna"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(Refused) as refused:
            external.change_systems(desk, file, NOW)
        assert refused.value.code == code, text
    assert settings.unit_settings(desk).events == ()
    file.write_text('[[sistemas]]\nnome = "Solus"\n', "utf-8")
    for _ in range(2):
        external.change_systems(desk, file, NOW)
    assert [each.name for each in external.systems(desk)] == ["Solus"]
    event, *more = settings.unit_settings(desk).events
    assert not more
    assert event.changes == {"external_systems": ("ERP Solus, CRM", "Solus")}


@given(st.text(), st.text())
def test_numbers_are_the_same_if_their_letters_and_digits_are(number: str, other: str) -> None:
    key = rules.number_key(number)
    assert rules.number_key(key) == key
    assert all(c.isalnum() for c in key)
    assert rules.number_key(f"{number}-./ {other}") == rules.number_key(number + " " + other)
