"""The list of specialties that comes with the program, with their items of art. 3 of RN ANS 566/2022."""

from collections.abc import Mapping
from importlib import resources

_FILE = "specialties.csv"

_ITEMS = {"especialidade": "name", "item_rn566": "rn566", "preparo": "preparation"}
"""Column -> item of `services.providers.FIELDS`."""


def shipped() -> list[Mapping[str, str]]:
    """The items of each specialty, as they are typed."""
    header, *lines = resources.files(__package__).joinpath(_FILE).read_text("utf-8").splitlines()
    names = [_ITEMS[word] for word in header.split(";")]
    return [dict(zip(names, line.split(";"), strict=True)) for line in lines]
