import SyncEngine

extension ConfigurationKey {
    /// What an element of `reconciliation.sources` holds.
    static let sourceMembers: [ConfigurationKey] = [
        ConfigurationKey(
            "name", .text, .none, "As people name it; the country if nothing is said."),
        ConfigurationKey("country", .text, .none, "Two capital letters."),
        ConfigurationKey(
            "location", .text, .none, "file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/."),
        ConfigurationKey(
            "time_zone", .text, .none, "Where its days begin; else catalog.time_zone."),
        ConfigurationKey(
            "system", .text, .none, "Who owns its services; else catalog.default_source."),
        ConfigurationKey(
            "as_of", .choice(FileSource.AsOf.allCases.map(\.rawValue)), .none,
            "What moment a file speaks of."),
        ConfigurationKey(
            "wait", .duration, .none, "How long a file that is not there is waited for."),
        ConfigurationKey(
            "deprecate_orphans", .flag, .none,
            "Whether services that the file lacks are deprecated."),
    ]

    /// What an element of `contacts` holds.
    static let contactMembers: [ConfigurationKey] = [
        ConfigurationKey("system", .text, .none, "As events and files name it."),
        ConfigurationKey("name", .text, .none, "The team or person."),
        ConfigurationKey("email", .text, .none, "Its address."),
        ConfigurationKey("phone", .text, .none, "Its number."),
        ConfigurationKey("url", .text, .none, "Where to reach it."),
    ]

    /// What an element of `reconciliation.buckets` holds.
    static let bucketMembers: [ConfigurationKey] = [
        ConfigurationKey("bucket", .text, .none, "gs://NAME or s3://NAME."),
        ConfigurationKey(
            "credentials", .text, .none,
            "automatic, metadata (Google's workload identity), file:PATH of a key file, or none."),
        ConfigurationKey(
            "endpoint", .text, .none, "https://host, or http://host:port of an emulator."),
        ConfigurationKey("region", .text, .none, "Of an s3:// bucket, such as eu-west-1."),
    ]

    /// What an element of `schedule` holds.
    static let scheduleMembers: [ConfigurationKey] = [
        ConfigurationKey(
            "name", .text, .none, "As people name it; else the job and its source: reconcile-ES."),
        ConfigurationKey(
            "job", .choice(ScheduledJobKind.allCases.map(\.rawValue)), .none, "What is done."),
        ConfigurationKey("source", .text, .none, "For reconcile: one of reconciliation.sources."),
        ConfigurationKey(
            "cron", .text, .none, "Minute, hour, day of month, month, day of week; or @daily."),
        ConfigurationKey(
            "time_zone", .text, .none, "Whose clock; else the source's, else catalog.time_zone."),
    ]
}
