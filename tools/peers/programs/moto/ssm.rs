//! SSM's parameters: awsJson1_1, with pages of a tree.

use super::{Outcome, fails, there};
use ssm_api::*;
use ssm_client::Client;

pub(super) async fn run(client: &Client) -> Outcome {
    for number in 0..5 {
        let put = PutParameterRequest::new(format!("/desk/p{number}"), format!("value {number} ü"));
        let put = client.put_parameter(put.r#type(ParameterType::String)).await?;
        assert_eq!(put.version, Some(1));
    }
    let again = PutParameterRequest::new("/desk/p0", "new").r#type(ParameterType::String);
    fails!(client.put_parameter(again.clone()), Error::ParameterAlreadyExists(_));
    assert_eq!(client.put_parameter(again.overwrite(true)).await?.version, Some(2));
    let parameter = there(client.get_parameter(GetParameterRequest::new("/desk/p0")).await?.parameter)?;
    assert_eq!((parameter.value.as_deref(), parameter.version), (Some("new"), Some(2)));
    assert!(parameter.last_modified_date.is_some());

    let some = client.get_parameters(GetParametersRequest::new(["/desk/p1", "/nobody"])).await?;
    assert_eq!((there(some.parameters)?.len(), some.invalid_parameters), (1, Some(vec!["/nobody".into()])));
    let by_path = GetParametersByPathRequest::new("/desk").max_results(2);
    let (mut items, mut values) = (client.get_parameters_by_path(by_path).items(), Vec::new());
    while let Some(parameter) = items.try_next().await? {
        values.push(there(parameter.value)?);
    }
    assert_eq!(values, ["new", "value 1 ü", "value 2 ü", "value 3 ü", "value 4 ü"]);
    let history = client.get_parameter_history(GetParameterHistoryRequest::new("/desk/p0")).await?;
    assert_eq!(there(history.parameters)?.len(), 2);

    let secret = PutParameterRequest::new("/desk/secret", "hidden").r#type(ParameterType::SecureString);
    client.put_parameter(secret).await?;
    let shown = client.get_parameter(GetParameterRequest::new("/desk/secret").with_decryption(true)).await?;
    assert_eq!(there(shown.parameter)?.value.as_deref(), Some("hidden"));

    let tags = [Tag::new("team", "desk")];
    let add = AddTagsToResourceRequest::new(ResourceTypeForTagging::Parameter, "/desk/p1", tags.clone());
    client.add_tags_to_resource(add).await?;
    let list = ListTagsForResourceRequest::new(ResourceTypeForTagging::Parameter, "/desk/p1");
    assert_eq!(client.list_tags_for_resource(list).await?.tag_list.as_deref(), Some(&tags[..]));

    client.delete_parameter(DeleteParameterRequest::new("/desk/p0")).await?;
    fails!(client.get_parameter(GetParameterRequest::new("/desk/p0")), Error::ParameterNotFound(_));
    fails!(client.delete_parameter(DeleteParameterRequest::new("/desk/p0")), Error::ParameterNotFound(_));
    let deleted = client.delete_parameters(DeleteParametersRequest::new(["/desk/p1", "/nobody"])).await?;
    assert_eq!(deleted.deleted_parameters, Some(vec!["/desk/p1".into()]));
    Ok(())
}
