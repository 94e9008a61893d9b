import FoundationEssentials
import HTTPClient

/// A bucket of Google Cloud Storage, through its JSON API
/// (https://cloud.google.com/storage/docs/json_api/v1).
struct GoogleBucket: ObjectStore {
    let bucket: String
    /// Empty, or with a slash at its end.
    let prefix: String
    let endpoint: BucketEndpoint
    let transport: BucketTransport

    private static let fields = "name,generation,size,timeCreated,updated,crc32c"
    /// 500 names each: see `ObjectName.mostListed`.
    private static let mostPages = 200

    var breakerKey: String { transport.gate.key }

    func checkCredentials() async throws(ObjectStoreError) { try await transport.signer.check() }

    func find(_ name: String) async throws(ObjectStoreError) -> ObjectVersion? {
        try ObjectName.check(name)
        let answer = try await transport.ask(
            HTTPRequest("GET", objectURL(name, [("fields", Self.fields)])), accepting: [404])
        guard answer.status != 404 else {
            // The same status for a bucket that is not there, where waiting would not help.
            _ = try await transport.ask(
                HTTPRequest("GET", listURL([("prefix", prefix + name), ("maxResults", "1")])))
            return nil
        }
        return try version(name, try parse(answer))
    }

    func list(prefix beginning: String) async throws(ObjectStoreError) -> [ObjectVersion] {
        try ObjectName.check(prefix: beginning)
        var versions: [ObjectVersion] = []
        var token: String?
        for _ in 0..<Self.mostPages {
            var items = [
                ("prefix", prefix + beginning), ("delimiter", "/"), ("maxResults", "500"),
                ("fields", "nextPageToken,items(\(Self.fields))"),
            ]
            if let token { items.append(("pageToken", token)) }
            let page: Page = try parse(try await transport.ask(HTTPRequest("GET", listURL(items))))
            for object in page.items ?? [] {
                guard let full = object.name, full.utf8.starts(with: prefix.utf8) else { continue }
                let name = String(decoding: full.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
                // The object `prefix/` itself, which consoles make to show an empty folder.
                guard ObjectName.isValid(name) else { continue }
                versions.append(try version(name, object))
            }
            token = page.nextPageToken
            guard let token, !token.isEmpty else {
                return versions.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            }
        }
        throw ObjectStoreError(
            .misconfigured,
            "\(location(beginning)) has more than \(Self.mostPages) pages of objects: give the "
                + "source a prefix of its own.")
    }

    func fetch(
        _ version: ObjectVersion, workFolder: String, progress: @escaping @Sendable (Int64) -> Void
    ) async throws(ObjectStoreError) -> PinnedFile {
        try ObjectName.check(version.name)
        let url = objectURL(
            version.name,
            [
                ("alt", "media"), ("generation", version.generation),
                ("ifGenerationMatch", version.generation),
            ])
        let download = ObjectDownload(
            transport: transport, version: version, versionHeader: "x-goog-generation",
            request: HTTPRequest("GET", url, headers: [("Accept-Encoding", "gzip")]),
            progress: progress)
        return try await download.run(into: workFolder)
    }
}

// MARK: Addresses

extension GoogleBucket {
    private func objectURL(_ name: String, _ query: [(name: String, value: String)]) -> String {
        "\(endpoint.url)/storage/v1/b/\(bucket)/o/\(PercentEncoding.encode(prefix + name))?"
            + PercentEncoding.query(query)
    }

    private func listURL(_ query: [(name: String, value: String)]) -> String {
        "\(endpoint.url)/storage/v1/b/\(bucket)/o?" + PercentEncoding.query(query)
    }

    private func location(_ name: String) -> String { "gs://\(bucket)/\(prefix)\(name)" }
}

// MARK: Answers

extension GoogleBucket {
    private struct Page: Decodable {
        let items: [Resource]?
        let nextPageToken: String?
    }

    /// What of an object's metadata is read. Google writes 64-bit numbers as text.
    private struct Resource: Decodable {
        let name: String?
        let generation: GoogleNumber?
        let size: GoogleNumber?
        let timeCreated: String?
        let updated: String?
        let crc32c: String?
    }

    private func parse<Value: Decodable>(
        _ answer: HTTPAnswer
    ) throws(ObjectStoreError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(answer.body))
        } catch {
            throw ObjectStoreError(
                .invalidAnswer,
                "\(transport.place) answers what is not Google's JSON: check its endpoint.")
        }
    }

    private func version(
        _ name: String, _ resource: Resource
    ) throws(ObjectStoreError) -> ObjectVersion {
        // When this generation's bytes were written; `updated` moves with its metadata too.
        guard let generation = resource.generation?.value, let size = resource.size?.value,
            size >= 0,
            let time = (resource.timeCreated ?? resource.updated).flatMap(BucketTime.parse)
        else {
            throw ObjectStoreError(
                .invalidAnswer,
                "\(location(name)) is described without a generation, size or time: check the "
                    + "bucket's endpoint.")
        }
        return ObjectVersion(
            name: name, location: location(name), generation: "\(generation)", sizeBytes: size,
            updatedAt: time, crc32c: resource.crc32c.flatMap(ServedChecksum.value))
    }
}

/// A whole number, as text or as a number.
private struct GoogleNumber: Decodable {
    let value: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let value = Int64(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "not a whole number")
            }
            self.value = value
        } else {
            value = try container.decode(Int64.self)
        }
    }
}
