"""The settings of the unit: one table of kinds and bounds; each change is an event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.safekeeping import retention
from atendimento_tui.data.tables import Unit
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.settings import SETTINGS, Kind, read_setting, setting_named
from atendimento_tui.services import staff
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.settings import change_setting, unit_settings
from atendimento_tui.texts import settings as texts
from tests.living import ANA, BRUNO, NOW

HOSTILE = "[/] \x1b[31m=1+1 '; DROP TABLE unit; --"


def test_a_change_is_an_event_with_before_and_after(desk: Desk) -> None:
    ana = desk.acting_as(Actor(ANA, Role.SUPERVISOR))
    assert change_setting(ana, "telefones", "11 33334444; (11) 98765-4321 ", NOW) == "(11) 3333-4444, (11) 98765-4321"
    assert (
        change_setting(ana, "telefones", "(11) 3333-4444, 11987654321", NOW, seen="")
        == unit_settings(desk).values["telefones"]
    )
    [event] = unit_settings(desk).events
    assert (event.kind, event.actor) == ("alterada", ANA)
    assert event.changes == {"phones": ("", "(11) 3333-4444, (11) 98765-4321")}
    assert desk.unit.phones == "(11) 3333-4444, (11) 98765-4321"


def test_settings_reach_those_who_use_them(desk: Desk) -> None:
    for key, value in (("nome", "Unidade Sul"), ("bloqueio_minutos", "5"), ("copias_dias", "9"), ("copias_meses", "0")):
        change_setting(desk, key, value, NOW)
    info = desk.info()
    assert (info.unit.name, info.unit.lock_minutes) == ("Unidade Sul", 5)
    with reading(desk.engine) as connection:
        kept = retention(connection)
    assert (kept.days, kept.weeks, kept.months) == (9, 4, 0)


def test_windows_notice_each_change(desk: Desk) -> None:
    changes = {Kind.NAME: "Outra", Kind.REGISTRATION: "654321", Kind.PHONES: "(11) 3333-4444", Kind.EMAIL: "a@b.br"}
    changes[Kind.CHOICE] = "tls"
    for setting in SETTINGS:
        version = desk.info().version
        number = str(setting.least + 1)
        change_setting(desk, setting.key, changes.get(setting.kind, number), NOW)
        assert desk.info_if_changed(version) is not None, setting.key


def test_a_change_of_what_somebody_else_changed_is_refused(desk: Desk) -> None:
    change_setting(desk.acting_as(Actor(ANA, Role.SUPERVISOR)), "email", "a@b.br", NOW)
    with pytest.raises(Refused) as raised:
        change_setting(desk, "email", "c@d.br", NOW, seen="")
    assert raised.value.code == "ajuste_mudou"
    assert raised.value.values == {"actor": "Ana Lima", "value": "a@b.br"}


def test_hostile_text_is_kept_as_text(desk: Desk) -> None:
    assert change_setting(desk, "comprovante_topo", HOSTILE, NOW) == HOSTILE.replace("\x1b", "").strip()


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("nome", " ", "nome_vazio"),
        ("registro_ans", "12345", "registro_ans_invalido"),
        ("telefones", "3333-4444", "ajuste_telefone"),
        ("telefones", "(11) 3333-4444, x", "ajuste_telefone"),
        ("email", "a@b", "ajuste_email"),
        ("email", "a b@c.br", "ajuste_email"),
        ("endereco", "x" * 201, "ajuste_longo"),
        ("bloqueio_minutos", "-1", "ajuste_fora"),
        ("bloqueio_minutos", "481", "ajuste_fora"),
        ("copias_dias", "0", "ajuste_fora"),
        ("copias_dias", "sete", "ajuste_fora"),
        ("copias_dias", "²", "ajuste_fora"),
        ("senha", "x", "ajuste_desconhecido"),
    ],
)
def test_a_value_out_of_bounds_is_refused(key: str, typed: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_setting(setting_named(key), typed)


@given(st.sampled_from([each for each in SETTINGS if each.kind is Kind.NUMBER]), st.integers(-5, 1000))
def test_a_number_is_taken_exactly_within_its_bounds(setting: object, number: int) -> None:
    assert isinstance(setting, type(SETTINGS[0]))
    try:
        assert read_setting(setting, str(number)) == number
    except Refused:
        assert not setting.least <= number <= setting.most
    else:
        assert setting.least <= number <= setting.most


def test_every_setting_is_a_column_with_a_label_and_a_default_within_its_bounds(desk: Desk) -> None:
    values = unit_settings(desk).values
    assert {each.key for each in SETTINGS} == texts.LABEL.keys() == values.keys()
    for setting in SETTINGS:
        assert setting.column in Unit.model_fields
        assert setting.column in texts.COLUMN
        assert read_setting(setting, str(values[setting.key])) == values[setting.key]


def test_only_keepers_change_the_unit_and_only_while_they_are_keepers(desk: Desk) -> None:
    for actor in (Actor(BRUNO, Role.ATTENDANT), Actor(BRUNO, Role.SUPERVISOR)):
        with pytest.raises(Refused, match="papel_nao_pode"):
            change_setting(desk.acting_as(actor), "email", "a@b.br", NOW)
    staff.change_person(desk, BRUNO, {"role": "administrador"}, NOW)
    change_setting(desk.acting_as(Actor(BRUNO, Role.ADMINISTRATOR)), "email", "a@b.br", NOW)
