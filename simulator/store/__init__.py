"""The store: `store` collects and writes, `reader` reads.

`layout` says what the file holds, `header` and `file` whether a file may be used, `migrations` how an older one is
brought up to date, `lock` keeps other operators off it; `rows` makes values of what is read, `query` asks, `briefs` has
messages in short; `deletion` deletes, `retention` and `shared_sweep` what is not kept for ever; `written` says what a
commit wrote.
"""

from simulator.store.briefs import Brief, BriefQuery
from simulator.store.deletion import Deleted, Open
from simulator.store.file import Durability, StoreError
from simulator.store.lock import held
from simulator.store.query import ChangeQuery, MessageQuery, MoQuery, MutationQuery, Query, ViolationQuery
from simulator.store.reader import NO_BACKLOG, Backlog
from simulator.store.retention import KEEP_ALL, Retention
from simulator.store.store import CommitError, Store
from simulator.store.written import Watcher, Written

__all__ = [
    "KEEP_ALL",
    "NO_BACKLOG",
    "Backlog",
    "Brief",
    "BriefQuery",
    "ChangeQuery",
    "CommitError",
    "Deleted",
    "Durability",
    "MessageQuery",
    "MoQuery",
    "MutationQuery",
    "Open",
    "Query",
    "Retention",
    "Store",
    "StoreError",
    "ViolationQuery",
    "Watcher",
    "Written",
    "held",
]
