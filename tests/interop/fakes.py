"""Calls fakes with boto3, as `cargo xtask interop` asks for: fakes.py PROGRAM, which serves the service that it is told."""

import subprocess
import sys
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

GREETING = "listening on "

PROGRAM = ""


class FakeTest(unittest.TestCase):
    """A fake of a service, for as long as the tests of a class run, and a client of it."""

    SERVICE = ""

    @classmethod
    def setUpClass(cls):
        quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        cls.fake = subprocess.Popen([PROGRAM, cls.SERVICE], stdout=subprocess.PIPE, text=True, **quiet)
        cls.addClassCleanup(cls.end)
        line = cls.fake.stdout.readline()
        assert line.startswith(GREETING), f"the fake does not listen: it said {line!r}"
        cls.client = boto3.client(
            cls.SERVICE,
            endpoint_url=line[len(GREETING) :].strip(),
            region_name="us-east-1",
            aws_access_key_id="interop",
            aws_secret_access_key="interop",
            config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False, connect_timeout=5, read_timeout=20),
        )

    @classmethod
    def end(cls):
        cls.fake.kill()
        cls.fake.stdout.close()
        cls.fake.wait()

    def assert_error(self, error, call, message=None, status=400, /, **parameters):
        """Makes a call that must fail, with an error that the client has a class for."""
        with self.assertRaises(getattr(self.client.exceptions, error)) as caught:
            call(**parameters)
        response = caught.exception.response
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        if message is not None:
            self.assertEqual(response["Error"]["Message"], message)
        return response

    def pages(self, operation, key, size, **parameters):
        """What a paginator comes to, and how long its pages are."""
        found = [page[key] for page in self.client.get_paginator(operation).paginate(**parameters, PaginationConfig={"PageSize": size})]
        return [item for page in found for item in page], [len(page) for page in found]


class Sqs(FakeTest):
    SERVICE = "sqs"

    def test_what_is_sent_is_received(self):
        url = self.client.create_queue(QueueName="orders")["QueueUrl"]
        self.assertEqual(self.client.get_queue_url(QueueName="orders")["QueueUrl"], url)
        attributes = {
            "color": {"DataType": "String", "StringValue": "ü☃"},
            "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
        }
        sent = self.client.send_message(QueueUrl=url, MessageBody='{"ü": 1}', MessageAttributes=attributes)
        [message] = self.client.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        self.assertEqual((message["Body"], message["MessageId"]), ('{"ü": 1}', sent["MessageId"]))
        self.assertEqual(message["MessageAttributes"], attributes)
        self.assertEqual(self.client.receive_message(QueueUrl=url)["Messages"], [])
        self.client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        response = self.assert_error(
            "ReceiptHandleIsInvalid", self.client.delete_message, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"]
        )
        self.assertEqual(response["Error"]["Message"], "Nothing was received with it")

    def test_batches_may_fail_in_part(self):
        url = self.client.create_queue(QueueName="batch")["QueueUrl"]
        entries = [{"Id": "good", "MessageBody": "x"}, {"Id": "bad", "MessageBody": ""}]
        result = self.client.send_message_batch(QueueUrl=url, Entries=entries)
        self.assertEqual([entry["Id"] for entry in result["Successful"]], ["good"])
        self.assertEqual(result["Failed"], [{"Id": "bad", "SenderFault": True, "Code": "EmptyValue"}])

    def test_an_unknown_queue(self):
        self.assert_error("QueueDoesNotExist", self.client.get_queue_url, "There is no such queue", QueueName="nobody")

    def test_pages(self):
        for number in range(5):
            self.client.create_queue(QueueName=f"page-{number}")
        urls, sizes = self.pages("list_queues", "QueueUrls", 2)
        self.assertGreaterEqual(len(urls), 5)
        self.assertTrue(all(size == 2 for size in sizes[:-1]), sizes)

    def test_what_the_fake_has_not(self):
        with self.assertRaises(ClientError) as caught:
            self.client.purge_queue(QueueUrl="x")
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 501)


