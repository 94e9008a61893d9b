import HTTPClient

/// A bucket of Amazon S3, or of what speaks its protocol
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/).
struct AmazonBucket: ObjectStore {
    let bucket: String
    /// Empty, or with a slash at its end.
    let prefix: String
    /// The bucket's own address: `https://bucket.s3.region.amazonaws.com` or `https://host/bucket`.
    let url: String
    let transport: BucketTransport

    /// 500 names each: see `ObjectName.mostListed`.
    private static let mostPages = 200

    var breakerKey: String { transport.gate.key }

    func checkCredentials() async throws(ObjectStoreError) { try await transport.signer.check() }

    /// By listing, which says what a bare 404 does not: whether the bucket is there.
    func find(_ name: String) async throws(ObjectStoreError) -> ObjectVersion? {
        try ObjectName.check(name)
        // In the order of bytes an object's own name comes before the longer ones.
        let page = try await page([("max-keys", "1"), ("prefix", prefix + name)])
        return try objects(page).first { $0.name == name }
    }

    func list(prefix beginning: String) async throws(ObjectStoreError) -> [ObjectVersion] {
        try ObjectName.check(prefix: beginning)
        var versions: [ObjectVersion] = []
        var token: String?
        for _ in 0..<Self.mostPages {
            var items = [
                ("delimiter", "/"), ("max-keys", "500"), ("prefix", prefix + beginning),
            ]
            if let token { items.append(("continuation-token", token)) }
            let page = try await page(items)
            versions += try objects(page)
            token = page["NextContinuationToken"]
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
        let path = PercentEncoding.encode(prefix + version.name, keepsSlash: true)
        let download = ObjectDownload(
            transport: transport, version: version, versionHeader: "etag",
            request: HTTPRequest(
                "GET", "\(url)/\(path)",
                headers: [
                    ("If-Match", "\"\(version.generation)\""),
                    ("x-amz-checksum-mode", "ENABLED"),
                ]),
            progress: progress)
        return try await download.run(into: workFolder)
    }

    private func location(_ name: String) -> String { "s3://\(bucket)/\(prefix)\(name)" }
}

// MARK: Listings

extension AmazonBucket {
    private func page(
        _ items: [(name: String, value: String)]
    ) async throws(ObjectStoreError) -> AmazonXML {
        let query = PercentEncoding.query([("list-type", "2")] + items)
        let answer = try await transport.ask(HTTPRequest("GET", "\(url)/?\(query)"))
        guard let page = AmazonXML(answer.body), page.leaves.allSatisfy({ $0.parent != "Error" })
        else {
            throw ObjectStoreError(
                .invalidAnswer,
                "\(transport.place) answers what is not S3's XML: check its endpoint.")
        }
        return page
    }

    private func objects(_ page: AmazonXML) throws(ObjectStoreError) -> [ObjectVersion] {
        var versions: [ObjectVersion] = []
        for object in page.groups(of: "Contents") {
            guard let key = object["Key"], key.utf8.starts(with: prefix.utf8) else { continue }
            let name = String(decoding: key.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
            // The object `prefix/` itself, which consoles make to show an empty folder.
            guard ObjectName.isValid(name) else { continue }
            guard let tag = object["ETag"].flatMap(EntityTag.plain),
                let size = object["Size"].flatMap({ Int64($0) }), size >= 0,
                let time = object["LastModified"].flatMap(BucketTime.parse)
            else {
                throw ObjectStoreError(
                    .invalidAnswer,
                    "\(location(name)) is described without an ETag, size or time: check the "
                        + "bucket's endpoint.")
            }
            versions.append(
                ObjectVersion(
                    name: name, location: location(name), generation: tag, sizeBytes: size,
                    updatedAt: time))
        }
        return versions
    }
}

/// An ETag (RFC 9110, section 8.8.3) without its quotes.
enum EntityTag {
    /// Nil for an empty one, and for one that would not fit into a header.
    static func plain(_ text: String) -> String? {
        let bytes = text.utf8.filter { $0 != UInt8(ascii: "\"") }
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What S3 says about an error, in the words that hold no data: `<Code>` and the right `<Region>`.
/// Its `<Message>` may repeat what was signed.
enum AmazonError {
    static func words(_ body: [UInt8]) -> String {
        guard let error = AmazonXML(body), let code = error["Code"] else { return "" }
        guard let region = error["Region"] else { return code }
        return "\(code), its region is \(region)"
    }
}
