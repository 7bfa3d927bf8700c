"""Commands for the outbox: `saida`."""

from typing import TYPE_CHECKING

import atendimento_tui
from atendimento_tui import services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.streams import say

if TYPE_CHECKING:
    from atendimento_tui.contracts.outbox import Sent


def smtp_password() -> str:
    """The password of the mail server, of the environment or the file of this account."""
    return services.smtp.password(atendimento_tui.paths.smtp_password_file())


def say_sent(sent: "Sent") -> None:
    """Print what a run of the worker did, if anything."""
    words = all_texts.outbox
    for count, one, many in (
        (sent.sent, words.SENT_ONE, words.SENT_MANY),
        (sent.failed, words.FAILED_ONE, words.FAILED_MANY),
    ):
        if count:
            say(one if count == 1 else many.format(count=count))
    if sent.problem:
        say(all_texts.refusals.sentence(sent.problem, sent.values or {}))
