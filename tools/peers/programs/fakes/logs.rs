//! Groups of streams of lines.

use super::Memory;
use logs_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, BTreeMap<String, Vec<OutputLogEvent>>>>);

/// The models of these errors have no member for a message.
fn missing(what: &str) -> Error {
    let mut error = ResourceNotFoundException::default();
    error.meta = ErrorMeta::of_message(format!("The specified {what} does not exist."));
    error.into()
}

impl CloudWatchLogs for Fake {
    async fn create_log_group(&self, request: CreateLogGroupRequest) -> Result<CreateLogGroupResponse, Error> {
        let mut groups = self.0.open();
        if groups.contains_key(&request.log_group_name) {
            return Err(ResourceAlreadyExistsException::default().into());
        }
        groups.insert(request.log_group_name, BTreeMap::new());
        Ok(CreateLogGroupResponse::default())
    }

    async fn create_log_stream(&self, request: CreateLogStreamRequest) -> Result<CreateLogStreamResponse, Error> {
        let mut groups = self.0.open();
        let group = groups.get_mut(&request.log_group_name).ok_or_else(|| missing("log group"))?;
        group.entry(request.log_stream_name).or_default();
        Ok(CreateLogStreamResponse::default())
    }

    async fn put_log_events(&self, request: PutLogEventsRequest) -> Result<PutLogEventsResponse, Error> {
        let mut groups = self.0.open();
        let group = groups.get_mut(&request.log_group_name).ok_or_else(|| missing("log group"))?;
        let stream = group.get_mut(&request.log_stream_name).ok_or_else(|| missing("log stream"))?;
        let lines = request.log_events.into_iter();
        stream.extend(lines.map(|line| OutputLogEvent::default().timestamp(line.timestamp).message(line.message)));
        Ok(PutLogEventsResponse::default().next_sequence_token(stream.len().to_string()))
    }

    async fn get_log_events(&self, request: GetLogEventsRequest) -> Result<GetLogEventsResponse, Error> {
        let groups = self.0.open();
        let group = groups.get(&request.log_group_name.unwrap_or_default()).ok_or_else(|| missing("log group"))?;
        let stream = group.get(&request.log_stream_name).ok_or_else(|| missing("log stream"))?;
        Ok(GetLogEventsResponse::default().events(stream.clone()))
    }

    async fn describe_log_groups(&self, request: DescribeLogGroupsRequest) -> Result<DescribeLogGroupsResponse, Error> {
        let groups = self.0.open().keys().map(|name| LogGroup::default().log_group_name(name)).collect();
        let (groups, next) = super::page(groups, request.next_token.as_deref(), request.limit);
        let mut response = DescribeLogGroupsResponse::default().log_groups(groups);
        response.next_token = next;
        Ok(response)
    }

    async fn start_live_tail(&self, request: StartLiveTailRequest) -> Result<StartLiveTailResponse, Error> {
        let start = LiveTailSessionStart::default().log_group_identifiers(request.log_group_identifiers);
        let line = LiveTailSessionLogEvent::default().message("live ü");
        let update = LiveTailSessionUpdate::default().session_results([line]);
        let mut response = StartLiveTailResponse::default();
        response.response_stream =
            [StartLiveTailResponseStream::SessionStart(start), StartLiveTailResponseStream::SessionUpdate(update)].into();
        Ok(response)
    }
}
