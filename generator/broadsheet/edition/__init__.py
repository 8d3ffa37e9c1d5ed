"""The corpus worked out once: order, lists, dates, appearances, related papers, keys."""
