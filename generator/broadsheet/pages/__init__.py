"""What each page shows, in which order, at which address: pure functions, one a kind of page."""
