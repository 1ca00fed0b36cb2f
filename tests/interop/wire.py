"""Formats of messages, written and read by hand: JSON, CBOR, and frames of events."""

import binascii
import json
import struct
from typing import NamedTuple


class Raw(NamedTuple):
    """JSON as it is to be written."""

    text: str


class Seconds(NamedTuple):
    """A timestamp of CBOR: seconds since the epoch, tagged."""

    value: float


def write_json(value, ascii):
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        members = (f"{json.dumps(name, ensure_ascii=ascii)}:{write_json(member, ascii)}" for name, member in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(write_json(item, ascii) for item in value) + "]"
    return json.dumps(value, ensure_ascii=ascii)


def write_cbor(value):
    """A value as CBOR, with heads as short as they can be."""
    if isinstance(value, Raw):
        return write_cbor(json.loads(value.text))
    if isinstance(value, Seconds):
        return b"\xc1" + write_cbor(value.value)
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(write_cbor, value))
    return head(5, len(value)) + b"".join(write_cbor(name) + write_cbor(member) for name, member in value.items())


def head(major, number):
    """The head of an item."""
    if number < 24:
        return bytes([major << 5 | number])
    for info, form in ((24, ">B"), (25, ">H"), (26, ">I"), (27, ">Q")):
        if number < 1 << 8 * struct.calcsize(form):
            return bytes([major << 5 | info]) + struct.pack(form, number)
    raise ValueError(f"{number} is more than 64 bits")


def read_cbor(data):
    """The value that is all of the data. Numbers keep their kind, but for the seconds of a timestamp."""
    value, rest = read_item(memoryview(data))
    if rest:
        raise ValueError(f"{len(rest)} bytes behind the value")
    return value


# The end of what has no length.
BREAK = object()


def read_item(data):
    initial, data = data[0], data[1:]
    major, info = initial >> 5, initial & 31
    if major == 7:
        return read_simple(info, data)
    length, data = read_number(info, data)
    if major in (0, 1):
        return (length if major == 0 else -1 - length), data
    if major in (2, 3):
        return read_text(major, length, data)
    if major == 4:
        return read_items(length, data)
    if major == 5:
        items, data = read_items(None if length is None else 2 * length, data)
        pairs = list(zip(items[::2], items[1::2]))
        if len(dict(pairs)) != len(pairs):
            raise ValueError("duplicate keys")
        return dict(pairs), data
    value, data = read_item(data)
    return (Seconds(float(value)) if length == 1 else (f"tag {length}", value)), data


def read_number(info, data):
    if info < 24:
        return info, data
    if info == 31:
        return None, data
    size = 1 << info - 24
    return int.from_bytes(data[:size], "big"), data[size:]


def read_simple(info, data):
    if info == 31:
        return BREAK, data
    if info in (20, 21, 22):
        return {20: False, 21: True, 22: None}[info], data
    form = {25: ">e", 26: ">f", 27: ">d"}[info]
    size = struct.calcsize(form)
    return struct.unpack(form, data[:size])[0], data[size:]


def read_text(major, length, data):
    if length is None:
        parts, data = read_items(None, data)
        return ("" if major == 3 else b"").join(parts), data
    part = bytes(data[:length])
    return (part.decode() if major == 3 else part), data[length:]


def read_items(length, data):
    items = []
    while length is None or len(items) < length:
        item, data = read_item(data)
        if item is BREAK:
            break
        items.append(item)
    return items, data


def frame(headers, payload):
    """A message of an event stream; its headers are strings, or values with their types."""
    block = b"".join(struct.pack(">B", len(name)) + name.encode() + header(value) for name, value in headers.items())
    prelude = struct.pack(">II", 16 + len(block) + len(payload), len(block))
    text = prelude + struct.pack(">I", binascii.crc32(prelude)) + block + payload
    return text + struct.pack(">I", binascii.crc32(text))


def header(value):
    """The type and value of a header."""
    if isinstance(value, bool):
        return bytes([0 if value else 1])
    if isinstance(value, int):
        return struct.pack(">Bi", 4, value)
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack(">BH", 6 if isinstance(value, bytes) else 7, len(data)) + data
