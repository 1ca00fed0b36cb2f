//! ECS: awsJson1_1, with deep structures.

use super::{Outcome, fails, there};
use ecs_api::*;
use ecs_client::Client;

pub(super) async fn run(client: &Client) -> Outcome {
    for name in ["a", "b", "c"] {
        let create = CreateClusterRequest::default().cluster_name(name).tags([Tag::default().key("team").value("desk")]);
        let cluster = there(client.create_cluster(create).await?.cluster)?;
        assert_eq!((cluster.cluster_name.as_deref(), cluster.status.as_deref()), (Some(name), Some("ACTIVE")));
    }
    let (mut arns, mut count) = (client.list_clusters(ListClustersRequest::default().max_results(2)).items(), 0);
    while arns.try_next().await?.is_some() {
        count += 1;
    }
    assert_eq!(count, 3);
    let described = client.describe_clusters(DescribeClustersRequest::default().clusters(["a", "nobody"])).await?;
    assert_eq!(there(described.clusters)?.len(), 1);
    assert_eq!(there(described.failures)?[0].reason.as_deref(), Some("MISSING"));

    let container = ContainerDefinition::default()
        .name("web")
        .image("desk:1")
        .memory(128)
        .essential(true)
        .environment([KeyValuePair::default().name("GREETING").value("ü☃")])
        .port_mappings([PortMapping::default().container_port(80).host_port(8080)]);
    let register = RegisterTaskDefinitionRequest::new("web", [container]);
    let task = there(client.register_task_definition(register).await?.task_definition)?;
    assert_eq!(task.revision, Some(1));
    let task = client.describe_task_definition(DescribeTaskDefinitionRequest::new("web:1")).await?;
    let containers = there(there(task.task_definition)?.container_definitions)?;
    assert_eq!(there(containers[0].environment.as_ref())?[0].value.as_deref(), Some("ü☃"));
    assert_eq!(there(containers[0].port_mappings.as_ref())?[0].host_port, Some(8080));

    let create = CreateServiceRequest::new("front").cluster("a").task_definition("web:1").desired_count(2);
    let service = there(client.create_service(create).await?.service)?;
    assert_eq!(service.desired_count, Some(2));
    let update = UpdateServiceRequest::new("front").cluster("a").desired_count(0);
    client.update_service(update).await?;
    let described = client.describe_services(DescribeServicesRequest::new(["front"]).cluster("a")).await?;
    assert_eq!(there(described.services)?[0].desired_count, Some(0));
    client.delete_service(DeleteServiceRequest::new("front").cluster("a")).await?;
    let inactive = DescribeServicesRequest::new(["front"]).cluster("a");
    client.wait_until_services_inactive(inactive).await?;

    let deleted = there(client.delete_cluster(DeleteClusterRequest::new("b")).await?.cluster)?;
    assert_eq!(deleted.status.as_deref(), Some("INACTIVE"));
    fails!(client.delete_cluster(DeleteClusterRequest::new("nobody")), Error::ClusterNotFound(_));
    Ok(())
}
