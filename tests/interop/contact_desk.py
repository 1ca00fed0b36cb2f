"""Drives a contact desk with boto3, as `cargo xtask interop` asks for: contact_desk.py URL.

The desk may be behind a proxy: nothing here depends on it.
"""

import sys
import unittest
import uuid
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL = ""

ARN = "arn:aws:connect:us-east-1:111122223333:attached-file/1"

# A reference of every type, and the union member that it comes back as.
REFERENCES = {
    "URL": ({"Value": "https://example.com/?a=1&b=ü"}, "Url"),
    "ATTACHMENT": ({"Value": "s3://bucket/key", "Status": "APPROVED", "Arn": ARN}, "Attachment"),
    "CONTACT_ANALYSIS": ({"Value": "s3://bucket/analysis", "Status": "AVAILABLE", "Arn": ARN}, "ContactAnalysis"),
    "NUMBER": ({"Value": "42"}, "Number"),
    "STRING": ({"Value": "a string"}, "String"),
    "DATE": ({"Value": "1706933106"}, "Date"),
    "EMAIL": ({"Value": "a@example.com"}, "Email"),
    "EMAIL_MESSAGE": ({"Arn": ARN}, "EmailMessage"),
    "EMAIL_MESSAGE_REDACTED": ({"Arn": ARN}, "EmailMessageRedacted"),
    "EMAIL_MESSAGE_PLAIN_TEXT": ({"Arn": ARN}, "EmailMessagePlainText"),
    "EMAIL_MESSAGE_PLAIN_TEXT_REDACTED": ({"Arn": ARN}, "EmailMessagePlainTextRedacted"),
}

# The model allows six types in one request.
HALVES = [list(REFERENCES)[:6], list(REFERENCES)[6:]]


def connect(**config):
    """A client of the desk; it never retries, so that a failure is seen at once."""
    return boto3.client(
        "connect",
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id="interop",
        aws_secret_access_key="interop",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=20, **config),
    )


class DeskTest(unittest.TestCase):
    """What the tests below share: clients, an instance of their own, contacts in it."""

    @classmethod
    def setUpClass(cls):
        cls.client = connect()
        # What botocore would refuse goes out, so that the server has to.
        cls.unchecked = connect(parameter_validation=False)

    def setUp(self):
        self.instance = str(uuid.uuid4())

    def create(self, **parameters):
        """Creates a contact and answers its id."""
        defaults = {"InstanceId": self.instance, "Channel": "TASK", "InitiationMethod": "API"}
        return self.client.create_contact(**{**defaults, **parameters})["ContactId"]

    def describe(self, contact):
        return self.client.describe_contact(InstanceId=self.instance, ContactId=contact)["Contact"]

    def update(self, contact, **parameters):
        return self.client.update_contact(InstanceId=self.instance, ContactId=contact, **parameters)

    def references(self, contact, *types):
        response = self.client.list_contact_references(
            InstanceId=self.instance, ContactId=contact, ReferenceTypes=list(types)
        )
        self.assertNotIn("NextToken", response)
        return response["ReferenceSummaryList"]

    def assert_error(self, code, status, operation, **parameters):
        """Calls an operation that must fail, and answers the error's response."""
        with self.assertRaises(ClientError) as caught:
            operation(**parameters)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code, response)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        self.assertTrue(response["ResponseMetadata"]["RequestId"])
        return response


