"""What everything else stands on: errors, identifiers, addresses, texts, files."""
