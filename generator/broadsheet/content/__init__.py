"""The normalized corpus: load, check, merge, save."""
