"""What browsers may do on the pages of a site: a Content-Security-Policy and other headers.

Pages carry the policy in an element, too, for hosts that can't send headers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HEADERS_FILE = "_headers"
# Nothing comes from other hosts, and no script or style is inside of a page. Scripts can't turn
# text into code or markup, except where `trust.js` and, for Material, `material.js` allow it.
# Whatever isn't named follows the first directive. Each page has all of them, so they're few.
_DIRECTIVES = (
    "default-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types broadsheet default",
)
POLICY = "; ".join(_DIRECTIVES)
# What other sites may read: it's the same for everybody, and asks for no cookie.
SHARED_FOLDERS = ("api", "data", "feeds")
# For small pages without scripts, styles and pictures.
PLAIN_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
HEADERS: Mapping[str, str] = {
    # Browsers ignore this directive in an element.
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
}


def policy_with(hosts: Mapping[str, Sequence[str]]) -> str:
    """Returns the policy of a site whose owner allows other hosts.

    Args:
        hosts: The hosts by the name of the directive that allows them.
    """
    known = dict(directive.split(" ", 1) for directive in _DIRECTIVES)
    for name, names in hosts.items():
        before = known.get(name, known["default-src"])
        sources = [] if before == "'none'" else [before]
        known[name] = " ".join([*sources, *(f"https://{host}" for host in names)])
    return "; ".join(f"{name} {value}" for name, value in known.items())


def headers_file(policy: str = POLICY) -> Mapping[str, bytes]:
    """Returns the file of headers that Netlify, Cloudflare Pages and others read, by its path."""
    headers = {**HEADERS, "Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    shared = "".join(
        f"/{folder}/*\n  Access-Control-Allow-Origin: *\n" for folder in SHARED_FOLDERS
    )
    return {HEADERS_FILE: f"/*\n{lines}{shared}".encode()}
