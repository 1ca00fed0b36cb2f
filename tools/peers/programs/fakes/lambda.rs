//! Functions that answer what they are asked.

use super::Memory;
use lambda_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, FunctionConfiguration>>);

impl Fake {
    fn find(&self, name: &str) -> Result<FunctionConfiguration, Error> {
        let function = self.0.open().get(name).cloned();
        let missing = || ResourceNotFoundException::new(format!("Function not found: {name}")).r#type("User");
        function.ok_or_else(|| missing().into())
    }
}

impl Lambda for Fake {
    async fn create_function(&self, request: CreateFunctionRequest) -> Result<CreateFunctionResponse, Error> {
        let mut functions = self.0.open();
        if functions.contains_key(&request.function_name) {
            return Err(ResourceConflictException::new("Function already exist").r#type("User").into());
        }
        let size = request.code.zip_file.map_or(0, |zip| zip.as_ref().len());
        let mut function = FunctionConfiguration::default().function_name(&request.function_name).role(request.role);
        function.code_size = i64::try_from(size).ok();
        function.runtime = request.runtime;
        functions.insert(request.function_name.clone(), function);
        Ok(CreateFunctionResponse::default().function_name(request.function_name).state(State::Active))
    }

    async fn get_function(&self, request: GetFunctionRequest) -> Result<GetFunctionResponse, Error> {
        Ok(GetFunctionResponse::default().configuration(self.find(&request.function_name)?).tags([("größe", "ü")]))
    }

    async fn list_functions(&self, request: ListFunctionsRequest) -> Result<ListFunctionsResponse, Error> {
        let functions = self.0.open().values().cloned().collect();
        let (functions, next) = super::page(functions, request.marker.as_deref(), request.max_items);
        let mut response = ListFunctionsResponse::default().functions(functions);
        response.next_marker = next;
        Ok(response)
    }

    async fn invoke(&self, request: InvocationRequest) -> Result<InvocationResponse, Error> {
        self.find(&request.function_name)?;
        if request.invocation_type == Some(InvocationType::Event) {
            return Ok(InvocationResponse::default().status_code(202));
        }
        let payload = request.payload.unwrap_or_else(|| Blob::new("null"));
        let mut response = InvocationResponse::default().status_code(200).executed_version("$LATEST").payload(payload.clone());
        response.function_error = (payload.as_ref() == b"fail").then(|| "Unhandled".to_owned());
        Ok(response)
    }

    async fn invoke_with_response_stream(
        &self,
        request: InvokeWithResponseStreamRequest,
    ) -> Result<InvokeWithResponseStreamResponse, Error> {
        self.find(&request.function_name)?;
        let payload = request.payload.unwrap_or_else(|| Blob::new(""));
        let chunks = payload.as_ref().chunks(4).map(|chunk| {
            let update = InvokeResponseStreamUpdate::default().payload(Blob::new(chunk));
            InvokeWithResponseStreamResponseEvent::PayloadChunk(update)
        });
        let end = InvokeWithResponseStreamResponseEvent::InvokeComplete(InvokeWithResponseStreamCompleteEvent::default());
        let mut response = InvokeWithResponseStreamResponse::default().status_code(200);
        response.event_stream = chunks.chain([end]).collect();
        Ok(response)
    }

    async fn delete_function(&self, request: DeleteFunctionRequest) -> Result<DeleteFunctionResponse, Error> {
        self.find(&request.function_name)?;
        self.0.open().remove(&request.function_name);
        Ok(DeleteFunctionResponse::default().status_code(204))
    }
}
