"""Makes parameters of a service's operations at random, and what they have in common with its answers.

A sample is valid on the wire: what is required is there, a union has one member, types are right. Whether lengths, patterns
and ranges hold is not asked: a proxy passes that on.
"""

from collections import Counter
from datetime import datetime, timedelta, timezone

# When a sample has as many values as this, only what is required is added, and lists and maps stay empty.
PLENTY = 500

# How often a shape may be inside itself.
NESTING = 2

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

TEXTS = [
    "", " ", "a", "plain text", " leading and trailing ", "ü☃", "𝄞😀", "e\u0301", 'a "quoted" \\ text', "line\nbreak\r\n\ttab",
    "\x00\x01\x1f\x7f\x80", "\u2028\u2029\ufeff\uffff", "a/b//c", "100%", "%2F%zz", "a+b&c=d?e#f;g,h", "null", "{}", "0", "-1.5e3",
    "<&>'", "$[]@!*()~", "SDK_UNKNOWN_MEMBER", "__type", "x" * 500,
]  # fmt: skip

LABELS = [
    "a", "..", ".", "/", "a/b", "//", "a/../b", "%", "%2F", "%zz", " ", "+", "a+b c", "ü ☃", "𝄞", "~", "?", "#", "a=b&c", "a;b,c:d@e",
    "\n", "\x00", "$LATEST", "arn:aws:connect:us-east-1:111122223333:instance/1/user/2", "x" * 300,
]  # fmt: skip

# Header values are visible ASCII, and white space around them is not theirs.
HEADERS = ["", "a", "us-west-2", "two words", 'a,b;c="d"', "%20+", "arn:aws:connect:us-east-1:111122223333:x/y"]

HOSTS = ["a", "abc-1", "x7.y"]

INTEGERS = [0, 1, -1, 7, 100, 2**31 - 1, -(2**31)]
LONGS = [*INTEGERS, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)]
FLOATS = [0, 3, -2, 0.5, 0.1, -1.25, 4.9, 100.25, 16777216]
DOUBLES = [*FLOATS, 0.0, -0.0, 3.0, 1e22, 1e16, 1e-7, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 2**53, float("inf"), -float("inf"), float("nan")]
SECONDS = [0, 1, -1, 1706933106, 951782400, -2208988800, 4102444800, 253402300799]


class Sampler:
    """What requests and responses have in common: the walk over a shape."""

    def __init__(self, random, odds):
        self.random = random
        self.odds = odds
        self.values = 0
        self.around = Counter()

    def chance(self, odds):
        return self.random.random() < odds

    def value(self, shape):
        self.values += 1
        self.around[shape.name] += 1
        value = getattr(self, shape.type_name)(shape)
        self.around[shape.name] -= 1
        return value

    def is_enough(self, shape):
        return self.values >= PLENTY or self.around[shape.name] > NESTING

    def structure(self, shape):
        if shape.is_document_type:
            return self.document()
        if shape.is_tagged_union:
            return self.union(shape)
        return {name: self.value(shape.members[name]) for name in self.chosen_members(shape)}

    def chosen_members(self, shape):
        odds = 0 if self.is_enough(shape) else self.odds
        return [name for name in shape.members if name in shape.required_members or self.chance(odds)]

    def union(self, shape):
        name = self.random.choice(list(shape.members))
        return {name: self.value(shape.members[name])}

    def list(self, shape):
        length = self.length(shape)
        if length > 1 and getattr(shape.member, "is_tagged_union", False):
            length = len(shape.member.members)
        return [self.value(shape.member) for _ in range(length)]

    def map(self, shape):
        return {self.value(shape.key): self.value(shape.value) for _ in range(self.length(shape))}

    def length(self, shape):
        return 0 if self.is_enough(shape) else self.random.choice([0, 1, 1, 1, 1, 2, 2, 3])

    def string(self, shape):
        if shape.enum and self.chance(0.85):
            return self.random.choice(shape.enum)
        return self.text()

    def text(self):
        if self.chance(0.5):
            return self.random.choice(TEXTS)
        pools = [(0x20, 0x7E), (0x20, 0x7E), (0xA0, 0x2FF), (0x4E00, 0x4EFF), (0x1F600, 0x1F64F)]
        return "".join(chr(self.random.randint(*self.random.choice(pools))) for _ in range(self.random.randint(1, 12)))

    def document(self):
        """A value of no shape, which may be anything of JSON."""
        values = [True, 7, -(2**53), 0.5, self.text(), [], {}, [1, None, "x"], {"a": {"b": [None]}, "ü": 1.25}]
        return self.random.choice(values)

    def bytes(self):
        return self.random.randbytes(self.random.choice([0, 1, 2, 3, 16, 100]))

    def boolean(self, _):
        return self.chance(0.5)

    def integer(self, _):
        return self.random.choice(INTEGERS) if self.chance(0.5) else self.random.randint(-(2**31), 2**31 - 1)

    def long(self, _):
        return self.random.choice(LONGS) if self.chance(0.5) else self.random.randint(-(2**63), 2**63 - 1)


class Parameters(Sampler):
    """Parameters of operations, as boto3 takes them."""

    def of(self, operation):
        self.values = 0
        shape = operation.input_shape
        if shape is None:
            return {}
        chosen = self.chosen_members(shape)
        # boto3 makes up a token that is not there.
        tokens = {name for name in operation.idempotent_members if self.chance(0.7)}
        names = [name for name in shape.members if name in (tokens if name in operation.idempotent_members else chosen)]
        # What an endpoint is made of may have to be a label of a host.
        of_endpoint = {parameter.member_name for parameter in operation.context_parameters}
        return {name: self.random.choice(HOSTS) if name in of_endpoint else self.member(shape.members[name]) for name in names}

    def member(self, shape):
        location = shape.serialization.get("location")
        if location == "header" and shape.type_name == "list":
            return self.random.sample([text for text in HEADERS if text and "," not in text], 2)
        if shape.type_name == "string" and location in ("uri", "header"):
            if shape.enum and self.chance(0.8):
                return self.random.choice(shape.enum)
            if location == "header":
                return self.random.choice(HEADERS)
            return self.random.choice(LABELS) if self.chance(0.7) else self.text() or "-"
        return self.value(shape)

    def blob(self, _):
        return self.bytes()

    def float(self, _):
        # Of the model's 32 bits.
        return self.random.choice(FLOATS) if self.chance(0.7) else round(self.random.uniform(-100, 100), 3)

    def double(self, _):
        return self.random.choice(DOUBLES) if self.chance(0.6) else self.random.uniform(-1, 1) * 10 ** self.random.randint(-20, 20)

    def timestamp(self, _):
        seconds = self.random.choice(SECONDS) if self.chance(0.5) else self.random.randint(-(10**9), 4 * 10**9)
        microseconds = self.random.choice([0, 0, 1, 500000, 123456, 999999, self.random.randrange(10**6)])
        moment = EPOCH + timedelta(seconds=seconds, microseconds=microseconds)
        zone = timezone(timedelta(hours=5, minutes=30)) if seconds < 10**10 and self.chance(0.2) else timezone.utc
        return moment.astimezone(zone)
