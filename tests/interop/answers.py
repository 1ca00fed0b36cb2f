"""Makes responses and errors of a service's model at random: those of a service that is newer than the model.

A sample is valid on the wire, in the protocol that boto3 speaks with the service.
"""

import base64
import json
from datetime import timedelta
from email.utils import format_datetime

from sample import EPOCH, HEADERS, SECONDS, Sampler
from upstream import Answer
from wire import Raw, Seconds, frame, write_cbor, write_json

# Notations of numbers that a JSON writer may choose.
WRITTEN_DOUBLES = ["0", "-0.0", "1.50", "1E2", "1e+22", "12.5e-1", "5e-324", "0.30000000000000004", '"NaN"', '"Infinity"', '"-Infinity"']
WRITTEN_FLOATS = ["0", "3.0", "0.1", "1.50", "5e-1", "-4.75", "16777216"]
WRITTEN_FRACTIONS = ["", ".0", ".5", ".25", ".123", ".100000", ".123456", ".999999"]

CBOR_DOUBLES = [0.0, -0.0, 1.5, 1e22, 5e-324, 0.1 + 0.2, float("inf"), -float("inf"), float("nan")]
CBOR_FLOATS = [0.0, 3.0, -4.75, 0.5, 16777216.0]

UNMODELLED = ["SomethingNewException", "ExpiredTokenException", "UnrecognizedClientException", "ServiceUnavailable", "x"]

EVENT_STREAM = "application/vnd.amazon.eventstream"


def responses(service, random, odds):
    """What makes the answers of a service, in its protocol."""
    kinds = {"rest-json": RestJson, "json": AwsJson, "smithy-rpc-v2-cbor": RpcV2Cbor}
    return kinds[service.metadata["protocol"]](service, random, odds)


