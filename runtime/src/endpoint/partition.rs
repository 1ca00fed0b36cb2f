//! AWS's groups of regions: <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>.

mod table;

use super::value::Value;
use std::borrow::Cow;
pub use table::PARTITIONS;

/// A group of regions with a domain of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its name, `aws-cn`.
    pub name: &'static str,
    /// What the names of its regions begin with; behind it are a word and a number: `us`, for `us-west-2`.
    pub prefixes: &'static [&'static str],
    /// The regions that are known, and those that are none but belong there, as `aws-global`.
    pub regions: &'static [&'static str],
    /// The domain, `amazonaws.com.cn`.
    pub dns_suffix: &'static str,
    /// The domain of dual stack endpoints, `api.amazonwebservices.com.cn`.
    pub dual_stack_dns_suffix: &'static str,
    /// The region that global services sign for.
    pub implicit_global_region: &'static str,
    /// Whether there are FIPS endpoints.
    pub supports_fips: bool,
    /// Whether there are dual stack endpoints.
    pub supports_dual_stack: bool,
}

impl Partition {
    /// The partition of a region: the one that lists it, else one that its name looks like, else `aws`.
    pub fn of(region: &str) -> &'static Self {
        let lists = |partition: &&Self| partition.regions.contains(&region);
        let looks_like = |partition: &&Self| partition.looks_like(region);
        let [aws, ..] = &PARTITIONS;
        PARTITIONS.iter().find(lists).or_else(|| PARTITIONS.iter().find(looks_like)).unwrap_or(aws)
    }

    /// Whether a region is called like those here.
    fn looks_like(&self, region: &str) -> bool {
        let behind = |prefix: &&str| region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
        self.prefixes.iter().filter_map(behind).any(is_word_and_number)
    }

    pub(super) fn attribute<'v>(&self, name: &str) -> Option<Value<'v>> {
        let text = match name {
            "name" => self.name,
            "dnsSuffix" => self.dns_suffix,
            "dualStackDnsSuffix" => self.dual_stack_dns_suffix,
            "implicitGlobalRegion" => self.implicit_global_region,
            "supportsFIPS" => return Some(Value::Boolean(self.supports_fips)),
            "supportsDualStack" => return Some(Value::Boolean(self.supports_dual_stack)),
            _ => return None,
        };
        Some(Value::Text(Cow::Borrowed(text)))
    }
}

/// The end of a region's name: `west-2`.
fn is_word_and_number(text: &str) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('-').is_some_and(|(word, number)| is_word(word) && is_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_region_belongs_where_it_is_listed() {
        for (region, name) in
            [("us-west-2", "aws"), ("aws-global", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
        {
            assert_eq!(Partition::of(region).name, name, "{region}");
        }
    }

    #[test]
    fn a_new_region_belongs_where_its_name_looks_like() {
        for (region, name) in [
            ("eu-moon-1", "aws"),
            ("us-nowhere-15", "aws"),
            ("cn-west-9", "aws-cn"),
            ("us-gov-moon-1", "aws-us-gov"),
            ("us-isob-moon-1", "aws-iso-b"),
            ("eusc-de-moon-1", "aws-eusc"),
        ] {
            assert_eq!(Partition::of(region).name, name, "{region}");
        }
    }

    #[test]
    fn any_other_region_is_taken_for_one_of_aws() {
        for region in ["mars", "", "cn-west", "cn--1", "cn-west-", "cn-west-1-2", "cn-wést-1", "cnwest-1"] {
            assert_eq!(Partition::of(region).name, "aws", "{region}");
        }
    }
}
