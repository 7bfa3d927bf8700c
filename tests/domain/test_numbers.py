"""Numbers and counts that effects write: a field is set once, without gaps, in its series."""

import tomllib

import pytest

from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from tests.domain.walk import Walk, at

TEXT = """
chave = "entrega"
nome = "Entrega"

[[campos]]
chave = "lote"
rotulo = "Lote"
depois = true
{serie}

[[campos]]
chave = "voltas"
rotulo = "Voltas"
tipo = "numero"
depois = true

[[campos]]
chave = "aviso"
rotulo = "Aviso"

{opening}
[[etapas]]
chave = "fila"
nome = "Fila"

[[etapas.acoes]]
chave = "mandar"
rotulo = "Mandar"
{action}

[[etapas.acoes]]
chave = "voltou"
rotulo = "Voltou"
faz = {{ soma = "voltas", define = {{ lote = "" }} }}

[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = {{ ir = "fim" }}

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


def text(action: str = 'faz = { numera = "lote" }', *, opening: str = "", serie: str = "") -> str:
    return TEXT.format(action=action, opening=opening, serie=serie)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (text('faz = { numera = "lote", define = { lote = "7" } }'), "etapas.fila.acoes.mandar.faz.define"),
        (text('faz = { numera = "lote", define = { lote = "" } }'), "etapas.fila.acoes.mandar.faz.define"),
        (text('pede = "lote"\nfaz = { define = { lote = "7" } }'), "etapas.fila.acoes.mandar.faz.define"),
        (text('pede = "lote"\nfaz = { numera = "lote" }'), "etapas.fila.acoes.mandar.faz.numera"),
        (text('pede = "voltas"\nfaz = { soma = "voltas" }'), "etapas.fila.acoes.mandar.faz.soma"),
        (text('faz = { soma = "voltas", numera = "voltas" }'), "etapas.fila.acoes.mandar.faz.numera"),
        (
            text('faz = [{ ir = "fila" }, { numera = "lote", define = { lote = "7" } }]'),
            "etapas.fila.acoes.mandar.faz.2.define",
        ),
        (text(opening='[ao_abrir]\ndefine = { aviso = "x" }'), "ao_abrir.define"),
        (
            text(opening='[ao_abrir]\nnumera = "lote"\ndefine = { lote = "7" }'),
            "ao_abrir.define",
        ),
    ],
)
def test_a_field_that_is_set_twice_in_one_act_is_refused(written: str, place: str) -> None:
    with pytest.raises(ProcessError) as raised:
        read_process(written)
    assert (raised.value.code, raised.value.place) == ("processo_um_valor", place)


def test_a_number_is_taken_only_where_it_is_used() -> None:
    """Also in a process that was stored before this was refused."""
    stored = Process.model_validate(tomllib.loads(text('faz = { numera = "lote", define = { lote = "7" } }')))
    walk = Walk(stored)
    walk.open(at(9))
    walk.do("mandar", at(9, 10))
    assert (walk.ticket.fields["lote"], walk.numbers) == ("7", {})
    cleared = Walk(read_process(text()))
    cleared.open(at(9))
    for hour in (10, 11):
        cleared.do("mandar", at(9, hour))
    assert cleared.ticket.fields["lote"] == "lote-1"
    cleared.do("voltou", at(9, 12))
    cleared.do("mandar", at(9, 13))
    assert (cleared.ticket.fields["lote"], cleared.numbers.total()) == ("lote-2", 2)


def test_a_number_is_not_taken_where_another_effect_gives_the_field_a_value() -> None:
    exempt = '{ quando = [{ campo = "aviso", igual = "x" }], define = { lote = "sem" } }'
    walk = Walk(read_process(text(f'faz = [{{ numera = "lote" }}, {exempt}]')))
    walk.open(at(9), aviso="x")
    walk.do("mandar", at(9, 10))
    assert (walk.ticket.fields["lote"], walk.numbers) == ("sem", {})


def test_a_series_is_the_services_own_or_one_that_it_names() -> None:
    assert read_process(text()).series_of("lote") == "entrega.lote"
    assert read_process(text(serie='serie = "remessa"')).series_of("lote") == "remessa"


@pytest.mark.parametrize(
    ("typed", "raised"),
    [
        ("", "1"),
        ("1,5", "2.5"),
        ("0,25", "1.25"),
        ("9", "10"),
        ("99", "100"),
        ("0,999", "1.999"),
        ("999.999.999,99", "1000000000.99"),
    ],
)
def test_a_count_is_one_more_than_before(typed: str, raised: str) -> None:
    walk = Walk(read_process(text('pede = "voltas"')))
    walk.open(at(9))
    if typed:
        walk.do("mandar", at(9, 10), voltas=typed)
    walk.do("voltou", at(9, 11))
    assert walk.ticket.fields["voltas"] == raised