class CreateContact(DeskTest):
    def test_answers_id_and_arn(self):
        response = self.client.create_contact(InstanceId=self.instance, Channel="TASK", InitiationMethod="API")
        arn = f"arn:aws:connect:us-east-1:111122223333:instance/{self.instance}/contact/{response['ContactId']}"
        self.assertEqual(response["ContactArn"], arn)

    def test_keeps_what_it_is_given(self):
        contact = self.create(
            Channel="EMAIL",
            InitiationMethod="OUTBOUND",
            Attributes={"größe": "☃ 𝄞", "empty": ""},
            Name="Ada \"the\" Lovelace\n",
            Description="",
            UserInfo={"UserId": "user/1"},
            SegmentAttributes={"connect:Subtype": {"ValueString": "connect:Guide"}},
        )
        described = self.describe(contact)
        self.assertEqual((described["Channel"], described["InitiationMethod"]), ("EMAIL", "OUTBOUND"))
        self.assertEqual(described["Attributes"], {"größe": "☃ 𝄞", "empty": ""})
        self.assertEqual((described["Name"], described["Description"]), ("Ada \"the\" Lovelace\n", ""))
        self.assertEqual(described["AgentInfo"]["Id"], "user/1")
        self.assertEqual(described["SegmentAttributes"], {"connect:Subtype": {"ValueString": "connect:Guide"}})

    def test_same_token_same_contact(self):
        token = str(uuid.uuid4())
        self.assertEqual(self.create(ClientToken=token), self.create(ClientToken=token))

    def test_tokens_are_made_up_when_there_is_none(self):
        self.assertNotEqual(self.create(), self.create())

    def test_same_token_other_parameters(self):
        token = str(uuid.uuid4())
        self.create(ClientToken=token)
        response = self.assert_error("IdempotencyException", 409, self.create, ClientToken=token, Name="another")
        self.assertIn("token", response["Error"]["Message"])

    def test_modelled_errors_are_exceptions_of_the_client(self):
        token = str(uuid.uuid4())
        self.create(ClientToken=token)
        with self.assertRaises(self.client.exceptions.IdempotencyException):
            self.create(ClientToken=token, Channel="VOICE")

    def test_tokens_belong_to_an_instance(self):
        token = str(uuid.uuid4())
        self.assertNotEqual(self.create(ClientToken=token), self.create(InstanceId="another", ClientToken=token))

    def test_unknown_relatives(self):
        for relative in ["RelatedContactId", "PreviousContactId"]:
            with self.subTest(relative):
                self.assert_error("ResourceNotFoundException", 404, self.create, **{relative: "nobody"})

    def test_too_many_bytes_of_references(self):
        references = {"url": {"Type": "URL", "Value": "ü" * 2048}}
        self.assert_error("InvalidRequestException", 400, self.create, References=references)

    def test_missing_members_are_told_together(self):
        response = self.assert_error("ValidationException", 400, self.unchecked.create_contact, InstanceId=self.instance)
        message = response["Error"]["Message"]
        self.assertIn("2 validation errors", message)
        self.assertIn("channel", message.lower())
        self.assertIn("initiationmethod", message.lower())

    def test_mistyped_member(self):
        parameters = {"InstanceId": self.instance, "Channel": 7, "InitiationMethod": "API"}
        self.assert_error("SerializationException", 400, self.unchecked.create_contact, **parameters)

    def test_unknown_channel(self):
        response = self.assert_error("ValidationException", 400, self.create, Channel="FAX")
        self.assertIn("VOICE", response["Error"]["Message"])

    def test_long_values(self):
        self.assert_error("ValidationException", 400, self.create, Name="n" * 1025)
        self.assert_error("ValidationException", 400, self.create, ClientToken="t" * 501)


