from collections.abc import Mapping

from cjm_sheets.ports.store import Store
from tests.stores.contract import GuardedStoreContract, Rows
from tests.stores.memory import MemoryStore, sheet


class TestMemoryStore(GuardedStoreContract):
    """The store that tests of sync stand on keeps the contract itself."""

    def make(self, tables: Mapping[str, Rows]) -> Store:
        return MemoryStore(*(sheet(key, *rows) for key, rows in tables.items()))
