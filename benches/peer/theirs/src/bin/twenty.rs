//! Twenty operations of Amazon Connect, over HTTPS.

use aws_sdk_connect::types::{ReferenceType, UserInfo};
use aws_sdk_connect::{Client, Error};
use peer_shared::config;

const INSTANCE: &str = "instance";
const ID: &str = "id";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::new(&config::https());
    let user = UserInfo::builder().user_id(ID).build();
    client.update_contact().instance_id(INSTANCE).contact_id(ID).name("Called back").user_info(user).send().await?;
    let request = client.list_contact_references().instance_id(INSTANCE).contact_id(ID).reference_types(ReferenceType::Url);
    println!("{:?}", request.send().await?);
    println!("{:?}", client.describe_contact().instance_id(INSTANCE).contact_id(ID).send().await?);
    println!("{:?}", client.stop_contact().contact_id(ID).instance_id(INSTANCE).send().await?);
    println!("{:?}", client.list_users().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.describe_user().user_id(ID).instance_id(INSTANCE).send().await?);
    println!("{:?}", client.delete_user().instance_id(INSTANCE).user_id(ID).send().await?);
    println!("{:?}", client.list_queues().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.describe_queue().instance_id(INSTANCE).queue_id(ID).send().await?);
    println!("{:?}", client.delete_queue().instance_id(INSTANCE).queue_id(ID).send().await?);
    println!("{:?}", client.describe_instance().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.delete_instance().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.list_prompts().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.describe_prompt().instance_id(INSTANCE).prompt_id(ID).send().await?);
    println!("{:?}", client.delete_prompt().instance_id(INSTANCE).prompt_id(ID).send().await?);
    println!("{:?}", client.list_routing_profiles().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.describe_routing_profile().instance_id(INSTANCE).routing_profile_id(ID).send().await?);
    println!("{:?}", client.list_contact_flows().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.search_users().instance_id(INSTANCE).send().await?);
    println!("{:?}", client.create_queue().instance_id(INSTANCE).name(ID).hours_of_operation_id(ID).send().await?);
    Ok(())
}
