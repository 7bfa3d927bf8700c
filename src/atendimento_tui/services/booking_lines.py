"""What a line of a list of bookings names: the professional, the site, the specialty, the beneficiary."""

from collections.abc import Callable, Iterable
from datetime import UTC
from typing import TypeVar
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.providers import Supply
from atendimento_tui.data.booking_lists import PERSON, BookingLine
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries import providers as provider_queries
from atendimento_tui.data.queries.beneficiaries import records_with
from atendimento_tui.domain.imported_bookings import Wanted
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.services import providers

ThingT = TypeVar("ThingT")


class Resolver:
    """Finds the professional, the site, the specialty and the beneficiary of lines."""

    def __init__(self, connection: Connection, lines: Iterable[BookingLine]) -> None:
        self._known = provider_queries.supply(connection)
        self._found: dict[tuple[str, str], object] = {}
        numbers: dict[str, set[str]] = {item: set() for item in PERSON.values()}
        for line in lines:
            if line.person:
                numbers[line.person[0]].add(line.person[1])
        self._people = {item: records_with(connection, item, found) for item, found in numbers.items()}

    def zone(self, site: int) -> ZoneInfo:
        """The zone of a site."""
        return ZoneInfo(ZONE_OF_UF[self._known.sites[site].state])

    def __call__(self, line: BookingLine) -> Wanted:
        """The booking that a line says.

        Raises:
            Refused: There is no such professional, site or specialty, or several have the name.
        """
        provider = self._once(providers.PROVIDER, line.provider, providers.provider_named)
        site = self._once(providers.SITE, line.site, providers.site_named)
        specialty = next(iter(provider.specialties), None) if len(provider.specialties) == 1 else None
        if line.specialty:
            specialty = self._once(providers.SPECIALTY, line.specialty, providers.specialty_named).id
        zone = self.zone(site.id)
        starts, ends = (at if at.tzinfo else at.replace(tzinfo=zone) for at in (line.starts, line.ends))
        person = self._people[line.person[0]].get(line.person[1]) if line.person else None
        return Wanted(
            provider.id,
            site.id,
            specialty,
            starts.astimezone(UTC),
            ends.astimezone(UTC),
            person.id if person else None,
            "" if person else line.name,
            line.channel,
            line.state,
        )

    def _once(self, kind: str, name: str, find: Callable[[Supply, str], ThingT]) -> ThingT:
        """What has this name; looked for once."""
        if (kind, name) not in self._found:
            self._found[kind, name] = find(self._known, name)
        found: ThingT = self._found[kind, name]  # type: ignore[assignment]
        return found
