extension Runbook: Filterable {
    /// They come with the program: they are filtered in memory.
    package static let filterFields: [FilterField<Runbook>] = [
        .code("name", "runbook", "rule") { $0.name },
        .prose("title") { $0.title },
        .prose("summary") { $0.summary },
    ]
}
