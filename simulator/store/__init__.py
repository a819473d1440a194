"""The store: `store` collects, writes and reads; `file` is its layout, `rows` makes values of it, `query` asks it."""

from simulator.store.file import StoreError
from simulator.store.query import ChangeQuery, MessageQuery, MoQuery, ViolationQuery
from simulator.store.store import Store

__all__ = ["ChangeQuery", "MessageQuery", "MoQuery", "Store", "StoreError", "ViolationQuery"]
