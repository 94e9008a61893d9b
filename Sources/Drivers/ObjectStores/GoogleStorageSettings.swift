import HTTPClient

/// How Google Cloud Storage is reached.
package struct GoogleStorageSettings: Sendable {
    package enum Credentials: Sendable, Equatable {
        /// None where the endpoint is an emulator's (`STORAGE_EMULATOR_HOST`, or http), the key file
        /// that `GOOGLE_APPLICATION_CREDENTIALS` names, otherwise the machine's identity.
        case automatic
        /// Workload identity: a token from the metadata server of the machine or the pod.
        case metadataServer
        /// The path of a service account's key, in Google's JSON.
        case keyFile(String)
        case none
    }

    package var credentials: Credentials = .automatic
    /// Instead of `https://storage.googleapis.com`; without it `STORAGE_EMULATOR_HOST` counts.
    package var endpoint: String?

    package init() {}
}

extension ObjectStoreSettings {
    func openGoogle(
        bucket: String, prefix: String, client: HTTPClient
    ) throws(ObjectStoreError) -> GoogleBucket {
        let place = "gs://\(bucket)"
        let google = googleBuckets[bucket] ?? google
        let endpoint = try BucketEndpoint(
            google.endpoint ?? variable("STORAGE_EMULATOR_HOST")
                ?? "https://storage.googleapis.com", place: place)
        let signer = googleSigner(google.credentials, endpoint, client)
        guard signer is Anonymous || endpoint.keepsSecrets else {
            throw ObjectStoreError(
                .misconfigured,
                "The endpoint of \(place) is not https, and would show the credentials to the "
                    + "network: use https, or no credentials.")
        }
        return GoogleBucket(
            bucket: bucket, prefix: prefix, endpoint: endpoint,
            transport: BucketTransport(
                place: place, client: client, signer: signer, patience: patience,
                gate: BucketGate(gate: gate, key: "gs:\(bucket)"),
                words: { GoogleError.words($0) }))
    }

    private func googleSigner(
        _ credentials: GoogleStorageSettings.Credentials, _ endpoint: BucketEndpoint,
        _ client: HTTPClient
    ) -> any RequestSigner {
        switch credentials {
        case .none:
            return Anonymous()
        case .metadataServer:
            return BearerTokens(source: metadataServer(client))
        case .keyFile(let path):
            return BearerTokens(
                source: ServiceAccountKey(path: path, client: client, patience: patience))
        case .automatic:
            guard endpoint.url.hasPrefix("https://") else { return Anonymous() }
            guard let path = variable("GOOGLE_APPLICATION_CREDENTIALS") else {
                return BearerTokens(source: metadataServer(client))
            }
            return BearerTokens(
                source: ServiceAccountKey(path: path, client: client, patience: patience))
        }
    }

    private func metadataServer(_ client: HTTPClient) -> MetadataServer {
        MetadataServer(
            host: variable("GCE_METADATA_HOST") ?? MetadataServer.defaultHost, client: client,
            patience: patience)
    }
}
