"""The corpus for programs: API, tables, database, data set card, Markdown, site map."""