class UpdateContact(DeskTest):
    def test_changes_what_is_given_and_nothing_else(self):
        contact = self.create(Name="before", Description="stays")
        self.update(contact, Name="after", QueueInfo={"Id": "queue"}, UserInfo={"UserId": "user"})
        described = self.describe(contact)
        self.assertEqual((described["Name"], described["Description"]), ("after", "stays"))
        self.assertEqual((described["QueueInfo"]["Id"], described["AgentInfo"]["Id"]), ("queue", "user"))

    def test_endpoints(self):
        contact = self.create()
        customer = {"Type": "TELEPHONE_NUMBER", "Address": "+4930123456"}
        system = {"Type": "EMAIL_ADDRESS", "Address": "desk@example.com"}
        self.update(contact, CustomerEndpoint=customer, SystemEndpoint=system)
        described = self.describe(contact)
        self.assertEqual((described["CustomerEndpoint"], described["SystemEndpoint"]), (customer, system))

    def test_an_empty_string_is_a_value(self):
        contact = self.create(Name="before")
        self.update(contact, Name="")
        self.assertEqual(self.describe(contact)["Name"], "")

    def test_segment_attributes_nest_and_add_up(self):
        nested = {
            "ValueMap": {
                "list": {"ValueList": [{"ValueInteger": 1}, {"ValueString": "zwei"}, {"ValueMap": {}}]},
                "arn": {"ValueArn": "arn:aws:s3:::bucket"},
            }
        }
        contact = self.create(SegmentAttributes={"first": {"ValueString": "1"}, "second": {"ValueInteger": 2}})
        self.update(contact, SegmentAttributes={"second": nested})
        self.assertEqual(self.describe(contact)["SegmentAttributes"], {"first": {"ValueString": "1"}, "second": nested})

    def test_nothing_to_update(self):
        self.assert_error("InvalidRequestException", 400, self.update, contact=self.create())

    def test_unknown_contact(self):
        self.assert_error("ResourceNotFoundException", 404, self.update, contact="nobody", Name="n")

    def test_bytes_of_references_add_up(self):
        contact = self.create(References={"a": {"Type": "STRING", "Value": "x" * 2000}})
        self.update(contact, References={"b": {"Type": "STRING", "Value": "x" * 2000}})
        full = {"c": {"Type": "STRING", "Value": "é" * 60}}
        self.assert_error("InvalidRequestException", 400, self.update, contact=contact, References=full)
        self.update(contact, References={"a": {"Type": "STRING", "Value": ""}, **full})
        self.assertEqual([summary["String"]["Name"] for summary in self.references(contact, "STRING")], ["a", "b", "c"])

    def test_a_refused_update_changes_nothing(self):
        contact = self.create(Name="before")
        references = {"a": {"Type": "STRING", "Value": "x" * 4096}}
        self.assert_error("InvalidRequestException", 400, self.update, contact=contact, Name="after", References=references)
        self.assertEqual(self.describe(contact)["Name"], "before")

    def test_reference_without_a_type(self):
        parameters = {"InstanceId": self.instance, "ContactId": self.create(), "References": {"a": {"Value": "v"}}}
        self.assert_error("ValidationException", 400, self.unchecked.update_contact, **parameters)


class DescribeContact(DeskTest):
    def test_timestamps(self):
        described = self.describe(self.create())
        age = datetime.now(timezone.utc) - described["InitiationTimestamp"]
        self.assertLess(abs(age), timedelta(minutes=1))
        self.assertEqual(described["LastUpdateTimestamp"], described["InitiationTimestamp"])
        self.assertNotIn("DisconnectTimestamp", described)

    def test_a_contact_that_begins_completed(self):
        described = self.describe(self.create(InitiateAs="COMPLETED"))
        self.assertEqual(described["DisconnectTimestamp"], described["InitiationTimestamp"])

    def test_update_is_later(self):
        contact = self.create()
        self.update(contact, Name="n")
        described = self.describe(contact)
        self.assertGreater(described["LastUpdateTimestamp"], described["InitiationTimestamp"])

    def test_unknown_contact(self):
        self.create()
        self.assert_error("ResourceNotFoundException", 404, self.describe, contact="nobody")

    def test_contacts_belong_to_an_instance(self):
        parameters = {"InstanceId": "another", "ContactId": self.create()}
        self.assert_error("ResourceNotFoundException", 404, self.client.describe_contact, **parameters)

    def test_an_instance_goes_by_its_arn_too(self):
        contact = self.create()
        self.instance = f"arn:aws:connect:us-east-1:111122223333:instance/{self.instance}"
        self.assertEqual(self.describe(contact)["Id"], contact)

    def test_odd_instance_ids(self):
        for instance in ["...", ".a", "a/b", "//", "ü ☃", "%2F", "a+b&c=d?e#f", "a%20b", "~", "x" * 100]:
            with self.subTest(instance):
                self.instance = instance
                contact = self.create(Name=instance)
                self.assertEqual(self.describe(contact)["Name"], instance)
                self.assertEqual(len(self.client.list_associated_contacts(
                    InstanceId=instance, ContactId=contact)["ContactSummaryList"]), 1)

    def test_odd_contact_ids(self):
        for contact in ["...", ".a", "a/b", "a/../b", "ü ☃", "%", "?", "x" * 256]:
            with self.subTest(contact):
                self.assert_error("ResourceNotFoundException", 404, self.describe, contact=contact)

    def test_ids_that_make_another_path_are_refused(self):
        for contact in ["..", "."]:
            with self.subTest(contact):
                self.assert_error("SerializationException", 400, self.describe, contact=contact)

    def test_long_ids(self):
        self.assert_error("ValidationException", 400, self.describe, contact="x" * 257)

    def test_empty_ids(self):
        with self.assertRaises(ClientError) as caught:
            self.unchecked.describe_contact(InstanceId=self.instance, ContactId="")
        self.assertIn(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], [400, 404])


