import Foundation
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The dashboard and the rules")
struct ObservingDocumentsTests {
    private static func text(_ name: String) throws -> String {
        try String(contentsOfFile: "docs/\(name)", encoding: .utf8)
    }

    /// Every metric of which an engine can speak, by the name of its samples.
    private static var exported: Set<String> {
        var names: Set<String> = []
        for line in MetricsPage.text(MetricsPageTests.everything, at: MetricsPageTests.now)
            .split(separator: "\n") where !line.hasPrefix("#")
        {
            names.insert(String(line.prefix { $0 != "{" && $0 != " " }))
        }
        return names
    }

    /// What looks like one of our metrics.
    private static func metrics(in text: String) -> Set<String> {
        Set(
            text.matches(of: /\b(?:kafka|syncconsole|process)_[a-z_]+\b/).map { String($0.output) })
    }

    @Test("promtool finds nothing wrong with the rules, and they fire when they should")
    func rules() throws {
        let checked = try Promtool.run(["check", "rules", "docs/prometheus-rules.yaml"])
        #expect(checked.status == 0, "\(checked.output)")
        let tested = try Promtool.run(["test", "rules", "docs/prometheus-rules-test.yaml"])
        #expect(tested.status == 0, "\(tested.output)")
    }

    @Test("the seed's four alerts are among the rules, under their names")
    func names() throws {
        let text = try Self.text("prometheus-rules.yaml")
        for name in [
            "high_event_failure_rate", "consumer_lag_high", "reconciliation_high_drift",
            "reconciliation_failed",
        ] { #expect(text.contains("- alert: \(name)\n")) }
    }

    @Test("each rule names a runbook that is there, and is called like it")
    func runbooks() throws {
        let text = try Self.text("prometheus-rules.yaml")
        let names = text.matches(of: /- alert: (\w+)/).map { String($0.output.1) }
        let runbooks = text.matches(of: /runbook: (\S+)/).map { String($0.output.1) }
        #expect(runbooks == names.map { "docs/runbooks/\($0).md" })
        for path in runbooks { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
    }

    @Test("each metric that a rule or a panel asks for is exported")
    func exportedMetrics() throws {
        for name in ["prometheus-rules.yaml", "grafana-dashboard.json"] {
            let asked = Self.metrics(in: try Self.text(name))
            #expect(asked.count >= 8)
            #expect(asked.subtracting(Self.exported) == [], "\(name)")
        }
    }

    @Test("each metric that is exported is described, and none besides")
    func described() throws {
        let described = Self.metrics(in: try Self.text("metrics.md"))
        let parts = ["_bucket", "_sum", "_count"]
        let exported = Set(
            Self.exported.map { name in
                parts.first { name.hasSuffix($0) }
                    .map { String(name.dropLast($0.utf8.count)) } ?? name
            })
        #expect(exported.subtracting(described) == [])
        #expect(described.subtracting(exported) == [])
    }

    @Test(
        "the dashboard is JSON, has a panel for each of the seed's alerts, and no two on one spot")
    func dashboard() throws {
        let object = try JSONSerialization.jsonObject(
            with: Data(try Self.text("grafana-dashboard.json").utf8))
        let dashboard = try #require(object as? [String: Any])
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        let titles = panels.compactMap { $0["title"] as? String }
        for name in [
            "high_event_failure_rate", "consumer_lag_high", "reconciliation_high_drift",
            "reconciliation_failed",
        ] { #expect(titles.contains { $0.contains(name) }) }
        var taken: Set<[Int]> = []
        for panel in panels {
            let place = try #require(panel["gridPos"] as? [String: Int])
            let (x, y) = (place["x"] ?? 0, place["y"] ?? 0)
            for column in x..<x + (place["w"] ?? 0) {
                for row in y..<y + (place["h"] ?? 0) {
                    #expect(taken.insert([column, row]).inserted)
                    #expect(column < 24)
                }
            }
        }
    }
}
