//! CloudWatch Logs: awsJson1_1, with tokens that go both ways.

use super::{Outcome, fails, there};
use logs_api::*;
use logs_client::Client;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) async fn run(client: &Client) -> Outcome {
    client.create_log_group(CreateLogGroupRequest::new("/desk/a").tags([("team", "desk")])).await?;
    fails!(client.create_log_group(CreateLogGroupRequest::new("/desk/a")), Error::ResourceAlreadyExists(_));
    client.put_retention_policy(PutRetentionPolicyRequest::new("/desk/a", 7)).await?;
    client.create_log_group(CreateLogGroupRequest::new("/desk/b")).await?;
    let (mut groups, mut found) = (
        client.describe_log_groups(DescribeLogGroupsRequest::default().log_group_name_prefix("/desk/").limit(1)).items(),
        Vec::new(),
    );
    while let Some(group) = groups.try_next().await? {
        found.push((there(group.log_group_name)?, group.retention_in_days));
    }
    assert_eq!(found, [("/desk/a".to_owned(), Some(7)), ("/desk/b".to_owned(), None)]);

    client.create_log_stream(CreateLogStreamRequest::new("/desk/a", "s")).await?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let lines = (0..4).map(|number| InputLogEvent::new(now + number, format!("line {number} ü")));
    client.put_log_events(PutLogEventsRequest::new("/desk/a", "s", lines)).await?;
    let get = GetLogEventsRequest::new("s").log_group_name("/desk/a").start_from_head(true);
    let page = client.get_log_events(get.clone().limit(3)).await?;
    let events = there(page.events)?;
    assert_eq!((events.len(), events[0].timestamp), (3, Some(now)));
    let rest = client.get_log_events(get.next_token(there(page.next_forward_token)?)).await?;
    assert_eq!(there(rest.events)?[0].message.as_deref(), Some("line 3 ü"));
    let filter = FilterLogEventsRequest::default().log_group_name("/desk/a").filter_pattern("\"line 2\"");
    let filtered = there(client.filter_log_events(filter).await?.events)?;
    assert_eq!(filtered.iter().map(|event| event.message.as_deref()).collect::<Vec<_>>(), [Some("line 2 ü")]);
    let streams = client.describe_log_streams(DescribeLogStreamsRequest::default().log_group_name("/desk/a")).await?;
    assert_eq!(there(streams.log_streams)?[0].log_stream_name.as_deref(), Some("s"));

    let nowhere = PutLogEventsRequest::new("/desk/a", "nobody", [InputLogEvent::new(now, "lost")]);
    fails!(client.put_log_events(nowhere), Error::ResourceNotFound(_));
    client.delete_log_group(DeleteLogGroupRequest::new("/desk/a")).await?;
    fails!(client.delete_log_group(DeleteLogGroupRequest::new("/desk/a")), Error::ResourceNotFound(_));
    Ok(())
}
