"""Importers for what scholarly services answer, and for the files that they publish."""
