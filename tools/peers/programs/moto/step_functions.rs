//! Step Functions: awsJson1_0, with documents that are strings.

use super::{Outcome, fails, there};
use stepfunctions_api::*;
use stepfunctions_client::Client;

const DEFINITION: &str = r#"{"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 60, "End": true}}}"#;
const ROLE: &str = "arn:aws:iam::123456789012:role/desk";

pub(super) async fn run(client: &Client) -> Outcome {
    let tags = [Tag::default().key("team").value("desk")];
    let create = CreateStateMachineInput::new("desk", DEFINITION, ROLE).r#type(StateMachineType::Standard).tags(tags.clone());
    let machine = client.create_state_machine(create).await?.state_machine_arn;
    let described = client.describe_state_machine(DescribeStateMachineInput::new(&machine)).await?;
    assert_eq!((described.definition.as_str(), described.status), (DEFINITION, Some(StateMachineStatus::Active)));
    let listed = client.list_tags_for_resource(ListTagsForResourceInput::new(&machine)).await?;
    assert_eq!(listed.tags.as_deref(), Some(&tags[..]));

    let mut executions = Vec::new();
    for number in 0..3 {
        let start = StartExecutionInput::new(&machine).name(format!("e{number}")).input(r#"{"ü": 1}"#);
        executions.push(client.start_execution(start).await?.execution_arn);
    }
    let other = StartExecutionInput::new(&machine).name("e0").input("{}");
    fails!(client.start_execution(other), Error::ExecutionAlreadyExists(_));
    let execution = client.describe_execution(DescribeExecutionInput::new(&executions[0])).await?;
    assert_eq!((execution.status, execution.input.as_deref()), (ExecutionStatus::Running, Some(r#"{"ü": 1}"#)));
    client.stop_execution(StopExecutionInput::new(&executions[0]).error("Tired").cause("enough")).await?;
    let execution = client.describe_execution(DescribeExecutionInput::new(&executions[0])).await?;
    assert_eq!(execution.status, ExecutionStatus::Aborted);
    assert!(there(execution.stop_date)? >= execution.start_date);
    let list = ListExecutionsInput::default().state_machine_arn(&machine).max_results(2);
    let (mut items, mut names) = (client.list_executions(list).items(), Vec::new());
    while let Some(execution) = items.try_next().await? {
        names.push(execution.name);
    }
    names.sort();
    assert_eq!(names, ["e0", "e1", "e2"]);

    client.update_state_machine(UpdateStateMachineInput::new(&machine).role_arn(format!("{ROLE}2"))).await?;
    assert_eq!(client.list_state_machines(ListStateMachinesInput::default()).await?.state_machines.len(), 1);
    client.delete_state_machine(DeleteStateMachineInput::new(&machine)).await?;
    fails!(client.describe_state_machine(DescribeStateMachineInput::new(&machine)), Error::StateMachineDoesNotExist(_));
    let nobody = executions[0].replace("e0", "nobody");
    fails!(client.describe_execution(DescribeExecutionInput::new(nobody)), Error::ExecutionDoesNotExist(_));
    Ok(())
}
