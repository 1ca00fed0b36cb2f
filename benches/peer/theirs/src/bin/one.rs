//! One operation of Amazon Connect, over HTTPS.

use aws_sdk_connect::types::UserInfo;
use aws_sdk_connect::{Client, Error};
use peer_shared::config;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::new(&config::https());
    let user = UserInfo::builder().user_id("user").build();
    client.update_contact().instance_id("instance").contact_id("contact").name("Called back").user_info(user).send().await?;
    Ok(())
}
