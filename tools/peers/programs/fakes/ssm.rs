//! Parameters, by their names.

use super::Memory;
use ssm_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, Parameter>>);

fn missing() -> Error {
    ParameterNotFound::new("There is no such parameter").into()
}

impl Ssm for Fake {
    async fn put_parameter(&self, request: PutParameterRequest) -> Result<PutParameterResult, Error> {
        let mut parameters = self.0.open();
        let version = match parameters.get(&request.name) {
            Some(_) if request.overwrite != Some(true) => return Err(ParameterAlreadyExists::new("It exists").into()),
            old => 1 + old.and_then(|old| old.version).unwrap_or_default(),
        };
        let mut parameter = Parameter::default().name(&request.name).value(request.value).version(version);
        parameter.r#type = request.r#type;
        parameter.last_modified_date = Some(DateTime::from_secs_and_nanos(1_700_000_000, 250_000_000));
        parameters.insert(request.name, parameter);
        Ok(PutParameterResult::default().version(version).tier(ParameterTier::Standard))
    }

    async fn get_parameter(&self, request: GetParameterRequest) -> Result<GetParameterResult, Error> {
        let parameter = self.0.open().get(&request.name).cloned().ok_or_else(missing)?;
        Ok(GetParameterResult::default().parameter(parameter))
    }

    async fn get_parameters_by_path(&self, request: GetParametersByPathRequest) -> Result<GetParametersByPathResult, Error> {
        let below = |name: &&String| name.starts_with(&format!("{}/", request.path));
        let parameters = self.0.open();
        let found = parameters.keys().filter(below).map(|name| parameters[name].clone()).collect();
        let (found, next) = super::page(found, request.next_token.as_deref(), request.max_results);
        let mut result = GetParametersByPathResult::default().parameters(found);
        result.next_token = next;
        Ok(result)
    }

    async fn delete_parameter(&self, request: DeleteParameterRequest) -> Result<DeleteParameterResult, Error> {
        self.0.open().remove(&request.name).map(|_| DeleteParameterResult::default()).ok_or_else(missing)
    }
}
