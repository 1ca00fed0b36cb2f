"""Compares boto3 through a proxy with boto3 alone, as `cargo xtask interop` asks for: differential.py --proxy PROGRAM.

Every operation is called with random parameters, once at a recording upstream and once through the proxy in front of it. What
the upstream gets must be the same, and so must what boto3 makes of the upstream's answer: a response, a modelled error, an error
that no model knows. All that is random depends on the seed and on the operation alone.
"""

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
from contextlib import contextmanager
from queue import Empty
from types import SimpleNamespace
from typing import NamedTuple

import boto3
import botocore.handlers
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from compare import differences, request_view, shown
from sample import Parameters, Responses
from upstream import Upstream

GREETING = "listening on "

# Failures that are shown; the others are counted.
SHOWN = 10


class Failure(NamedTuple):
    """An exchange with two outcomes."""

    operation: str
    seed: int
    phase: str
    report: str

    def __str__(self):
        again = f"cargo xtask interop --operation {self.operation} --seed {self.seed} --seeds 1"
        return f"{self.operation}, seed {self.seed}, {self.phase}:\n{self.report}\n  again: {again}\n"


class Outcome(NamedTuple):
    """All exchanges of an operation."""

    exchanges: int
    errors: set
    failures: list


class Differential:
    """A worker: an upstream, a proxy in front of it, and a client of each."""

    def __init__(self, upstream, proxy):
        self.upstream = upstream
        self.direct = connect(upstream.url)
        self.proxied = connect(proxy)
        self.model = self.direct.meta.service_model
        self.methods = {operation: method for method, operation in self.direct.meta.method_to_api_mapping.items()}

    def check(self, name, seeds):
        """Runs all phases of an operation for each of the seeds."""
        operation = self.model.operation_model(name)
        outcome = Outcome(0, set(), [])
        for seed in seeds:
            for phase, parameters, answer in self.phases(operation, seed):
                report = self.exchange(operation, parameters, answer)
                outcome = outcome._replace(exchanges=outcome.exchanges + 1)
                if report:
                    outcome.failures.append(Failure(name, seed, phase, report))
            outcome.errors.update(error.name for error in self.errors(operation, seed))
        return outcome

    def phases(self, operation, seed):
        """What is sent and answered: a phase's name, parameters and answer."""
        source = random.Random(f"{operation.name} {seed}")
        plenty, few = Parameters(source, source.choice([0.3, 0.7, 1])), Parameters(source, 0.1)
        responses = Responses(source, source.choice([0.3, 0.7, 1]))
        yield "response", plenty.of(operation), responses.of(operation)
        for error in self.errors(operation, seed):
            yield f"error {error.name}", few.of(operation), responses.error(error)
        for error in source.sample(self.model.error_shapes, 1):
            # Declared or not: boto3 looks for it in the whole service.
            yield f"any error {error.name}", few.of(operation), responses.error(error)
        yield "unmodelled error", few.of(operation), responses.unmodelled_error()

    @staticmethod
    def errors(operation, seed):
        """The errors of an operation take turns."""
        errors = operation.error_shapes
        return [errors[seed % len(errors)]] if errors else []

    def exchange(self, operation, parameters, answer):
        """Calls the upstream on both ways; says how they differ, if they do."""
        self.upstream.prepare(answer)
        direct, proxied = (self.call(client, operation, parameters) for client in (self.direct, self.proxied))
        if leads_elsewhere(operation, parameters):
            # boto3 alone sends what whoever is asked may take for another path.
            lines = [*differences(REFUSED, outline(proxied))]
        else:
            allow(answer, direct["result"], proxied["result"])
            lines = [*differences(direct, proxied)]
        if len(direct["requests"]) != 1 or "broken" in direct["result"]:
            lines.append(f"boto3 alone fails, the sample is wrong: {shown(direct)}")
        if not lines:
            return ""
        lines += [f"parameters: {shown(parameters)}", f"answer: {shown(answer)}"]
        return "\n".join(f"  {line}" for line in lines)

    def call(self, client, operation, parameters):
        result = self.result(getattr(client, self.methods[operation.name]), parameters)
        return {"requests": [request_view(request) for request in self.upstream.take()], "result": result}

    @staticmethod
    def result(method, parameters):
        """What boto3 answers or raises; of the transport, the status alone."""
        try:
            response, error = method(**parameters), {}
        except ClientError as raised:
            response, error = raised.response, {"exception": type(raised).__name__}
            # A message of null is none, which the generated client passes on as nothing.
            response["Error"]["Message"] = response["Error"]["Message"] or ""
        except Exception as raised:  # A failure to report, whatever it is.
            return {"broken": repr(raised)}
        transport = response.pop("ResponseMetadata")
        return {"status": transport["HTTPStatusCode"], **response, **error}


# What becomes of a request whose path could be another's: the proxy refuses it, and nothing is sent on.
REFUSED = {"requests": [], "status": 400, "code": "SerializationException"}


def outline(proxied):
    """What counts of a call that must be refused."""
    result = proxied["result"]
    return {"requests": proxied["requests"], "status": result.get("status"), "code": result.get("Error", {}).get("Code")}


