import ObjectStores
import Probes

/// Where the files of sources are found; every call to a bucket goes through the bucket's breaker.
struct SourceStores: Sendable {
    private let opened: OpenedStores

    init(settings: ObjectStoreSettings, breakers: BreakerBoard) {
        var settings = settings
        settings.gate = BreakerGate(breakers: breakers)
        opened = OpenedStores(settings: settings)
    }

    struct Found: Sendable {
        let store: any ObjectStore
        let version: ObjectVersion
    }

    /// The file that a run compares; nil if it is not there yet.
    ///
    /// A run that has begun goes on with the version that it began with, or fails.
    func find(_ run: ClaimedRun, _ source: FileSource) async throws -> Found? {
        let store = try open(run, source)
        let name = run.objectName.flatMap { $0.isEmpty ? nil : $0 }
        if let name, let pinned = run.objectVersion {
            let version = try await call { try await store.find(name) }
            guard let version, version.generation == pinned else {
                throw RunEnd.failed(
                    "\(name) is no longer the file that this run began with: start another run")
            }
            return Found(store: store, version: version)
        }
        let lookup = FileLookup(run: run, source: source)
        let version: ObjectVersion? =
            if let before = run.followedObject {
                lookup.newest(
                    before: before,
                    of: try await call {
                        try await store.list(prefix: FileName.prefix(of: source))
                    })
            } else {
                try await call { try await store.find(lookup.name) }
            }
        return version.map { Found(store: store, version: $0) }
    }

    func fetch(
        _ found: Found, workFolder: String, board: RunProgressBoard
    ) async throws -> PinnedFile {
        try await call {
            try await found.store.fetch(found.version, workFolder: workFolder) { bytes in
                board.update { $0.bytesDone = bytes }
            }
        }
    }

    private func open(_ run: ClaimedRun, _ source: FileSource) throws -> any ObjectStore {
        do throws(ObjectStoreError) {
            if let path = run.wantedPath { return try LocalFile(path: path) }
            return try opened.open(source.location)
        } catch {
            throw RunEnd.failed(error.message)
        }
    }

    private func call<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let error as ObjectStoreError {
            switch error.kind {
            case .unreachable: throw RunEnd.unreachable(error.message, until: nil)
            case .suspended(let until):
                throw RunEnd.unreachable(
                    error.message, until: until.map { Timestamp(microseconds: $0) })
            default: throw RunEnd.failed(error.message)
            }
        }
    }
}

/// What a run's file is called.
struct FileLookup {
    let run: ClaimedRun
    let source: FileSource

    /// A name in the source's folder.
    var name: String { Self.wanted(run, source) }

    static func wanted(_ run: ClaimedRun, _ source: FileSource) -> String {
        guard let wanted = run.wantedObject else {
            return FileName.of(source, at: run.startedAt)
        }
        return wanted.split(separator: "/").last.map(String.init) ?? wanted
    }

    /// The newest daily file before `name`: names sort by their days.
    func newest(before name: String, of versions: [ObjectVersion]) -> ObjectVersion? {
        versions.filter { FileName.isDaily($0.name, of: source) && $0.name < name }
            .max { $0.name < $1.name }
    }
}
