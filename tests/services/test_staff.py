"""People and groups: who may act, which rules hold for all of them together, and what each change leaves behind."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as sql

from atendimento_tui.contracts.people import GroupRow, PersonRow, Receiver, Staff
from atendimento_tui.data.engine import make_engine, reading, url_of, writing
from atendimento_tui.data.queries import staff as queries
from atendimento_tui.data.queries.desk import unit_columns
from atendimento_tui.data.queries.people import group_named, members
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.schema import _MIGRATIONS, head
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.people import Period, Shift, absent_until, role_named
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import Stream
from atendimento_tui.services import absences, access, acts, groups, leaving, person_items, processes, staff
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.tickets import ticket_view
from tests.databases import Databases
from tests.living import ANA, BRUNO, CELIA, NOW, RECEPTION, SUPPORT, Living, rows

DORA = {"name": "Dora Nunes", "login": "dora", "role": "atendente", "groups": "Recepção, suporte n1", "hours": ""}
HOSTILE = "[/] \x1b[31m=1+1 '; DROP TABLE person; --"
TODAY = date(2026, 3, 2)

EVERY_GROUP = (
    "Atendimento",
    "Auditoria",
    "Cadastro",
    "Contas médicas",
    "Financeiro",
    "Ouvidoria",
    "P&D",
    RECEPTION,
    SUPPORT,
    "Suporte N2",
    "Tesouraria",
)
"""Bruno is in the groups of the desk, and as everybody in those of the shipped services."""


def person(desk: Desk, number: int) -> PersonRow:
    return next(row for row in staff.staff(desk, NOW).people if row.id == number)


def group(desk: Desk, name: str) -> int:
    return groups.group_named(staff.staff(desk, NOW), name).id


def trail(desk: Desk, area: str, key: int) -> list[tuple[str, dict[str, Any]]]:
    with reading(desk.engine) as connection:
        return [(event.kind, dict(event.changes)) for event in events_of(connection, Stream(area, str(key)))]


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^\\('{code}'")


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        ("", "02 10:00", (True, "02 18:00")),
        ("", "01 10:00", (False, "02 09:00")),
        ("seg-sex 8-12 13-17", "02 11:30", (True, "02 12:00")),
        ("seg-sex 8-12 13-17", "02 12:30", (False, "02 13:00")),
        ("seg-dom 0-24", "02 12:30", (True, None)),
        ("sex 8-12", "02 12:30", (False, "06 08:00")),
    ],
)
def test_a_person_works_in_their_own_hours_or_those_of_the_desk(
    desk: Desk, hours: str, at: str, expected: tuple[bool, str | None]
) -> None:
    if hours:
        staff.change_person(desk, BRUNO, {"hours": hours}, NOW)
    now = datetime.strptime(f"2026-03-{at} -0300", "%Y-%m-%d %H:%M %z")
    shift = next(row.shift for row in staff.staff(desk, now).people if row.id == BRUNO)
    assert shift
    changes_at = shift.changes_at.astimezone(desk.zone).strftime("%d %H:%M") if shift.changes_at else None
    assert (shift.is_on, changes_at) == expected


def test_the_holidays_of_the_desk_are_free_for_everybody(desk: Desk) -> None:
    staff.change_person(desk, BRUNO, {"hours": "seg-sex 8-12"}, NOW)
    good_friday = datetime(2026, 4, 3, 13, tzinfo=UTC)
    shift = next(row.shift for row in staff.staff(desk, good_friday).people if row.id == BRUNO)
    assert shift == Shift(False, datetime(2026, 4, 6, 11, tzinfo=UTC))


class TestAdding:
    def test_a_person_is_added_with_groups_and_an_event(self, desk: Desk) -> None:
        dora = staff.add_person(desk, DORA, NOW)
        assert (dora.name, dora.login, dora.role, dora.groups) == (
            "Dora Nunes",
            "dora",
            "atendente",
            (RECEPTION, SUPPORT),
        )
        with reading(desk.engine) as connection:
            assert "Dora Nunes" in [member.name for member in members(connection)]
        [(kind, changes)] = trail(desk, "pessoa", dora.id)
        assert kind == "incluida"
        assert changes["login"] == (None, "dora")
        assert changes["groups"] == (None, f"{RECEPTION}, {SUPPORT}")

    def test_the_same_data_again_is_the_same_person(self, desk: Desk) -> None:
        without_login = {key: value for key, value in DORA.items() if key != "login"}
        first = staff.add_person(desk, without_login, NOW)
        assert first.login == "dora.nunes"
        assert staff.add_person(desk, without_login, NOW).id == first.id
        assert len(trail(desk, "pessoa", first.id)) == 1

    def test_two_people_may_have_one_name_but_not_one_login(self, desk: Desk) -> None:
        one, other = staff.add_person(desk, DORA, NOW), staff.add_person(desk, {**DORA, "login": "dora2"}, NOW)
        assert one.id != other.id
        with refused("login_de_outro"):
            staff.add_person(desk, {**DORA, "name": "Dorival", "login": "DORA"}, NOW)
        with refused("pessoa_repetida"):
            person_items.person_named(staff.staff(desk, NOW), "dora nunes")
        assert person_items.person_named(staff.staff(desk, NOW), "dora2").id == other.id

    def test_all_errors_are_told_together_and_nothing_is_written(self, desk: Desk) -> None:
        wrong = {"name": "", "login": "a b", "role": "rei", "groups": "Recepcao, Suporte N3", "hours": "seg 9"}
        with pytest.raises(Refused) as raised:
            staff.add_person(desk, wrong, NOW)
        codes = {key: each.code for key, each in raised.value.refusal.beside.items()}
        assert codes == {
            "name": "nome_vazio",
            "login": "login_invalido",
            "role": "papel_desconhecido",
            "groups": "grupo_desconhecido",
            "hours": "horario_invalido",
        }
        assert len(staff.staff(desk, NOW).people) == 3

    def test_hostile_text_is_a_name_like_any_other(self, desk: Desk) -> None:
        made = staff.add_person(desk, {**DORA, "name": HOSTILE, "login": ""}, NOW)
        assert made.name == HOSTILE.replace("\x1b", "").strip()
        assert person(desk, ANA).name == "Ana Lima"

    def test_the_login_of_somebody_who_left_is_not_given_again(self, desk: Desk) -> None:
        dora = staff.add_person(desk, DORA, NOW)
        staff.deactivate_person(desk, dora.id, NOW)
        with refused("login_de_quem_saiu"):
            staff.add_person(desk, DORA, NOW)


class TestChanging:
    def test_items_change_and_the_event_says_from_what_to_what(self, desk: Desk) -> None:
        staff.change_person(desk, BRUNO, {"name": "Bruno Sá", "groups": SUPPORT, "hours": "seg a sex 8-12"}, NOW)
        row = person(desk, BRUNO)
        assert (row.name, row.groups, row.hours) == ("Bruno Sá", (SUPPORT,), "seg a sex 8-12")
        [(kind, changes)] = trail(desk, "pessoa", BRUNO)
        assert kind == "alterada"
        assert changes == {
            "name": ("Bruno Castro", "Bruno Sá"),
            "groups": (", ".join(EVERY_GROUP), SUPPORT),
            "hours": ("", "seg a sex 8-12"),
        }

    def test_the_present_values_are_no_change_whatever_was_seen(self, desk: Desk) -> None:
        staff.change_person(desk, BRUNO, {"name": "Bruno Sá"}, NOW, seen=0)
        staff.change_person(desk, BRUNO, {"name": "Bruno Sá"}, NOW, seen=0)
        assert len(trail(desk, "pessoa", BRUNO)) == 1

    def test_a_change_of_what_somebody_else_changed_is_refused(self, desk: Desk) -> None:
        staff.change_person(desk.acting_as(Actor(ANA, Role.SUPERVISOR)), BRUNO, {"name": "Bruno Sá"}, NOW)
        with pytest.raises(Refused) as raised:
            staff.change_person(desk, BRUNO, {"name": "Bruno Melo"}, NOW, seen=0)
        assert raised.value.code == "cadastro_mudou"
        assert raised.value.values["actor"] == "Ana Lima"
        assert person(desk, BRUNO).name == "Bruno Sá"

    def test_the_last_supervisor_stays(self, desk: Desk) -> None:
        with refused("ultimo_supervisor"):
            staff.change_person(desk, ANA, {"role": "atendente"}, NOW)
        with refused("ultimo_supervisor"):
            staff.deactivate_person(desk, ANA, NOW)
        staff.change_person(desk, BRUNO, {"role": "Supervisão"}, NOW)
        staff.change_person(desk, ANA, {"role": "atendente"}, NOW)
        staff.change_person(desk, BRUNO, {"name": "Bruno Sá"}, NOW)
        with refused("ultimo_supervisor"):
            staff.deactivate_person(desk, BRUNO, NOW)

    def test_nobody_deactivates_themselves_without_confirming(self, desk: Desk) -> None:
        staff.change_person(desk, BRUNO, {"role": "supervisor"}, NOW)
        ana = desk.acting_as(Actor(ANA, Role.SUPERVISOR))
        with refused("desativar_a_si"):
            staff.deactivate_person(ana, ANA, NOW)
        staff.deactivate_person(ana, ANA, NOW, confirmed=True)
        with refused("sem_acesso"):  # her window is still open, with the role that she had
            staff.add_person(ana, DORA, NOW)

    def test_who_has_left_may_come_back(self, desk: Desk) -> None:
        staff.deactivate_person(desk, BRUNO, NOW)
        with reading(desk.engine) as connection:
            assert BRUNO not in [member.id for member in members(connection)]
        back = staff.reactivate_person(desk, BRUNO, NOW)
        assert (back.is_active, back.groups) == (True, EVERY_GROUP)
        assert [kind for kind, _ in trail(desk, "pessoa", BRUNO)] == ["desativada", "reativada"]


class TestAbsences:
    def test_an_absence_is_noted_and_removed(self, desk: Desk) -> None:
        away = {"first": "01/03/2026", "last": "06/03/2026", "reason": "férias"}
        assert absences.add_absence(desk, BRUNO, away, NOW).absent_until == date(2026, 3, 6)
        row = absences.add_absence(desk, BRUNO, away, NOW)
        [absence] = row.absences
        assert absences.remove_absence(desk, BRUNO, absence.id, NOW).absent_until is None
        assert [kind for kind, _ in trail(desk, "pessoa", BRUNO)] == ["ausencia", "ausencia_retirada"]

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ({"first": "06/03/2026", "last": "01/03/2026", "reason": "férias"}, "ausencia_invertida"),
            ({"first": "06/03/2026", "last": "01/03/2036", "reason": "férias"}, "ausencia_longa"),
            ({"first": "06/03/2026", "last": "", "reason": " "}, "ausencia_sem_motivo"),
            ({"first": "", "last": " ", "reason": "férias"}, "ausencia_sem_dia"),
            ({"first": "31/02/2026", "last": "", "reason": "férias"}, "campo_invalido_data"),
            ({"first": "", "last": "", "reason": " "}, "formulario"),
            ({"first": "31/02/2026", "last": "06/03/2026", "reason": "férias"}, "campo_invalido_data"),
            ({"first": "10/03/2026", "last": "20/03/2026", "reason": "curso"}, "ausencia_repetida"),
        ],
    )
    def test_impossible_absences_are_refused(self, desk: Desk, typed: dict[str, str], code: str) -> None:
        absences.add_absence(desk, BRUNO, {"first": "20/03/2026", "reason": "consulta"}, NOW)
        with refused(code):
            absences.add_absence(desk, BRUNO, typed, NOW)

    @given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=5), st.integers(-1, 30))
    def test_the_end_of_an_absence_is_the_first_day_before_a_day_at_work(
        self, spans: list[tuple[int, int]], at: int
    ) -> None:
        """By an oracle: a person is absent until the day before the first one that no absence includes."""

        def day(n: int) -> date:
            return TODAY + timedelta(days=n)

        absences = [Period(day(first), day(first + length)) for first, length in spans]
        away = {day(n) for first, length in spans for n in range(first, first + length + 1)}
        expected = day(at)
        while expected + timedelta(days=1) in away:
            expected += timedelta(days=1)
        assert absent_until(absences, day(at)) == (expected if day(at) in away else None)


class TestGroups:
    def test_a_group_is_added_renamed_and_gets_members(self, desk: Desk) -> None:
        made = groups.add_group(desk, "Cobrança", NOW)
        assert groups.add_group(desk, "Cobrança", NOW).id == made.id
        groups.set_member(desk, made.id, BRUNO, NOW, belongs=True)
        assert groups.set_member(desk, made.id, BRUNO, NOW, belongs=True).members == ("Bruno Castro",)
        assert groups.rename_group(desk, made.id, "Jurídico", NOW).name == "Jurídico"
        assert "Jurídico" in person(desk, BRUNO).groups
        assert groups.set_member(desk, made.id, BRUNO, NOW, belongs=False).members == ()
        kinds = [kind for kind, _ in trail(desk, "grupo", made.id)]
        assert kinds == ["incluido", "membro_entrou", "renomeado", "membro_saiu"]
        after = ", ".join(sorted([*EVERY_GROUP, "Cobrança"]))
        assert trail(desk, "pessoa", BRUNO)[0][1]["groups"] == (", ".join(EVERY_GROUP), after)

    def test_services_still_find_a_renamed_group(self, desk: Desk) -> None:
        number = group(desk, SUPPORT)
        groups.rename_group(desk, number, "Primeiro nível", NOW)
        groups.rename_group(desk, number, "Triagem", NOW)
        with reading(desk.engine) as connection:
            assert {group_named(connection, name) for name in (SUPPORT, "Primeiro nível", "Triagem")} == {number}
        with refused("grupo_se_chamava"):
            groups.add_group(desk, SUPPORT.upper(), NOW)
        with refused("grupo_ja_existe"):
            groups.rename_group(desk, number, "recepcao", NOW)
        assert groups.rename_group(desk, number, SUPPORT, NOW).name == SUPPORT

    def test_a_group_that_a_service_names_or_that_holds_tickets_stays(self, desk: Desk, living: Living) -> None:
        with refused("grupo_de_servico"):
            groups.deactivate_group(desk, group(desk, SUPPORT), NOW)
        made = groups.add_group(desk, "Cobrança", NOW)
        living.open(group="Cobrança")
        with refused("grupo_com_atendimentos"):
            groups.deactivate_group(desk, made.id, NOW)
        leaving.hand_over_all(desk, NOW, Receiver("", group=group(desk, RECEPTION)), "acabou", "r", group=made.id)
        assert not groups.deactivate_group(desk, made.id, NOW).is_active
        with refused("grupo_saiu"):
            groups.add_group(desk, "Cobrança", NOW)
        assert groups.reactivate_group(desk, made.id, NOW).is_active

    @given(st.permutations(["Recepção", "Suporte N1", "Cobrança, boletos"]), st.sampled_from([", ", ";", " , ", "|"]))
    def test_names_of_groups_in_a_text_are_found_even_with_commas_in_them(self, names: list[str], between: str) -> None:
        known = Staff((), tuple(GroupRow(n, name, True, (), 0) for n, name in enumerate(names)))
        assert set(person_items.groups_named(known, between.join(names).upper())) == set(names)


class TestLeaving:
    def test_what_a_leaver_held_goes_to_another_person_once(self, desk: Desk, living: Living) -> None:
        held = [living.open(owner=BRUNO, group=SUPPORT) for _ in range(3)]
        living.open(owner=CELIA)
        ana = desk.acting_as(Actor(ANA, Role.SUPERVISOR))
        to = Receiver("", owner=CELIA)
        trial = leaving.hand_over_all(ana, NOW, to, "Bruno saiu.", "saida", person=BRUNO, trial=True)
        assert (trial.done, person(desk, BRUNO).held) == (3, 3)
        done = leaving.let_go(ana, BRUNO, NOW, to, "Bruno saiu.", "saida")
        assert (done.done, done.left) == (3, ())
        assert leaving.let_go(ana, BRUNO, NOW, to, "Bruno saiu.", "saida").done == 0
        assert (person(desk, BRUNO).is_active, person(desk, BRUNO).held, person(desk, CELIA).held) == (False, 0, 4)
        events = rows(desk, "select ticket_id, actor_id, text from event where kind = 'encaminhado' order by ticket_id")
        assert events == [(ticket, ANA, "Bruno saiu.") for ticket in held]

    def test_back_to_the_queue_each_ticket_keeps_its_group(self, desk: Desk, living: Living) -> None:
        ticket = living.open(owner=BRUNO, group=SUPPORT)
        leaving.let_go(desk, BRUNO, NOW, leaving.TO_THE_QUEUE, "saiu", "r")
        [(owner, at)] = rows(desk, "select owner_id, group_id from ticket where id = ?", ticket)
        assert (owner, at) == (None, group(desk, SUPPORT))

    def test_to_a_group_nobody_owns_them(self, desk: Desk, living: Living) -> None:
        ticket = living.open(owner=BRUNO, group=SUPPORT)
        to = Receiver("", group=group(desk, RECEPTION))
        assert leaving.let_go(desk, BRUNO, NOW, to, "saiu", "r").done == 1
        [(owner, at)] = rows(desk, "select owner_id, group_id from ticket where id = ?", ticket)
        assert (owner, at) == (None, to.group)

    def test_nothing_happens_if_the_receiver_cannot_receive(self, desk: Desk, living: Living) -> None:
        living.open(owner=BRUNO)
        with refused("repassar_a_si"):
            leaving.let_go(desk, BRUNO, NOW, Receiver("", owner=BRUNO), "saiu", "r")
        staff.deactivate_person(desk, CELIA, NOW)
        with refused("quem_recebe_saiu"):
            leaving.let_go(desk, BRUNO, NOW, Receiver("", owner=CELIA), "saiu", "r")
        with refused("encaminhar_sem_motivo"):
            leaving.let_go(desk, BRUNO, NOW, leaving.TO_THE_QUEUE, " ", "r")
        assert (person(desk, BRUNO).is_active, person(desk, BRUNO).held) == (True, 1)

    def test_an_interrupted_hand_over_goes_on_with_what_is_left(
        self, desk: Desk, living: Living, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(5):
            living.open(owner=BRUNO)
        monkeypatch.setattr(leaving, "AT_ONCE", 2)

        def stop(done: int, _total: int) -> None:
            if done == 3:
                raise KeyboardInterrupt

        to = Receiver("", owner=CELIA)
        with pytest.raises(KeyboardInterrupt):
            leaving.let_go(desk, BRUNO, NOW, to, "saiu", "r", told=stop)
        assert (person(desk, BRUNO).is_active, person(desk, BRUNO).held) == (False, 2)
        assert leaving.let_go(desk, BRUNO, NOW, to, "saiu", "r").done == 2
        assert person(desk, BRUNO).held == 0

    def test_nobody_hands_over_to_somebody_who_has_left(self, desk: Desk, living: Living) -> None:
        ticket = living.open(owner=ANA)
        staff.deactivate_person(desk, BRUNO, NOW)
        with refused("quem_recebe_saiu"):
            acts.hand_over(desk, living.order(ticket), "toma", owner=BRUNO)

    def test_the_history_keeps_the_name(self, desk: Desk, living: Living) -> None:
        ticket = living.open()
        living.comment(ticket, actor=BRUNO)
        staff.deactivate_person(desk, BRUNO, NOW)
        assert ticket_view(desk, NOW, ticket_id=ticket).history[-1].actor == "Bruno Castro"


@pytest.mark.parametrize(
    ("typed", "role"),
    [("supervisora", "supervisor"), ("Atendimento", "atendente"), ("COMITÊ de integridade", "comite_integridade")],
)
def test_a_role_is_recognised_by_its_first_letters(typed: str, role: str) -> None:
    assert role_named(typed) == role


@pytest.mark.parametrize("typed", ["", "sup", "rei", "sistema", "sem_nome"])
def test_other_words_are_no_roles(typed: str) -> None:
    with refused("papel_desconhecido"):
        role_named(typed)


def test_without_the_right_nobody_changes_people(desk: Desk) -> None:
    bruno = desk.acting_as(Actor(BRUNO, Role.ATTENDANT))
    assert len(staff.staff(bruno, NOW).people) == 3
    with refused("papel_nao_pode"):
        staff.add_person(bruno, DORA, NOW)
    promoted = desk.acting_as(Actor(BRUNO, Role.SUPERVISOR))  # his window still has a role that he lost
    with refused("papel_nao_pode"):
        staff.add_person(promoted, DORA, NOW)


def test_a_keeper_without_rights_on_tickets_sees_no_subjects(desk: Desk, living: Living) -> None:
    living.open(owner=BRUNO, subject="Diagnóstico")
    staff.change_person(desk, CELIA, {"role": "administrador"}, NOW)
    seen = staff.view_person(desk.acting_as(Actor(CELIA, Role.ADMINISTRATOR)), NOW, BRUNO)
    assert [each.subject for each in seen.held] == [""]
    assert [each.subject for each in staff.view_person(desk, NOW, BRUNO).held] == ["Diagnóstico"]


LOST_BOOK = Path(__file__).parents[1] / "processes" / "livro_perdido.toml"
"""A service of the group “Acervo”."""


def test_a_service_that_names_a_group_by_a_former_name_makes_no_second_one(desk: Desk) -> None:
    made = groups.add_group(desk, "Acervo", NOW)
    groups.rename_group(desk, made.id, "Biblioteca", NOW)
    processes.include_file(desk, LOST_BOOK)
    assert "Acervo" not in [row.name for row in staff.staff(desk, NOW).groups]
    assert "Livro perdido" in groups.view_group(desk, NOW, made.id).services


def test_a_service_that_names_a_deactivated_group_takes_it_back(desk: Desk) -> None:
    made = groups.add_group(desk, "Acervo", NOW)
    groups.deactivate_group(desk, made.id, NOW)
    processes.include_file(desk, LOST_BOOK)
    assert groups.group_named(staff.staff(desk, NOW), "Acervo").is_active
    assert [kind for kind, _ in trail(desk, "grupo", made.id)] == ["incluido", "desativado", "reativado"]


def test_the_migrations_keep_the_people_groups_and_unit_of_an_older_desk(databases: Databases) -> None:
    """From the schema without absences, former names and settings."""
    empty = databases.new()
    engine = make_engine(url_of(empty))
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0019")
        for statement in (
            "INSERT INTO person (id, name, role, active, origin_system, login)"
            " VALUES (1, 'Ana', 'supervisor', true, '', 'ana')",
            "INSERT INTO person (id, name, role, active, origin_system) VALUES (2, 'Bia', 'importado', false, 'bpi')",
            "INSERT INTO staff_group (id, name) VALUES (1, 'Recepção')",
            "INSERT INTO membership (group_id, person_id) VALUES (1, 1)",
            "INSERT INTO unit (id, name, city, uf, tz, ans_registration, hours_calendar, legal_calendar, is_demo)"
            " VALUES (1, 'Centro', 'Recife', 'PE', 'America/Recife', '123456', 1, 2, false)",
        ):
            connection.execute(sql(statement))
        command.upgrade(config, head())
        known = queries.staff(connection, TODAY)
        assert [(row.name, row.login, row.is_active, row.groups) for row in known.people] == [
            ("Ana", "ana", True, ("Recepção",))
        ]
        assert [(row.name, row.is_active, row.members) for row in known.groups] == [("Recepção", True, ("Ana",))]
        unit = unit_columns(connection)
    assert (unit["name"], unit["ans_registration"], unit["phones"], unit["slip_footer"]) == ("Centro", "123456", "", "")
    assert (unit["lock_minutes"], unit["copies_days"]) == (10, 7)
    engine.dispose()
    databases.drop(empty)


def test_who_has_a_window_open_is_on_duty(desk: Desk) -> None:
    access.set_first_password(desk, "uma senha bem longa", login="ana.lima")
    assert not person(desk, ANA).is_on_duty
    signed = access.sign_in(desk, "ana.lima", "uma senha bem longa")
    assert [row.name for row in staff.staff(desk, NOW).people if row.is_on_duty] == ["Ana Lima"]
    access.sign_out(desk, signed.token)
    assert not person(desk, ANA).is_on_duty
