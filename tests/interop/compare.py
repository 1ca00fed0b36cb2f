"""Says where two requests or two results differ, in words."""

import gzip
import json
import math
import re
from decimal import Context, Decimal
from typing import NamedTuple

from wire import Seconds, read_cbor

# Of the connection and of the signature: a proxy has its own. All other headers count.
TRANSPORT_HEADERS = {
    "accept",
    "accept-encoding",
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
    "user-agent",
    "x-amz-date",
    "x-amz-region-set",
    "x-amz-user-agent",
}

# The zeros behind the fraction of a time in a query.
FRACTION = re.compile(r"(T\d\d%3A\d\d%3A\d\d\.\d+?)0+Z")

# What one side has not. `None` is a value.
MISSING = type("Missing", (), {"__repr__": lambda self: "nothing"})()


class Number(NamedTuple):
    """The exact value of a number in JSON: `1.0`, `1` and `1e0` are one, `0` and `-0` are two."""

    value: str

    @classmethod
    def parse(cls, text):
        return cls(str(Context(prec=800).create_decimal(text).normalize(Context(prec=800))))

    def __repr__(self):
        return self.value


def request_view(request):
    """What counts in a request."""
    path, mark, query = request.target.partition("?")
    pairs = [FRACTION.sub(r"\1Z", pair).partition("=") for pair in query.split("&")] if mark else []
    return {
        "method": request.method,
        "path": path,
        # The order of different keys says nothing: boto3 appends a token that it makes up. That of equal keys is kept.
        "query": sorted(pairs, key=lambda pair: pair[0]),
        "headers": sorted(headers_view(request)),
        "body": body_view(request),
    }


def headers_view(request):
    """The headers that count. A type that says no more than that there are bytes is none: RFC 9110, 8.3."""
    for name, value in request.headers:
        if name not in TRANSPORT_HEADERS and (name, value) != ("content-type", "application/octet-stream"):
            yield name, value


def body_view(request):
    """A body's value; one that is not there is not `{}`. What is neither JSON nor CBOR is bytes."""
    headers, body = dict(request.headers), request.body
    if not body:
        return MISSING
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    media = headers.get("content-type", "")
    if media == "application/cbor":
        return read_cbor(body)
    if "json" not in media:
        return body
    return json.loads(
        body.decode(),
        parse_int=Number.parse,
        parse_float=Number.parse,
        parse_constant=refuse,
        object_pairs_hook=unique,
    )


def unique(pairs):
    value = dict(pairs)
    return value if len(value) == len(pairs) else refuse(f"duplicate keys in {[key for key, _ in pairs]}")


def refuse(text):
    raise ValueError(f"no JSON: {text}")


def differences(direct, proxied, path=""):
    """A line for each place where two values differ."""
    if isinstance(direct, dict) and isinstance(proxied, dict):
        for key in {**direct, **proxied}:
            step = f"{path}.{key}" if path else key
            yield from differences(direct.get(key, MISSING), proxied.get(key, MISSING), step)
    elif is_list(direct) and is_list(proxied):
        for index in range(max(len(direct), len(proxied))):
            pair = [side[index] if index < len(side) else MISSING for side in (direct, proxied)]
            yield from differences(*pair, f"{path}[{index}]")
    elif not equal(direct, proxied):
        yield f"{path}: direct {shown(direct)}, through the proxy {shown(proxied)}"


def is_list(value):
    return isinstance(value, (list, tuple)) and not isinstance(value, (Number, Seconds))


def equal(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        # NaN is what it is, and zero has a sign.
        return (left == right and math.copysign(1, left) == math.copysign(1, right)) or (left != left and right != right)
    return left == right


def shown(value):
    text = repr(value)
    return text if len(text) <= 400 else f"{text[:400]}.. ({len(text)} characters)"
