//! Kinesis: awsJson1_1, with blobs, times and waiters.

use super::{Outcome, fails, there};
use kinesis_api::*;
use kinesis_client::Client;
use std::time::Duration;

pub(super) async fn run(client: &Client) -> Outcome {
    client.create_stream(CreateStreamInput::new("clicks").shard_count(2)).await?;
    let describe = DescribeStreamInput::default().stream_name("clicks");
    let exists = client.wait_until_stream_exists(describe.clone()).delays(Duration::from_millis(50)..=Duration::from_millis(50));
    exists.await?;
    fails!(client.create_stream(CreateStreamInput::new("clicks").shard_count(1)), Error::ResourceInUse(_));

    records(client).await?;

    let summary = client.describe_stream_summary(DescribeStreamSummaryInput::default().stream_name("clicks")).await?;
    let summary = summary.stream_description_summary;
    assert_eq!((summary.stream_name.as_str(), summary.open_shard_count), ("clicks", 2));
    let retention = IncreaseStreamRetentionPeriodInput::new(48).stream_name("clicks");
    client.increase_stream_retention_period(retention).await?;
    let description = client.describe_stream(describe.clone()).await?.stream_description;
    assert_eq!(description.retention_period_hours, 48);
    client.add_tags_to_stream(AddTagsToStreamInput::new([("team", "desk")]).stream_name("clicks")).await?;
    let tags = client.list_tags_for_stream(ListTagsForStreamInput::default().stream_name("clicks")).await?.tags;
    assert_eq!((tags[0].key.as_str(), tags[0].value.as_deref()), ("team", Some("desk")));
    assert_eq!(client.list_streams(ListStreamsInput::default()).await?.stream_names, ["clicks"]);

    client.delete_stream(DeleteStreamInput::default().stream_name("clicks")).await?;
    let gone =
        client.wait_until_stream_not_exists(describe.clone()).delays(Duration::from_millis(50)..=Duration::from_millis(50));
    gone.await?;
    fails!(client.describe_stream(describe), Error::ResourceNotFound(_));
    Ok(())
}

async fn records(client: &Client) -> Outcome {
    let put = PutRecordInput::new(Blob::new("first ü")).stream_name("clicks").partition_key("a");
    let first = client.put_record(put).await?;
    let entries = (0..3).map(|number| PutRecordsRequestEntry::new(Blob::new([number, 255])).partition_key("a"));
    let rest = client.put_records(PutRecordsInput::new(entries).stream_name("clicks")).await?;
    assert_eq!((rest.failed_record_count, rest.records.len()), (Some(0), 3));

    let shards = there(client.list_shards(ListShardsInput::default().stream_name("clicks")).await?.shards)?;
    assert_eq!(shards.len(), 2);
    let start = GetShardIteratorInput::new(&first.shard_id, ShardIteratorType::TrimHorizon).stream_name("clicks");
    let iterator = there(client.get_shard_iterator(start).await?.shard_iterator)?;
    let page = client.get_records(GetRecordsInput::new(iterator).limit(1)).await?;
    assert_eq!(page.records[0].data, Blob::new("first ü"));
    assert_eq!(page.records[0].sequence_number, first.sequence_number);
    assert!(page.records[0].approximate_arrival_timestamp.is_some());
    let next = client.get_records(GetRecordsInput::new(there(page.next_shard_iterator)?)).await?;
    let data: Vec<_> = next.records.iter().map(|record| record.data.as_ref().to_vec()).collect();
    assert_eq!(data, [[0, 255], [1, 255], [2, 255]]);
    Ok(())
}
