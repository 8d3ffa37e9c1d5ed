"""Building, previewing and publishing a site. Only this part imports MkDocs."""

from broadsheet.site.engine import use_library

use_library()  # before any module here imports MkDocs
