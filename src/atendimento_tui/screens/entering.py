"""How somebody enters the window: the dialogs of sign-in, lock and password."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from atendimento_tui import services
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens import dialogs
from atendimento_tui.texts import accounts
from atendimento_tui.widgets.keys_in_turn import KeysInTurn
from atendimento_tui.window.desk_window import DeskWindow

if TYPE_CHECKING:
    from atendimento_tui.contracts.access import Entry
    from atendimento_tui.screens.dialogs.sign_in import Enter


class Entering(DeskWindow, KeysInTurn):
    """A window that asks who works at it."""

    def ask_to_sign_in(self, entry: "Entry", enter: "Enter") -> None:
        """Ask for login and password, or for the first password of the desk; Esc exits."""
        if entry.has_passwords:
            asked = dialogs.sign_in.Asked(
                accounts.ENTER_TITLE, ("login", "password"), accounts.ENTER_BUTTON, accounts.ENTER_HINT
            )
        else:
            who = "login" if entry.first else "name"
            asked = dialogs.sign_in.Asked(
                accounts.FIRST_TITLE,
                (who, "new", "again"),
                accounts.FIRST_BUTTON,
                accounts.FIRST_HINT,
                accounts.FIRST_NOTE,
                {"login": entry.first_login},
            )
        self.open_for_keys(dialogs.sign_in.SignInDialog(asked, enter, self.exit))

    def show_lock(self, name: str, reason: Refusal | None) -> None:
        """Cover the window with the lock."""
        asked = dialogs.sign_in.Asked(
            accounts.LOCK_TITLE,
            ("password",),
            accounts.LOCK_BUTTON,
            accounts.LOCK_HINT.format(name=name),
            self.refusal_text(reason) if reason else accounts.LOCK_NOTE.format(name=name),
            other=accounts.OTHER_BUTTON,
        )
        self.push_screen(dialogs.sign_in.LockDialog(asked, self.unlock, lambda: None, self.sign_out))

    def hide_lock(self) -> None:
        """Remove the lock."""
        self.pop_screen()

    def change_password(self) -> None:
        """Change the password of the person at this window."""
        asked = dialogs.sign_in.Asked(
            accounts.CHANGE_TITLE, ("password", "new", "again"), accounts.CHANGE_BUTTON, accounts.CHANGE_HINT
        )
        dialog = dialogs.sign_in.PasswordDialog(asked, self._send_password)
        self.push_screen(dialog)

    def _send_password(self, answers: Mapping[str, str], refused: Callable[[Refusal], None]) -> None:
        assert self.person, "somebody has signed in"
        person, old, new = self.person.id, answers["password"], answers["new"]

        def changed(_: None) -> None:
            if isinstance(self.screen, dialogs.sign_in.PasswordDialog):
                self.screen.dismiss(None)
            self.show_message(accounts.CHANGED)

        self.serve(
            lambda desk, _: services.access.change_own_password(desk, person, old, new, now=self.expiry_now()),
            changed,
            refused,
        )
