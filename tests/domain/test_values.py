"""Typed values of fields: known valid and invalid numbers, and what people type."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.demo import walks
from atendimento_tui.domain import phones
from atendimento_tui.domain.identifiers import kind_of_number, tuss_digit_holds
from atendimento_tui.domain.places import ZONE_OF_UF, areas_of
from atendimento_tui.domain.process.schema import FieldRule, FieldType
from atendimento_tui.domain.process.values import (
    TYPES,
    exported,
    for_editing,
    is_stored_form,
    masked,
    read_value,
    shown,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import intake as intake_texts
from atendimento_tui.texts.refusals import sentence


def rule(kind: str, **words: object) -> FieldRule:
    options = {"opcoes": ["produção", "homologação"]} if kind == "escolha" else {}
    return FieldRule.model_validate({"chave": "x", "rotulo": "Campo", "tipo": kind, **options, **words})


KEPT = [
    ("cpf", "529.982.247-25", "52998224725"),
    ("cpf", "11144477735", "11144477735"),
    ("cpf", " 390.533.447-05 ", "39053344705"),
    ("cpf", "123.456.789-09", "12345678909"),
    ("cnpj", "11.222.333/0001-81", "11222333000181"),
    ("cnpj", "00.000.000/0001-91", "00000000000191"),
    ("cnpj", "12.abc.345/01DE-35", "12ABC34501DE35"),
    ("cns", "123456789010000", "123456789010000"),
    ("cns", "163704163610004", "163704163610004"),
    ("cns", "200000000010009", "200000000010009"),
    ("cns", "120000000010007", "120000000010007"),
    ("cns", "100000000060018", "100000000060018"),
    ("cns", "898000000043208", "898000000043208"),
    ("cns", "700123456789002", "700123456789002"),
    ("cns", "700000000000005", "700000000000005"),
    ("cns", "800000000000001", "800000000000001"),
    ("cns", "900000000000008", "900000000000008"),
    ("cns", "898 0000 0004 3208", "898000000043208"),
    ("telefone", "(11) 98765-4321", "+5511987654321"),
    ("telefone", "(51) 3333-4444", "+555133334444"),
    ("telefone", "55991234567", "+5555991234567"),
    ("telefone", "5511987654321", "+5511987654321"),
    ("telefone", "+55 11 98765-4321", "+5511987654321"),
    ("telefone", "011 98765-4321", "+5511987654321"),
    ("telefone", "0800 123 4567", "08001234567"),
    ("telefone", "4004-1234", "40041234"),
    ("telefone", "4062-1234", "40621234"),
    ("telefone", "188", "188"),
    ("telefone", "0 15 11 98765-4321", "+5511987654321"),
    ("telefone", "0xx11 98765-4321", "+5511987654321"),
    ("telefone", "(11) 3333-4444 ramal 12", "+551133334444;ext=12"),
    ("telefone", "(11) 3333-4444, Ramal: 12", "+551133334444;ext=12"),
    ("telefone", "11 3333-4444 r. 205", "+551133334444;ext=205"),
    ("telefone", "+54 11 4321-5678", "+541143215678"),
    ("email", "Ana.Silva+x@Exemplo.COM.br", "Ana.Silva+x@exemplo.com.br"),
    ("data", "29/02/2024", "2024-02-29"),
    ("data", "3/1/2026", "2026-01-03"),
    ("data", "03012026", "2026-01-03"),
    ("data", "2026-01-03", "2026-01-03"),
    ("hora", "9:05", "09:05"),
    ("hora", "14h30", "14:30"),
    ("hora", "14h", "14:00"),
    ("hora", "0930", "09:30"),
    ("dinheiro", "R$ 1.234,56", "123456"),
    ("dinheiro", "1234,56", "123456"),
    ("dinheiro", "1.234", "123400"),
    ("dinheiro", "0,05", "5"),
    ("dinheiro", "0", "0"),
    ("competencia", "03/2026", "2026-03"),
    ("competencia", "3/2026", "2026-03"),
    ("competencia", "032026", "2026-03"),
    ("competencia", "2026-03", "2026-03"),
    ("procedimento", "1.01.01.01-2", "10101012"),
    ("procedimento", "123456789", "123456789"),
    ("procedimento", "1234567890", "1234567890"),
    ("conselho", "CRM/SP 123456", "CRM/SP 123456"),
    ("conselho", " crm-sp  123.456 ", "CRM/SP 123456"),
    ("conselho", "CREFITO-3/SP 12345-F", "CREFITO-3/SP 12345-F"),
    ("conselho", "CRO RJ 987", "CRO/RJ 987"),
    ("protocolo", "123456.20261122.000001", "12345620261122000001"),
    ("protocolo", "20261122.000001", "20261122000001"),
    (
        "boleto",
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
        "99995100000000123451234567890123456789012345",
    ),
    (
        "boleto",
        "84670000000-9 10991042202-0 31231000000-4 00000054321-5",
        "84670000000109910422023123100000000000054321",
    ),
    (
        "numero_boleto",
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
        "99995100000000123451234567890123456789012345",
    ),
    ("numero_boleto", " FAT-2026/118 ", "FAT-2026/118"),
    ("vaga", " 1.2.3@2026-10-20T10:00-03:00 ", "1.2.3@2026-10-20T10:00-03:00"),
    ("numero_boleto", "123456", "123456"),
    ("numero", "1.234", "1234"),
    ("numero", "-12,50", "-12.5"),
    ("numero", "007", "7"),
    ("numero", "-0", "0"),
    ("escolha", "PRODUCAO", "produção"),
    ("sim_nao", "S", "sim"),
    ("sim_nao", "Não", "nao"),
    ("pessoa", "  Ana   da Silva ", "Ana da Silva"),
    ("texto", "um\ntexto\x1b ", "um texto"),
    ("texto_longo", "um\ntexto", "um\ntexto"),
    ("cep", "01310-100", "01310100"),
    ("uf", " sp ", "SP"),
    ("carteirinha", "0012.3456/78-x", "0012345678x"),
    ("cadastro", "um\ntexto", "um texto"),
]

REFUSED = [
    *[
        ("cpf", typed)
        for typed in ("529.982.247-24", "111.111.111-11", "231.002.999-00", "5299822472", "191", "²" * 11)
    ],
    *[("cns", t) for t in ("123456789123456", "206709304710018", "198767778680003", "701002886845693", "7")],
    *[
        ("telefone", t)
        for t in (
            "(20) 98765-4321",
            "(11) 8765-4321",
            "(11) 7812-3456",
            "911",
            "19",
            "+1",
            "ramal 12",
            "192 ramal 1",
            "11 TELEFONE",
        )
    ],
    *[("cnpj", t) for t in ("12.ABC.345/01DE-34", "12ABC34501DE3X", "1" * 14, "0" * 14, "11222333000182")],
    *[("email", t) for t in ("ana", "ana@", "ana@x", "a b@x.com", "a@x.com, b@x.com", "a" * 250 + "@x.com")],
    *[("data", t) for t in ("31/02/2026", "1/1/26", "2026-13-01", "amanhã", "00/00/0000")],
    *[("hora", t) for t in ("24:00", "9:60", "9", "nove")],
    *[("dinheiro", t) for t in ("1,2", "1.23", "-5,00", "R$", "1.2345,00", "9" * 13)],
    *[("competencia", t) for t in ("13/2026", "00/2026", "03/26", "2026", "2026-00")],
    *[("procedimento", t) for t in ("1234567", "12345678901", "1010101A")],
    *[("conselho", t) for t in ("123456", "CRM 123456", "CRM/XX 123456", "ABC/SP 123456", "CRM/SP", "CRM/SP ABC")],
    *[("protocolo", t) for t in ("1", "123456789012345")],
    ("boleto", "34191.75124 34567.871230 41234.560005 3 92850000026035"),
    ("boleto", "99991.23459"),
    *[
        ("vaga", t)
        for t in ("1.2@2026-10-20T10:00-03:00", "1.2.3@2026-10-20T10:01-03:00", "1.2.3@2026-13-20T10:00-03:00")
    ],
    *[("numero_boleto", t) for t in ("34191.75124 34567.871230 41234.560005 3 92850000026035", "1" * 26, "º", "-1")],
    *[("numero", t) for t in ("1.23", "um", "1,", "--1", "٣")],
    ("escolha", "teste"),
    ("sim_nao", "talvez"),
    *[("pessoa", t) for t in ("?", "x", "a" * 201)],
    *[("cep", t) for t in ("0131010", "013101000", "01310-10A", "00000-000")],
    *[("uf", t) for t in ("XX", "SPP", "S")],
    *[("carteirinha", t) for t in ("12 [/]", "1" * 31, "nº 1")],
]


@pytest.mark.parametrize(("kind", "typed", "kept"), KEPT)
def test_a_typed_value_is_stored_in_one_form(kind: str, typed: str, kept: str) -> None:
    assert read_value(rule(kind), typed) == kept
    assert is_stored_form(rule(kind), kept)


@pytest.mark.parametrize(("kind", "typed"), REFUSED)
def test_an_invalid_value_is_refused_with_the_code_of_its_type(kind: str, typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_value(rule(kind), typed)
    assert refusal.value.code == f"campo_invalido_{kind}"
    assert refusal.value.values["field"] == "Campo"
    assert "Campo" in sentence(refusal.value.code, refusal.value.values)
    assert kind in ("dinheiro", "numero") or not is_stored_form(rule(kind), typed)


def test_every_type_is_tested() -> None:
    assert {kind for kind, *_ in KEPT} == set(TYPES)
    assert {kind for kind, _ in REFUSED} == set(TYPES) - {"texto", "texto_longo", "cadastro"}


def test_a_value_of_the_record_has_the_type_of_its_item() -> None:
    fields = {
        word: FieldRule.model_validate({**RECORD, "atualiza": word}) for word in ("telefone", "parentesco", "cep")
    }
    assert read_value(fields["telefone"], "(11) 98765-4321") == "+5511987654321"
    assert masked(fields["telefone"], "+5511987654321") == "(11) *****-4321"
    assert read_value(fields["parentesco"], "FILHO(A)") == "filho(a)"
    for word, kind in (("telefone", "telefone"), ("parentesco", "escolha"), ("cep", "cep")):
        with pytest.raises(Refused, match=f"campo_invalido_{kind}"):
            read_value(fields[word], "?")


RECORD = {"chave": "novo", "rotulo": "Novo", "tipo": "cadastro"}


def test_the_sixteenth_digit_of_a_card_is_refused_with_its_own_sentence() -> None:
    with pytest.raises(Refused) as refusal:
        read_value(rule("cns"), "898 0000 0004 3208 1")
    assert refusal.value.code == "campo_invalido_cns_via"


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_an_empty_text_is_an_empty_value(kind: str) -> None:
    assert read_value(rule(kind), "  ") == ""
    assert shown(rule(kind), "") == ""


@pytest.mark.parametrize("typed", ["em análise", "Em  analise.", "EM ANÁLISE!"])
def test_refused_words_are_not_accepted_as_an_answer(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_value(rule("texto_longo", recusa="em análise"), typed)
    assert refusal.value.code == "campo_invalido_texto"


def test_the_least_length_of_an_answer_ignores_spaces() -> None:
    short = rule("texto", minimo=10)
    with pytest.raises(Refused) as refusal:
        read_value(short, "curta        e")
    assert (refusal.value.code, refusal.value.values["least"]) == ("campo_curto", 10)
    assert read_value(short, "longa o bastante") == "longa o bastante"


def test_a_stored_amount_is_not_parsed_again() -> None:
    """Typed, `123456` is a hundred thousand reais; stored, it is centavos."""
    assert is_stored_form(rule("dinheiro"), "123456")
    assert not is_stored_form(rule("dinheiro"), "1.234,56")
    assert not is_stored_form(rule("numero"), "1,5")


SHOWN = [
    ("cpf", "52998224725", "***.982.247-**", "529.982.247-25"),
    ("cnpj", "12ABC34501DE35", "12.ABC.345/01DE-35", "12.ABC.345/01DE-35"),
    ("cns", "898000000043208", "*** **** **** 3208", "898 0000 0004 3208"),
    ("telefone", "+5511987654321", "(11) *****-4321", "(11) 98765-4321"),
    ("telefone", "+551133334444;ext=12", "(11) ****-4444 ramal 12", "(11) 3333-4444 ramal 12"),
    ("telefone", "08001234567", "*******4567", "0800 123 4567"),
    ("telefone", "40041234", "****1234", "4004-1234"),
    ("telefone", "192", "192", "192"),
    ("dinheiro", "123456", "R$ 1.234,56", "R$ 1.234,56"),
    ("dinheiro", "5", "R$ 0,05", "R$ 0,05"),
    ("data", "2026-01-03", "03/01/2026", "03/01/2026"),
    ("hora", "09:05", "09:05", "09:05"),
    ("email", "ana@exemplo.com.br", "ana@exemplo.com.br", "ana@exemplo.com.br"),
    ("competencia", "2026-03", "03/2026", "03/2026"),
    ("procedimento", "10101012", "10101012", "10101012"),
    ("conselho", "CRM/SP 123456", "CRM/SP 123456", "CRM/SP 123456"),
    ("numero", "-1234.5", "−1.234,5", "−1.234,5"),
    ("sim_nao", "nao", "não", "não"),
    ("escolha", "produção", "produção", "produção"),
    ("pessoa", "Ana", "Ana", "Ana"),
    ("protocolo", "12345620261122000001", "123456.20261122.000001", "123456.20261122.000001"),
    ("protocolo", "20261122000001", "20261122.000001", "20261122.000001"),
    (
        "boleto",
        "99995100000000123451234567890123456789012345",
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
    ),
    ("numero_boleto", "FAT-2026/118", "FAT-2026/118", "FAT-2026/118"),
    ("vaga", "1.2.3@2026-10-20T10:00-03:00", "20/10/2026 10:00", "20/10/2026 10:00"),
    ("texto", "um texto", "um texto", "um texto"),
    ("texto_longo", "um\ntexto", "um\ntexto", "um\ntexto"),
    ("cep", "01310100", "01310-100", "01310-100"),
    ("uf", "SP", "SP", "SP"),
    ("carteirinha", "0012345678", "****5678", "0012345678"),
    ("carteirinha", "5678", "****", "5678"),
    ("cadastro", "um texto", "um texto", "um texto"),
    ("cpf", "lixo", "****", "lixo"),
    ("data", "lixo", "lixo", "lixo"),
    ("dinheiro", "R$", "R$", "R$"),
]


@pytest.mark.parametrize(("kind", "kept", "hidden", "whole"), SHOWN)
def test_a_stored_value_is_shown_for_users(kind: str, kept: str, hidden: str, whole: str) -> None:
    assert masked(rule(kind), kept) == hidden
    assert shown(rule(kind), kept) == whole


def test_every_type_has_its_entry_in_every_table_of_types() -> None:
    """A new type must be in all tables."""
    assert set(TYPES) == set(get_args(FieldType))
    assert {kind for kind, *_ in SHOWN} == set(TYPES)
    assert set(walks._SAMPLES) == set(TYPES) - {"escolha"}  # noqa: SLF001 - a table that must be complete
    assert set(intake_texts.PLACEHOLDERS) <= set(TYPES)


@pytest.mark.parametrize(("kind", "kept"), [(kind, kept) for kind, _, kept in KEPT])
def test_a_value_shown_for_editing_and_not_changed_is_the_same_value(kind: str, kept: str) -> None:
    """`R$ 150,50` is stored as 15050; shown like that, it would be parsed as fifteen thousand."""
    standing = for_editing(rule(kind), kept)
    assert read_value(rule(kind), standing, before=kept) == kept
    assert read_value(rule(kind), TYPES[kind].as_typed(kept)) == kept
    if kind != "vaga":  # day and hour do not say whose slot it is
        assert read_value(rule(kind), shown(rule(kind), kept)) == kept


@pytest.mark.parametrize("kind", sorted(kind for kind, entry in TYPES.items() if entry.masked))
def test_a_personal_number_is_never_shown_for_editing_nor_exported(kind: str) -> None:
    for _, kept in [(one, kept) for one, _, kept in KEPT if one == kind and len(kept) > 8]:
        assert for_editing(rule(kind), kept) == exported(rule(kind), kept) == masked(rule(kind), kept)
        assert "*" in masked(rule(kind), kept)


def test_an_unchanged_masked_value_keeps_the_stored_one_and_is_invalid_elsewhere() -> None:
    hidden = masked(rule("cpf"), "52998224725")
    assert read_value(rule("cpf"), f" {hidden} ", before="52998224725") == "52998224725"
    assert read_value(rule("cpf"), "111.444.777-35", before="52998224725") == "11144477735"
    assert read_value(rule("cpf"), "", before="52998224725") == ""
    for before in ("", "11144477735"):
        with pytest.raises(Refused):
            read_value(rule("cpf"), hidden, before=before)


def test_a_value_of_an_older_version_is_shown_unchanged_and_may_stay() -> None:
    assert for_editing(rule("data"), "amanhã") == "amanhã"
    assert read_value(rule("data"), "amanhã", before="amanhã") == "amanhã"
    assert for_editing(rule("cpf"), "123") == "***"


@pytest.mark.parametrize(
    ("kind", "kept", "exported_as"),
    [("dinheiro", "15050", "15050"), ("numero", "1.5", "1.5"), ("data", "2026-02-01", "2026-02-01")],
)
def test_other_programs_get_the_stored_form(kind: str, kept: str, exported_as: str) -> None:
    assert exported(rule(kind), kept) == exported_as


@given(st.sampled_from(["dinheiro", "numero"]), st.integers(0, 10**13), st.integers(0, 999_999))
def test_amounts_are_converted_without_loss(kind: str, whole: int, rest: int) -> None:
    typed = f"{whole},{rest:06d}" if kind == "numero" else f"{whole // 100},{rest % 100:02d}"
    kept = read_value(rule(kind), typed)
    assert read_value(rule(kind), for_editing(rule(kind), kept)) == kept
    assert read_value(rule(kind), shown(rule(kind), kept)) == kept


@pytest.mark.parametrize("typed", ["3333-4444", "98765-4321", "99999-0000", "33334444 ramal 12"])
def test_a_missing_area_code_is_refused_not_guessed(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_value(rule("telefone"), typed)
    assert refusal.value.code == "campo_sem_ddd"
    assert "DDD" in sentence(refusal.value.code, refusal.value.values)


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=30))
def test_any_text_is_read_or_refused(kind: str, typed: str) -> None:
    for tell in (shown, masked, for_editing, exported):
        tell(rule(kind), typed)
    try:
        kept = read_value(rule(kind), typed)
    except Refused:
        return
    assert is_stored_form(rule(kind), kept)
    assert read_value(rule(kind), for_editing(rule(kind), kept), before=kept) == kept


@pytest.mark.parametrize("code", ["10101012", "30726034", "40304361", "50000144", "81000065", "40808041"])
def test_a_wrong_check_digit_of_a_tuss_code_is_a_warning(code: str) -> None:
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    assert tuss_digit_holds(code)
    assert not tuss_digit_holds(wrong)
    assert read_value(rule("procedimento"), wrong) == wrong


def test_there_are_sixty_seven_area_codes() -> None:
    assert len(phones.AREAS) == 67


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("529.982.247-25", "cpf"),
        ("52998224725", "cpf"),
        ("529.982", "cpf"),
        ("529.982.247-26", "cpf"),
        ("(11) 98765-4321", "phone"),
        ("11987654321", "phone"),
        ("+55 11 3456-7890", "phone"),
        ("0800 123 4567", "phone"),
        ("0087 1234 567890 01", "card"),
        ("12345", "card"),
        ("Maria [/] Conceição", ""),
        ("Maria 2", ""),
        ("!", ""),
    ],
)
def test_the_kind_of_a_typed_number_is_recognised(typed: str, kind: str) -> None:
    assert kind_of_number(typed) == kind


CASES = tomllib.loads((Path(__file__).parents[1] / "cases.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["telefone"], ids=lambda case: case["digitado"])
def test_telephones_in_usual_forms(case: dict[str, str]) -> None:
    if case.get("pergunta") == "DDD":
        with pytest.raises(Refused) as refusal:
            read_value(rule("telefone"), case["digitado"])
        assert refusal.value.code == "campo_sem_ddd"
        return
    kept = read_value(rule("telefone"), case["digitado"])
    number, _, extension = kept.partition(";ext=")
    assert (number, extension) == (case["guardado"], case.get("ramal", ""))
    assert shown(rule("telefone"), kept).endswith(f" ramal {extension}" if extension else number[-4:])


@pytest.mark.parametrize("case", CASES["cnpj"], ids=lambda case: case["digitado"])
def test_check_digits_of_cnpj(case: dict[str, object]) -> None:
    try:
        is_one = bool(read_value(rule("cnpj"), str(case["digitado"])))
    except Refused:
        is_one = False
    assert is_one == case["vale"]


@pytest.mark.parametrize(
    ("city", "uf", "areas"),
    [
        ("Campinas", "SP", ("19",)),
        ("sao paulo", "SP", ("11",)),
        ("Recife", "PE", ("81",)),
        ("Brasília", "DF", ("61",)),
        ("Palmas", "TO", ("63",)),
        ("Xique-Xique", "BA", ("71", "73", "74", "75", "77")),
        ("Santos", "MG", ("31", "32", "33", "34", "35", "37", "38")),
        ("", "", ()),
    ],
)
def test_the_area_codes_of_a_town(city: str, uf: str, areas: tuple[str, ...]) -> None:
    assert areas_of(city, uf) == areas


def test_the_states_have_all_area_codes() -> None:
    assert {area for uf in ZONE_OF_UF for area in areas_of("", uf)} == phones.AREAS
