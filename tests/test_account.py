"""The account of the operating system: of the real user id, or of who called sudo on a desk of a service account."""

import os
import pwd

import pytest

from atendimento_tui.account import account_name, terminal_name

OWN = os.getuid()
OTHER = next(each for each in pwd.getpwall() if each.pw_uid != OWN)


@pytest.fixture(autouse=True)
def no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUDO_UID", raising=False)
    for name in ("USER", "LOGNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "invasor")


@pytest.mark.parametrize("owner", [OWN, OWN + 1, None])
def test_it_is_that_of_the_real_user_id_and_never_of_a_variable(owner: int | None) -> None:
    assert account_name(owner) == pwd.getpwuid(OWN).pw_name


@pytest.mark.parametrize(
    ("owner", "name"),
    [(OWN, OTHER.pw_name), (OWN + 1, pwd.getpwuid(OWN).pw_name), (None, pwd.getpwuid(OWN).pw_name)],
    ids=["the service account", "another owner", "a server"],
)
def test_the_caller_of_sudo_is_believed_only_as_the_owner_of_the_file(
    owner: int | None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_UID", str(OTHER.pw_uid))
    assert account_name(owner) == name


@pytest.mark.parametrize("value", ["", "root", "-1", "0x0", "٣"])
def test_a_caller_that_is_no_number_is_ignored(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_UID", value)
    assert account_name(OWN) == pwd.getpwuid(OWN).pw_name


@pytest.mark.parametrize("value", ["4294967290", "9" * 40])
def test_an_account_that_the_system_does_not_know_has_no_name(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_UID", value)
    assert account_name(OWN) == ""


def test_a_terminal_has_the_name_of_its_machine() -> None:
    assert terminal_name().startswith(os.uname().nodename)