class ListContactReferences(DeskTest):
    def setUp(self):
        super().setUp()
        references = {f"a {type}/ü": {"Type": type, **members} for type, (members, _) in REFERENCES.items()}
        self.contact = self.create(References=references)

    def test_every_type_is_its_own_variant(self):
        for type, (members, variant) in REFERENCES.items():
            with self.subTest(type):
                self.assertEqual(self.references(self.contact, type), [{variant: {"Name": f"a {type}/ü", **members}}])

    def test_types_filter(self):
        for types in HALVES:
            variants = {next(iter(summary)) for summary in self.references(self.contact, *types)}
            self.assertEqual(variants, {REFERENCES[type][1] for type in types})

    def test_no_types_no_references(self):
        self.assertEqual(self.references(self.contact), [])

    def test_paginator(self):
        paginator = self.client.get_paginator("list_contact_references")
        pages = paginator.paginate(InstanceId=self.instance, ContactId=self.contact, ReferenceTypes=HALVES[0])
        self.assertEqual(len(list(pages.search("ReferenceSummaryList[]"))), len(HALVES[0]))

    def test_a_reference_is_replaced_by_its_name(self):
        self.update(self.contact, References={"a URL/ü": {"Type": "NUMBER", "Value": "1"}})
        self.assertEqual(self.references(self.contact, "URL"), [])
        self.assertEqual(len(self.references(self.contact, "NUMBER")), 2)

    def test_unknown_type(self):
        self.assert_error("ValidationException", 400, lambda: self.references(self.contact, "FAX"))

    def test_more_types_than_the_model_allows(self):
        self.assert_error("ValidationException", 400, lambda: self.references(self.contact, *REFERENCES))

    def test_unknown_contact(self):
        self.assert_error("ResourceNotFoundException", 404, lambda: self.references("nobody", "URL"))


