import ObjectStores
import Testing

@Suite("Object location")
struct ObjectLocationTests {
    @Test(
        "reads folders and buckets",
        arguments: [
            ("file:///srv/exports", ObjectLocation.folder("/srv/exports")),
            ("/srv//exports/./es/", .folder("/srv/exports/es")),
            ("file:///", .folder("/")),
            (
                "gs://fsm-service-catalog/service-catalog/",
                .google(bucket: "fsm-service-catalog", prefix: "service-catalog/")
            ),
            ("gs://bucket/a/b", .google(bucket: "bucket", prefix: "a/b/")),
            ("gs://bucket", .google(bucket: "bucket", prefix: "")),
            ("gs://bucket/", .google(bucket: "bucket", prefix: "")),
            ("s3://my.bucket/exports", .amazon(bucket: "my.bucket", prefix: "exports/")),
        ])
    func reads(_ text: String, _ expected: ObjectLocation) throws {
        #expect(try ObjectLocation.parse(text) == expected)
    }

    @Test(
        "says what to write instead of what cannot be read",
        arguments: [
            ("exports", "write file:///folder"), ("", "write file:///folder"),
            ("https://bucket/x", "write file:///folder"),
            ("file://srv/exports", "three slashes"), ("/srv/../etc", "without `..`"),
            ("gs://", "a bucket's name"), ("gs:///prefix", "a bucket's name"),
            ("gs://user@host/x", "a bucket's name"), ("gs://bucket/../x", "prefix without"),
            ("s3://bucket/a//b", "prefix without"),
        ])
    func refuses(_ text: String, _ advice: String) async {
        let error = await error { try ObjectLocation.parse(text) }
        #expect(error?.kind == .invalidLocation)
        #expect(error?.message.contains(advice) == true, "\(error?.message ?? "nothing thrown")")
    }
}
