//! Twenty operations of Amazon Connect, over HTTPS.

use connect_api::*;
use connect_client::Client;
use peer_shared::config;

const INSTANCE: &str = "instance";
const ID: &str = "id";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::new(&config::https());
    client
        .update_contact(UpdateContactRequest::new(INSTANCE, ID).name("Called back").user_info(UserInfo::default().user_id(ID)))
        .await?;
    let request = ListContactReferencesRequest::new(INSTANCE, ID, [ReferenceType::Url]);
    println!("{:?}", client.list_contact_references(request).await?);
    println!("{:?}", client.describe_contact(DescribeContactRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.stop_contact(StopContactRequest::new(ID, INSTANCE)).await?);
    println!("{:?}", client.list_users(ListUsersRequest::new(INSTANCE)).await?);
    println!("{:?}", client.describe_user(DescribeUserRequest::new(ID, INSTANCE)).await?);
    println!("{:?}", client.delete_user(DeleteUserRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.list_queues(ListQueuesRequest::new(INSTANCE)).await?);
    println!("{:?}", client.describe_queue(DescribeQueueRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.delete_queue(DeleteQueueRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.describe_instance(DescribeInstanceRequest::new(INSTANCE)).await?);
    println!("{:?}", client.delete_instance(DeleteInstanceRequest::new(INSTANCE)).await?);
    println!("{:?}", client.list_prompts(ListPromptsRequest::new(INSTANCE)).await?);
    println!("{:?}", client.describe_prompt(DescribePromptRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.delete_prompt(DeletePromptRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.list_routing_profiles(ListRoutingProfilesRequest::new(INSTANCE)).await?);
    println!("{:?}", client.describe_routing_profile(DescribeRoutingProfileRequest::new(INSTANCE, ID)).await?);
    println!("{:?}", client.list_contact_flows(ListContactFlowsRequest::new(INSTANCE)).await?);
    println!("{:?}", client.search_users(SearchUsersRequest::new(INSTANCE)).await?);
    println!("{:?}", client.create_queue(CreateQueueRequest::new(INSTANCE, ID, ID)).await?);
    Ok(())
}
