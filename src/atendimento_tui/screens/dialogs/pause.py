"""The dialog that pauses a ticket: asks for the reason."""

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from atendimento_tui.screens.dialogs.write import TEXT, WriteDialog
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain


class _Reason(LineInput):
    """The field of the reason. The down arrow goes to the prepared reasons."""

    def key_down(self, event: events.Key) -> None:
        event.stop()  # else the list, which has the focus by then, would move too
        self.screen.query_one(OptionList).focus()


class _Reasons(Options):
    """The prepared reasons. The up arrow goes from the first one to the field."""

    def key_up(self, event: events.Key) -> None:
        if self.highlighted == 0:
            event.stop()
            self.screen.query_one(_Reason).focus()


class PauseDialog(WriteDialog):
    """Asks for a reason, typed or chosen."""

    AUTO_FOCUS = "Input"

    def title_text(self) -> str:
        """The ticket."""
        return texts.PAUSE_TITLE.format(protocol=self.protocol)

    def hint(self) -> str:
        """The keys of the dialog."""
        return texts.PAUSE_HINT

    def field(self) -> ComposeResult:
        """The field and the prepared reasons."""
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
