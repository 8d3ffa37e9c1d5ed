"""Everything that a site consists of. Each output is made from the edition."""
