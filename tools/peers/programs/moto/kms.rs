//! KMS: awsJson1_1, with blobs that are secrets.

use super::{Outcome, fails, there};
use kms_api::*;
use kms_client::Client;

pub(super) async fn run(client: &Client) -> Outcome {
    let create = CreateKeyRequest::default().description("for ü").tags([Tag::new("team", "desk")]);
    let key = there(client.create_key(create).await?.key_metadata)?;
    assert_eq!((key.description.as_deref(), key.enabled), (Some("for ü"), Some(true)));
    let id = key.key_id;

    let encrypt = EncryptRequest::new(&id, Blob::new([0, 1, 2, 255])).encryption_context([("purpose", "test")]);
    let secret = there(client.encrypt(encrypt).await?.ciphertext_blob)?;
    let decrypt = DecryptRequest::default().ciphertext_blob(secret.clone());
    let plain = client.decrypt(decrypt.clone().encryption_context([("purpose", "test")])).await?;
    assert_eq!(plain.plaintext, Some(Blob::new([0, 1, 2, 255])));
    fails!(client.decrypt(decrypt), Error::InvalidCiphertext(_));

    let data_key = client.generate_data_key(GenerateDataKeyRequest::new(&id).number_of_bytes(32)).await?;
    assert_eq!(there(data_key.plaintext)?.as_ref().len(), 32);

    client.create_alias(CreateAliasRequest::new("alias/desk", &id)).await?;
    fails!(client.create_alias(CreateAliasRequest::new("alias/desk", &id)), Error::AlreadyExists(_));
    let mut aliases = client.list_aliases(ListAliasesRequest::default().key_id(&id)).items();
    assert_eq!(there(aliases.try_next().await?)?.alias_name.as_deref(), Some("alias/desk"));
    assert!(aliases.try_next().await?.is_none());

    client.disable_key(DisableKeyRequest::new(&id)).await?;
    let metadata = there(client.describe_key(DescribeKeyRequest::new("alias/desk")).await?.key_metadata)?;
    assert_eq!((metadata.enabled, metadata.key_state), (Some(false), Some(KeyState::Disabled)));
    client.enable_key(EnableKeyRequest::new(&id)).await?;
    client.schedule_key_deletion(ScheduleKeyDeletionRequest::new(&id).pending_window_in_days(7)).await?;
    let metadata = there(client.describe_key(DescribeKeyRequest::new(&id)).await?.key_metadata)?;
    assert_eq!(metadata.key_state, Some(KeyState::PendingDeletion));
    assert!(metadata.deletion_date > metadata.creation_date);
    fails!(client.describe_key(DescribeKeyRequest::new("00000000-0000-4000-8000-000000000000")), Error::NotFound(_));
    Ok(())
}
