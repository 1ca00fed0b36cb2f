//! Lambda: restJson1, with labels, queries, and bodies that are not JSON.

use super::{Outcome, fails, there};
use lambda_api::*;
use lambda_client::Client;

const ROLE: &str = "arn:aws:iam::123456789012:role/desk";

/// An archive of nothing.
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

pub(super) async fn run(client: &Client) -> Outcome {
    for name in ["a", "b", "c"] {
        let code = FunctionCode::default().zip_file(Blob::new(ZIP));
        let environment = Environment::default().variables([("GREETING", "ü☃")]);
        let create = CreateFunctionRequest::new(name, ROLE, code)
            .runtime(Runtime::from("python3.12"))
            .handler("desk.handle")
            .environment(environment)
            .tags([("team", "desk")]);
        let created = client.create_function(create).await?;
        assert_eq!(created.function_name.as_deref(), Some(name));
    }
    client.wait_until_function_active_v2(GetFunctionRequest::new("a")).await?;
    let function = client.get_function(GetFunctionRequest::new("a")).await?;
    let configuration = there(function.configuration)?;
    assert_eq!(there(there(configuration.environment)?.variables)?["GREETING"], "ü☃");
    let arn = there(configuration.function_arn)?;
    client.tag_resource(TagResourceRequest::new(&arn, [("stage", "test")])).await?;
    assert_eq!(there(client.list_tags(ListTagsRequest::new(&arn)).await?.tags)?.len(), 2);

    let update = UpdateFunctionConfigurationRequest::new("a").timeout(17).description("ü");
    client.update_function_configuration(update).await?;
    let configuration = client.get_function_configuration(GetFunctionConfigurationRequest::new("a")).await?;
    assert_eq!((configuration.timeout, configuration.description.as_deref()), (Some(17), Some("ü")));
    let (mut functions, mut names) = (client.list_functions(ListFunctionsRequest::default()).items(), Vec::new());
    while let Some(function) = functions.try_next().await? {
        names.push(there(function.function_name)?);
    }
    names.sort();
    assert_eq!(names, ["a", "b", "c"]);

    let answer = client.invoke(InvocationRequest::new("a").payload(Blob::new("{}"))).await?;
    assert_eq!(answer.status_code, Some(200));
    assert!(!there(answer.payload)?.as_ref().is_empty());
    let later = InvocationRequest::new("a").invocation_type(InvocationType::Event).payload(Blob::new("{}"));
    assert_eq!(client.invoke(later).await?.status_code, Some(202));

    let permit = AddPermissionRequest::new("a", "everybody", "lambda:InvokeFunction", "events.amazonaws.com");
    client.add_permission(permit).await?;
    assert!(there(client.get_policy(GetPolicyRequest::new("a")).await?.policy)?.contains("everybody"));
    let version = there(client.publish_version(PublishVersionRequest::new("a")).await?.version)?;
    let alias = client.create_alias(CreateAliasRequest::new("a", "live", &version)).await?;
    assert_eq!(alias.function_version.as_ref(), Some(&version));

    client.delete_function(DeleteFunctionRequest::new("c")).await?;
    fails!(client.get_function(GetFunctionRequest::new("c")), Error::ResourceNotFound(_));
    fails!(client.publish_version(PublishVersionRequest::new("nobody")), Error::ResourceNotFound(_));
    Ok(())
}
