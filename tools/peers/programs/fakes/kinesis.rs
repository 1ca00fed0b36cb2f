//! Streams of one shard each.

use super::Memory;
use kinesis_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, Vec<Record>>>);

const SHARD: &str = "shardId-000000000000";

fn find<'s>(streams: &'s mut BTreeMap<String, Vec<Record>>, name: Option<String>) -> Result<&'s mut Vec<Record>, Error> {
    let name = name.unwrap_or_default();
    streams.get_mut(&name).ok_or_else(|| ResourceNotFoundException::new(format!("Stream {name} not found")).into())
}

fn append(records: &mut Vec<Record>, data: Blob, key: Option<String>) -> String {
    let number = records.len().to_string();
    let mut record = Record::new(&number, data).approximate_arrival_timestamp(DateTime::from_millis(1_700_000_000_500));
    record.partition_key = key;
    records.push(record);
    number
}

impl Kinesis for Fake {
    async fn create_stream(&self, request: CreateStreamInput) -> Result<CreateStreamOutput, Error> {
        let mut streams = self.0.open();
        if streams.contains_key(&request.stream_name) {
            return Err(ResourceInUseException::new("The stream exists").into());
        }
        streams.insert(request.stream_name, Vec::new());
        Ok(CreateStreamOutput::default())
    }

    async fn put_record(&self, request: PutRecordInput) -> Result<PutRecordOutput, Error> {
        let mut streams = self.0.open();
        let number = append(find(&mut streams, request.stream_name)?, request.data, request.partition_key);
        Ok(PutRecordOutput::new(SHARD, number))
    }

    async fn put_records(&self, request: PutRecordsInput) -> Result<PutRecordsOutput, Error> {
        let mut streams = self.0.open();
        let stream = find(&mut streams, request.stream_name)?;
        let put = request.records.into_iter().map(|entry| {
            let number = append(stream, entry.data, entry.partition_key);
            PutRecordsResultEntry::default().shard_id(SHARD).sequence_number(number)
        });
        Ok(PutRecordsOutput::new(put.collect::<Vec<_>>()).failed_record_count(0))
    }

    async fn get_shard_iterator(&self, request: GetShardIteratorInput) -> Result<GetShardIteratorOutput, Error> {
        let mut streams = self.0.open();
        let name = request.stream_name.clone().unwrap_or_default();
        let end = find(&mut streams, request.stream_name)?.len();
        let start = if request.shard_iterator_type == ShardIteratorType::Latest { end } else { 0 };
        Ok(GetShardIteratorOutput::default().shard_iterator(format!("{name}:{start}")))
    }

    async fn get_records(&self, request: GetRecordsInput) -> Result<GetRecordsOutput, Error> {
        let (name, start) = request.shard_iterator.split_once(':').ok_or_else(|| ExpiredIteratorException::new("no iterator"))?;
        let mut streams = self.0.open();
        let records = find(&mut streams, Some(name.to_owned()))?.clone();
        let (records, _) = super::page(records, Some(start), request.limit);
        let next = start.parse::<usize>().unwrap_or_default() + records.len();
        Ok(GetRecordsOutput::new(records).next_shard_iterator(format!("{name}:{next}")).millis_behind_latest(0))
    }

    async fn subscribe_to_shard(&self, request: SubscribeToShardInput) -> Result<SubscribeToShardOutput, Error> {
        let mut streams = self.0.open();
        let name = request.consumer_arn.split('/').nth(1).map(str::to_owned);
        let records = find(&mut streams, name)?.clone();
        let events = records.into_iter().map(|record| {
            let event = SubscribeToShardEvent::new([record], "next", 0);
            SubscribeToShardEventStream::SubscribeToShardEvent(event)
        });
        Ok(SubscribeToShardOutput::new(events.collect()))
    }
}
