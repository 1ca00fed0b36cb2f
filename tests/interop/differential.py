"""Compares boto3 through a proxy with boto3 alone, as `cargo xtask interop` asks for: differential.py --service NAME --proxy PROGRAM.

Every operation is called with random parameters, once at a recording upstream and once through the proxy in front of it. What
the upstream gets must be the same, and so must what boto3 makes of the upstream's answer: a response, a modelled error, an error
that no model knows. All that is random depends on the seed and on the operation alone.
"""

import argparse
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
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError, EventStreamError
from botocore.response import StreamingBody

from answers import responses
from compare import differences, request_view, shown
from sample import Parameters
from upstream import Upstream

GREETING = "listening on "

# Failures that are shown; the others are counted.
SHOWN = 10


class Failure(NamedTuple):
    """An exchange with two outcomes."""

    service: str
    operation: str
    seed: int
    phase: str
    report: str

    def __str__(self):
        again = f"cargo xtask interop --service {self.service} --operation {self.operation} --seed {self.seed} --seeds 1"
        return f"{self.operation}, seed {self.seed}, {self.phase}:\n{self.report}\n  again: {again}\n"


class Outcome(NamedTuple):
    """All exchanges of an operation."""

    exchanges: int
    errors: set
    failures: list


class Differential:
    """A worker: an upstream, a proxy in front of it, and a client of each."""

    def __init__(self, service, upstream, proxy):
        self.service = service
        self.upstream = upstream
        self.direct = connect(service, upstream.url)
        self.proxied = connect(service, proxy)
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
                    outcome.failures.append(Failure(self.service, name, seed, phase, report))
            outcome.errors.update(error.name for error in self.errors(operation, seed))
        return outcome

    def phases(self, operation, seed):
        """What is sent and answered: a phase's name, parameters and answer."""
        source = random.Random(f"{operation.name} {seed}")
        plenty, few = Parameters(source, source.choice([0.3, 0.7, 1])), Parameters(source, 0.1)
        answers = responses(self.model, source, source.choice([0.3, 0.7, 1]))
        yield "response", plenty.of(operation), answers.of(operation)
        for error in self.errors(operation, seed):
            yield f"error {error.name}", few.of(operation), answers.error(error)
        for error in source.sample(self.model.error_shapes, min(1, len(self.model.error_shapes))):
            # Declared or not: boto3 looks for it in the whole service.
            yield f"any error {error.name}", few.of(operation), answers.error(error)
        yield "unmodelled error", few.of(operation), answers.unmodelled_error()

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
        return {"status": transport["HTTPStatusCode"], **{name: received(value) for name, value in response.items()}, **error}


def received(value):
    """What is read of a stream: its bytes, or its events and the error that ends them."""
    if isinstance(value, StreamingBody):
        return value.read()
    if not isinstance(value, EventStream):
        return value
    events = []
    try:
        events.extend(value)
    except EventStreamError as raised:
        events.append({"error": raised.response})
    return events


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
    if answer.headers["content-type"] == "text/html":
        # Not the service's, but a load balancer's: of a page, a proxy says that it got one, and nothing else.
        if answer.body and (proxied["status"], proxied["Error"]["Code"]) == (502, "BadGateway"):
            proxied["status"], proxied["Error"]["Code"] = direct["status"], direct["Error"]["Code"]
        # What boto3 makes up for a message is the page or the status in words.
        for result in (direct, proxied):
            del result["Error"]["Message"]
    elif "Message" in proxied and "message" in answer.value:
        # boto3 and the generated client take a message under both names; the proxy passes it on under the model's.
        direct.setdefault("Message", answer.value["message"])


def session():
    """A session whose clients speak the protocol that the model names for the service, as the generated client does.

    Of several, boto3 would choose one by a list of its own.
    """
    core = botocore.session.get_session()
    loader = core.get_component("data_loader")
    load = loader.load_service_model

    def load_service_model(service_name, type_name, api_version=None):
        model = load(service_name, type_name, api_version)
        if type_name == "service-2":
            model["metadata"].pop("protocols", None)
        return model

    loader.load_service_model = load_service_model
    return boto3.Session(botocore_session=core)


def connect(service, url):
    """A client that neither signs, nor validates, nor retries."""
    return session().client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        config=Config(
            signature_version=UNSIGNED,
            parameter_validation=False,
            # The host is an address.
            inject_host_prefix=False,
            retries={"total_max_attempts": 1},
            connect_timeout=5,
            read_timeout=20,
        ),
    )


@contextmanager
def running(service, program, upstream):
    """A proxy in front of an upstream, while it is needed: its URL."""
    # Its log would say of each failure that the upstream was told to answer.
    of_connect = ["--listen", "127.0.0.1:0", "--allow-unsigned", "--upstream"]
    command = [program, *(of_connect if service == "connect" else ()), upstream]
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **quiet) as proxy:
        try:
            line = proxy.stdout.readline()
            if not line.startswith(GREETING):
                raise RuntimeError(f"{program} does not listen: it said {line!r}")
            yield line[len(GREETING) :].strip()
        finally:
            proxy.kill()


def work(service, proxy, seeds, tasks, outcomes):
    """A worker's process: it takes operations until there is none."""
    # A token that is made up is made up twice.
    botocore.handlers.uuid = SimpleNamespace(uuid4=lambda: "11112222-3333-4444-8555-666677778888")
    upstream = Upstream()
    with running(service, proxy, upstream.url) as url:
        differential = Differential(service, upstream, url)
        while (operation := tasks.get()) is not None:
            outcomes.put(differential.check(operation, seeds))


def compare(operations, options):
    """The outcomes of operations, as they come."""
    seeds = range(options.seed, options.seed + options.seeds)
    tasks, outcomes = multiprocessing.Queue(), multiprocessing.Queue()
    count = min(os.cpu_count() or 1, len(operations), 4)
    for task in [*operations, *[None] * count]:
        tasks.put(task)
    arguments = (options.service, options.proxy, seeds, tasks, outcomes)
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
    parser.add_argument("--service", default="connect", help="what boto3 calls it")
    parser.add_argument("--proxy", required=True, help="the program that is in front of it")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the first seed, if not a random one")
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds")
    parser.add_argument("--operation", help="this operation alone")
    options = parser.parse_args()

    sys.exit(0 if run(options) else 1)


def run(options):
    """Compares, and tells about it; whether all is well."""
    model = connect(options.service, "http://localhost").meta.service_model
    beyond = [name for name in model.operation_names if model.operation_model(name).has_event_stream_input]
    names = [name for name in model.operation_names if name not in beyond]
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
    declared = {error.name for name in names for error in model.operation_model(name).error_shapes}
    unseen = declared.difference(*(outcome.errors for outcome in outcomes))
    # Twenty turns are enough for the longest list of errors.
    incomplete = bool(unseen) and not options.operation and options.seeds >= 20
    if incomplete:
        print(f"errors that have not occurred: {', '.join(sorted(unseen))}")
    # boto3 sends no events.
    but = f" but {', '.join(beyond)}" if beyond else ""
    print(f"Compared {len(operations)} operations{but}, {options.seeds} seeds, {exchanges} exchanges")
    return not failures and not incomplete


if __name__ == "__main__":
    main()
