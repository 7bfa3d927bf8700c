"""Pausing a ticket: for which reason."""

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from atendimento_tui.screens.dialogs.write import TEXT, WriteDialog
from atendimento_tui.texts import ticket as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain


class _Reason(LineInput):
    """Where the reason is typed; the arrow goes down to the ready ones."""

    def key_down(self, event: events.Key) -> None:
        event.stop()  # else the list, which has the focus by then, would move on by one
        self.screen.query_one(OptionList).focus()


class _Reasons(Options):
    """The ready ones; above the first is the field."""

    def key_up(self, event: events.Key) -> None:
        if self.highlighted == 0:
            event.stop()
            self.screen.query_one(_Reason).focus()


class PauseDialog(WriteDialog):
    """A reason, typed or chosen."""

    AUTO_FOCUS = "Input"

    def title_text(self) -> str:
        """Which ticket it is about."""
        return texts.PAUSE_TITLE.format(protocol=self.protocol)

    def hint(self) -> str:
        """Enter is enough here."""
        return texts.PAUSE_HINT

    def field(self) -> ComposeResult:
        """The field, and ready reasons below it."""
        reason = _Reason(self.draft(TEXT), placeholder=texts.PAUSE_REASON, compact=True)
        self.fields[TEXT] = reason
        yield reason
        yield _Reasons(*[plain(reason) for reason in texts.PAUSE_REASONS], compact=True)

    @on(Input.Submitted)
    def _typed(self) -> None:
        self.action_save()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.query_one(Input).value = texts.PAUSE_REASONS[event.option_index]
        self.action_save()
