import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Configured buckets")
struct ConfigurationBucketTests {
    @Test("say how each is reached; what they leave open comes from the environment")
    func read() throws {
        let configuration = try ConfigurationFixture.load(
            """
            reconciliation:
              buckets:
                - { bucket: "gs://exports", credentials: "file:/etc/key.json" }
                - { bucket: "gs://cluster", credentials: metadata }
                - bucket: s3://lake
                  region: eu-west-3
                  endpoint: http://minio:9000
                - { bucket: "s3://open", credentials: none }
            """)
        #expect(
            configuration.reconciliation.buckets == [
                BucketAccess(bucket: "gs://exports", credentials: .keyFile("/etc/key.json")),
                BucketAccess(bucket: "gs://cluster", credentials: .metadata),
                BucketAccess(
                    bucket: "s3://lake", endpoint: "http://minio:9000", region: "eu-west-3"),
                BucketAccess(bucket: "s3://open", credentials: .none),
            ])
        #expect(configuration.canonicalForm.contains("file:/etc/key.json"))
        #expect(try ConfigurationFixture.load().reconciliation.buckets.isEmpty)
    }

    @Test(
        "say which of them is wrong, and what to write",
        arguments: [
            (
                "[{ bukcet: 'gs://exports' , bucket: 'gs://exports' }]",
                "[0].bukcet is not a key; did you mean reconciliation.buckets[0].bucket?"
            ),
            (
                "[{ credentials: none }]",
                "[0].bucket is missing: it must be gs://NAME or s3://NAME"
            ),
            (
                "[{ bucket: 'gs://exports/catalog' }]",
                "[0].bucket must be gs://NAME or s3://NAME, without a prefix"
            ),
            (
                "[{ bucket: 'gs://exports' }, { bucket: 'gs://exports' }]",
                "[1].bucket is the one of reconciliation.buckets[0]: keep one of them"
            ),
            (
                "[{ bucket: 'gs://exports', credentials: '{\"private_key\": 1}' }]",
                "[0].credentials must be automatic, metadata, none or file:/PATH of a key file"
            ),
            (
                "[{ bucket: 's3://exports', credentials: metadata }]",
                "[0].credentials knows metadata for gs:// only: write automatic or file:/PATH"
            ),
            (
                "[{ bucket: 's3://exports', endpoint: 'http://user:hunter2@minio' }]",
                "[0].endpoint must be https://host or http://host:port, without a user"
            ),
            (
                "[{ bucket: 's3://exports', region: 'Paris!' }]",
                "[0].region must be a region, such as eu-west-1"
            ),
            (
                "[{ bucket: 'gs://exports', region: eu-west-3 }]",
                "[0].region is for s3:// only: leave it out"
            ),
        ])
    func mistakes(yaml: String, sentence: String) {
        #expect(
            ConfigurationFixture.problems("reconciliation: { buckets: \(yaml) }")
                == ["/etc/syncconsole/config.yaml:1: reconciliation.buckets\(sentence)"])
    }

    @Test("GCS_BUCKET is where a source's files are that does not say")
    func variable() throws {
        let configuration = try ConfigurationFixture.load(
            "reconciliation: { sources: [{ country: ES }, { country: FR, location: /x }] }",
            variables: ["GCS_BUCKET": "acme-catalog"])
        #expect(
            configuration.reconciliation.sources.map(\.location)
                == ["gs://acme-catalog/service-catalog/", "/x"])
        #expect(
            EffectiveConfiguration.lines(of: configuration).contains(
                .init(
                    key: "reconciliation.sources[0].location",
                    value: "gs://acme-catalog/service-catalog/", origin: "$GCS_BUCKET")))
        #expect(configuration.reconciliation.areSourcesConfigured)
        #expect(try !ConfigurationFixture.load().reconciliation.areSourcesConfigured)
        #expect(
            try ConfigurationFixture.load(variables: ["GCS_BUCKET": "acme"]).reconciliation
                .areSourcesConfigured)
    }
}