class Kms(FakeTest):
    SERVICE = "kms"

    def test_secrets(self):
        key = self.client.create_key(Description="for ü")["KeyMetadata"]
        self.assertEqual((key["Description"], key["Enabled"], key["CreationDate"].timestamp()), ("for ü", True, 1700000000))
        secret = self.client.encrypt(KeyId=key["KeyId"], Plaintext=b"\x00\x01\xff")["CiphertextBlob"]
        self.assertEqual(self.client.decrypt(CiphertextBlob=secret)["Plaintext"], b"\x00\x01\xff")
        self.assert_error("InvalidCiphertextException", self.client.decrypt, "", CiphertextBlob=b"no secret")
        self.client.disable_key(KeyId=key["KeyId"])
        self.assert_error("DisabledException", self.client.encrypt, "The key is disabled", KeyId=key["KeyId"], Plaintext=b"x")
        self.assertEqual(self.client.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"], "Disabled")

    def test_an_unknown_key(self):
        self.assert_error("NotFoundException", self.client.describe_key, "Key 'nobody' does not exist", KeyId="nobody")

    def test_constraints_are_checked_before_the_fake_is_asked(self):
        with self.assertRaises(ClientError) as caught:
            self.client.encrypt(KeyId="nobody", Plaintext=b"x" * 4097)
        self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")

    def test_pages(self):
        for _ in range(3):
            self.client.create_key()
        keys, sizes = self.pages("list_keys", "Keys", 2)
        self.assertGreaterEqual(len(keys), 3)
        self.assertEqual(sizes[0], 2)


class Kinesis(FakeTest):
    SERVICE = "kinesis"

    def test_records(self):
        self.client.create_stream(StreamName="clicks")
        self.assert_error("ResourceInUseException", self.client.create_stream, StreamName="clicks")
        self.client.put_record(StreamName="clicks", Data=b"first \xff", PartitionKey="ü")
        records = [{"Data": bytes([number]), "PartitionKey": "a"} for number in range(3)]
        put = self.client.put_records(StreamName="clicks", Records=records)
        self.assertEqual((put["FailedRecordCount"], [record["SequenceNumber"] for record in put["Records"]]), (0, ["1", "2", "3"]))
        start = {"StreamName": "clicks", "ShardId": "shardId-000000000000", "ShardIteratorType": "TRIM_HORIZON"}
        page = self.client.get_records(ShardIterator=self.client.get_shard_iterator(**start)["ShardIterator"], Limit=1)
        [record] = page["Records"]
        self.assertEqual((record["Data"], record["PartitionKey"]), (b"first \xff", "ü"))
        self.assertEqual(record["ApproximateArrivalTimestamp"].timestamp(), 1700000000.5)
        rest = self.client.get_records(ShardIterator=page["NextShardIterator"])["Records"]
        self.assertEqual([record["Data"] for record in rest], [b"\x00", b"\x01", b"\x02"])

    def test_events(self):
        self.client.create_stream(StreamName="live")
        self.client.put_record(StreamName="live", Data=b"\x00\xff", PartitionKey="a")
        arn = "arn:aws:kinesis:us-east-1:123456789012:stream/live/consumer/c:1"
        answer = self.client.subscribe_to_shard(ConsumerARN=arn, ShardId="shardId-0", StartingPosition={"Type": "LATEST"})
        [event] = answer["EventStream"]
        self.assertEqual(event["SubscribeToShardEvent"]["Records"][0]["Data"], b"\x00\xff")

    def test_an_unknown_stream(self):
        self.assert_error(
            "ResourceNotFoundException",
            self.client.put_record,
            "Stream nobody not found",
            StreamName="nobody",
            Data=b"",
            PartitionKey="a",
        )


class Ssm(FakeTest):
    SERVICE = "ssm"

    def test_parameters(self):
        self.assertEqual(self.client.put_parameter(Name="/a", Value="ü", Type="String")["Version"], 1)
        self.assert_error("ParameterAlreadyExists", self.client.put_parameter, "It exists", Name="/a", Value="v", Type="String")
        self.assertEqual(self.client.put_parameter(Name="/a", Value="☃", Type="String", Overwrite=True)["Version"], 2)
        parameter = self.client.get_parameter(Name="/a")["Parameter"]
        self.assertEqual((parameter["Value"], parameter["Type"], parameter["Version"]), ("☃", "String", 2))
        self.assertEqual(parameter["LastModifiedDate"].timestamp(), 1700000000.25)
        self.client.delete_parameter(Name="/a")
        self.assert_error("ParameterNotFound", self.client.get_parameter, "There is no such parameter", Name="/a")

    def test_pages(self):
        for number in range(5):
            self.client.put_parameter(Name=f"/tree/{number}", Value=str(number), Type="String")
        parameters, sizes = self.pages("get_parameters_by_path", "Parameters", 2, Path="/tree")
        self.assertEqual(([parameter["Value"] for parameter in parameters], sizes), (list("01234"), [2, 2, 1]))


class Logs(FakeTest):
    SERVICE = "logs"

    def test_lines(self):
        self.client.create_log_group(logGroupName="/desk")
        self.assert_error("ResourceAlreadyExistsException", self.client.create_log_group, "", logGroupName="/desk")
        self.client.create_log_stream(logGroupName="/desk", logStreamName="s")
        lines = [{"timestamp": 1700000000000 + number, "message": f"line {number} ü"} for number in range(3)]
        put = self.client.put_log_events(logGroupName="/desk", logStreamName="s", logEvents=lines)
        self.assertEqual(put["nextSequenceToken"], "3")
        events = self.client.get_log_events(logGroupName="/desk", logStreamName="s")["events"]
        self.assertEqual([{key: event[key] for key in ("timestamp", "message")} for event in events], lines)

    def test_errors_without_a_member_for_it_have_a_message(self):
        message = "The specified log group does not exist."
        self.assert_error(
            "ResourceNotFoundException", self.client.create_log_stream, message, logGroupName="nobody", logStreamName="s"
        )

    def test_pages(self):
        for number in range(3):
            self.client.create_log_group(logGroupName=f"/page/{number}")
        groups, _ = self.pages("describe_log_groups", "logGroups", 1)
        self.assertGreaterEqual(len(groups), 3)

    def test_events(self):
        arn = "arn:aws:logs:us-east-1:123456789012:log-group:desk"
        events = list(self.client.start_live_tail(logGroupIdentifiers=[arn])["responseStream"])
        self.assertEqual(events[0], {"sessionStart": {"logGroupIdentifiers": [arn]}})
        self.assertEqual(events[1], {"sessionUpdate": {"sessionResults": [{"message": "live ü"}]}})


class StepFunctions(FakeTest):
    SERVICE = "stepfunctions"
    ROLE = "arn:aws:iam::123456789012:role/desk"

    def create(self, name):
        return self.client.create_state_machine(name=name, definition='{"ü": 1}', roleArn=self.ROLE)["stateMachineArn"]

    def test_executions(self):
        arn = self.create("desk")
        machine = self.client.describe_state_machine(stateMachineArn=arn)
        self.assertEqual((machine["definition"], machine["status"], machine["type"]), ('{"ü": 1}', "ACTIVE", "STANDARD"))
        self.assertEqual(machine["creationDate"].timestamp(), 1700000000.25)
        execution = self.client.start_execution(stateMachineArn=arn, name="e", input='{"a": "☃"}')["executionArn"]
        self.assertEqual(self.client.describe_execution(executionArn=execution)["output"], '{"a": "☃"}')
        self.assert_error("ExecutionAlreadyExists", self.client.start_execution, stateMachineArn=arn, name="e")

    def test_errors(self):
        message = "State Machine Does Not Exist: 'nobody'"
        self.assert_error("StateMachineDoesNotExist", self.client.describe_state_machine, message, stateMachineArn="nobody")
        self.assert_error("ExecutionDoesNotExist", self.client.describe_execution, executionArn="nobody")
        self.assert_error("InvalidDefinition", self.client.create_state_machine, name="x", definition="?", roleArn=self.ROLE)

    def test_pages(self):
        for number in range(3):
            self.create(f"page-{number}")
        machines, sizes = self.pages("list_state_machines", "stateMachines", 2)
        self.assertGreaterEqual(len(machines), 3)
        self.assertEqual(sizes[0], 2)


class DynamoDb(FakeTest):
    SERVICE = "dynamodb"

    ITEM = {
        "desk": {"S": "a"},
        "count": {"N": "1"},
        "bytes": {"B": b"\x00\xff"},
        "nested": {"M": {"ü": {"L": [{"S": "☃"}, {"NULL": True}, {"BOOL": False}]}}},
        "set": {"SS": ["x", "y"]},
    }

    def create(self, name):
        schema = [{"AttributeName": "desk", "KeyType": "HASH"}, {"AttributeName": "count", "KeyType": "RANGE"}]
        types = [{"AttributeName": "desk", "AttributeType": "S"}, {"AttributeName": "count", "AttributeType": "N"}]
        return self.client.create_table(
            TableName=name, KeySchema=schema, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST"
        )["TableDescription"]

    def test_items(self):
        self.assertEqual(self.create("items")["TableStatus"], "ACTIVE")
        self.client.put_item(TableName="items", Item=self.ITEM)
        key = {name: self.ITEM[name] for name in ("desk", "count")}
        self.assertEqual(self.client.get_item(TableName="items", Key=key)["Item"], self.ITEM)
        condition = {"ConditionExpression": "attribute_not_exists(desk)"}
        failed = self.assert_error(
            "ConditionalCheckFailedException", self.client.put_item, TableName="items", Item=self.ITEM, **condition
        )
        self.assertEqual(failed["Item"], self.ITEM)
        self.client.delete_item(TableName="items", Key=key)
        self.assertNotIn("Item", self.client.get_item(TableName="items", Key=key))

    def test_pages(self):
        self.create("pages")
        for count in range(5):
            self.client.put_item(TableName="pages", Item={"desk": {"S": "a"}, "count": {"N": str(count)}})
        values = {"KeyConditionExpression": "desk = :desk", "ExpressionAttributeValues": {":desk": {"S": "a"}}}
        items, sizes = self.pages("query", "Items", 2, TableName="pages", **values)
        self.assertEqual(([item["count"]["N"] for item in items], sizes), (list("01234"), [2, 2, 1]))

    def test_errors(self):
        self.create("twice")
        self.assert_error("ResourceInUseException", self.create, "Table already exists: twice", 400, name="twice")
        missing = "Requested resource not found"
        self.assert_error("ResourceNotFoundException", self.client.put_item, missing, TableName="nobody", Item=self.ITEM)


class Ecs(FakeTest):
    SERVICE = "ecs"

    def test_clusters(self):
        for name in "abc":
            cluster = self.client.create_cluster(clusterName=name, tags=[{"key": "größe", "value": "ü"}])["cluster"]
            self.assertEqual((cluster["clusterName"], cluster["status"], cluster["runningTasksCount"]), (name, "ACTIVE", 0))
        described = self.client.describe_clusters(clusters=["a", "nobody"])
        self.assertEqual(described["clusters"][0]["tags"], [{"key": "größe", "value": "ü"}])
        self.assertEqual(described["failures"][0]["reason"], "MISSING")
        self.assertEqual(self.pages("list_clusters", "clusterArns", 2)[1], [2, 1])
        self.assertEqual(self.client.delete_cluster(cluster="a")["cluster"]["status"], "INACTIVE")
        self.assert_error("ClusterNotFoundException", self.client.delete_cluster, "Cluster not found.", cluster="a")


class Lambda(FakeTest):
    SERVICE = "lambda"

    def create(self, name):
        role = "arn:aws:iam::123456789012:role/desk"
        return self.client.create_function(FunctionName=name, Role=role, Code={"ZipFile": b"PK"}, Runtime="python3.12", Handler="a.b")

    def test_functions(self):
        self.assertEqual(self.create("f")["State"], "Active")
        response = self.assert_error("ResourceConflictException", self.create, "Function already exist", 409, name="f")
        self.assertEqual(response["Type"], "User")
        function = self.client.get_function(FunctionName="f")
        self.assertEqual((function["Configuration"]["CodeSize"], function["Tags"]), (2, {"größe": "ü"}))
        self.assertEqual([function["FunctionName"] for function in self.client.list_functions()["Functions"]], ["f"])
        self.client.delete_function(FunctionName="f")
        missing = self.assert_error(
            "ResourceNotFoundException", self.client.get_function, "Function not found: f", 404, FunctionName="f"
        )
        self.assertEqual(missing["Type"], "User")

    def test_invocations(self):
        self.create("echo")
        answer = self.client.invoke(FunctionName="echo", Payload=b'{"\xc3\xbc": "\xff"}')
        self.assertEqual((answer["StatusCode"], answer["ExecutedVersion"]), (200, "$LATEST"))
        self.assertEqual(answer["Payload"].read(), b'{"\xc3\xbc": "\xff"}')
        self.assertNotIn("FunctionError", answer)
        failed = self.client.invoke(FunctionName="echo", Payload=b"fail")
        self.assertEqual(failed["FunctionError"], "Unhandled")
        later = self.client.invoke(FunctionName="echo", InvocationType="Event", Payload=b"{}")
        self.assertEqual((later["StatusCode"], later["Payload"].read()), (202, b""))
        self.client.delete_function(FunctionName="echo")

    def test_events(self):
        self.create("stream")
        answer = self.client.invoke_with_response_stream(FunctionName="stream", Payload=b"one two three")
        events = list(answer["EventStream"])
        self.assertEqual(b"".join(event["PayloadChunk"]["Payload"] for event in events[:-1]), b"one two three")
        self.assertIn("InvokeComplete", events[-1])
        self.client.delete_function(FunctionName="stream")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(argv=sys.argv)
