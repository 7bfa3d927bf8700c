"""Records of beneficiaries: what they hold, who depends on whom, that each change and each look is an event."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, text

from atendimento_tui.contracts.beneficiaries import RecordView
from atendimento_tui.data import tables
from atendimento_tui.data.backend import sqlite
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.queries import beneficiaries as queries
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.domain.beneficiaries import BY_WORD, ITEM, ITEMS, birthday, births_of, read_ages
from atendimento_tui.domain.process.record import masked_item, read_item
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import is_found, searched_words
from atendimento_tui.domain.trail import beneficiary_stream
from atendimento_tui.services import beneficiaries, proof, settings
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts.beneficiaries import FIELD, ITEM_NAMES
from atendimento_tui.texts.refusals import sentence
from tests.living import ANA, BRUNO, NOW, Living, member, rows

WHOLE = {
    "name": "Marcos Sant'Anna",
    "social_name": "Marina Sant'Anna",
    "cpf": "529.982.247-25",
    "cns": "898 0000 0004 3208",
    "born_on": "12/03/1980",
    "mother": "Célia D'Ávila",
    "card": "0012.3456-78",
    "plan": "Essencial [A]",
    "active_until": "31/12/2027",
    "phone": "(11) 98765-4321",
    "other_phones": "11 3333-4444 ramal 2; (21) 99999-8888",
    "email": "marina@Exemplo.com",
    "other_emails": "m@exemplo.com, m@exemplo.com",
    "cep": "01310-100",
    "street": "Avenida Paulista",
    "street_number": "1000",
    "complement": "ap. 12",
    "district": "Bela Vista",
    "city": "São Paulo",
    "uf": "sp",
    "mail_cep": "20040-002",
    "mail_street": "Rua da Assembleia",
    "mail_street_number": "10",
    "mail_complement": "sala 3",
    "mail_district": "Centro",
    "mail_city": "Rio de Janeiro",
    "mail_uf": "RJ",
}
STORED = {
    **WHOLE,
    "cpf": "52998224725",
    "cns": "898000000043208",
    "born_on": "1980-03-12",
    "card": "0012345678",
    "active_until": "2027-12-31",
    "phone": "+5511987654321",
    "other_phones": "+551133334444;ext=2, +5521999998888",
    "email": "marina@exemplo.com",
    "other_emails": "m@exemplo.com",
    "cep": "01310100",
    "uf": "SP",
    "mail_cep": "20040002",
    "holder": "",
    "relation": "",
}


def add(desk: Desk, **typed: str) -> int:
    return beneficiaries.add_beneficiary(desk, NOW, **typed).id


def stored(desk: Desk, person: int) -> Mapping[str, str]:
    with reading(desk.engine) as connection:
        return beneficiaries.record_of(connection, person).values


def kinds(desk: Desk, person: int) -> list[str]:
    with reading(desk.engine) as connection:
        return [each.kind for each in events_of(connection, beneficiary_stream(person))]


def refused(desk: Desk, person: int, **typed: str) -> Refused:
    with pytest.raises(Refused) as raised:
        beneficiaries.change_record(desk, person, typed, NOW)
    assert sentence(*raised.value.refusal)
    return raised.value


def test_every_item_has_a_name_a_word_and_a_place() -> None:
    assert ITEM_NAMES.keys() == ITEM.keys() <= FIELD.keys()
    assert len(BY_WORD) == len(ITEM) == len(ITEMS)
    assert WHOLE.keys() | {"holder", "relation"} == ITEM.keys()


def test_a_whole_record_is_stored_found_and_shown(desk: Desk) -> None:
    person = add(desk, **WHOLE)
    assert stored(desk, person) == STORED
    for typed in ("marina", "marcos", "sant anna", "529.982", "0000 0004", "3456", "99999-8888", "(11) 98765"):
        assert [each.id for each in beneficiaries.find_beneficiaries(desk, typed)] == [person], typed
    assert beneficiaries.find_beneficiaries(desk, "marina")[0].name == "Marina Sant'Anna", "the social name is shown"
    assert proof.prove(desk).faults == ()


def test_what_is_masked_is_nowhere_complete_until_somebody_says_why(desk: Desk) -> None:
    person = add(desk, **WHOLE)
    beneficiaries.change_record(desk, person, {"phone": "(11) 91111-2222", "street": "Rua Augusta"}, NOW)
    hidden = [STORED[item.key] for item in ITEMS if item.is_hidden and len(STORED[item.key]) > 4]
    seen = repr(beneficiaries.view_record(desk, person))
    assert [value for value in (*hidden, "529.982", "Augusta", "Paulista", "91111") if value in seen] == []
    whole = beneficiaries.reveal_record(desk, person, "conferir o endereço", NOW)
    assert (whole.values["cpf"], whole.values["street"]) == ("529.982.247-25", "Rua Augusta")
    assert whole.events[1].changes["phone"] == ("(11) 98765-4321", "(11) 91111-2222")
    assert "Augusta" not in repr(beneficiaries.view_record(desk, person)), "shown for that look only"
    with reading(desk.engine) as connection:
        last = events_of(connection, beneficiary_stream(person))[-1]
    assert (last.kind, last.actor, last.changes) == ("revelado", None, {"motivo": (None, "conferir o endereço")})
    for reason in ("", "  ", "ver"):
        with pytest.raises(Refused, match="sem_motivo_de_ver"):
            beneficiaries.reveal_record(desk, person, reason, NOW)
    assert kinds(desk, person) == ["incluido", "alterado", "revelado"]


def test_texts_of_a_record_stand_beside_the_chain_not_in_it(desk: Desk) -> None:
    add(desk, **WHOLE)
    chained = repr(rows(desk, "SELECT changes FROM trail_event WHERE area = 'beneficiario'"))
    assert not any(word in chained for word in ("Marina", "5299", "Paulista", "exemplo"))
    [(beside,)] = rows(desk, "SELECT count(*) FROM trail_value WHERE text LIKE '%Marina%'")
    assert beside == 1


def test_a_change_is_an_event_from_old_to_new_and_the_same_again_is_none(living: Living) -> None:
    desk = living.desk.acting_as(member(BRUNO).actor)
    person = add(desk, **WHOLE)
    for _ in range(2):
        after = beneficiaries.change_record(desk, person, {"plan": "Ouro", "other_emails": "", "mail_cep": ""}, NOW)
    assert after.record.version == 2
    assert kinds(desk, person) == ["incluido", "alterado"]
    newest = after.events[0]
    assert (newest.actor, newest.changes["plan"]) == (BRUNO, ("Essencial [A]", "Ouro"))
    assert newest.changes["other_emails"] == ("m***@exemplo.com", "")
    masked = {item.key: masked_item(item.key, STORED[item.key]) for item in ITEMS if item.key != "holder"}
    same = beneficiaries.change_record(
        desk, person, {**masked, "plan": "Ouro", "other_emails": "", "mail_cep": ""}, NOW
    )
    assert same.record.version == 2, "a masked text that was not changed keeps the value"
    assert stored(desk, person)["cpf"] == STORED["cpf"]


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(living: Living) -> None:
    mine, others = (living.desk.acting_as(member(each).actor) for each in (BRUNO, ANA))
    person = add(mine, **WHOLE)
    seen = beneficiaries.view_record(mine, person).record.version
    beneficiaries.change_record(others, person, {"plan": "Ouro"}, NOW, seen=seen)
    with pytest.raises(Refused, match="cadastro_mudou") as stale:
        beneficiaries.change_record(mine, person, {"plan": "Prata"}, NOW, seen=seen)
    assert (stale.value.values["actor"], stale.value.values["version"]) == ("Ana Lima", 2)
    former = beneficiaries.view_record(mine, person).values["phone"]
    beneficiaries.change_record(others, person, {"phone": "(11) 91111-2222"}, NOW)
    with pytest.raises(Refused, match="cadastro_mudou"):  # not: the mask of the former number is no number
        beneficiaries.change_record(mine, person, {"phone": former, "plan": "Prata"}, NOW, seen=seen)
    assert stored(mine, person)["plan"] == "Ouro"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": ""}, "nome_vazio"),
        ({"cns": "123"}, "campo_invalido_cns"),
        ({"cep": "0131"}, "campo_invalido_cep"),
        ({"cep": "00000000"}, "campo_invalido_cep"),
        ({"uf": "XX"}, "campo_invalido_uf"),
        ({"email": "marina"}, "campo_invalido_email"),
        ({"other_phones": "(11) 98765-4321, 12"}, "campo_invalido_telefone"),
        ({"city": "x" * 201}, "item_longo"),
        ({"cpf": "", "card": "", "born_on": ""}, "sem_identidade"),
        ({"relation": "filho(a)"}, "parentesco_sem_titular"),
        ({"relation": "primo"}, "campo_invalido_escolha"),
        ({"holder": "111.444.777-35"}, "titular_desconhecido"),
        ({"cep": "1", "uf": "XX"}, "formulario"),
    ],
)
def test_an_invalid_change_is_refused_and_changes_nothing(desk: Desk, typed: dict[str, str], code: str) -> None:
    person = add(desk, **WHOLE)
    assert refused(desk, person, **typed).code == code
    assert stored(desk, person) == STORED


def test_a_number_belongs_to_one_person(desk: Desk) -> None:
    add(desk, **WHOLE)
    other = add(desk, name="Rui Costa", born_on="01/02/1990")
    for item, code in (("cpf", "cpf"), ("cns", "cns"), ("card", "carteirinha")):
        refusal = refused(desk, other, **{item: WHOLE[item]})
        assert refusal.code == f"{code}_ja_cadastrad{'a' if item == 'card' else 'o'}"
        assert WHOLE["cpf"] not in sentence(*refusal.refusal)
        with pytest.raises(Refused, match=code):
            add(desk, name="Outra Pessoa", **{item: WHOLE[item], "born_on": "01/02/1991"})


def test_dependents_point_to_their_holder_and_nobody_to_a_dependent(desk: Desk) -> None:
    holder = add(desk, **WHOLE)
    child = add(desk, name="Téo Sant'Anna", born_on="10/05/2008", holder=WHOLE["cpf"], relation="FILHO(A)")
    assert stored(desk, child)["holder"] == str(holder)
    view = beneficiaries.view_record(desk, child)
    assert [each.name for each in view.family] == ["Marina Sant'Anna"]
    assert view.values["holder"] == "Marina Sant'Anna · ***.982.247-**"
    assert [each.id for each in beneficiaries.view_record(desk, holder).family] == [child]
    again = beneficiaries.change_record(desk, child, {"holder": view.values["holder"], "plan": "Ouro"}, NOW)
    assert again.record.holder == holder
    other = add(desk, name="Rui Costa", card="777", born_on="01/02/1990")
    cases = [
        (child, {"relation": ""}, "titular_sem_parentesco"),
        (other, {"holder": "777", "relation": "outro"}, "titular_de_si"),
        (holder, {"holder": "777", "relation": "cônjuge"}, "titular_com_dependentes"),
    ]
    for person, typed, code in cases:
        assert refused(desk, person, **typed).code == code
    beneficiaries.change_record(desk, child, {"card": "888"}, NOW)
    assert refused(desk, other, holder="888", relation="outro").code == "titular_dependente"
    moved = beneficiaries.change_record(desk, child, {"holder": "777"}, NOW)
    assert moved.events[0].changes["holder"] == (str(holder), str(other))
    assert moved.people == {holder: "Marina Sant'Anna", other: "Rui Costa"}


def test_a_record_has_the_tickets_about_the_person(living: Living) -> None:
    person = add(living.desk, **WHOLE)
    first, second = living.opened(), living.opened()
    with writing(living.desk.engine) as connection:
        connection.execute(text("UPDATE ticket SET beneficiary_id = :person"), {"person": person})
    view = beneficiaries.view_record(living.desk, person)
    assert ([each.protocol for each in view.tickets], view.ticket_count) == ([second.protocol, first.protocol], 2)
    with writing(living.desk.engine) as connection:  # so that the audit of the test finds what the events say
        connection.execute(text("UPDATE ticket SET beneficiary_id = NULL"))


# Ages.


@given(
    st.dates(date(1990, 1, 1), date(2024, 12, 31)), st.integers(1, 40), st.dates(date(2026, 1, 1)), st.integers(0, 800)
)
def test_births_between_two_days_are_those_whose_birthday_is(born: date, age: int, first: date, days: int) -> None:
    if first.year > 2090:
        first = first.replace(year=2026 + first.year % 60, day=min(first.day, 28))
    last = first + timedelta(days=days)
    start, end = births_of(age, first, last)
    if first <= birthday(born, age) <= last:
        assert start <= born <= end
    elif not (start - timedelta(days=2) <= born <= end + timedelta(days=2)):
        assert not start <= born <= end


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


@pytest.mark.parametrize(("typed", "ages"), [("18/21/24", (18, 21, 24)), ("24, 18", (18, 24)), ("21", (21,))])
def test_ages_are_read_as_people_write_them(typed: str, ages: tuple[int, ...]) -> None:
    assert read_ages(typed) == ages


@pytest.mark.parametrize("typed", ["", "dezoito", "18 100", "0", "18, x"])
def test_what_is_no_age_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="idades_invalidas"):
        read_ages(typed)


def test_dependents_who_reach_an_age_are_listed_ahead(desk: Desk) -> None:
    """Today is 2 March 2026."""
    add(desk, **WHOLE)
    born = {
        "Hoje": "02/03/2008",
        "Ontem": "01/03/2008",
        "Bissexto": "29/02/2008",
        "Em trinta": "01/04/2005",
        "Em trinta e um": "02/04/2005",
        "Vinte e quatro": "10/03/2002",
        "Vinte": "10/03/2006",
    }
    for name, day in born.items():
        add(desk, name=name, born_on=day, holder=WHOLE["cpf"], relation="filho(a)")
    gone = add(desk, name="Saiu", born_on="10/03/2008", holder=WHOLE["cpf"], relation="filho(a)")
    beneficiaries.change_record(desk, gone, {"active_until": "01/03/2026"}, NOW)
    add(desk, name="Titular jovem", born_on="10/03/2008")
    listed = beneficiaries.coming_of_age(desk, NOW, 30)
    found = [(each.person.name, each.age, each.days, each.holder) for each in listed]
    holder = "Marina Sant'Anna"
    assert found == [("Hoje", 18, 0, holder), ("Vinte e quatro", 24, 8, holder), ("Em trinta", 21, 30, holder)]
    settings.change_setting(desk, "idades_dependentes", "20", NOW)
    assert [each.person.name for each in beneficiaries.coming_of_age(desk, NOW, 30)] == ["Vinte"]


# The search.


def test_a_search_reads_few_rows_by_an_index(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand people of the same name, one of a rare one."""
    columns = {"cpf": "", "card": "", "phone": "", "born_on": "", "plan": ""}
    people = [{"name": f"Maria {n:04}", "search": f"maria {n:04} ", "sort_name": f"maria {n:04}"} for n in range(2_000)]
    with writing(desk.engine) as connection:
        connection.execute(insert(tables.Beneficiary), [{**columns, **each} for each in people])
    add(desk, name="Zuleika Maria", born_on="01/02/1990")
    compared = Counter[str]()

    def counted(word: str, words: str) -> bool:
        compared[word] += 1
        return is_found(word, words)

    monkeypatch.setattr(queries, "is_found", counted)
    first = [f"Maria {number:04}" for number in range(20)]
    with reading(desk.engine) as connection:
        for typed, names in (
            ("zuleika", ["Zuleika Maria"]),
            ("maria", first),
            ("ma", first),
            ("ria 1999", ["Maria 1999"]),
            ("m 1999", ["Maria 1999"]),
            ("leik", ["Zuleika Maria"]),
            ("zu", ["Zuleika Maria"]),
        ):
            found = queries.with_words(connection, searched_words(typed), 20)
            assert [each.name for each in found] == names, typed
        assert compared["zuleika"] == compared["leik"] == 1
        assert compared["maria"] == queries.MATCHES_READ, "not all of them"
        if connection.dialect.name == "postgresql":  # which scans a table as small as this one
            connection.execute(text("SET enable_seqscan = off"))
            connection.execute(text("SET enable_indexscan = off"))
        plans = [plan_of(connection, word) for word in ("zuleika", "mar", "123")]
    assert all("beneficiary_search" in plan and "Seq Scan" not in plan for plan in plans), plans


