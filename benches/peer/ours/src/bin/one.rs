//! One operation of Amazon Connect, over HTTPS.

use connect_api::*;
use connect_client::Client;
use peer_shared::config;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::new(&config::https());
    let request =
        UpdateContactRequest::new("instance", "contact").name("Called back").user_info(UserInfo::default().user_id("user"));
    client.update_contact(request).await?;
    Ok(())
}
