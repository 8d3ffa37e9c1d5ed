"""What a site is made of. Each output takes the edition and knows nothing of the others."""
