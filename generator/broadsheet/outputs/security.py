"""What browsers may do on the pages of a site: a Content-Security-Policy and other headers.

Pages carry the policy in an element, too, for hosts that can't send headers.
"""

from __future__ import annotations

from collections.abc import Mapping

HEADERS_FILE = "_headers"
# Nothing comes from other hosts, and no script or style is inside of a page. Scripts can't turn
# text into code or markup, except where `trust.js` and, for Material, `material.js` allow it.
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types broadsheet default",
)
POLICY = "; ".join(_DIRECTIVES)
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


def headers_file() -> Mapping[str, bytes]:
    """Returns the file of headers that Netlify, Cloudflare Pages and others read, by its path."""
    lines = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    return {HEADERS_FILE: f"/*\n{lines}".encode()}
