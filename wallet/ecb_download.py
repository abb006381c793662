"""Fetching the ECB's file: bounded in time and size. Never call it inside a database transaction."""

from __future__ import annotations

from typing import Final

import httpx2

from wallet.ecb import MAX_FILE_BYTES, RatesFileError

TIMEOUT: Final = httpx2.Timeout(10.0, connect=5.0)


def rates_download(url: str, *, transport: httpx2.BaseTransport | None = None) -> bytes:
    """The bytes at `url`, at most 1 MiB of them. Raises RatesFileError with one line when they can not be had."""
    try:
        with (
            httpx2.Client(timeout=TIMEOUT, follow_redirects=True, max_redirects=3, transport=transport) as client,
            client.stream("GET", url) as answer,
        ):
            answer.raise_for_status()
            data = bytearray()
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > MAX_FILE_BYTES:
                    raise RatesFileError(f"{url} sends more than {MAX_FILE_BYTES} bytes: that is no ECB daily file.")
    except httpx2.HTTPStatusError as error:
        raise RatesFileError(f"{url} answers {error.response.status_code}: set FX_SOURCE_URL.") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RatesFileError(f"{url} can not be reached ({reason}): correct FX_SOURCE_URL or use --file.") from error
    return bytes(data)