def plan_of(connection: Connection, word: str) -> str:
    """How the database finds people with this piece."""
    if connection.dialect.name == "sqlite":
        statement = text(f"EXPLAIN QUERY PLAN {sqlite._rows_with('beneficiary')}")  # noqa: SLF001
        found = connection.execute(statement, {"pieces": f'"{word}"', "limit": 9})
    else:
        found = connection.execute(
            text("EXPLAIN SELECT id FROM beneficiary WHERE search LIKE :word"), {"word": f"%{word}%"}
        )
    return "\n".join(str(row[-1]) for row in found)


def test_the_name_of_a_view_is_the_shown_one(desk: Desk) -> None:
    view: RecordView = beneficiaries.view_record(desk, add(desk, **WHOLE))
    assert (view.record.name, view.values["name"]) == ("Marina Sant'Anna", "Marcos Sant'Anna")


@given(st.text(max_size=80))
def test_any_text_is_a_value_of_an_item_or_a_refusal(typed: str) -> None:
    for item in ITEMS:
        if item.key == "holder":
            continue
        try:
            kept = read_item(item, "Item", typed, date(2026, 3, 2))
        except Refused:
            continue
        assert read_item(item, "Item", masked_item(item.key, kept), date(2026, 3, 2), before=kept) == kept
