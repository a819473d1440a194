"""What has changed in the store since anybody looked: the numbers only, noted while commits are made."""

from simulator.store import Written


class Notes:
    """Which messages and changes are new or altered; a commit costs some tenths of a microsecond a message."""

    def __init__(self) -> None:
        self.messages: set[int] = set()
        self.mo: set[int] = set()
        self.changes: list[int] = []
        self.is_clock_set = False

    def add(self, written: Written) -> None:
        """Notes what a commit wrote."""
        self.messages.update(written.messages())
        self.mo.update(written.subscribers_messages())
        if written.changes:
            self.changes += [row[0] for row in written.changes]
        if written.clock:
            self.is_clock_set = True

    def __len__(self) -> int:
        """How many numbers are noted."""
        return len(self.messages) + len(self.mo) + len(self.changes)
