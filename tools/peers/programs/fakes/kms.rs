//! Keys that turn every bit around, which is easily undone.

use super::Memory;
use kms_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, KeyMetadata>>);

/// What all ciphertexts begin with.
const SEAL: &[u8] = b"sealed:";

fn find<'k>(keys: &'k mut BTreeMap<String, KeyMetadata>, id: &str) -> Result<&'k mut KeyMetadata, Error> {
    keys.get_mut(id).ok_or_else(|| NotFoundException::new(format!("Key '{id}' does not exist")).into())
}

impl Kms for Fake {
    async fn create_key(&self, request: CreateKeyRequest) -> Result<CreateKeyResponse, Error> {
        let mut keys = self.0.open();
        let id = format!("key-{}", keys.len());
        let mut key =
            KeyMetadata::new(&id).enabled(true).key_state(KeyState::Enabled).creation_date(DateTime::from_secs(1_700_000_000));
        key.description = request.description;
        keys.insert(id, key.clone());
        Ok(CreateKeyResponse::default().key_metadata(key))
    }

    async fn describe_key(&self, request: DescribeKeyRequest) -> Result<DescribeKeyResponse, Error> {
        Ok(DescribeKeyResponse::default().key_metadata(find(&mut self.0.open(), &request.key_id)?.clone()))
    }

    async fn disable_key(&self, request: DisableKeyRequest) -> Result<DisableKeyResponse, Error> {
        let mut keys = self.0.open();
        let key = find(&mut keys, &request.key_id)?;
        (key.enabled, key.key_state) = (Some(false), Some(KeyState::Disabled));
        Ok(DisableKeyResponse::default())
    }

    async fn encrypt(&self, request: EncryptRequest) -> Result<EncryptResponse, Error> {
        let mut keys = self.0.open();
        let key = find(&mut keys, &request.key_id)?;
        if key.enabled == Some(false) {
            return Err(DisabledException::new("The key is disabled").into());
        }
        let turned = request.plaintext.as_ref().iter().map(|byte| !byte);
        let sealed: Vec<u8> = SEAL.iter().copied().chain(turned).collect();
        Ok(EncryptResponse::default().key_id(request.key_id).ciphertext_blob(Blob::new(sealed)))
    }

    async fn decrypt(&self, request: DecryptRequest) -> Result<DecryptResponse, Error> {
        let sealed = request.ciphertext_blob.unwrap_or_else(|| Blob::new(""));
        let turned = sealed.as_ref().strip_prefix(SEAL);
        // As of KMS: there is nothing that it would say.
        let turned = turned.ok_or_else(InvalidCiphertextException::default)?;
        Ok(DecryptResponse::default().plaintext(Blob::new(turned.iter().map(|byte| !byte).collect::<Vec<u8>>())))
    }

    async fn list_keys(&self, request: ListKeysRequest) -> Result<ListKeysResponse, Error> {
        let keys = self.0.open().keys().map(|id| KeyListEntry::default().key_id(id)).collect();
        let (keys, next) = super::page(keys, request.marker.as_deref(), request.limit);
        let mut response = ListKeysResponse::default().keys(keys).truncated(next.is_some());
        response.next_marker = next;
        Ok(response)
    }
}
