//! Splitting a model's names into words, on top of heck, which mangles some of AWS's: `ETag`, `OAuth2`, `IPv6Address`, `ARNs`.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Spellings that are one word, or one word and a plural, with what heck takes for one.
const SPELLINGS: [(&str, &str); 12] = [
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("ETag", "Etag"),
    ("OAuth", "Oauth"),
    ("WebRTC", "WebRtc"),
    ("ARNs", "Arns"),
    ("URNs", "Urns"),
    ("URIs", "Uris"),
    ("URLs", "Urls"),
    ("IDs", "Ids"),
    ("APIs", "Apis"),
    ("VPCs", "Vpcs"),
];

/// `ListIPv6Addresses` to `list_ipv6_addresses`.
pub fn snake_case(name: &str) -> String {
    respell(name).to_snake_case()
}

/// `ListSecurityProfileAIAgents` to `ListSecurityProfileAiAgents`, `EMAIL_MESSAGE` to `EmailMessage`.
pub fn upper_camel_case(name: &str) -> String {
    respell(name).to_upper_camel_case()
}

fn respell(name: &str) -> String {
    SPELLINGS.iter().fold(name.to_owned(), |name, (spelling, word)| match name.contains(spelling) {
        true => name.replace(spelling, word),
        false => name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_the_words_that_a_person_reads() {
        for (name, snake, camel) in [
            ("UpdateContact", "update_contact", "UpdateContact"),
            ("ListSecurityProfileAIAgents", "list_security_profile_ai_agents", "ListSecurityProfileAiAgents"),
            ("StartWebRTCContact", "start_web_rtc_contact", "StartWebRtcContact"),
            ("IPv6Address", "ipv6_address", "Ipv6Address"),
            ("ETag", "etag", "Etag"),
            ("OAuth2Token", "oauth2_token", "Oauth2Token"),
            ("AgentStatusARNs", "agent_status_arns", "AgentStatusArns"),
            ("EMAIL_MESSAGE_PLAIN_TEXT", "email_message_plain_text", "EmailMessagePlainText"),
            ("en-US", "en_us", "EnUs"),
            ("Courier New", "courier_new", "CourierNew"),
            ("x-amz-resource-id", "x_amz_resource_id", "XAmzResourceId"),
            ("S3Uri", "s3_uri", "S3Uri"),
        ] {
            assert_eq!((snake_case(name).as_str(), upper_camel_case(name).as_str()), (snake, camel), "{name}");
        }
    }
}
