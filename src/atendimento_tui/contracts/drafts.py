"""What was typed for an act and is not written yet."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed for an act on a ticket and is not written yet.

    Attributes:
        key: A word of its own, until it is written: two windows that write about one ticket have two.
        aim: What the act is aimed at, where its words do not tell: a receiver, a severity.
        words: By field, as they were typed; words of one's own stand under the empty key.
    """

    key: str
    aim: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def request(self) -> str:
        """Id of the act. It is made of the words: the same ones sent again are no second act, and other ones are."""
        said = json.dumps([self.key, self.aim, sorted(self.words.items())])
        return hashlib.sha256(said.encode("ascii")).hexdigest()[:32]
