import HTTPClient
import ObjectStores
import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Runs over emulated buckets", .timeLimit(.minutes(4)))
struct EmulatedBucketRunTests {
    @Test("correct what differs, of Google's and of Amazon's", arguments: ["gs", "s3"])
    func correct(_ scheme: String) async throws {
        let server: PythonServer = scheme == "gs" ? .google : .amazon
        let url = try await server.url()
        let name = "services_ES_20250117.csv"
        let rows = [RunFixture.header, RunFixture.row("A", duration: "90"), RunFixture.row("B")]
        try await upload(
            rows.joined(separator: "\n") + "\n", to: "runs/\(name)", scheme: scheme, url: url)
        var settings = ReconciliationSettings()
        settings.reach(
            [BucketAccess(bucket: "\(scheme)://catalog", endpoint: url)],
            environment: ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "x"])
        try await RunFixture.with(location: "\(scheme)://catalog/runs/", stores: settings.stores) {
            (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"), RunFixture.event("e2", "B"),
            ])
            let id = try await fixture.reconcile(name)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=2 matched=2 drifted=1 updated=1")
            #expect(
                try await fixture.drift(id) == ["A estimated_duration_minutes CORRECTED 60 > 90"])
            #expect(
                fixture.breakers.snapshots().map { "\($0.key) \($0.snapshot.state)" }
                    == ["\(scheme):catalog closed"])
            let missing = try await fixture.reconcile("services_ES_20250118.csv")
            #expect(
                try await fixture.figures(missing)
                    == "FAILED services_ES_20250118.csv did not come to "
                    + "\(scheme)://catalog/runs/ in time")
        }
    }

    private func upload(
        _ text: String, to name: String, scheme: String, url: String
    ) async throws {
        let path =
            scheme == "gs"
            ? "/upload/storage/v1/b/catalog/o?uploadType=media&name=\(name)" : "/catalog/\(name)"
        let answer = try await HTTPClient().send(
            HTTPRequest(
                scheme == "gs" ? "POST" : "PUT", url + path,
                headers: [
                    ("Content-Type", "text/csv"),
                    ("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/x/x/s3/aws4_request"),
                ], body: Array(text.utf8)), limits: HTTPLimits())
        #expect(answer.status == 200, "\(answer.text)")
    }
}
