from collections.abc import Mapping
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Store
from tests.adapters.xlsx_file.sample import Sample
from tests.stores.contract import GuardedStoreContract, Rows


class TestXlsxFile(GuardedStoreContract):
    """A closed workbook file keeps the contract of stores."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def make(self, tables: Mapping[str, Rows]) -> Store:
        return XlsxFile(Sample(self.folder / "map.xlsx").tables(tuple(tables), tables).save())