class ListAssociatedContacts(DeskTest):
    def tree(self, contact, **parameters):
        return self.client.list_associated_contacts(InstanceId=self.instance, ContactId=contact, **parameters)

    def ids(self, contact, **parameters):
        return [summary["ContactId"] for summary in self.tree(contact, **parameters)["ContactSummaryList"]]

    def family(self, size):
        first = self.create()
        return [first] + [self.create(RelatedContactId=first) for _ in range(size - 1)]

    def test_a_contact_alone(self):
        contact = self.create()
        self.create()
        response = self.tree(contact)
        (summary,) = response["ContactSummaryList"]
        described = self.describe(contact)
        self.assertNotIn("NextToken", response)
        self.assertEqual((summary["ContactId"], summary["ContactArn"]), (contact, described["Arn"]))
        self.assertEqual((summary["Channel"], summary["InitiationMethod"]), ("TASK", "API"))
        self.assertEqual(summary["InitiationTimestamp"], described["InitiationTimestamp"])

    def test_the_same_tree_from_each_of_its_contacts(self):
        first = self.create()
        second = self.create(PreviousContactId=first)
        third = self.create(PreviousContactId=second)
        related = self.create(RelatedContactId=third)
        for contact in [first, second, third, related]:
            self.assertEqual(self.ids(contact), [first, second, third, related])
        summaries = self.tree(first)["ContactSummaryList"]
        self.assertNotIn("InitialContactId", summaries[0])
        self.assertEqual([summary["InitialContactId"] for summary in summaries[1:]], [first] * 3)
        self.assertEqual(summaries[2]["PreviousContactId"], second)
        self.assertEqual(summaries[3]["RelatedContactId"], third)

    def test_a_contact_of_two_trees_makes_them_one(self):
        one, other = self.family(2), self.family(2)
        both = self.create(PreviousContactId=one[1], RelatedContactId=other[1])
        for contact in [*one, *other, both]:
            self.assertEqual(self.ids(contact), [*one, *other, both])

    def test_pages_of_25_by_default(self):
        family = self.family(27)
        response = self.tree(family[3])
        self.assertEqual([summary["ContactId"] for summary in response["ContactSummaryList"]], family[:25])
        last = self.tree(family[3], NextToken=response["NextToken"])
        self.assertEqual([summary["ContactId"] for summary in last["ContactSummaryList"]], family[25:])
        self.assertNotIn("NextToken", last)

    def test_pages_of_any_size(self):
        family = self.family(5)
        for size, sizes in [(1, [1] * 5), (2, [2, 2, 1]), (5, [5]), (100, [5])]:
            with self.subTest(size):
                pages, token = [], {}
                while token is not None:
                    response = self.tree(family[0], MaxResults=size, **token)
                    pages.append([summary["ContactId"] for summary in response["ContactSummaryList"]])
                    token = {"NextToken": response["NextToken"]} if "NextToken" in response else None
                self.assertEqual(([len(page) for page in pages], sum(pages, [])), (sizes, family))

    def test_bad_tokens(self):
        family, others = self.family(2), self.family(2)
        foreign = self.tree(others[0], MaxResults=1)["NextToken"]
        for token in ["", "x", "1", "-1." + family[0], "ü☃/&=+", foreign]:
            with self.subTest(token):
                self.assert_error("InvalidParameterException", 400, lambda: self.tree(family[0], NextToken=token))

    def test_bad_sizes(self):
        contact = self.create()
        for size in [0, -1, 101]:
            with self.subTest(size):
                parameters = {"InstanceId": self.instance, "ContactId": contact, "MaxResults": size}
                self.assert_error("ValidationException", 400, self.unchecked.list_associated_contacts, **parameters)

    def test_missing_contact(self):
        self.assert_error("ValidationException", 400, self.unchecked.list_associated_contacts, InstanceId=self.instance)

    def test_unknown_contact(self):
        self.assert_error("ResourceNotFoundException", 404, lambda: self.tree("nobody"))


class OtherOperations(DeskTest):
    def test_are_not_implemented(self):
        calls = {
            "ListUsers": lambda: self.client.list_users(InstanceId=self.instance),
            "DeleteUser": lambda: self.client.delete_user(InstanceId=self.instance, UserId="user"),
            "StopContact": lambda: self.client.stop_contact(InstanceId=self.instance, ContactId="contact"),
            "TagResource": lambda: self.client.tag_resource(resourceArn=ARN, tags={"a": "b"}),
        }
        for operation, call in calls.items():
            with self.subTest(operation):
                response = self.assert_error("NotImplementedException", 501, call)
                self.assertIn(operation, response["Error"]["Message"])


class RawRequests(DeskTest):
    """What no client of AWS's sends."""

    def request(self, method, path, body=None, **headers):
        connection = HTTPConnection(urlsplit(URL).netloc, timeout=20)
        self.addCleanup(connection.close)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.headers.get("x-amzn-errortype"), response.read().decode()

    def test_unknown_path(self):
        self.assertEqual(self.request("GET", "/nowhere")[:2], (404, "UnknownOperationException"))

    def test_unknown_method(self):
        self.assertEqual(self.request("DELETE", "/contact/create-contact")[:2], (405, "MethodNotAllowedException"))

    def test_no_json(self):
        headers = {"content-type": "application/json"}
        for body in ["", "{", "[]", "null", '{"InstanceId": NaN}', "\xff"]:
            with self.subTest(body):
                status, code, text = self.request("PUT", "/contact/create-contact", body.encode("latin-1"), **headers)
                self.assertEqual(status, 400, text)
                self.assertIn(code, ["SerializationException", "ValidationException"])

    def test_other_content_type(self):
        answer = self.request("PUT", "/contact/create-contact", b"{}", **{"content-type": "text/xml"})
        self.assertEqual(answer[:2], (415, "UnsupportedMediaTypeException"))


if __name__ == "__main__":
    URL = sys.argv.pop()
    unittest.main()
