"""The static JSON API."""