def leads_elsewhere(operation, parameters):
    """Whether a label makes a path that a reader may shorten: a segment of dots, or an empty one where it may have several."""
    for name, member in operation.input_shape.members.items() if operation.input_shape else ():
        if member.serialization.get("location") != "uri" or name not in parameters:
            continue
        label, value = member.serialization.get("name", name), str(parameters[name])
        is_greedy = f"{{{label}+}}" in operation.http["requestUri"]
        if any(segment in ("", ".", "..") for segment in (value.split("/") if is_greedy else [value])):
            return True
    return False


def allow(answer, direct, proxied):
    """Makes equal what may differ in the results of a failed call."""
    if "exception" not in direct or "exception" not in proxied:
        return
    if answer.headers["content-type"] != "application/json":
        # Not restJson1, but a load balancer's: of a page, a proxy says that it got one, and nothing else.
        if answer.body and (proxied["status"], proxied["Error"]["Code"]) == (502, "BadGateway"):
            proxied["status"], proxied["Error"]["Code"] = direct["status"], direct["Error"]["Code"]
        # What boto3 makes up for a message is the page or the status in words.
        for result in (direct, proxied):
            del result["Error"]["Message"]
    elif "Message" in proxied and "message" in (content := json.loads(answer.body)):
        # boto3 and the generated client take a message under both names; the proxy passes it on under the model's.
        direct.setdefault("Message", content["message"])


def connect(url):
    """A client that neither signs, nor validates, nor retries."""
    return boto3.client(
        "connect",
        endpoint_url=url,
        region_name="us-east-1",
        config=Config(
            signature_version=UNSIGNED,
            parameter_validation=False,
            retries={"total_max_attempts": 1},
            connect_timeout=5,
            read_timeout=20,
        ),
    )


@contextmanager
def running(program, upstream):
    """A proxy in front of an upstream, while it is needed: its URL."""
    # Its log would say of each failure that the upstream was told to answer.
    command = [program, "--listen", "127.0.0.1:0", "--upstream", upstream, "--allow-unsigned"]
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **quiet) as proxy:
        try:
            line = proxy.stdout.readline()
            if not line.startswith(GREETING):
                raise RuntimeError(f"{program} does not listen: it said {line!r}")
            yield line[len(GREETING) :].strip()
        finally:
            proxy.kill()


def work(proxy, seeds, tasks, outcomes):
    """A worker's process: it takes operations until there is none."""
    # A token that is made up is made up twice.
    botocore.handlers.uuid = SimpleNamespace(uuid4=lambda: "11112222-3333-4444-8555-666677778888")
    upstream = Upstream()
    with running(proxy, upstream.url) as url:
        differential = Differential(upstream, url)
        while (operation := tasks.get()) is not None:
            outcomes.put(differential.check(operation, seeds))


def compare(operations, options):
    """The outcomes of operations, as they come."""
    seeds = range(options.seed, options.seed + options.seeds)
    tasks, outcomes = multiprocessing.Queue(), multiprocessing.Queue()
    count = min(os.cpu_count() or 1, len(operations), 4)
    for task in [*operations, *[None] * count]:
        tasks.put(task)
    arguments = (options.proxy, seeds, tasks, outcomes)
    workers = [multiprocessing.Process(target=work, args=arguments, daemon=True) for _ in range(count)]
    for worker in workers:
        worker.start()
    for _ in operations:
        yield next_outcome(outcomes, workers)
    for worker in workers:
        worker.join()


def next_outcome(outcomes, workers):
    while True:
        try:
            return outcomes.get(timeout=1)
        except Empty:
            if any(worker.exitcode for worker in workers):
                sys.exit("a worker has ended, see above")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proxy", required=True, help="the program connect-proxy")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the first seed, if not a random one")
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds")
    parser.add_argument("--operation", help="this operation alone")
    options = parser.parse_args()

    sys.exit(0 if run(options) else 1)


def run(options):
    """Compares, and tells about it; whether all is well."""
    model = connect("http://localhost").meta.service_model
    names = list(model.operation_names)
    if options.operation and options.operation not in names:
        sys.exit(f"no operation is called {options.operation}")
    operations = [options.operation] if options.operation else names
    outcomes = list(compare(operations, options))

    exchanges = sum(outcome.exchanges for outcome in outcomes)
    failures = sorted(failure for outcome in outcomes for failure in outcome.failures)
    for failure in failures[:SHOWN]:
        print(failure)
    if failures:
        broken = {failure.operation for failure in failures}
        print(f"{len(failures)} of {exchanges} exchanges differ, in {len(broken)} of {len(operations)} operations")
    unseen = {error.name for error in model.error_shapes}.difference(*(outcome.errors for outcome in outcomes))
    # Twenty turns are enough for the longest list of errors.
    incomplete = bool(unseen) and not options.operation and options.seeds >= 20
    if incomplete:
        print(f"errors that have not occurred: {', '.join(sorted(unseen))}")
    print(f"Compared {len(operations)} operations, {options.seeds} seeds, {exchanges} exchanges")
    return not failures and not incomplete


if __name__ == "__main__":
    main()
