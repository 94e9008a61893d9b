/// What a source sends on a bad night.
extension TrafficGenerator {
    /// The running traffic of a calm night: nothing fails, nothing waits for anybody.
    mutating func actCalmly() {
        switch random.below(100) {
        case ..<15: services.count < Self.mostServices ? create() : update()
        case ..<60: update()
        default: updatePartly()
        }
    }

    mutating func openCalmly(services count: Int) {
        plannedAt = -3_600_000
        for _ in 0..<count {
            plannedAt += 3_500_000 / Int64(max(count, 1))
            create()
        }
        plannedAt = 0
        for _ in 0..<count / 4 { update() }
    }

    /// An update that the database refuses whenever it is tried, and what waits behind it.
    mutating func poison() {
        burst { generator in
            var service = generator.poisoned ?? generator.invented()
            let duration = service.estimatedDurationMinutes
            service.estimatedDurationMinutes = RefusalRule.longestDurationMinutes + 60
            service.revision += 1
            generator.sendEvent(.refusedForGood, "updated", of: &service, data: service.data)
            // They say nothing of the duration: one that put it right would overtake the refused one.
            for _ in 0..<4 {
                service.revision += 1
                generator.sendEvent(
                    .partialUpdate, "updated", of: &service,
                    data: service.data(only: ["description"]))
            }
            service.estimatedDurationMinutes = duration
            generator.poisoned = service
        }
    }

    /// So many updates that all are unreadable in the same way.
    mutating func spoil(_ count: Int) {
        burst { generator in
            for _ in 0..<count { generator.send(.durationAsText) }
        }
    }

    private mutating func invented() -> SourceService {
        var service = writer.invent(at: start + plannedAt)
        sendEvent(.creation, "created", of: &service, data: service.data)
        // Nobody else speaks of it.
        service.standing = .retired
        return service
    }

    /// All of it is due at once.
    private mutating func burst(_ body: (inout Self) -> Void) {
        let before = isOpening
        isOpening = true
        body(&self)
        isOpening = before
    }
}
