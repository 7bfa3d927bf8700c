"""Signing in, passwords, sessions and tokens, on both databases."""

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from atendimento_tui.contracts.access import SignedIn, WayInChanged
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, make_engine, url_of, writing
from atendimento_tui.data.migrations.versions import m0019_access
from atendimento_tui.domain.access import SYSTEM, Actor, Role
from atendimento_tui.domain.accounts import (
    COMMAND,
    FORGOTTEN_AFTER,
    FREE_FAILURES,
    LONGEST_WAIT,
    ONE_TIME_FOR,
    PRESENT_FOR,
    SESSION_FOR,
    bucket_of,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import access, passwords, staff
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.passwords import Cost
from tests.databases import Databases, on_files
from tests.living import ANA, BRUNO, CELIA, NOW, Living, rows
from tests.older import make_older
from tests.secret import include_secret_service, open_secret, set_groups, set_role

CHEAP = Cost(1, 8, 1)
"""Cheap parameters: these tests are not about the strength of the hash."""

GOOD, OTHER = "cavalo certo bateria", "outra frase comprida"


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """A desk in which Ana and Bruno have passwords."""
    access.set_first_password(desk, GOOD, login="ana.lima", now=NOW, cost=CHEAP)
    once = access.give_one_time_password(desk, BRUNO, NOW, cost=CHEAP)
    access.sign_in(desk, "bruno.castro", once, new_password=GOOD, now=NOW, cost=CHEAP)
    return desk


def enter(desk: Desk, login: str = "ana.lima", password: str = GOOD, now: datetime = NOW, **more: str) -> SignedIn:
    return access.sign_in(desk, login, password, now=now, cost=CHEAP, **more)  # type: ignore[arg-type]


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def events(desk: Desk, person: int | None = ANA) -> list[str]:
    area, key = ("pessoa", str(person)) if person else ("unidade", "")
    found = rows(desk, "SELECT kind FROM trail_event WHERE area = ? AND key = ? ORDER BY seq", area, key)
    return [kind for (kind,) in found]


def test_everybody_has_a_login(desk: Desk) -> None:
    assert rows(desk, "SELECT login FROM person ORDER BY id") == [("ana.lima",), ("bruno.castro",), ("celia.prado",)]


def test_the_first_password_opens_the_desk_and_is_set_once(desk: Desk) -> None:
    before = access.entry(desk)
    assert (before.has_passwords, before.first_login, before.is_owner) == (False, "ana.lima", True)
    assert access.set_first_password(desk, GOOD, login=" Ana.Lima", now=NOW, cost=CHEAP) == "ana.lima"
    assert access.entry(desk).has_passwords
    assert refusal(lambda: access.set_first_password(desk, OTHER, login="ana.lima", now=NOW, cost=CHEAP)) == (
        "primeira_senha_ja_ha"
    )
    done = enter(desk)
    assert (done.member and done.member.id, done.role, done.name) == (ANA, "supervisor", "Ana Lima")
    assert events(desk) == ["senha", "entrada"]


@pytest.mark.parametrize("login", ["bruno.castro", "ninguem", ""])
def test_the_first_password_is_of_the_supervision(desk: Desk, login: str) -> None:
    assert (
        refusal(lambda: access.set_first_password(desk, GOOD, login=login, cost=CHEAP)) == "primeira_senha_supervisao"
    )


def test_a_desk_without_people_gets_its_supervisor_with_the_first_password(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE person SET active = (1 = 0)")
    assert access.entry(desk).first is None
    assert access.set_first_password(desk, GOOD, name="Ana Lima", now=NOW, cost=CHEAP) == "ana.lima2"
    assert enter(desk, "ana.lima2").role == "supervisor"


@on_files
def test_only_the_owner_of_the_file_sets_the_first_password(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.file
    owner = desk.file.stat().st_uid
    monkeypatch.setattr("os.geteuid", lambda: owner + 4711)
    assert not access.entry(desk).is_owner
    assert refusal(lambda: access.set_first_password(desk, GOOD, login="ana.lima", cost=CHEAP)) == (
        "primeira_senha_de_quem"
    )


def said(desk: Desk, login: str, now: datetime = NOW, password: str = "uma senha errada") -> tuple[str, object]:
    """The whole answer to a wrong sign-in."""
    with pytest.raises(Refused) as refused:
        enter(desk, login, password, now)
    return refused.value.code, dict(refused.value.values)


def test_a_wrong_login_and_a_wrong_password_get_the_same_answer_and_the_same_waits(closed: Desk) -> None:
    def each(login: str) -> list[tuple[str, object]]:
        return [said(closed, login) for _ in range(FREE_FAILURES + 3)]

    assert each("ana.lima") == each("ninguem") == each("celia.prado")  # who has no password
    assert [code for code, _ in each("outro")][-1] == "entrada_espere"


def test_it_stays_the_same_however_many_others_are_guessed(closed: Desk) -> None:
    """A login that exists waits exactly when one that does not waits, after a crowd of guesses and between them."""
    times = [NOW + timedelta(seconds=second) for second in (0, 0, 0, 1, 1, 2, 3, 4, 8, 9, 30, 31, 90, 4000, 4001)]
    logins = ("ana.lima", "ninguem", "celia.prado", "e uma senha no lugar do login")
    found: dict[str, list[tuple[str, object]]] = {login: [] for login in logins}
    for number in range(40):
        said(closed, f"invasor{number}")
    for at in times:
        for number in range(FREE_FAILURES):
            said(closed, f"outro{number}", at)
        for login in logins:
            found[login].append(said(closed, login, at))
    assert {code for code, _ in found["ana.lima"]} == {"entrada_recusada", "entrada_espere"}
    assert all(answers == found["ana.lima"] for answers in found.values())
    assert said(closed, "a login guessed for the first time", times[-1])[0] == "entrada_recusada"


def test_a_wrong_login_and_a_wrong_password_are_the_same_work(closed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many computed hashes, also after failures."""
    computed: list[object] = []

    def counting(compute: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: object) -> object:
            computed.append(given)
            return compute(*given)

        return counted

    monkeypatch.setattr(passwords, "hashed", counting(passwords.hashed))
    checked = passwords._hasher(CHEAP)  # noqa: SLF001 - what computes a hash
    counted = SimpleNamespace(hash=checked.hash, verify=counting(checked.verify))
    monkeypatch.setattr(passwords, "_hasher", lambda _cost: counted)
    work: dict[str, list[int]] = {}
    for login in ("ana.lima", "ninguem", "celia.prado"):
        for number in range(FREE_FAILURES + 4):
            computed.clear()
            said(closed, login, NOW + timedelta(seconds=number // 2))
            work.setdefault(login, []).append(len(computed))
    assert work["ana.lima"] == work["ninguem"] == work["celia.prado"]
    assert {0, 1} == set(work["ana.lima"])


def test_guesses_of_many_logins_fill_neither_the_database_nor_the_trail(closed: Desk) -> None:
    """Failures of unknown logins share one row, which says how many are recorded; their names are nowhere."""
    for number in range(60):
        assert said(closed, f"invasor{number}", NOW + timedelta(seconds=number))[0] == "entrada_recusada"
    assert 0 < len(events(closed, None)) < 12
    everything = [rows(closed, f"SELECT * FROM {table}") for table in ("sign_in_failure", "trail_event", "trail_value")]  # noqa: S608
    assert "invasor" not in repr(everything)
    assert rows(closed, "SELECT count(*) FROM sign_in_failure") == [(61,)]
    enter(closed, now=NOW + FORGOTTEN_AFTER + timedelta(minutes=1))
    assert rows(closed, "SELECT count(*) FROM sign_in_failure") == [(0,)]


@pytest.mark.parametrize("login", ["", "\x00", "ana\x00lima", "\ud800", "a" * 100_000, "'; --", "ana.lima\n\x1b[31m"])
def test_any_text_as_a_login_gets_the_same_answer(closed: Desk, login: str) -> None:
    assert said(closed, login) == ("entrada_recusada", {})


def test_logins_fall_into_few_enough_buckets() -> None:
    made = {bucket_of(f"login{number}") for number in range(2_000)}
    assert {len(bucket) for bucket in made} == {5}
    assert len(made) > 1_990


def test_failures_that_an_older_version_counted_go_on(databases: Databases) -> None:
    today, older = databases.copy(), databases.new()
    make_older(today, older, "0028")
    engine = make_engine(url_of(older))
    with writing(engine) as connection:
        for login, count in (("", 9), ("ana.lima", FREE_FAILURES + 1), ("bruno.castro", 2)):
            at = {"login": login, "count": count, "at": NOW.replace(tzinfo=None)}
            connection.execute(text("INSERT INTO sign_in_failure VALUES (:login, :count, :at)"), at)
    engine.dispose()
    with open_desk(older, NOW) as desk:
        found = dict(rows(desk, "SELECT bucket, in_a_row FROM sign_in_failure"))
        assert found == {"": 9, bucket_of("ana.lima"): FREE_FAILURES + 1, bucket_of("bruno.castro"): 2}
        assert said(desk, "ana.lima")[0] == "entrada_espere"
    for database in (today, older):
        databases.drop(database)


def test_after_failures_even_the_right_password_waits_and_then_enters(closed: Desk) -> None:
    for _ in range(FREE_FAILURES + 1):
        assert refusal(lambda: enter(closed, password="errada errada")) == "entrada_recusada"
    with pytest.raises(Refused) as refused:
        enter(closed)
    assert (refused.value.code, refused.value.values["wait"]) == ("entrada_espere", timedelta(seconds=2))
    enter(closed, "bruno.castro")  # nobody else waits
    assert enter(closed, now=NOW + timedelta(seconds=2)).name == "Ana Lima"
    assert rows(closed, "SELECT * FROM sign_in_failure") == []
    assert events(closed)[-2:] == ["entrada_recusada", "entrada"]


def test_the_wait_outlives_the_window(closed: Desk) -> None:
    for _ in range(FREE_FAILURES + 1):
        refusal(lambda: enter(closed, password="errada errada"))
    closed.engine.dispose()
    assert refusal(lambda: enter(closed)) == "entrada_espere"


def test_guesses_at_the_same_time_are_all_counted(closed: Desk) -> None:
    def guess(number: int) -> str:
        return refusal(lambda: enter(closed, password=f"palpite numero {number}"))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(guess, range(24)))
    assert found.count("entrada_recusada") == FREE_FAILURES + 1
    assert found.count("entrada_espere") == 24 - FREE_FAILURES - 1


def test_of_many_guesses_in_a_day_few_get_an_answer(closed: Desk) -> None:
    times = [NOW + timedelta(minutes=5 * n) for n in range(60)]
    found = [refusal(lambda at=at: enter(closed, password="palpite palpite", now=at)) for at in times]  # type: ignore[misc]
    assert found.count("entrada_recusada") <= FREE_FAILURES + 11 + timedelta(hours=5) // LONGEST_WAIT


def test_a_password_is_the_same_however_its_accents_are_typed(closed: Desk) -> None:
    new = "coração de açúcar"
    access.change_password(closed, "ana.lima", GOOD, unicodedata.normalize("NFD", new), now=NOW, cost=CHEAP)
    assert enter(closed, password=new).name == "Ana Lima"
    assert refusal(lambda: enter(closed)) == "entrada_recusada"


@pytest.mark.parametrize(
    ("new", "why"), [("curta", "senha_curta"), ("Unidade Centro", "senha_facil"), (GOOD, "senha_igual")]
)
def test_a_bad_new_password_changes_nothing(closed: Desk, new: str, why: str) -> None:
    assert refusal(lambda: access.change_password(closed, "ana.lima", GOOD, new, now=NOW, cost=CHEAP)) == why
    assert enter(closed).name == "Ana Lima"


def test_a_wrong_old_password_changes_nothing(closed: Desk) -> None:
    assert refusal(lambda: access.change_password(closed, "ana.lima", OTHER, OTHER, now=NOW, cost=CHEAP)) == (
        "entrada_recusada"
    )
    assert enter(closed).name == "Ana Lima"


def test_a_one_time_password_must_be_changed_and_is_then_gone(closed: Desk) -> None:
    once = access.give_one_time_password(closed, CELIA, NOW, cost=CHEAP)
    assert refusal(lambda: enter(closed, "celia.prado", once)) == "senha_a_trocar"
    assert refusal(lambda: enter(closed, "celia.prado", once, new_password="curta")) == "senha_curta"
    assert refusal(lambda: enter(closed, "celia.prado", once, new_password=once)) == "senha_igual"
    assert enter(closed, "celia.prado", once, new_password=OTHER).name == "Célia Prado"
    assert refusal(lambda: enter(closed, "celia.prado", once)) == "entrada_recusada"
    assert enter(closed, "celia.prado", OTHER).name == "Célia Prado"
    assert events(closed, CELIA) == ["senha_de_uma_vez", "senha", "entrada", "entrada_recusada", "entrada"]


def test_a_one_time_password_ends_and_frees_from_waiting(closed: Desk) -> None:
    for _ in range(FREE_FAILURES + 1):
        refusal(lambda: enter(closed, "celia.prado", "errada errada"))
    once = access.give_one_time_password(closed, CELIA, NOW, cost=CHEAP)
    late = NOW + ONE_TIME_FOR
    assert refusal(lambda: enter(closed, "celia.prado", once, late, new_password=OTHER)) == "senha_vencida"
    assert enter(closed, "celia.prado", once, late - timedelta(seconds=1), new_password=OTHER).name == "Célia Prado"


def test_other_parameters_hash_again_at_the_next_sign_in(closed: Desk) -> None:
    def stored() -> str:
        return str(rows(closed, "SELECT hash FROM credential WHERE person_id = ?", ANA)[0][0])

    before, dearer = stored(), Cost(2, 16, 1)
    access.sign_in(closed, "ana.lima", GOOD, now=NOW, cost=dearer)
    assert before.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert stored().startswith("$argon2id$v=19$m=16,t=2,p=1$")
    access.sign_in(closed, "ana.lima", GOOD, now=NOW, cost=dearer)


def test_who_was_deactivated_does_not_enter_and_his_session_ends(closed: Desk) -> None:
    token = enter(closed, "bruno.castro").token
    with writing(closed.engine) as connection:
        connection.exec_driver_sql("UPDATE person SET active = (1 = 0) WHERE login = 'bruno.castro'")
    assert refusal(lambda: access.resume(closed, token, NOW)) == "sessao_encerrada"
    assert refusal(lambda: access.see(closed, token, NOW)) == "sessao_encerrada"
    assert refusal(lambda: enter(closed, "bruno.castro")) == "entrada_recusada"
    assert refusal(lambda: access.give_one_time_password(closed, BRUNO, NOW, cost=CHEAP)) == "pessoa_sem_login"


def test_a_session_goes_on_until_it_ends_is_left_or_revoked(closed: Desk) -> None:
    one, other = enter(closed, kind=COMMAND).token, enter(closed).token
    assert access.resume(closed, one, NOW).name == "Ana Lima"
    assert refusal(lambda: access.resume(closed, one, NOW + SESSION_FOR[COMMAND])) == "sessao_encerrada"
    access.sign_out(closed, one, NOW)
    assert refusal(lambda: access.resume(closed, one, NOW)) == "sessao_encerrada"
    assert access.revoke_sessions(closed, ANA, NOW) == 1
    assert refusal(lambda: access.see(closed, other, NOW)) == "sessao_encerrada"
    access.sign_out(closed, other, NOW)  # nothing to do any more
    assert events(closed)[-2:] == ["saida", "sessao_encerrada"]


def test_secrets_are_stored_hashed_and_are_not_in_representations(closed: Desk) -> None:
    done = enter(closed)
    stored = rows(closed, "SELECT token_hash FROM access_session")
    assert all(done.token not in str(row) for row in stored)
    assert done.token not in repr(done)
    assert GOOD not in str(rows(closed, "SELECT * FROM credential"))


def test_a_locked_window_is_unlocked_by_its_own_person_only(closed: Desk) -> None:
    token = enter(closed).token
    access.note_lock(closed, token, locked=True, now=NOW)
    assert refusal(lambda: access.unlock(closed, ANA, token, OTHER, now=NOW, cost=CHEAP)) == "entrada_recusada"
    again = access.unlock(closed, ANA, token, GOOD, now=NOW, cost=CHEAP)
    assert access.resume(closed, again.token, NOW).name == "Ana Lima"
    assert len(access.sessions(closed, NOW)) == 2  # of Bruno, and the new one of Ana


def test_a_revoked_window_is_entered_again_by_its_person(closed: Desk) -> None:
    token = enter(closed).token
    access.revoke_sessions(closed, ANA, NOW)
    again = access.unlock(closed, ANA, token, GOOD, now=NOW, cost=CHEAP)
    assert access.resume(closed, again.token, NOW).name == "Ana Lima"


def test_an_account_of_the_system_is_the_login(desk: Desk) -> None:
    assert access.sign_in_as_account(desk, "BRUNO.Castro", now=NOW).name == "Bruno Castro"
    assert refusal(lambda: access.sign_in_as_account(desk, "root", now=NOW)) == "conta_desconhecida"


def test_a_script_has_a_token_with_a_role_of_its_own(closed: Desk) -> None:
    token = access.create_token(closed, "painel", "auditor", now=NOW)
    script = access.resume(closed, token, NOW)
    assert (script.member, script.role, script.name) == (None, "auditor", "painel")
    assert [(row.name, row.role) for row in access.tokens(closed, NOW)] == [("painel", "auditor")]
    assert refusal(lambda: access.create_token(closed, "painel", "auditor", now=NOW)) == "token_em_uso"
    access.revoke_token(closed, "painel", NOW)
    assert refusal(lambda: access.resume(closed, token, NOW)) == "sessao_encerrada"
    assert refusal(lambda: access.revoke_token(closed, "painel", NOW)) == "token_desconhecido"
    assert events(closed, None)[-2:] == ["token_criado", "token_encerrado"]


@pytest.mark.parametrize(("days", "ends"), [(1, 1), (None, 365)])
def test_a_token_ends(closed: Desk, days: int | None, ends: int) -> None:
    token = access.create_token(closed, "painel", "auditor", days=days, now=NOW)
    assert access.resume(closed, token, NOW + timedelta(days=ends, seconds=-1)).name == "painel"
    assert refusal(lambda: access.resume(closed, token, NOW + timedelta(days=ends))) == "sessao_encerrada"
    assert refusal(lambda: access.create_token(closed, "outro", "auditor", days=0, now=NOW)) == "token_dias"


def test_who_has_a_window_open_is_on_duty(closed: Desk) -> None:
    access.revoke_sessions(closed, BRUNO, NOW)
    enter(closed, place="balcao pts/1")
    second = enter(closed, now=NOW + timedelta(minutes=1), place="balcao pts/2").token
    enter(closed, kind=COMMAND, now=NOW + timedelta(minutes=1))
    at = NOW + timedelta(minutes=2)
    [ana] = access.on_duty(closed, at)
    assert (ana.person, ana.name, ana.since, ana.places) == (ANA, "Ana Lima", NOW, ("balcao pts/1", "balcao pts/2"))
    access.see(closed, second, at)
    [ana] = access.on_duty(closed, NOW + PRESENT_FOR)
    assert ana.places == ("balcao pts/2",)
    assert access.on_duty(closed, at + PRESENT_FOR) == []


def test_without_a_clock_of_a_test_the_database_s_own_is_used(desk: Desk) -> None:
    access.set_first_password(desk, GOOD, login="ana.lima", cost=CHEAP)
    token = access.sign_in(desk, "ana.lima", GOOD, cost=CHEAP).token
    assert access.resume(desk, token).name == "Ana Lima"
    assert [row.name for row in access.on_duty(desk)] == ["Ana Lima"]


def test_how_people_enter_is_an_event_of_the_unit(desk: Desk) -> None:
    access.change_entry(desk, "sistema", NOW)
    assert desk.unit.entry == "sistema"
    assert events(desk, None) == ["entrada"]


def test_the_migration_gives_a_login_to_everybody_of_the_desk(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        insert_one(connection, tables.Person, name="ANA LIMA", role="atendente")
        insert_one(connection, tables.Person, name="Ana Lima", role="atendente", active=False, origin_system="bpi")
        connection.exec_driver_sql("UPDATE person SET login = NULL")
        m0019_access._give_logins(connection)  # noqa: SLF001 - the part that reads the rows
    found = rows(desk, "SELECT login FROM person ORDER BY id")
    assert found == [("ana.lima",), ("bruno.castro",), ("celia.prado",), ("ana.lima2",), (None,)]


# Who changes how a member of a secret group enters.


@pytest.fixture
def committee(closed: Desk) -> Desk:
    """Ana is a supervisor, Bruno an administrator, Célia and Davi the committee, in which Célia has entered."""
    group = include_secret_service(closed)
    set_role(closed, BRUNO, Role.ADMINISTRATOR)
    insert_davi(closed, group)
    access.sign_in(closed, "celia.prado", once(closed, CELIA), new_password=GOOD, now=NOW, cost=CHEAP)
    return closed


DAVI = 4


def insert_davi(desk: Desk, group: int) -> None:
    staff.add_person(desk, {"name": "Davi Rosa", "role": "atendente"}, NOW)
    set_groups(desk, DAVI, group)


def once(desk: Desk, person: int, by: Actor = SYSTEM, now: datetime = NOW) -> str:
    return access.give_one_time_password(desk.acting_as(by), person, now, cost=CHEAP)


def changed_login(desk: Desk, by: Actor) -> str:
    return staff.change_person(desk.acting_as(by), DAVI, {"login": "ana"}, NOW).login


SUPERVISOR, ADMINISTRATOR = Actor(ANA, Role.SUPERVISOR), Actor(BRUNO, Role.ADMINISTRATOR)
SCRIPTS = [Actor(None, role) for role in (Role.SUPERVISOR, Role.ADMINISTRATOR)]


@pytest.mark.parametrize("way", [lambda desk, by: once(desk, DAVI, by), changed_login], ids=["password", "login"])
def test_nobody_enters_for_a_member_of_a_secret_group(committee: Desk, way: Callable[[Desk, Actor], str]) -> None:
    """A supervisor, or a script, could see what the group sees by giving a member another password or login."""
    before = rows(committee, "SELECT login FROM person ORDER BY id"), rows(committee, "SELECT * FROM credential")
    for by in (SUPERVISOR, *SCRIPTS):
        assert refusal(lambda by=by: way(committee, by)) == "acesso_de_membro"  # type: ignore[misc]
    assert before == (
        rows(committee, "SELECT login FROM person ORDER BY id"),
        rows(committee, "SELECT * FROM credential"),
    )
    set_role(committee, CELIA, Role.SUPERVISOR)
    assert way(committee, Actor(CELIA, Role.SUPERVISOR))  # as another member
    assert "acesso_de_fora" not in events(committee, DAVI)
    assert once(committee, BRUNO, SUPERVISOR), "anybody else gets a password as before"


def test_an_administrator_does_and_the_members_are_told(committee: Desk) -> None:
    one_day = timedelta(days=1)
    assert enter(committee, "celia.prado", now=NOW + one_day).told == ()
    password = once(committee, DAVI, ADMINISTRATOR, NOW + one_day)
    assert events(committee, DAVI)[-2:] == ["senha_de_uma_vez", "acesso_de_fora"]
    told = WayInChanged("Davi Rosa", "Bruno Castro", NOW + one_day)
    as_davi = access.sign_in(committee, "davi.rosa", password, new_password=GOOD, now=NOW + 2 * one_day, cost=CHEAP)
    assert as_davi.told == (told,)
    for day in (3, 7):  # again, because somebody else may have seen it in their place
        assert enter(committee, "celia.prado", now=NOW + day * one_day).told == (told,)
    assert enter(committee, "celia.prado", now=NOW + 9 * one_day).told == ()
    assert enter(committee, "ana.lima", now=NOW + 3 * one_day).told == enter(committee, "bruno.castro").told == ()


def test_who_was_away_for_long_is_told_at_the_next_entry(committee: Desk) -> None:
    once(committee, DAVI, ADMINISTRATOR, NOW + timedelta(days=1))
    assert len(enter(committee, "celia.prado", now=NOW + timedelta(days=60)).told) == 1
    assert enter(committee, "celia.prado", now=NOW + timedelta(days=61)).told == ()


def test_who_unlocks_a_window_is_told_once(committee: Desk) -> None:
    token = enter(committee, "celia.prado").token
    once(committee, DAVI, ADMINISTRATOR, NOW + timedelta(hours=1))

    def unlocked(hour: int) -> SignedIn:
        at = NOW + timedelta(hours=hour)
        return access.unlock(committee, CELIA, token, GOOD, now=at, cost=CHEAP)

    assert [len(unlocked(hour).told) for hour in (2, 3)] == [1, 0]


def test_the_first_members_get_their_first_passwords_from_the_supervision(closed: Desk) -> None:
    """As they are named by it: there is nothing yet that it could see."""
    insert_davi(closed, include_secret_service(closed))
    once(closed, CELIA, SUPERVISOR)
    first = once(closed, CELIA, SUPERVISOR)
    access.sign_in(closed, "celia.prado", first, new_password=GOOD, now=NOW, cost=CHEAP)
    assert refusal(lambda: once(closed, DAVI, SUPERVISOR)) == "acesso_de_membro"


def test_a_group_with_tickets_is_protected_before_anybody_has_entered(living: Living) -> None:
    open_secret(living)
    assert refusal(lambda: once(living.desk, CELIA, SUPERVISOR)) == "acesso_de_membro"


def test_who_lost_the_right_a_moment_ago_changes_no_access(closed: Desk) -> None:
    """Also at a window that does not know of it yet."""
    desk = closed.acting_as(SUPERVISOR)
    access.create_token(desk, "robô", Role.ATTENDANT, now=NOW)
    set_role(closed, ANA, Role.ATTENDANT)
    for call in (
        lambda: access.give_one_time_password(desk, BRUNO, NOW, cost=CHEAP),
        lambda: access.create_token(desk, "outro", Role.SUPERVISOR, now=NOW),
        lambda: access.revoke_token(desk, "robô", NOW),
        lambda: access.revoke_sessions(desk, BRUNO, NOW),
        lambda: access.change_entry(desk, "sistema", NOW),
    ):
        assert refusal(call) == "papel_nao_pode"
