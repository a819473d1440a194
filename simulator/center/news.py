"""Who waits for news of an operator is woken here; what is new he asks for himself."""

import trio


class News:
    """Two events that are set, and replaced by new ones, whenever there is news of their kind."""

    def __init__(self) -> None:
        self.changed = trio.Event()
        """The store's content changed, a session came or went, or a fault."""
        self.earlier = trio.Event()
        """Something falls due earlier than all before it."""

    def note_changed(self) -> None:
        """Wakes whoever waits for what is new."""
        self.changed.set()
        self.changed = trio.Event()

    def note_earlier(self) -> None:
        """Wakes whoever sleeps until something falls due."""
        self.earlier.set()
        self.earlier = trio.Event()
