from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cjm_sheets import wiring
from cjm_sheets.adapters.live_excel.store import LiveWorkbook
from cjm_sheets.ports.store import Store
from tests.adapters.xlsx_file.sample import Sample
from tests.stores.contract import GuardedStoreContract, Rows


class TestLiveWorkbook(GuardedStoreContract):
    """A workbook that is held open keeps the contract of stores."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> Iterator[None]:
        self.folder = tmp_path
        yield
        self.book.close()

    def make(self, tables: Mapping[str, Rows]) -> Store:
        path = Sample(self.folder / "map.xlsx").tables(tuple(tables), tables).save()
        self.book = wiring.open_headless(str(path))
        return LiveWorkbook(self.book)
