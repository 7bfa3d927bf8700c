"""What one kind of database does in its own way. The modules `sqlite` and `postgresql` implement it."""

from collections.abc import Callable, Iterable, Sequence
from threading import Event
from typing import Any, Protocol

from sqlalchemy import URL, ColumnElement, Connection, Engine, Select, Table, TextClause

from atendimento_tui.contracts.changes import Changes

ACTS = "acts"
"""Key of a connection's own facts (`Connection.info`): the acts that its transaction writes, as ticket and request."""


class Backend(Protocol):
    """A kind of database, as a module: each member is one of its functions or constants."""

    @property
    def RAW_ERROR(self) -> type[Exception]:  # noqa: N802 - a constant of the module
        """The driver's own error, as it is raised where SQLAlchemy does not stand between."""

    @property
    def COMMIT_LIGHTLY(self) -> str:  # noqa: N802 - a constant of the module
        """The statement after which commits of a connection do not wait for the disk."""

    def make_engine(self, url: URL) -> Engine:
        """An engine on the database. Nothing is opened yet.

        Raises:
            ArgumentError: SQLAlchemy cannot use the address.
            DatabaseUnavailable: The file lies on a network, where SQLite loses data.
        """

    def check_place(self, connection: Connection) -> None:
        """See that the database's name still stands for what is open, and that no damage was met.

        Raises:
            DatabaseUnavailable: The file is gone, another one stands in its place, or it is damaged.
        """

    def look_over(self, url: URL) -> None:
        """Look for damage before anything is written into the database.

        Raises:
            DatabaseUnavailable: It is damaged, or no database.
        """

    def keep_write_ahead_log(self, engine: Engine) -> None:
        """Let readers and a writer not wait for each other, for as long as the database exists.

        Raises:
            DBAPIError: It cannot be set.
        """

    def advisory_lock(self, connection: Connection, name: str) -> None:
        """Until this transaction ends nobody else does what is named; whoever comes later waits."""

    def lock_tables(self, connection: Connection, tables: Iterable[Table]) -> None:
        """Until this transaction ends nobody else writes into the tables; it waits for those who are writing."""

    def reset_sequences(self, connection: Connection, tables: Iterable[Table]) -> None:
        """After rows were written with their ids: the next rows get ids behind them."""

    def contains(self, column: Any, piece: str) -> ColumnElement[bool]:
        """The condition that the column has the piece in it, letter by letter."""

    def is_one_of(self, column: Any, name: str) -> ColumnElement[bool]:
        """The condition that the column is one of the numbers, which may be thousands.

        Args:
            column: The column.
            name: What the list of numbers is called among the values of the statement.
        """

    def open_tickets_with(self, connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
        """The ids of the open tickets that have all these words, which are folded and at least three letters long.

        Args:
            limit: How many ids at most; which ones is not defined. The same one may come more than once: fewer than
                these are all there are.

        Returns:
            None where there is no index of words.
        """

    def text_containing(self, word: str) -> Select[Any] | TextClause:
        """A select of the ids of the open tickets about which the word was said, by the index of words."""

    def own_words_like(self, word: str) -> Select[Any] | TextClause | None:
        """A select of the ids of the open tickets whose own words may contain the word: all that do, and a few more.

        Returns:
            None where an index of words does not help.
        """

    def listen(
        self, engine: Engine, heard: Callable[[Changes | None], None], stopped: Event, listening: Callable[[], None]
    ) -> None:
        """Call `heard` after commits of anybody, until `stopped` is set. Commits that come together are heard once.

        Args:
            heard: Told what changed; None where the database tells only that something did.
            listening: Called when it begins to listen.

        Raises:
            RAW_ERROR: The database was lost.
            DatabaseUnavailable: As `check_place`.
        """

    def why(self, error: BaseException) -> str:
        """The code of why the database was not opened, read or written."""

    def detail(self, error: BaseException) -> int | str | None:
        """What the database or the system says of it, as a code that `texts.system` knows."""
