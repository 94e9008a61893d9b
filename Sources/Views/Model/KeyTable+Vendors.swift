/// The keys that lead about between a vendor's agent and what belongs to it.
extension KeyTable {
    private static let vendors: Place = [
        .jobList, .jobDetail, .agentList, .agentDetail, .mappingList, .mappingDetail,
        .breakerList, .breakerDetail,
    ]

    private static let jobs: Place = [.jobList, .jobDetail]
    private static let mappings: Place = [.mappingList, .mappingDetail]

    static let vendorBindings: [KeyBinding] = [
        leads(
            .showAgent, "A", "agent", "the vendor's agent: whether it is there, since when",
            vendors.subtracting([.agentList, .agentDetail])),
        leads(.showVendorJobs, "J", "jobs", "the vendor's jobs; Esc leads back"),
        leads(.showVendorBreakers, "B", "breakers", "the vendor's breakers; Esc leads back"),
        leads(.showVendorMappings, "M", "mappings", "the vendor's codes; Esc leads back"),
        leads(.showVendorRuns, "R", "runs", "the comparisons with the vendor; Esc leads back"),
    ]

    static let vendorChanges: [KeyBinding] = [
        change(
            .retryJob, "r", "retry", "try the job now; a failed one is made anew from its letter",
            "Jobs", jobs),
        change(
            .cancelJob, "x", "cancel", "end the job: it is not sent any more", "Jobs", jobs),
        change(
            .removeAgent, "x", "remove",
            "deregister the agent: its token is void, and it is not called", "Agents",
            [.agentList, .agentDetail]),
        change(
            .mapCode, "a", "map", "say what a vendor's code is called here, or add another",
            "Mappings", mappings),
        change(
            .changeMapping, "e", "change", "change what the code is called here", "Mappings",
            mappings),
        change(
            .deactivateMapping, "x", "deactivate", "not apply the mapping any more", "Mappings",
            mappings),
        change(
            .activateMapping, "r", "activate", "apply the mapping again", "Mappings", mappings),
    ]

    private static func leads(
        _ command: Command, _ key: Unicode.Scalar, _ hint: String, _ words: String,
        _ places: Place = vendors
    ) -> KeyBinding {
        KeyBinding(
            command, [Key(key)], hint: hint, words, section: "Vendors", in: places,
            unless: \.vendorObstacle)
    }
}
