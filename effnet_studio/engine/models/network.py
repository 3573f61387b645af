"""Questions to a web server, through a proxy if there is one, and their failures in plain words."""

from __future__ import annotations

import http
import http.client
import os
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Final

from effnet_studio import __version__
from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.noted_web import noting_handlers

if TYPE_CHECKING:
    from effnet_studio.engine.connections import Purpose

PROXY_VARIABLE: Final = "EFFNET_STUDIO_PROXY"
"""Environment variable with the proxy for downloads, instead of the system's."""

MIRROR_VARIABLE: Final = "EFFNET_STUDIO_WEIGHTS_MIRROR"
"""Environment variable with the address of a folder that holds the libraries' weights files."""

DIRECT: Final = "direct"
"""Word for no proxy, even if the system has one."""

_HANDLERS: Final = (
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.HTTPRedirectHandler,
    urllib.request.UnknownHandler,
)
"""What the web needs beside those that open connections and write them down in the journal. The
library's usual set would also follow a server to an FTP address."""


def web_address(url: str) -> str:
    """Make sure that a text is an address of the web.

    Args:
        url: As a person wrote it.

    Returns:
        The same without spaces around it.

    Raises:
        WeightsError: If it is not.
    """
    try:
        parts = urllib.parse.urlsplit(url.strip())
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right:
        raise WeightsError(
            msg("{url} is not a web address.", url=url),
            hint=msg("It must begin with https:// or http://."),
        )
    return url.strip()


def proxy_address(text: str) -> str:
    """Make sure that a text names a proxy that can be used.

    Args:
        text: Such as ``"http://proxy.example:8080"`` or ``"proxy.example:8080"``, perhaps with
            ``name:password@`` before the host; or :data:`DIRECT`.

    Returns:
        The address with ``http://``, or :data:`DIRECT`.

    Raises:
        WeightsError: If it is of another kind, or no address.
    """
    wish = text.strip()
    if wish.lower() == DIRECT:
        return DIRECT
    address = wish if "://" in wish else f"http://{wish}"
    try:
        parts = urllib.parse.urlsplit(address)
        right = parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right:
        raise WeightsError(
            msg("{proxy} is not a proxy that can be used.", proxy=_without_password(wish)),
            hint=msg("Write it as http://host:port, or direct for none."),
        )
    return address


def open_url(
    url: str,
    *,
    purpose: Purpose,
    first: int = 0,
    last: int | None = None,
    timeout: float,
    proxy: str | None = None,
) -> http.client.HTTPResponse:
    """Ask for a file, or for the bytes from ``first`` to ``last``; it is noted in the journal.

    Every connection of the app goes through here (the converters' installer, which is a program of
    its own, keeps the same journal).

    Args:
        url: Address, http or https.
        purpose: What for, as the journal tells it.
        first: First byte wanted.
        last: Last byte wanted; None: all that follow.
        timeout: Longest silence, seconds.
        proxy: As in :func:`proxy_address`; None or empty: what :data:`PROXY_VARIABLE` says, else
            the system's proxy, if there is one.

    Returns:
        The server's answer, to be closed.

    Raises:
        urllib.error.HTTPError: If the server refuses.
        OSError: If nothing came.
        http.client.HTTPException: If what came is not of the web.
        ValueError: If the address cannot be used.
        WeightsError: If the proxy cannot be used.
    """
    opener = urllib.request.OpenerDirector()
    opener.add_handler(urllib.request.ProxyHandler(_proxies(proxy)))
    for handler in (*noting_handlers(purpose), *(kind() for kind in _HANDLERS)):
        opener.add_handler(handler)
    # Packed content has other bytes, so that neither resuming nor progress would be right.
    headers = {"User-Agent": f"EffNet-Studio/{__version__}", "Accept-Encoding": "identity"}
    if first or last is not None:
        headers["Range"] = f"bytes={first}-{'' if last is None else last}"
    request = urllib.request.Request(web_address(url), headers=headers)  # noqa: S310 - checked
    response: http.client.HTTPResponse | None = opener.open(request, timeout=timeout)
    if response is None:  # no handler: an address of another kind after being sent on
        raise urllib.error.URLError("the address is of an unknown kind")
    return response


