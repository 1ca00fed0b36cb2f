//! SQS: awsJson1_0, whose errors have codes of the query protocol.

use super::{Outcome, fails, there};
use sqs_api::*;
use sqs_client::Client;
use std::collections::BTreeMap;

pub(super) async fn run(client: &Client) -> Outcome {
    let timeout = BTreeMap::from([(QueueAttributeName::VisibilityTimeout, "30".to_owned())]);
    let create = CreateQueueRequest::new("orders").attributes(timeout).tags([("team", "desk")]);
    let url = there(client.create_queue(create).await?.queue_url)?;
    assert_eq!(client.get_queue_url(GetQueueUrlRequest::new("orders")).await?.queue_url.as_ref(), Some(&url));

    messages(client, &url).await?;
    attributes(client, &url).await?;
    pages(client).await?;

    client.delete_queue(DeleteQueueRequest::new(&url)).await?;
    fails!(client.get_queue_url(GetQueueUrlRequest::new("orders")), Error::QueueDoesNotExist(_));
    fails!(client.send_message(SendMessageRequest::new(&url, "too late")), Error::QueueDoesNotExist(_));
    Ok(())
}

async fn messages(client: &Client, url: &str) -> Outcome {
    let color = MessageAttributeValue::new("String").string_value("ü☃");
    let bytes = MessageAttributeValue::new("Binary").binary_value(Blob::new([0, 255]));
    let send = SendMessageRequest::new(url, "{\"a\": \"ü\"}").message_attributes([("color", color), ("bytes", bytes)]);
    let sent = client.send_message(send).await?;
    let receive = ReceiveMessageRequest::new(url).message_attribute_names(["All"]).max_number_of_messages(10);
    let received = there(client.receive_message(receive.clone()).await?.messages)?;
    let [message] = &received[..] else { return Err(format!("{received:?}").into()) };
    assert_eq!(message.body.as_deref(), Some("{\"a\": \"ü\"}"));
    assert_eq!((&message.message_id, &message.md5_of_body), (&sent.message_id, &sent.md5_of_message_body));
    let attributes = there(message.message_attributes.as_ref())?;
    assert_eq!(attributes["color"].string_value.as_deref(), Some("ü☃"));
    assert_eq!(attributes["bytes"].binary_value, Some(Blob::new([0, 255])));

    let handle = there(message.receipt_handle.clone())?;
    client.change_message_visibility(ChangeMessageVisibilityRequest::new(url, &handle, 0)).await?;
    let again = there(client.receive_message(receive.clone()).await?.messages)?;
    let handle = there(again[0].receipt_handle.clone())?;
    client.delete_message(DeleteMessageRequest::new(url, handle)).await?;
    assert_eq!(client.receive_message(receive.clone()).await?.messages.unwrap_or_default(), []);
    fails!(
        client.change_message_visibility(ChangeMessageVisibilityRequest::new(url, "no handle", 0)),
        Error::ReceiptHandleIsInvalid(_)
    );

    let entries = (0..5).map(|number| SendMessageBatchRequestEntry::new(format!("id{number}"), format!("body {number}")));
    let batch = client.send_message_batch(SendMessageBatchRequest::new(url, entries)).await?;
    assert_eq!((batch.successful.len(), batch.failed.len()), (5, 0));
    let twice = ["same", "same"].map(|id| SendMessageBatchRequestEntry::new(id, "body"));
    fails!(client.send_message_batch(SendMessageBatchRequest::new(url, twice)), Error::BatchEntryIdsNotDistinct(_));
    assert_eq!(there(client.receive_message(receive).await?.messages)?.len(), 5);
    client.purge_queue(PurgeQueueRequest::new(url)).await?;
    Ok(())
}

async fn attributes(client: &Client, url: &str) -> Outcome {
    let delay = BTreeMap::from([(QueueAttributeName::DelaySeconds, "7".to_owned())]);
    client.set_queue_attributes(SetQueueAttributesRequest::new(url, delay)).await?;
    let get = GetQueueAttributesRequest::new(url).attribute_names([QueueAttributeName::All]);
    let attributes = there(client.get_queue_attributes(get).await?.attributes)?;
    assert_eq!(attributes[&QueueAttributeName::DelaySeconds], "7");
    assert_eq!(attributes[&QueueAttributeName::VisibilityTimeout], "30");
    client.tag_queue(TagQueueRequest::new(url, [("stage", "test")])).await?;
    let tags = there(client.list_queue_tags(ListQueueTagsRequest::new(url)).await?.tags)?;
    assert_eq!(tags, BTreeMap::from([("stage", "test"), ("team", "desk")].map(|(key, value)| (key.into(), value.into()))));
    Ok(())
}

async fn pages(client: &Client) -> Outcome {
    for number in 0..5 {
        client.create_queue(CreateQueueRequest::new(format!("page-{number}"))).await?;
    }
    let list = ListQueuesRequest::default().queue_name_prefix("page-").max_results(2);
    let (mut items, mut urls) = (client.list_queues(list.clone()).items(), Vec::new());
    while let Some(url) = items.try_next().await? {
        urls.push(url);
    }
    assert_eq!(urls.len(), 5, "{urls:?}");
    let (mut pages, mut sizes) = (client.list_queues(list).pages(), Vec::new());
    while let Some(page) = pages.try_next().await? {
        sizes.push(there(page.queue_urls)?.len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    Ok(())
}
