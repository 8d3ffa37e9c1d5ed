"""The conductor: generation, MkDocs, publishing. The only part that writes."""
