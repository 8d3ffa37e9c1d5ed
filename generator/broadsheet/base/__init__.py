"""The foundation for everything else: errors, identifiers, addresses, text and files."""
