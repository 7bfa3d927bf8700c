"""Signing in: passwords, sessions, scripts' tokens, who is on duty."""

from atendimento_tui.services.access.entry import change_entry, entry, member_of_account, owns, person_with_login
from atendimento_tui.services.access.passwords import (
    change_own_password,
    change_password,
    give_one_time_password,
    set_first_password,
)
from atendimento_tui.services.access.sessions import (
    note_lock,
    on_duty,
    resume,
    revoke_sessions,
    see,
    sessions,
    sign_out,
)
from atendimento_tui.services.access.signing_in import sign_in, sign_in_as_account, unlock
from atendimento_tui.services.access.tokens import create_token, revoke_token, tokens

__all__ = (
    "change_entry",
    "change_own_password",
    "change_password",
    "create_token",
    "entry",
    "give_one_time_password",
    "member_of_account",
    "note_lock",
    "on_duty",
    "owns",
    "person_with_login",
    "resume",
    "revoke_sessions",
    "revoke_token",
    "see",
    "sessions",
    "set_first_password",
    "sign_in",
    "sign_in_as_account",
    "sign_out",
    "tokens",
    "unlock",
)
