//! Clusters.

use super::Memory;
use ecs_api::*;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Fake(Memory<BTreeMap<String, Cluster>>);

fn arn(name: &str) -> String {
    format!("arn:aws:ecs:us-east-1:123456789012:cluster/{name}")
}

impl Ecs for Fake {
    async fn create_cluster(&self, request: CreateClusterRequest) -> Result<CreateClusterResponse, Error> {
        let name = request.cluster_name.unwrap_or_else(|| "default".to_owned());
        let mut cluster = Cluster::default().cluster_name(&name).cluster_arn(arn(&name)).status("ACTIVE").running_tasks_count(0);
        cluster.tags = request.tags;
        self.0.open().insert(name, cluster.clone());
        Ok(CreateClusterResponse::default().cluster(cluster))
    }

    async fn describe_clusters(&self, request: DescribeClustersRequest) -> Result<DescribeClustersResponse, Error> {
        let all = self.0.open();
        let names = request.clusters.unwrap_or_else(|| vec!["default".to_owned()]);
        let (there, gone): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| all.contains_key(name));
        let failures = gone.iter().map(|name| Failure::default().arn(arn(name)).reason("MISSING"));
        Ok(DescribeClustersResponse::default().clusters(there.iter().map(|name| all[name].clone())).failures(failures))
    }

    async fn list_clusters(&self, request: ListClustersRequest) -> Result<ListClustersResponse, Error> {
        let arns = self.0.open().keys().map(|name| arn(name)).collect();
        let (arns, next) = super::page(arns, request.next_token.as_deref(), request.max_results);
        let mut response = ListClustersResponse::default().cluster_arns(arns);
        response.next_token = next;
        Ok(response)
    }

    async fn delete_cluster(&self, request: DeleteClusterRequest) -> Result<DeleteClusterResponse, Error> {
        let cluster = self.0.open().remove(&request.cluster);
        let cluster = cluster.ok_or_else(|| ClusterNotFoundException::new("Cluster not found."))?;
        Ok(DeleteClusterResponse::default().cluster(cluster.status("INACTIVE")))
    }
}
