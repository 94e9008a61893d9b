import HTTPClient

/// How Amazon S3, or what speaks its protocol, is reached.
package struct AmazonStorageSettings: Sendable {
    package enum Credentials: Sendable, Equatable {
        /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where set, `AWS_SESSION_TOKEN`;
        /// otherwise the file that `AWS_SHARED_CREDENTIALS_FILE` names.
        case automatic
        case keys(AmazonKeys)
        /// The path of a file with keys, as Amazon's own tools keep them; the profile is
        /// `AWS_PROFILE`, or `default`.
        case keyFile(String)
        /// For a bucket that is open to the world.
        case none
    }

    package var credentials: Credentials = .automatic
    /// Without it `AWS_REGION` or `AWS_DEFAULT_REGION` counts, or `us-east-1`.
    package var region: String?
    /// Instead of Amazon's, with the bucket as the first part of the path; without it
    /// `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` counts.
    package var endpoint: String?

    package init() {}

    /// Letters, digits and `-`, as in `eu-west-1`.
    package static func isRegion(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}

extension ObjectStoreSettings {
    func openAmazon(
        bucket: String, prefix: String, client: HTTPClient
    ) throws(ObjectStoreError) -> AmazonBucket {
        let place = "s3://\(bucket)"
        let amazon = amazonBuckets[bucket] ?? amazon
        let region =
            amazon.region ?? variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? "us-east-1"
        guard AmazonStorageSettings.isRegion(region) else {
            throw ObjectStoreError(
                .misconfigured, "The region of \(place) cannot be read: write one as `eu-west-1`.")
        }
        let configured =
            amazon.endpoint ?? variable("AWS_ENDPOINT_URL_S3") ?? variable("AWS_ENDPOINT_URL")
        let url =
            try configured.map { endpoint throws(ObjectStoreError) in
                try BucketEndpoint(endpoint, place: place).url + "/" + bucket
            } ?? Self.amazonURL(bucket: bucket, region: region)
        return AmazonBucket(
            bucket: bucket, prefix: prefix, url: url,
            transport: BucketTransport(
                place: place, client: client,
                signer: try amazonSigner(amazon.credentials, region, place), patience: patience,
                gate: BucketGate(gate: gate, key: "s3:\(bucket)"),
                words: { AmazonError.words($0) }))
    }

    private func amazonSigner(
        _ credentials: AmazonStorageSettings.Credentials, _ region: String, _ place: String
    ) throws(ObjectStoreError) -> any RequestSigner {
        switch credentials {
        case .none: return Anonymous()
        case .keys(let keys): return AmazonSigner(keys: keys, region: region)
        case .keyFile(let path): return amazonKeyFile(path, region)
        case .automatic:
            if let id = variable("AWS_ACCESS_KEY_ID"),
                let secret = variable("AWS_SECRET_ACCESS_KEY")
            {
                guard
                    let keys = AmazonKeys(
                        id: id, secret: secret, sessionToken: variable("AWS_SESSION_TOKEN"))
                else {
                    throw ObjectStoreError(
                        .misconfigured,
                        "The access key of \(place) cannot be one: check AWS_ACCESS_KEY_ID and "
                            + "AWS_SECRET_ACCESS_KEY for spaces and line ends.")
                }
                return AmazonSigner(keys: keys, region: region)
            }
            if let path = variable("AWS_SHARED_CREDENTIALS_FILE") {
                return amazonKeyFile(path, region)
            }
            throw ObjectStoreError(
                .misconfigured,
                "\(place) needs an access key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
                    + "configure a key file for this bucket.")
        }
    }

    private func amazonKeyFile(_ path: String, _ region: String) -> any RequestSigner {
        let profile = variable("AWS_PROFILE") ?? "default"
        return AmazonKeyFileSigner(
            file: AmazonKeyFile(path: path, profile: profile), region: region)
    }

    private static func amazonURL(bucket: String, region: String) -> String {
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        // A point in the name would not fit Amazon's certificate.
        return bucket.contains(".")
            ? "https://s3.\(region).\(domain)/\(bucket)"
            : "https://\(bucket).s3.\(region).\(domain)"
    }
}
