//! Tables of items, by the attributes that are their keys.

use super::Memory;
use dynamodb_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, Table>>);

type Item = BTreeMap<String, AttributeValue>;

#[derive(Debug, Default)]
struct Table {
    keys: Vec<String>,
    items: Vec<Item>,
}

impl Table {
    fn position(&self, key: &Item) -> Option<usize> {
        self.items.iter().position(|item| self.keys.iter().all(|name| item.get(name) == key.get(name)))
    }
}

fn find<'t>(tables: &'t mut BTreeMap<String, Table>, name: &str) -> Result<&'t mut Table, Error> {
    tables.get_mut(name).ok_or_else(|| ResourceNotFoundException::new("Requested resource not found").into())
}

impl DynamoDb for Fake {
    async fn create_table(&self, request: CreateTableInput) -> Result<CreateTableOutput, Error> {
        let mut tables = self.0.open();
        if tables.contains_key(&request.table_name) {
            return Err(ResourceInUseException::new(format!("Table already exists: {}", request.table_name)).into());
        }
        let keys = request.key_schema.unwrap_or_default().into_iter().map(|element| element.attribute_name).collect();
        tables.insert(request.table_name.clone(), Table { keys, items: Vec::new() });
        let description = TableDescription::default().table_name(request.table_name).table_status(TableStatus::Active);
        Ok(CreateTableOutput::default().table_description(description))
    }

    async fn put_item(&self, request: PutItemInput) -> Result<PutItemOutput, Error> {
        let mut tables = self.0.open();
        let table = find(&mut tables, &request.table_name)?;
        match table.position(&request.item) {
            // The one condition that is known.
            Some(position) if request.condition_expression.is_some() => {
                let failed = ConditionalCheckFailedException::new("The conditional request failed");
                return Err(failed.item(table.items[position].clone()).into());
            }
            Some(position) => table.items[position] = request.item,
            None => table.items.push(request.item),
        }
        Ok(PutItemOutput::default())
    }

    async fn get_item(&self, request: GetItemInput) -> Result<GetItemOutput, Error> {
        let mut tables = self.0.open();
        let table = find(&mut tables, &request.table_name)?;
        let mut output = GetItemOutput::default();
        output.item = table.position(&request.key).map(|position| table.items[position].clone());
        Ok(output)
    }

    async fn query(&self, request: QueryInput) -> Result<QueryOutput, Error> {
        let mut tables = self.0.open();
        let table = find(&mut tables, &request.table_name)?;
        // What is asked for is the value of the first key.
        let wanted = request.expression_attribute_values.unwrap_or_default();
        let first = table.keys.first().cloned().unwrap_or_default();
        let items = table.items.iter().filter(|item| item.get(&first).is_some_and(|value| wanted.values().any(|it| it == value)));
        let start = match request.exclusive_start_key {
            Some(key) => table.position(&key).map(|position| (position + 1).to_string()),
            None => None,
        };
        let (items, next) = super::page(items.cloned().collect(), start.as_deref(), request.limit);
        let last = items.last().filter(|_| next.is_some()).map(|item: &Item| {
            table.keys.iter().filter_map(|name| Some((name.clone(), item.get(name)?.clone()))).collect::<Item>()
        });
        let mut output = QueryOutput::default().count(i32::try_from(items.len()).unwrap_or(i32::MAX)).items(items);
        output.last_evaluated_key = last;
        Ok(output)
    }

    async fn delete_item(&self, request: DeleteItemInput) -> Result<DeleteItemOutput, Error> {
        let mut tables = self.0.open();
        let table = find(&mut tables, &request.table_name)?;
        if let Some(position) = table.position(&request.key) {
            table.items.remove(position);
        }
        Ok(DeleteItemOutput::default())
    }
}
