"""What a browser may do with our answers, and what it may keep of them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

# Nothing of the machine that shows our pages is any of our business.
NOTHING_ALLOWED = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera"),
        *(
            "display-capture",
            "encrypted-media",
            "geolocation",
            "gyroscope",
            "hid",
            "idle-detection",
        ),
        *("local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
        *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
)
FIXED = {
    # Where the content policy's `report-to` leads.
    "Reporting-Endpoints": 'policy="/policy-reports/"',
    "Permissions-Policy": NOTHING_ALLOWED,
    # Neither our pages nor our files are drawn into anybody else's.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class BrowserMiddleware:
    """On every answer that is not a file of the product's own: these headers, and no copy kept.

    A shared office machine must not show with its back button what somebody else has read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in FIXED.items():
            response[name] = value
        patch_cache_control(response, no_store=True, private=True)
        return response


def of_static_files(headers: dict[str, str], path: str, url: str) -> None:
    """WhiteNoise asks for each file (`WHITENOISE_ADD_HEADERS_FUNCTION`). A picture or a document
    that somebody opens by itself runs and loads nothing."""
    headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
    )
    headers["Cross-Origin-Resource-Policy"] = FIXED["Cross-Origin-Resource-Policy"]
    headers["Permissions-Policy"] = NOTHING_ALLOWED
