/// A row of a file.
enum ExportRow: Sendable {
    case service(SourceService)
    /// A row that cannot be read.
    case spoilt(SourceService, RowFault)

    var service: SourceService {
        switch self {
        case .service(let service), .spoilt(let service, _): service
        }
    }
}

/// How a row of a file is spoilt.
enum RowFault: Sendable, CaseIterable {
    /// A comma that nobody quoted.
    case oneCellTooMany
    /// A list that was cut off.
    case brokenList
    /// 30 February.
    case impossibleDate
}
