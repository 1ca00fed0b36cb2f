//! DynamoDB: awsJson1_0, with values that hold one another, and waiters.

use super::{Outcome, fails, there};
use dynamodb_api::*;
use dynamodb_client::Client;
use std::collections::BTreeMap;
use std::time::Duration;

type Item = BTreeMap<String, AttributeValue>;

fn text(text: &str) -> AttributeValue {
    AttributeValue::default().s(text)
}

fn number(number: i64) -> AttributeValue {
    AttributeValue::default().n(number.to_string())
}

fn item(desk: &str, count: i64) -> Item {
    let nested =
        AttributeValue::default().m([("ü", AttributeValue::default().l([text("☃"), AttributeValue::default().null(true)]))]);
    BTreeMap::from([
        ("desk".to_owned(), text(desk)),
        ("count".to_owned(), number(count)),
        ("bytes".to_owned(), AttributeValue::default().b(Blob::new([0, 255]))),
        ("nested".to_owned(), nested),
        ("open".to_owned(), AttributeValue::default().bool(true)),
    ])
}

fn key(desk: &str, count: i64) -> Item {
    BTreeMap::from([("desk".to_owned(), text(desk)), ("count".to_owned(), number(count))])
}

pub(super) async fn run(client: &Client) -> Outcome {
    let schema = [KeySchemaElement::new("desk", KeyType::Hash), KeySchemaElement::new("count", KeyType::Range)];
    let types =
        [AttributeDefinition::new("desk", ScalarAttributeType::S), AttributeDefinition::new("count", ScalarAttributeType::N)];
    let create = CreateTableInput::new("desks").key_schema(schema).attribute_definitions(types);
    let create = create.billing_mode(BillingMode::PayPerRequest);
    client.create_table(create.clone()).await?;
    fails!(client.create_table(create), Error::ResourceInUse(_));
    let delays = Duration::from_millis(50)..=Duration::from_millis(50);
    client.wait_until_table_exists(DescribeTableInput::new("desks")).delays(delays.clone()).await?;

    items(client).await?;
    lists(client).await?;

    client.delete_table(DeleteTableInput::new("desks")).await?;
    client.wait_until_table_not_exists(DescribeTableInput::new("desks")).delays(delays).await?;
    fails!(client.describe_table(DescribeTableInput::new("desks")), Error::ResourceNotFound(_));
    fails!(client.get_item(GetItemInput::new("desks", key("a", 1))), Error::ResourceNotFound(_));
    Ok(())
}

async fn items(client: &Client) -> Outcome {
    client.put_item(PutItemInput::new("desks", item("a", 1))).await?;
    let found = client.get_item(GetItemInput::new("desks", key("a", 1)).consistent_read(true)).await?;
    assert_eq!(found.item, Some(item("a", 1)));
    assert_eq!(client.get_item(GetItemInput::new("desks", key("nobody", 1))).await?.item, None);

    let again = PutItemInput::new("desks", item("a", 1)).condition_expression("attribute_not_exists(desk)");
    fails!(client.put_item(again), Error::ConditionalCheckFailed(_));
    let update = UpdateItemInput::new("desks", key("a", 1))
        .update_expression("SET #o = :closed")
        .expression_attribute_names([("#o", "open")])
        .expression_attribute_values([(":closed", AttributeValue::default().bool(false))])
        .return_values(ReturnValue::AllNew);
    let updated = there(client.update_item(update).await?.attributes)?;
    assert_eq!(updated["open"], AttributeValue::default().bool(false));
    client.delete_item(DeleteItemInput::new("desks", key("a", 1))).await?;
    assert_eq!(client.get_item(GetItemInput::new("desks", key("a", 1))).await?.item, None);
    Ok(())
}

async fn lists(client: &Client) -> Outcome {
    let puts = (0..5).map(|count| WriteRequest::default().put_request(PutRequest::new(item("b", count))));
    let batch = BatchWriteItemInput::new(BTreeMap::from([("desks".to_owned(), puts.collect::<Vec<_>>())]));
    assert!(client.batch_write_item(batch).await?.unprocessed_items.unwrap_or_default().is_empty());
    let query = QueryInput::new("desks")
        .key_condition_expression("desk = :desk AND #c >= :least")
        .expression_attribute_names([("#c", "count")])
        .expression_attribute_values([(":desk", text("b")), (":least", number(1))])
        .limit(2);
    let (mut items, mut counts) = (client.query(query).items(), Vec::new());
    while let Some(item) = items.try_next().await? {
        counts.push(item["count"].clone());
    }
    assert_eq!(counts, [1, 2, 3, 4].map(number));
    let (mut items, mut count) = (client.scan(ScanInput::new("desks").limit(2)).items(), 0);
    while items.try_next().await?.is_some() {
        count += 1;
    }
    assert_eq!(count, 5);
    let keys = KeysAndAttributes::new([key("b", 0), key("b", 4)]);
    let batch = client.batch_get_item(BatchGetItemInput::new(BTreeMap::from([("desks".to_owned(), keys)]))).await?;
    assert_eq!(there(batch.responses)?["desks"].len(), 2);
    let puts = [0, 9].map(|count| {
        let put = Put::new(item("b", count), "desks").condition_expression("attribute_not_exists(desk)");
        TransactWriteItem::default().put(put)
    });
    match client.transact_write_items(TransactWriteItemsInput::new(puts)).await {
        Err(Error::TransactionCanceled(canceled)) => {
            let codes: Vec<_> = there(canceled.cancellation_reasons)?.into_iter().map(|reason| reason.code).collect();
            assert_eq!(codes, [Some("ConditionalCheckFailed".to_owned()), Some("None".to_owned())]);
        }
        other => panic!("expected TransactionCanceled, got {other:?}"),
    }
    assert_eq!(client.list_tables(ListTablesInput::default()).await?.table_names, Some(vec!["desks".to_owned()]));
    Ok(())
}
