"""The functions that differ between kinds of database. The modules `sqlite` and `postgresql` implement them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Event
from typing import Any, Protocol

from sqlalchemy import URL, ColumnElement, Connection, Engine, Select, Table, TextClause

from atendimento_tui.contracts.changes import Changes

ACTS = "acts"
"""Key in `Connection.info` for the acts that the transaction writes, as (ticket, request)."""


class Backend(Protocol):
    """A kind of database. It is implemented by a module: each member is a function or a constant of it."""

    @property
    def RAW_ERROR(self) -> type[Exception]:  # noqa: N802 - a constant of the module
        """The driver's error, as it is raised where SQLAlchemy does not wrap it."""

    @property
    def COMMIT_LIGHTLY(self) -> str:  # noqa: N802 - a constant of the module
        """The statement that makes later commits of a connection not wait for the disk."""

    @property
    def SHORT_READS(self) -> Mapping[str, Any]:  # noqa: N802 - a constant of the module
        """The options of a connection for short reads."""

    @property
    def SEEKS_WHOLE_KEYS(self) -> bool:  # noqa: N802 - a constant of the module
        """Whether all columns of a row value, `(a, b, id) < (...)`, are looked up in an index."""

    def make_engine(self, url: URL) -> Engine:
        """An engine on the database. Nothing is opened yet.

        Raises:
            ArgumentError: SQLAlchemy cannot use the address.
            DatabaseUnavailable: The file is on a network file system, where SQLite loses data.
        """

    def check_place(self, connection: Connection) -> None:
        """Check that the path still names the open file, and that no damage was found.

        Raises:
            DatabaseUnavailable: The file is gone, replaced by another one, or damaged.
        """

    def turn(self, connection: Connection) -> AbstractContextManager[None]:
        """Where there is one writer at a time, wait until all who came before have committed."""

    def check_damage(self, url: URL) -> None:
        """Check the database for damage before anything is written.

        Raises:
            DatabaseUnavailable: It is damaged, or not a database.
        """

    def keep_write_ahead_log(self, engine: Engine) -> None:
        """Set, permanently, that readers and a writer do not block each other.

        Raises:
            DBAPIError: It cannot be set.
        """

    def scrub(self, engine: Engine) -> bool:
        """Overwrite what was deleted or changed before, so that nothing of it is left in the database's file.

        Others wait meanwhile, about a second for each 100 MB.

        Returns:
            Whether nothing is left. False if another connection hinders it; it may be tried again.
        """

    def advisory_lock(self, connection: Connection, name: str) -> None:
        """Lock a name until the transaction ends. Other transactions that lock it wait."""

    def instant(self, connection: Connection) -> datetime:
        """The present instant of the database's own clock, which is the same for all machines."""

    def texts_as_stored(self, connection: Connection) -> AbstractContextManager[None]:
        """Meanwhile the connection reads texts that are not valid UTF-8 too, with surrogates in them."""

    def lock_tables(self, connection: Connection, tables: Iterable[Table]) -> None:
        """Lock the tables against writes of others until the transaction ends. Running writes are waited for."""

    def reset_sequences(self, connection: Connection, tables: Iterable[Table]) -> None:
        """After rows were inserted with their ids, make new rows get greater ids."""

    def has_counts_to_merge(self, connection: Connection) -> bool:
        """Whether many rows of `tables.QueueCount` count the same."""

    def merge_counts(self, connection: Connection) -> None:
        """Merge the rows of `tables.QueueCount` that count the same. Nothing is waited for, and no number changes."""

    def contains(self, column: Any, piece: str) -> ColumnElement[bool]:
        """The condition that the column contains the substring, case-sensitive."""

    def is_one_of(self, column: Any, name: str) -> ColumnElement[bool]:
        """The condition that the column is one of a list of numbers or words, which may be long.

        Args:
            column: The column.
            name: The name of the parameter that has the list.
        """

    def open_tickets_with(self, connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
        """The ids of open tickets that have all these words, by the trigram index.

        Args:
            words: Folded words of at least three letters.
            limit: Maximum number of ids; which ones is not defined. An id may occur more than once. If fewer are
                returned, these are all.

        Returns:
            None if there is no trigram index.
        """

    def ids_with(self, connection: Connection, table: str, pieces: Sequence[str], limit: int) -> Sequence[int] | None:
        """The ids of rows of a table whose column `search` has all these pieces, by its trigram index, in any order.

        Args:
            table: A table with such an index (in SQLite named after it: `TABLE_search`).
            pieces: Of three characters or more; a blank before a word finds it at its beginning only.
            limit: The most ids that are read.

        Returns:
            None if there is no trigram index.
        """

    def text_containing(self, word: str) -> Select[Any] | TextClause:
        """A select of the ids of open tickets that have the word in a text of an event, by the trigram index."""

    def own_words_with(self, word: str) -> Select[Any] | TextClause | None:
        """A select of the ids of open tickets that have the word in their own words, by the trigram index.

        Returns:
            None if the database has no index that is faster than a scan.
        """

    def listen(
        self, engine: Engine, on_change: Callable[[Changes | None], None], stopped: Event, listening: Callable[[], None]
    ) -> None:
        """Call `on_change` after commits of any connection, until `stopped` is set.

        Several commits may be reported by one call.

        Args:
            on_change: Called with what changed; None if the database reports only that something did.
            listening: Called when listening begins.

        Raises:
            RAW_ERROR: The database was lost.
            DatabaseUnavailable: As `check_place`.
        """

    def why(self, error: BaseException) -> str:
        """The code of the reason why the database could not be opened, read or written."""

    def detail(self, error: BaseException) -> int | str | None:
        """The error code of the database or the system, which `texts.system` translates."""