class Responses(Sampler):
    """What the protocols have in common."""

    def __init__(self, service, random, odds):
        super().__init__(random, odds)
        self.service = service

    def of(self, operation):
        """A response, of an operation that succeeds."""
        self.values = 0
        status = operation.http.get("responseCode", 200)
        shape = operation.output_shape
        if shape is None or not shape.members:
            bodies = [self.nothing(), self.written({}), self.written({"NewMember": self.anything()})]
            return Answer(status, self.headers(), self.random.choice(bodies))
        if shape.event_stream_name:
            return self.events(status, shape)
        return self.message(status, self.headers(), shape)

    def message(self, status, headers, shape):
        """A message with a shape: its members are in the body, but for those that are elsewhere."""
        value = self.value(shape)
        return Answer(status, headers, self.written(value), value)

    def events(self, status, shape):
        """A message that is a stream of events."""
        name = shape.event_stream_name
        first = {key: value for key, value in self.value(shape).items() if key != name}
        initial = self.frame("event", "initial-response", self.written(first))
        headers = {**self.headers(), "content-type": EVENT_STREAM}
        return Answer(status, headers, initial + self.stream(shape.members[name]))

    def stream(self, union):
        """Some events; sometimes, an error ends them."""
        events = [name for name, member in union.members.items() if not member.metadata.get("exception")]
        errors = [name for name in union.members if name not in events]
        text = b"".join(self.event(name, union.members[name]) for name in self.random.choices(events, k=self.random.randint(0, 4)))
        if errors and self.chance(0.3):
            name = self.random.choice(errors)
            text += self.frame("exception", name, self.written(self.value(union.members[name])))
        return text

    def event(self, name, shape):
        """An event: its payload is a member, or what is not in headers."""
        headers, body = {}, {}
        for member in self.chosen_members(shape):
            bound = shape.members[member].serialization
            if bound.get("eventpayload"):
                return self.frame("event", name, self.payload(shape.members[member]), headers)
            if bound.get("eventheader"):
                headers[member] = self.event_header(shape.members[member])
            else:
                body[member] = self.value(shape.members[member])
        return self.frame("event", name, self.written(body), headers)

    def payload(self, shape):
        if shape.type_name == "blob":
            return self.bytes()
        return self.text().encode() if shape.type_name == "string" else self.written(self.value(shape))

    def event_header(self, shape):
        return self.random.choice(HEADERS) if shape.type_name == "string" else self.value(shape)

    def frame(self, kind, name, payload, headers=()):
        key = ":exception-type" if kind == "exception" else ":event-type"
        return frame({":message-type": kind, key: name, ":content-type": self.MEDIA, **dict(headers)}, payload)

    def error(self, shape):
        """A modelled error."""
        self.values = 0
        value = self.value(shape)
        # Here, it is a member of every error.
        value.pop("__type", None)
        # A message is found under both names, whatever the model says.
        if value.get("Message") is not None and self.chance(0.3):
            value["message"] = value.pop("Message")
        # Of an error whose model has no members, services have something to say, too.
        if not shape.members and self.chance(0.5):
            value["message"] = self.text()
        status = shape.metadata.get("error", {}).get("httpStatusCode", 500 if shape.metadata.get("fault") else 400)
        answer = self.failure(status, shape.name, value, shape)
        code = shape.metadata.get("error", {}).get("code")
        if code and "awsQueryCompatible" in self.service.metadata:
            answer.headers["x-amzn-query-error"] = f"{code};{'Sender' if status < 500 else 'Receiver'}"
        return answer

    def unmodelled_error(self):
        """An error that the model does not know, or the answer of a load balancer, which knows no errors."""
        status = self.random.choice([400, 401, 403, 404, 409, 418, 429, 500, 502, 503, 504, 599])
        if self.chance(0.15) and (pages := self.pages(status)):
            return Answer(status, {"content-type": "text/html"}, self.random.choice(pages))
        if self.chance(0.05):
            return Answer(status, self.headers(), self.written({}), {})
        value = {"NewMember": self.anything()} if self.chance(0.5) else {}
        if self.chance(0.8):
            value[self.random.choice(["message", "Message"])] = self.text()
        return self.failure(status, self.random.choice(UNMODELLED), value)

    def pages(self, status):
        """Bodies that are not the service's."""
        return [b"", b"<html><body><b>Http/1.1 Service Unavailable</b></body></html>", b"no JSON"]

    def failure(self, status, code, value, shape=None):
        """An error, whose code is in the body."""
        value = {"__type": self.namespaced(code), **value}
        return Answer(status, self.headers(), self.written(value), value)

    def namespaced(self, code):
        return self.random.choice(["", f"com.amazonaws.{self.service.endpoint_prefix}#"]) + code

    def structure(self, shape):
        value = super().structure(shape)
        if shape.is_document_type or shape.is_tagged_union:
            return value
        value = {self.key(shape, name): member for name, member in value.items()}
        for name in shape.members:
            if self.key(shape, name) not in value and self.chance(0.05):
                value[self.key(shape, name)] = None
        if self.chance(0.1):
            value[self.random.choice(["NewMember", "__type", "", "ünknown"])] = self.anything()
        return self.shuffled(value)

    def union(self, shape):
        if self.chance(0.15):
            # First, since boto3 takes the first key's name for the member's, also of a null or of `__type`.
            value = {"NewMember": self.anything(null=False)}
        else:
            value = {self.key(shape, name): member for name, member in super().union(shape).items()}
        if self.chance(0.2):
            names = [self.key(shape, name) for name in shape.members]
            value.update({name: None for name in names if name not in value and self.chance(0.3)})
        if self.chance(0.1):
            value["__type"] = shape.name
        return value if "NewMember" in value else self.shuffled(value)

    def key(self, shape, name):
        """What a member is called on the wire."""
        return shape.members[name].serialization.get("name", name)

    def anything(self, null=True):
        """A value of no shape."""
        values = [True, 7, self.text(), Raw("1.10"), [], {}, [1, None, "x"], {"a": {"b": [None]}, "ü": Raw("1e400")}]
        return self.random.choice([*values, None] if null else values)

    def string(self, shape):
        if shape.enum and self.chance(0.15):
            return self.random.choice(["NEW_VALUE", "new value ☃"])
        return super().string(shape)

    def shuffled(self, value):
        return dict(self.random.sample(list(value.items()), len(value)))


class Json(Responses):
    """Bodies in JSON."""

    MEDIA = "application/json"

    # Whether a number that is written without a fraction becomes an integer, whatever the model says.
    makes_integers = False

    def headers(self):
        return {"content-type": self.MEDIA}

    def nothing(self):
        return b""

    def blob(self, _):
        return base64.b64encode(self.bytes()).decode()

    def float(self, _):
        return self.number(self.random.choice(WRITTEN_FLOATS))

    def double(self, _):
        return self.number(self.random.choice(WRITTEN_DOUBLES) if self.chance(0.5) else repr(self.random.uniform(-1e6, 1e6)))

    def number(self, text):
        is_integer = self.makes_integers and text.lstrip("-").isdigit()
        return Raw(f"{text}.0" if is_integer else text)

    def stream(self, union):
        # boto3 does so in events, whatever the protocol.
        outside, self.makes_integers = self.makes_integers, True
        text = super().stream(union)
        self.makes_integers = outside
        return text

    def timestamp(self, shape):
        seconds = self.random.choice(SECONDS) if self.chance(0.3) else self.random.randint(-(10**9), 4 * 10**9)
        fraction = self.random.choice(WRITTEN_FRACTIONS)
        if shape.serialization.get("timestampFormat") == "iso8601":
            moment = EPOCH + timedelta(seconds=seconds)
            return moment.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
        if seconds == SECONDS[-1]:
            # Any fraction makes Python round it up to the year 10000.
            return seconds
        if self.chance(0.1):
            return Raw(self.random.choice(["-0.5", "1.706933106123456E9", "17069331e2", "1706933106.123456789"]))
        return Raw(f"{seconds}{fraction}")

    def written(self, value):
        """A value as JSON, with non-ASCII characters as they are or escaped."""
        return write_json(value, self.chance(0.5)).encode()