def proxy_in_use(url: str, proxy: str | None = None) -> str | None:
    """The proxy that a question would go through, for people.

    Args:
        url: Address that is asked for.
        proxy: As in :func:`open_url`.

    Returns:
        Host and port, without name and password; None if there is none for this address.

    Raises:
        WeightsError: If the proxy cannot be used.
    """
    parts = urllib.parse.urlsplit(url)
    address = _proxies(proxy).get(parts.scheme)
    if not address or (parts.hostname and urllib.request.proxy_bypass(parts.hostname)):
        return None
    return _without_password(address).rpartition("://")[2].rstrip("/")


def refusal(url: str, error: urllib.error.HTTPError, proxy: str | None = None) -> WeightsError:
    """Say in plain words why a server does not give a file.

    Args:
        url: What was asked for.
        error: What came instead.
        proxy: As in :func:`open_url`.
    """
    if error.code == http.HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return _wants_password(url, proxy)
    if 300 <= error.code < 400:
        return WeightsError(
            msg("{host} sends the download round in a circle.", host=host_of(url)),
            hint=msg("Try again later, or choose another mirror."),
        )
    return WeightsError(
        msg(
            "{host} does not give the file: {code} {reason}.",
            host=host_of(url),
            code=error.code,
            reason=str(error.reason),
        ),
        hint=msg("Try again later, or choose a weights file, starter or none."),
    )


def no_connection(url: str, error: Exception, proxy: str | None = None) -> WeightsError:
    """Say in plain words why nothing came from a server at all.

    Args:
        url: What was asked for.
        error: What happened.
        proxy: As in :func:`open_url`.
    """
    reason = getattr(error, "reason", None) or error
    if "Tunnel connection failed: 407" in str(reason):
        return _wants_password(url, proxy)
    through = proxy_in_use(url, proxy)
    if through is not None:
        return WeightsError(
            msg(
                "There is no connection to {host} through the proxy {proxy}: {reason}.",
                host=host_of(url),
                proxy=through,
                reason=_words(reason),
            ),
            hint=msg("Check the proxy in the settings, or ask who runs the network."),
        )
    hint = msg("Check the network, or choose a weights file, starter or none.")
    if isinstance(reason, socket.gaierror):
        message = msg("There is no network: {host} was not found.", host=host_of(url))
    elif isinstance(reason, TimeoutError):
        message = msg("There is no network: {host} does not answer.", host=host_of(url))
    elif isinstance(reason, ssl.SSLError):
        message = msg("{host} could not prove who it is.", host=host_of(url))
        hint = msg("Check this computer's clock, or ask who runs the network.")
    else:
        message = msg(
            "There is no connection to {host}: {reason}.", host=host_of(url), reason=_words(reason)
        )
    return WeightsError(message, hint=hint)


def host_of(url: str) -> str:
    """The name of a server, for people; the whole address if it has none."""
    return urllib.parse.urlsplit(url).hostname or url


def _proxies(proxy: str | None) -> dict[str, str]:
    """The proxy for each kind of address."""
    wish = (proxy or "").strip() or os.environ.get(PROXY_VARIABLE, "").strip()
    if wish:
        address = proxy_address(wish)
        return {} if address == DIRECT else {"http": address, "https": address}
    found = {kind: urllib.request.getproxies().get(kind, "") for kind in ("http", "https")}
    for address in found.values():
        if address.lower().startswith("socks"):
            raise WeightsError(
                msg(
                    "The system's proxy {proxy} is of a kind that cannot be used.",
                    proxy=_without_password(address),
                ),
                hint=msg("Give one that begins with http:// in the settings, or direct for none."),
            )
    return {kind: address for kind, address in found.items() if address}


def _wants_password(url: str, proxy: str | None) -> WeightsError:
    return WeightsError(
        msg(
            "The proxy {proxy} wants a name and a password.",
            proxy=proxy_in_use(url, proxy) or host_of(url),
        ),
        hint=msg("Write it as http://name:password@host:port."),
    )


def _words(reason: object) -> Message | str:
    if isinstance(reason, socket.gaierror):
        return msg("its name was not found")
    if isinstance(reason, TimeoutError):
        return msg("no answer")
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__


def _without_password(address: str) -> str:
    """A proxy's address without name and password, to be shown."""
    kind, separator, rest = address.rpartition("://")
    return f"{kind}{separator}{rest.rpartition('@')[2]}"
