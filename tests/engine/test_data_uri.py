"""Pictures inside an address."""

from __future__ import annotations

import base64
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data_uri import decode_data_uri
from effnet_studio.engine.errors import ImageError


@given(content=st.binary(max_size=200), kind=st.sampled_from(["", "image/png", "image/x;a=b"]))
def test_that_any_content_comes_out_as_it_went_in(content: bytes, kind: str) -> None:
    plain = base64.b64encode(content)
    written = (
        plain,
        plain.rstrip(b"="),
        base64.urlsafe_b64encode(content),
        quote_from_bytes(plain, safe="").encode(),
        b"\n ".join(plain[start : start + 7] for start in range(0, len(plain), 7)),
    )
    for body in written:
        assert decode_data_uri(f"DATA:{kind};BASE64,".encode() + body) == content
    percent = quote_from_bytes(content).encode()
    assert decode_data_uri(f"data:{kind},".encode() + percent) == content


@pytest.mark.parametrize("uri", [b"", b"data:image/png;base64", b"http://x/,", b"data:;base64,A"])
def test_that_what_is_none_is_refused(uri: bytes) -> None:
    with pytest.raises(ImageError, match="no picture"):
        decode_data_uri(uri)
