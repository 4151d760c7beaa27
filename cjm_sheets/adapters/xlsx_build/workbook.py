"""Decides how a file says which language it is in, for which XlsxWriter has no words."""

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager


class _SpokenCore(Core):  # type: ignore[misc] # XlsxWriter ships no types
    """The part with what a file says of itself."""

    def _write_dc_description(self) -> None:
        """Write the description, and the language behind it."""
        super()._write_dc_description()
        self._xml_data_element("dc:language", self.properties["language"])


class _SpokenPackager(Packager):  # type: ignore[misc] # as above
    """What puts the parts of a file together."""

    def _write_core_file(self) -> None:
        core = _SpokenCore()
        core._set_properties(self.workbook.doc_properties)  # noqa: SLF001 - as the base class does
        core._set_xml_writer(self._filename("docProps/core.xml"))  # noqa: SLF001 - the same
        core._assemble_xml_file()  # noqa: SLF001 - the same


class SpokenWorkbook(Workbook):  # type: ignore[misc] # as above
    """A workbook whose file says in which language it is, so that a screen reader reads it so."""

    def speak(self, language: str) -> None:
        """Say the language; after `set_properties`."""
        self.doc_properties["language"] = language

    def _get_packager(self) -> Packager:
        return _SpokenPackager()
