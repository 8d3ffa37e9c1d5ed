"""Building, previewing and publishing a site. Only this part imports MkDocs."""