class AwsJson(Json):
    """Bodies alone."""

    makes_integers = True

    @property
    def MEDIA(self):
        return f"application/x-amz-json-{self.service.metadata['jsonVersion']}"


class RestJson(Json):
    """Members may be in headers, the status or all of the body, and the code of an error in a header."""

    def message(self, status, headers, shape):
        value, headers, body = {}, dict(headers), None
        for name in self.chosen_members(shape):
            member = shape.members[name]
            location = member.serialization.get("location")
            if name == shape.serialization.get("payload"):
                body = self.payload(member)
            elif location == "header":
                headers[member.serialization.get("name", name).lower()] = self.header(member)
            elif location == "headers":
                headers.update({f"{member.serialization['name']}{key}": self.random.choice(HEADERS) for key in ("a", "b")})
            elif location is None:
                value[self.key(shape, name)] = self.value(member)
        if "payload" in shape.serialization:
            media = "application/octet-stream" if shape.members[shape.serialization["payload"]].type_name == "blob" else self.MEDIA
            return Answer(status, {"content-type": media, **headers}, body or b"")
        # What a newer model adds.
        if self.chance(0.1):
            value["NewMember"] = self.anything()
        return Answer(status, headers, self.written(self.shuffled(value)), value)

    def events(self, status, shape):
        answer = self.message(status, {"content-type": EVENT_STREAM}, shape)
        return answer._replace(headers={**answer.headers, "content-type": EVENT_STREAM}, body=answer.body or b"")

    def payload(self, shape):
        return self.stream(shape) if shape.serialization.get("eventstream") else super().payload(shape)

    def header(self, shape):
        if shape.type_name == "timestamp":
            return format_datetime(EPOCH + timedelta(seconds=self.random.randint(0, 4 * 10**9)), usegmt=True)
        if shape.type_name == "string":
            return self.random.choice(shape.enum or [text for text in HEADERS if text])
        return json.dumps(self.value(shape))

    def failure(self, status, code, value, shape=None):
        headers = self.headers()
        for name, member in shape.members.items() if shape else ():
            if member.serialization.get("location") == "header" and value.pop(self.key(shape, name), None) is not None:
                headers[self.key(shape, name).lower()] = self.header(member)
        code = self.namespaced(code)
        place = self.random.choice(["header", "__type", "code"])
        if place == "header":
            suffix = self.random.choice(["", ":http://internal.amazon.com/coral/com.amazonaws.service/"])
            headers["x-amzn-errortype"] = code + suffix
        else:
            value = {place: code, **value}
        return Answer(status, headers, self.written(value), value)


class RpcV2Cbor(Responses):
    """Bodies in CBOR."""

    MEDIA = "application/cbor"

    def headers(self):
        return {"content-type": self.MEDIA, "smithy-protocol": "rpc-v2-cbor"}

    def nothing(self):
        return b""

    def blob(self, _):
        return self.bytes()

    def float(self, _):
        return self.random.choice(CBOR_FLOATS)

    def double(self, _):
        return self.random.choice(CBOR_DOUBLES) if self.chance(0.5) else self.random.uniform(-1e6, 1e6)

    def timestamp(self, _):
        seconds = self.random.choice(SECONDS[:-1]) if self.chance(0.3) else self.random.randint(-(10**9), 4 * 10**9)
        return Seconds(self.random.choice([seconds, float(seconds), seconds + 0.5, seconds + 0.125]))

    def key(self, shape, name):
        return name

    def pages(self, status):
        # boto3 reads CBOR in whatever is below 500, and breaks off where it is none.
        return super().pages(status)[:2] if status >= 500 else []

    def written(self, value):
        return write_cbor(value)
