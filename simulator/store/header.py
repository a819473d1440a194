"""What the first hundred octets of a SQLite file say, read without SQLite.

SQLite writes to a file that it opens, if only to put an interrupted transaction right. A file that is not ours is to be
left as it is, so it is known by its octets before SQLite sees it (https://www.sqlite.org/fileformat.html, 1.3).
"""

import struct
from pathlib import Path
from typing import NamedTuple, Self

_SIZE = 100
_MAGIC = b"SQLite format 3\0"
_PAGE_SIZE = struct.Struct(">H")
_NUMBER = struct.Struct(">I")
_LARGEST_PAGE = 65_536


class Header(NamedTuple):
    """The header of a SQLite file."""

    page_size: int
    pages: int
    """How many pages the file should have; 0 where the header does not say."""
    user_version: int
    application_id: int

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The header of a file; None if it is no SQLite file.

        Raises:
            OSError: It cannot be read.
        """
        with path.open("rb") as file:
            octets = file.read(_SIZE)
        if len(octets) < _SIZE or not octets.startswith(_MAGIC):
            return None
        page_size = _PAGE_SIZE.unpack_from(octets, 16)[0]
        changes, pages, user_version, application_id, valid_for = (
            _NUMBER.unpack_from(octets, at)[0] for at in (24, 28, 60, 68, 92)
        )
        return cls(
            _LARGEST_PAGE if page_size == 1 else page_size,
            pages if changes == valid_for else 0,
            user_version,
            application_id,
        )
