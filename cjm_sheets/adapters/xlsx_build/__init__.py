"""Makes Excel files from plans of workbooks, with XlsxWriter."""
