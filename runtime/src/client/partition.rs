//! AWS's groups of regions: <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>.

use regex_lite::Regex;
use std::sync::OnceLock;

/// A group of regions with a domain of its own.
#[derive(Debug)]
pub struct Partition {
    /// The partition's id, `aws-cn`.
    pub id: &'static str,
    /// What the names of its regions look like.
    pub region_regex: RegionRegex,
    /// The regions that are known, and those that are none but belong there, as `aws-global`.
    pub regions: &'static [&'static str],
    /// The name that rules see, mostly the id.
    pub name: &'static str,
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

/// What the names of regions look like: a regular expression that is compiled when it is first needed.
///
/// On regex-lite, as in AWS's SDK: the engines that validate would be a sixth of a small program.
#[derive(Debug)]
pub struct RegionRegex {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl RegionRegex {
    /// A regular expression without look-around.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// Whether a part of a name matches. What is no regular expression matches nothing; the generator refuses such.
    pub fn matches(&self, region: &str) -> bool {
        self.compiled.get_or_init(|| Regex::new(self.source).ok()).as_ref().is_some_and(|regex| regex.is_match(region))
    }
}

/// The partition of a region: the one that lists it, else one that its name looks like, else `aws`.
pub fn partition(partitions: &'static [Partition], region: &str) -> Option<&'static Partition> {
    let lists = |partition: &&Partition| partition.regions.contains(&region);
    let looks_like = |partition: &&Partition| partition.region_regex.matches(region);
    partitions
        .iter()
        .find(lists)
        .or_else(|| partitions.iter().find(looks_like))
        .or_else(|| partitions.iter().find(|partition| partition.id == "aws"))
}

#[cfg(test)]
mod tests {
    use super::*;

    static PARTITIONS: [Partition; 2] = [
        named("aws-cn", "amazonaws.com.cn", r"^cn\-\w+\-\d+$", &["cn-north-1", "us-odd-1"]),
        named("aws", "amazonaws.com", r"^(us|eu)\-\w+\-\d+$", &["us-east-1", "aws-global"]),
    ];

    const fn named(
        id: &'static str,
        dns_suffix: &'static str,
        regex: &'static str,
        regions: &'static [&'static str],
    ) -> Partition {
        Partition {
            id,
            region_regex: RegionRegex::new(regex),
            regions,
            name: id,
            dns_suffix,
            dual_stack_dns_suffix: dns_suffix,
            implicit_global_region: regions[0],
            supports_fips: true,
            supports_dual_stack: true,
        }
    }

    fn of(region: &str) -> &'static str {
        partition(&PARTITIONS, region).unwrap().id
    }

    #[test]
    fn a_listed_region_belongs_where_it_is_listed() {
        assert_eq!(of("cn-north-1"), "aws-cn");
        assert_eq!(of("aws-global"), "aws");
        assert_eq!(of("us-odd-1"), "aws-cn", "although it looks like another's");
    }

    #[test]
    fn a_new_region_belongs_where_its_name_looks_like() {
        assert_eq!(of("cn-west-9"), "aws-cn");
        assert_eq!(of("eu-moon-1"), "aws");
    }

    #[test]
    fn any_other_region_is_taken_for_one_of_aws() {
        assert_eq!(of("mars"), "aws");
    }

    #[test]
    fn without_partitions_there_is_none() {
        assert!(partition(&[], "us-east-1").is_none());
    }

    #[test]
    fn what_is_no_regular_expression_matches_nothing() {
        assert!(!RegionRegex::new("(").matches("("));
    }
}
