//! `aws.parseArn`: <https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function>.

use super::value::Value;
use std::borrow::Cow;

/// The parts of an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arn {
    partition: String,
    service: String,
    region: String,
    account_id: String,
    /// The resource, without its slashes and colons.
    pub(super) resource_id: Vec<String>,
}

impl Arn {
    /// The parts of a text, if it is an ARN.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        let mut next = || parts.next();
        let (partition, service, region, account_id, resource) = (next()?, next()?, next()?, next()?, next()?);
        if partition.is_empty() || service.is_empty() || resource.is_empty() {
            return None;
        }
        Some(Self {
            partition: partition.to_owned(),
            service: service.to_owned(),
            region: region.to_owned(),
            account_id: account_id.to_owned(),
            resource_id: resource.split([':', '/']).map(str::to_owned).collect(),
        })
    }

    pub(super) fn attribute<'v>(&self, name: &str) -> Option<Value<'v>> {
        let text = match name {
            "partition" => &self.partition,
            "service" => &self.service,
            "region" => &self.region,
            "accountId" => &self.account_id,
            "resourceId" => return Some(Value::List(self.resource_id.iter().cloned().map(Cow::Owned).collect())),
            _ => return None,
        };
        Some(Value::Text(Cow::Owned(text.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(arn: &Arn, name: &str) -> String {
        arn.attribute(name).and_then(Value::into_text).unwrap().into_owned()
    }

    #[test]
    fn an_arn_has_six_parts_of_which_the_last_is_split_further() {
        let arn = Arn::parse("arn:aws:s3:us-east-1:012345678901:accesspoint:desk/a:b").unwrap();
        let parts = ["partition", "service", "region", "accountId"].map(|name| text(&arn, name));
        assert_eq!(parts, ["aws", "s3", "us-east-1", "012345678901"]);
        assert_eq!(arn.resource_id, ["accesspoint", "desk", "a", "b"]);
    }

    #[test]
    fn region_and_account_may_be_empty() {
        let arn = Arn::parse("arn:aws:s3:::bucket").unwrap();
        assert_eq!((text(&arn, "region"), text(&arn, "accountId")), (String::new(), String::new()));
        assert_eq!(arn.resource_id, ["bucket"]);
    }

    #[test]
    fn a_resource_may_have_empty_parts() {
        assert_eq!(Arn::parse("arn:aws:s3:::/a//").unwrap().resource_id, ["", "a", "", ""]);
    }

    #[test]
    fn anything_else_is_none() {
        for text in
            ["", "arn", "arn:aws:s3", "arn:aws:s3:us-east-1:1", "arn:aws:s3:::", "arn::s3:::a", "arn:aws::::a", "urn:aws:s3:::a"]
        {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn it_has_no_other_attributes() {
        assert_eq!(Arn::parse("arn:aws:s3:::a").unwrap().attribute("arn"), None);
    }
}
