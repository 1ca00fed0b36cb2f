//! The service.

use super::{Comparison, Pair, flag};
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{EndpointRules, Protocol, Service};

impl Comparison<'_> {
    pub(super) fn service(&mut self) {
        let about = self.about_service();
        let both = Pair { old: self.old, new: self.new };
        // How operations are authenticated is compared with each. Titles and documentation's ids count in docs alone, and namespaces
        // not even there: of two formats, one has none.
        let texts = |of: fn(&Service) -> String| both.map(|model| of(&model.service));
        self.compare(Kind::ServiceRenamed, &about, texts(|Service { sdk_id, .. }| sdk_id.clone()));
        self.compare(Kind::ServiceVersionChanged, &about, texts(|Service { version, .. }| version.clone()));
        self.compare(Kind::SigningNameChanged, &about, texts(|Service { signing_name, .. }| signing_name.clone()));
        let query = texts(|Service { query_compatible, .. }| flag(*query_compatible, "awsQueryCompatible").to_owned());
        self.compare(Kind::QueryCompatibilityChanged, &about, query);
        if both.old.service.protocols.call_procedures() && both.new.service.protocols.call_procedures() {
            self.compare(Kind::WireNameOfServiceChanged, &about, texts(|Service { shape_name, .. }| shape_name.clone()));
        }
        all_are_known(&self.new.service);
        self.protocols();
        self.endpoint_rules();
        if both.map(|model| &model.customizations).differs() {
            self.changed(Kind::CustomizationsChanged, &about, Pair { old: "", new: "" });
        }
    }

    fn protocols(&mut self) {
        let about = self.about_service();
        let all = Pair { old: self.old, new: self.new }.map(|model| model.service.protocols.iter().collect::<Vec<Protocol>>());
        let name = |protocol: &Protocol| protocol.definition().name();
        for protocol in all.new.iter().filter(|protocol| !all.old.contains(protocol)) {
            self.added(Kind::ProtocolAdded, &about, name(protocol));
        }
        for protocol in all.old.iter().filter(|protocol| !all.new.contains(protocol)) {
            self.removed(Kind::ProtocolRemoved, &about, name(protocol));
        }
        let first = Pair { old: self.old, new: self.new }.map(|model| name(&model.service.protocols.first()).to_owned());
        self.compare(Kind::ClientProtocolChanged, &about, first);
    }

    fn endpoint_rules(&mut self) {
        let about = self.about_service();
        let both = Pair { old: self.old, new: self.new };
        let told = both.map(|model| {
            let parameters = model.client_parameters.iter().map(|parameter| (&parameter.name, parameter.kind));
            (&model.endpoint_rules, parameters.collect::<Vec<_>>())
        });
        if told.differs() {
            self.changed(Kind::EndpointRulesChanged, &about, told.map(|(rules, _)| rules_text(rules.as_ref())));
        }
    }
}

/// Names every field, so that one that is new is compared above or named here on purpose.
#[rustfmt::skip]
fn all_are_known(service: &Service) {
    let Service {
        sdk_id: _, namespace: _, shape_name: _, auth: _, query_compatible: _, title: _, version: _, uid: _, signing_name: _, protocols: _,
        place: _,
    } = service;
}

fn rules_text(rules: Option<&EndpointRules>) -> String {
    match rules {
        Some(rules) => {
            let names: Vec<&str> = rules.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            format!("rules of {}", names.join(", "))
        }
        None => "no rules".to_owned(),
    }
}
