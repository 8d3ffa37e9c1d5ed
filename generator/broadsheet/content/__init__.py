"""The corpus: its model, and loading, checking, merging and saving it."""
