"""The corpus as a dataset: tables, a database and a dataset card."""
