//! State machines whose executions succeed at once with their input.

use super::Memory;
use std::collections::BTreeMap;
use stepfunctions_api::*;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, Machine>>);

#[derive(Debug, Default)]
struct Machine {
    definition: String,
    role: String,
    executions: BTreeMap<String, String>,
}

const ARN: &str = "arn:aws:states:us-east-1:123456789012";

fn then() -> DateTime {
    DateTime::from_millis(1_700_000_000_250)
}

fn find<'m>(machines: &'m mut BTreeMap<String, Machine>, arn: &str) -> Result<&'m mut Machine, Error> {
    machines.get_mut(arn).ok_or_else(|| StateMachineDoesNotExist::new(format!("State Machine Does Not Exist: '{arn}'")).into())
}

impl Sfn for Fake {
    async fn create_state_machine(&self, request: CreateStateMachineInput) -> Result<CreateStateMachineOutput, Error> {
        if !request.definition.starts_with('{') {
            return Err(InvalidDefinition::new("INVALID_JSON_DESCRIPTION").into());
        }
        let arn = format!("{ARN}:stateMachine:{}", request.name);
        let machine = Machine { definition: request.definition, role: request.role_arn, executions: BTreeMap::new() };
        self.0.open().insert(arn.clone(), machine);
        Ok(CreateStateMachineOutput::new(arn, then()))
    }

    async fn describe_state_machine(&self, request: DescribeStateMachineInput) -> Result<DescribeStateMachineOutput, Error> {
        let mut machines = self.0.open();
        let machine = find(&mut machines, &request.state_machine_arn)?;
        let name = request.state_machine_arn.rsplit(':').next().unwrap_or_default().to_owned();
        let members = DescribeStateMachineOutputMembers {
            name,
            definition: machine.definition.clone(),
            role_arn: machine.role.clone(),
            r#type: StateMachineType::Standard,
            creation_date: then(),
            state_machine_arn: request.state_machine_arn,
        };
        Ok(DescribeStateMachineOutput::new(members).status(StateMachineStatus::Active))
    }

    async fn start_execution(&self, request: StartExecutionInput) -> Result<StartExecutionOutput, Error> {
        let mut machines = self.0.open();
        let machine = find(&mut machines, &request.state_machine_arn)?;
        let name = request.name.unwrap_or_else(|| machine.executions.len().to_string());
        let arn = format!("{}:{name}", request.state_machine_arn.replace(":stateMachine:", ":execution:"));
        if machine.executions.contains_key(&arn) {
            return Err(ExecutionAlreadyExists::new("It exists").into());
        }
        machine.executions.insert(arn.clone(), request.input.unwrap_or_else(|| "{}".to_owned()));
        Ok(StartExecutionOutput::new(arn, then()))
    }

    async fn describe_execution(&self, request: DescribeExecutionInput) -> Result<DescribeExecutionOutput, Error> {
        let machines = self.0.open();
        let found = machines.iter().find_map(|(arn, machine)| Some((arn, machine.executions.get(&request.execution_arn)?)));
        let (machine, input) = found.ok_or_else(|| ExecutionDoesNotExist::new("There is no such execution"))?;
        let output = DescribeExecutionOutput::new(&request.execution_arn, machine, ExecutionStatus::Succeeded, then());
        Ok(output.input(input).output(input).stop_date(then()))
    }

    async fn list_state_machines(&self, request: ListStateMachinesInput) -> Result<ListStateMachinesOutput, Error> {
        let item = |arn: &String| {
            let name = arn.rsplit(':').next().unwrap_or_default();
            StateMachineListItem::new(arn, name, StateMachineType::Standard, then())
        };
        let machines = self.0.open().keys().map(item).collect();
        let (machines, next) = super::page(machines, request.next_token.as_deref(), request.max_results);
        let mut output = ListStateMachinesOutput::new(machines);
        output.next_token = next;
        Ok(output)
    }
}
