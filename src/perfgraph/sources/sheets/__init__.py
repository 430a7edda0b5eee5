"""What all spreadsheet readers share: limits, number formats, and a sheet's cells → tables.

The readers themselves are ``sources.xlsx``, ``sources.xls`` and ``sources.csv_text``.
"""
