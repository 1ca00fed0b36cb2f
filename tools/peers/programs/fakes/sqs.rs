//! Queues: what is sent is received once, until it is deleted.

use super::Memory;
use sqs_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, Queue>>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<Message>,
    /// By their handles.
    received: BTreeMap<String, Message>,
    count: usize,
}

const HOST: &str = "https://sqs.example.com/123456789012/";

impl Queue {
    fn send(&mut self, body: String, attributes: Option<BTreeMap<String, MessageAttributeValue>>) -> String {
        self.count += 1;
        let id = format!("message-{}", self.count);
        let mut message = Message::default().message_id(&id).receipt_handle(format!("handle-{}", self.count)).body(body);
        message.message_attributes = attributes;
        self.waiting.push(message);
        id
    }
}

fn find<'q>(queues: &'q mut BTreeMap<String, Queue>, url: &str) -> Result<&'q mut Queue, Error> {
    let name = url.strip_prefix(HOST).unwrap_or(url);
    queues.get_mut(name).ok_or_else(|| QueueDoesNotExist::new("There is no such queue").into())
}

impl Sqs for Fake {
    async fn create_queue(&self, request: CreateQueueRequest) -> Result<CreateQueueResult, Error> {
        let url = format!("{HOST}{}", request.queue_name);
        self.0.open().entry(request.queue_name).or_default();
        Ok(CreateQueueResult::default().queue_url(url))
    }

    async fn get_queue_url(&self, request: GetQueueUrlRequest) -> Result<GetQueueUrlResult, Error> {
        find(&mut self.0.open(), &request.queue_name)?;
        Ok(GetQueueUrlResult::default().queue_url(format!("{HOST}{}", request.queue_name)))
    }

    async fn list_queues(&self, request: ListQueuesRequest) -> Result<ListQueuesResult, Error> {
        let urls = self.0.open().keys().map(|name| format!("{HOST}{name}")).collect();
        let (urls, next) = super::page(urls, request.next_token.as_deref(), request.max_results);
        let mut result = ListQueuesResult::default().queue_urls(urls);
        result.next_token = next;
        Ok(result)
    }

    async fn send_message(&self, request: SendMessageRequest) -> Result<SendMessageResult, Error> {
        let mut queues = self.0.open();
        let id = find(&mut queues, &request.queue_url)?.send(request.message_body, request.message_attributes);
        Ok(SendMessageResult::default().message_id(id))
    }

    async fn send_message_batch(&self, request: SendMessageBatchRequest) -> Result<SendMessageBatchResult, Error> {
        let mut queues = self.0.open();
        let queue = find(&mut queues, &request.queue_url)?;
        let (good, bad): (Vec<_>, Vec<_>) = request.entries.into_iter().partition(|entry| !entry.message_body.is_empty());
        let sent = good.into_iter().map(|entry| {
            let id = queue.send(entry.message_body, entry.message_attributes);
            SendMessageBatchResultEntry::new(entry.id, id, "")
        });
        let failed = bad.into_iter().map(|entry| BatchResultErrorEntry::new(entry.id, true, "EmptyValue"));
        Ok(SendMessageBatchResult::new(sent.collect::<Vec<_>>(), failed))
    }

    async fn receive_message(&self, request: ReceiveMessageRequest) -> Result<ReceiveMessageResult, Error> {
        let mut queues = self.0.open();
        let queue = find(&mut queues, &request.queue_url)?;
        let many = usize::try_from(request.max_number_of_messages.unwrap_or(1)).unwrap_or(1).min(queue.waiting.len());
        let messages: Vec<Message> = queue.waiting.drain(..many).collect();
        for message in &messages {
            queue.received.insert(message.receipt_handle.clone().unwrap_or_default(), message.clone());
        }
        Ok(ReceiveMessageResult::default().messages(messages))
    }

    async fn delete_message(&self, request: DeleteMessageRequest) -> Result<DeleteMessageResponse, Error> {
        let deleted = find(&mut self.0.open(), &request.queue_url)?.received.remove(&request.receipt_handle);
        let deleted = deleted.map(|_| DeleteMessageResponse::default());
        deleted.ok_or_else(|| ReceiptHandleIsInvalid::new("Nothing was received with it").into())
    }
}
