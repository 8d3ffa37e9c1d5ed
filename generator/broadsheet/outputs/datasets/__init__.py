"""The corpus as data: tables, a database, a dataset card."""
