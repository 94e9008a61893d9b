extension TrafficGenerator {
    /// One act of the running traffic: most are updates, each fault is rare.
    mutating func act() {
        switch random.below(1_000) {
        case ..<140: services.count < Self.mostServices ? create() : update()
        case ..<150: services.count < Self.mostServices ? createWithUnknownWords() : update()
        case ..<155: services.count < Self.mostServices ? updateBeforeCreation() : update()
        case ..<540: update()
        case ..<720: updatePartly()
        case ..<750: repeatUnchanged()
        case ..<770: tie()
        case ..<820: sendStale()
        case ..<845: deprecate()
        case ..<855: bringBack()
        case ..<880: breakRandomly()
        case ..<890: supersede()
        case ..<895: withdraw()
        case ..<955: duplicate()
        case ..<961: reuseEventID()
        case ..<963: correct()
        case ..<967: sendWithoutEventID()
        case ..<969: sendWithoutTimestamp()
        case ..<989: misbehave()
        case ..<991: deprecateUnknown()
        case ..<993: deprecateBeforeCreation()
        case ..<995: mismatchSource()
        case ..<998: refuseForAWhile()
        default: refuseForGood()
        }
    }

    /// The backlog, then every kind once.
    mutating func open(services count: Int) {
        plannedAt = -3_600_000
        let step = 3_500_000 / Int64(count)
        for _ in 0..<count {
            plannedAt += step
            create()
        }
        plannedAt = 0
        for _ in 0..<count / 4 { update() }
        createWithUnknownWords()
        updateBeforeCreation()
        for _ in 0..<8 { updatePartly() }
        repeatUnchanged()
        tie()
        for _ in 0..<4 { sendStale() }
        for _ in 0..<3 { deprecate() }
        bringBack()
        for change in BreakingChange.allCases { breakSomething(change) }
        supersede()
        withdraw()
        supersede(byDeprecation: true)
        for _ in 0..<6 { duplicate() }
        reuseEventID()
        correct()
        sendWithoutEventID()
        sendWithoutTimestamp()
        for fault in MessageFault.allCases { send(fault) }
        deprecateUnknown()
        for _ in 0..<3 { deprecateBeforeCreation() }
        mismatchSource()
        refuseForAWhile()
        refuseForGood()
    }

    mutating func misbehave() {
        guard let fault = random.pick(MessageFault.allCases) else { return }
        send(fault)
    }

    mutating func breakRandomly() {
        guard let change = random.pick(BreakingChange.allCases) else { return }
        breakSomething(change)
    }
}
