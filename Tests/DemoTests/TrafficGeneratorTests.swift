import Testing

@testable import Demo

@Suite("Traffic generator")
struct TrafficGeneratorTests {
    static let start: Int64 = 1_763_700_000_000

    static func messages(seed: UInt64, count: Int, rate: Double = 80) -> [TrafficMessage] {
        var generator = TrafficGenerator(seed: seed, start: start, rate: rate)
        return (0..<count).map { _ in generator.next() }
    }

    @Test("sends the same bytes at the same times for the same seed")
    func sameSeed() {
        let first = Self.messages(seed: 7, count: 3_000)
        let second = Self.messages(seed: 7, count: 3_000)
        #expect(first.map(\.value) == second.map(\.value))
        #expect(first.map(\.plannedAt) == second.map(\.plannedAt))
        #expect(first.map(\.key) == second.map(\.key))
    }

    @Test("sends something else for another seed")
    func otherSeed() {
        #expect(
            Self.messages(seed: 7, count: 500).map(\.value)
                != Self.messages(seed: 8, count: 500).map(\.value))
    }

    @Test(
        "opens with every kind of traffic, whatever the seed", arguments: [0, 1, 7, 42] as [UInt64])
    func everyKindAtOnce(seed: UInt64) {
        var generator = TrafficGenerator(seed: seed, start: Self.start, rate: 1)
        var kinds: Set<TrafficKind> = []
        while true {
            let message = generator.next()
            guard message.plannedAt <= 0 else { break }
            kinds.insert(message.kind)
        }
        #expect(Set(TrafficKind.allCases).subtracting(kinds) == [])
    }

    @Test("never goes back in time, and keeps its average rate")
    func rate() throws {
        let times = Self.messages(seed: 3, count: 12_000).map(\.plannedAt)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        let last = try #require(times.last)
        let sent = times.count { $0 > 0 }
        let perSecond = Double(sent) / (Double(last) / 1_000)
        #expect((70...90).contains(perSecond), "\(perSecond) a second")
    }

    @Test("keeps letters far below the share that pauses a partition")
    func fewLetters() {
        var model = DemoModel()
        for (offset, message) in Self.messages(seed: 11, count: 10_000).enumerated() {
            model.take(
                Delivery(
                    message: message, position: Position(partition: 0, offset: Int64(offset))))
        }
        #expect(model.totals.deadLettered < 10_000 * 6 / 100)
        #expect(model.totals.deadLettered > 10_000 / 100)
    }

    @Test("writes the seed's payload: envelope, keys and their order")
    func payload() throws {
        let creation = try #require(
            Self.messages(seed: 7, count: 50).first { $0.kind == .creation })
        guard case .tree(let tree) = creation.body, case .object(let envelope) = tree,
            case .object(let data)? = tree["data"]
        else {
            Issue.record("a creation is an object")
            return
        }
        #expect(
            envelope.map(\.key) == [
                "eventId", "eventType", "eventTimestamp", "source", "version", "data",
            ])
        #expect(
            data.map(\.key) == [
                "externalServiceCode", "countryCode", "businessUnit", "type", "category", "name",
                "description", "shortDescription", "scopeIncluded", "scopeExcluded",
                "worksiteRequirements", "productPrerequisites", "contractType",
                "estimatedDuration", "complexity", "requiresTechnicalVisit", "effectiveFrom",
                "effectiveTo",
            ])
        #expect(tree["data"]?["externalServiceCode"]?.string == creation.key)
    }

    @Test("puts a service's messages into one partition")
    func partitions() {
        var partitions: [String: Set<Int32>] = [:]
        for message in Self.messages(seed: 5, count: 3_000) {
            guard let key = message.key else { continue }
            partitions[key, default: []].insert(message.partition(of: 8))
        }
        #expect(partitions.values.allSatisfy { $0.count == 1 })
        #expect(Set(partitions.values.flatMap { $0 }).count == 8)
    }

    @Test("gives an event id to one service only, so that no order of partitions matters")
    func idsStayWithTheirService() {
        var users: [String: Set<String?>] = [:]
        for message in Self.messages(seed: 9, count: 5_000) {
            guard case .tree(let tree) = message.body, let id = tree["eventId"]?.string else {
                continue
            }
            users[id, default: []].insert(message.key)
        }
        #expect(users.values.allSatisfy { $0.count == 1 })
    }

    @Test("sends bytes that are not UTF-8 where it means to")
    func notUTF8() throws {
        let message = try #require(
            Self.messages(seed: 7, count: 1_000).first { $0.kind == .notUTF8 })
        #expect(String(validating: message.value, as: UTF8.self) == nil)
    }
}
