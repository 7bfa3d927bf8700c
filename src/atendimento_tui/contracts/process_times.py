"""How long attendances took."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Attended:
    """A ticket that was opened here.

    Attributes:
        version: The version of its service.
        key: The key of its service, the same in all versions.
    """

    id: int
    version: int
    key: str
    channel: str


@dataclass(frozen=True, slots=True)
class TypicalTime:
    """The attendances of a service by one channel.

    Attributes:
        count: Number of attendances that have a time.
        median: Half of them took longer.
        usual_time: What the service's newest version writes for the channel: `10min`; empty if it writes nothing.
    """

    service: str
    channel: str
    count: int
    median: timedelta
    usual_time: str = ""
