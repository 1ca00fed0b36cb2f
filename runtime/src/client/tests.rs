//! What a client does, told on a small service and a scripted network.

#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod archive;
mod bodies;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod desk;
mod failures;
mod hosts;
mod in_process;
mod overrides;
mod paging;
mod presigning;
mod requests;
mod retries;
mod script;
mod streams;

use crate::client::{Core, Partition, partition};
use crate::validate::Pattern;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::time::StaticTimeSource;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::sdk_config::Builder;
use desk::DESK;
use script::Script;

/// A client of the desk, on this network, in Oregon, in November 2023.
fn client(script: &Script) -> Core {
    Core::new(&DESK, &config(script).build())
}

fn config(script: &Script) -> Builder {
    SdkConfig::builder()
        .http_client(script.clone())
        .region(Region::from_static("us-west-2"))
        .credentials_provider(SharedCredentialsProvider::new(credentials("AKID")))
        .time_source(StaticTimeSource::from_secs(1_700_000_000))
}

fn credentials(id: &'static str) -> Credentials {
    Credentials::new(id, "secret", None, None, "test")
}

/// Futures and streams travel between threads.
fn travels<T: Send>(value: T) -> T {
    value
}

mod partitions {
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
            region_regex: Pattern::part(regex),
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
}
