"""The first step of an intake: choose a service or a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui import services
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.processes import Service
from atendimento_tui.domain.text import searched, searched_words
from atendimento_tui.screens import dialogs
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk
from atendimento_tui.screens.intake.steps import ASKING, Offers, Search, Steps


class Choosing(Steps):
    """The list of drafts and services, and its search field."""

    class Continues(Message):
        """The services have been read, and another place has chosen one of them."""

    def _take(self, offer: Service | Draft, search_text: str, answers: Mapping[str, str] | None = None) -> None:
        """Begin an intake of a service, with these answers if there are any, or continue a draft."""
        raise NotImplementedError

    def _take_early_text(self) -> str:
        """Remove and return the text that was typed into the search field for the form."""
        raise NotImplementedError

    def _read(self) -> None:
        """Read services and drafts."""
        if not self.desk_app.desk_info:
            return

        def read(desk: "Desk", _now: datetime) -> tuple[list[Service], list[Draft]]:
            return services.processes.offered(desk), services.drafts.waiting(desk)

        self.desk_app.serve(read, self._listed, self._refused)

    def _listed(self, listed: tuple[list[Service], list[Draft]]) -> None:
        self._services, self._drafts = listed
        self._fill()
        if self.desk_app.next_service:
            self.post_message(self.Continues())

    @on(Continues)
    def _continue(self) -> None:
        """Begin the service that was chosen in another place."""
        wanted, self.desk_app.next_service = self.desk_app.next_service, None
        service = next((each for each in self._services if wanted and each.version == wanted.version), None)
        if service and wanted:
            self._take(service, "", wanted.answers)

    def _fill(self) -> None:
        """Show the services that match the search text; without one, also the drafts."""
        about = self.desk_app.about
        title = plain(texts.CHOOSE_TITLE_FOR.format(name=about.name) if about else texts.CHOOSE_TITLE)
        self.query_one("#choosing-title", Static).update(title)
        typed = searched_words(self.query_one(Search).value)
        self._offers = self._offered(typed)
        offers = self.query_one(Offers)
        offers.clear_options()
        if self._offers:
            offers.add_options([Option(self._offer_line(offer)) for offer in self._offers])
            offers.highlighted = 0
        elif self.desk_app.desk_info:
            offers.add_option(Option(texts.CHOOSE_NOTHING if self._services else texts.CHOOSE_EMPTY, disabled=True))
        waiting, count = self.query_one("#waiting", Static), len(self._drafts)
        waiting.update(texts.DRAFTS_TITLE_ONE if count == 1 else plain(texts.DRAFTS_TITLE.format(count=count)))
        waiting.display = bool(count) and not typed
        key = self.key_of("novo.descartar")
        hint = plain(texts.CHOOSE_HINT_DRAFTS.format(key=key)) if count else plain(texts.CHOOSE_HINT)
        self.query_one("#choosing-hint", Static).update(hint)
        self.paint_footer()

    def _offered(self, typed: Sequence[str]) -> list[Service | Draft]:
        services = [service for service in self._services if _matches(service, typed)]
        services.sort(key=lambda service: not _is_named(service, typed))  # a description that matches comes later
        return [*([] if typed else self._drafts), *services]

    def _offer_line(self, offer: Service | Draft) -> Content:
        if isinstance(offer, Service):
            name, aside = plain(offer.process.name, "bold"), plain(offer.process.description, "dim")
            return Content("  ").join([name, aside])
        zone = self.desk_app.desk_info.hours.tz if self.desk_app.desk_info else None
        when = formats.moment(offer.begun_at.astimezone(zone), self._now().astimezone(zone))
        protocol = formats.protocol_groups(offer.protocol)
        return plain(texts.DRAFT.format(protocol=protocol, service=offer.service, when=when), "$text-warning")

    def action_move(self, by: int) -> None:
        """Move in the list."""
        offers = self.query_one(Offers)
        if self._offers:
            offers.highlighted = ((offers.highlighted or 0) + by) % len(self._offers)

    @on(Input.Changed, "#search")
    def _searched(self) -> None:
        """Show what matches. A letter that arrives after the form is shown goes into the form."""
        if self._step == ASKING and self._form is not None:
            self._form.write_first(self._take_early_text())
        elif not self._beginning:
            self._fill()

    @on(Input.Submitted, "#search")
    def _chosen(self, event: Input.Submitted) -> None:
        """Take the entry that was selected at Enter. Text that was typed after it goes into the form."""
        current = self.query_one(Search).value
        if event.value == current:
            offer = self._offer()
        else:
            offer = next(iter(self._offered(searched_words(event.value))), None)
        if offer:
            self._take(offer, event.value)

    @on(OptionList.OptionSelected, "#offers")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if self._offers:
            self._take(self._offers[event.option_index], self.query_one(Search).value)

    def _offer(self) -> Service | Draft | None:
        highlighted = self.query_one(Offers).highlighted
        return self._offers[highlighted] if self._offers and highlighted is not None else None

    def discard(self) -> None:
        """Delete a draft, after a confirmation."""
        offer = self._offer()
        assert isinstance(offer, Draft), "why_not refuses it elsewhere"
        protocol = formats.protocol_groups(offer.protocol)

        def decided(is_sure: bool | None) -> None:
            if is_sure:
                self.desk_app.serve(delete, deleted, self._refused)

        def delete(desk: "Desk", _now: datetime) -> None:
            services.drafts.intake_file(desk, offer.request).discard()

        def deleted(_: None) -> None:
            self.desk_app.show_message(texts.DISCARDED.format(protocol=protocol))
            self._read()

        choices = [dialogs.choose.Choice(False, texts.DISCARD_NO), dialogs.choose.Choice(True, texts.DISCARD_YES)]
        self.app.push_screen(
            dialogs.choose.ChooseDialog(texts.DISCARD_TITLE.format(protocol=protocol), choices), decided
        )


def _is_named(service: Service, words: Sequence[str]) -> bool:
    """Whether the name of a service contains all words."""
    return all(word in searched(service.process.name) for word in words)


def _matches(service: Service, words: Sequence[str]) -> bool:
    """Whether the name or the description of a service contains all words."""
    text = searched(f"{service.process.name} {service.process.description}")
    return all(word in text for word in words)
