import Probes

/// The whole console as one value: what is shown is a function of it, what is typed changes it.
///
/// Readings, reports and time are passed in (`take`, `now`); what is wanted comes out as `interest`
/// and as `takeActions()`. Nothing in here waits, fetches or knows a terminal.
package struct ConsoleModel: Sendable {
    package let facts: ConsoleFacts
    package let keys: KeyTable
    package let themes: [Theme]
    package internal(set) var themeIndex: Int
    /// The time of the wall clock; ages are counted to it.
    package var now: Timestamp
    /// What is drawn from: personal values are masked, but where they were revealed.
    package internal(set) var readings: ConsoleReadings
    package internal(set) var pane = Pane.overview

    var size = Size(rows: 24, columns: 80)
    var glyphs = GlyphSet.unicode
    var views: [Noun: ListView] = [:]
    var stream = EventStream()
    /// The details in front of each pane's list; the last one is in view.
    var details: [Pane: [OpenDetail]] = [:]
    var showsClusters = true
    var showsAlertGroups = true
    var openAlertGroup: OpenAlertGroup?
    /// The way here from other panes, the last step last.
    var jumps: [Jump] = []
    /// What the drift is put together by; nil: row by row.
    var driftGrouping: DriftGrouping?
    /// The log's lines as they were when it was paused; nil while it is followed.
    var pausedLog: [LogEntry]?
    var overlay: Overlay?
    var notice: Notice?
    var hasMouse = false
    /// What came of the last action.
    var lastReport: ActionReport?
    /// The newest readings as they came, and the details whose personal values may be shown here.
    var unmasked: ConsoleReadings
    var revealed: Set<DetailSubject> = []
    /// A bulk action on a cluster that waits for its letters to be read.
    var awaitedBulk: Command?
    private(set) var outbox: [Action] = []
    /// Actions that were sent and have not been answered.
    private(set) var inFlight: [Action] = []

    /// - Parameters:
    ///   - keys: with `facts.isReadOnly`, what changes something is taken out of it.
    ///   - themes: those that `t` goes through; never empty: without any, the built-in ones.
    package init(
        facts: ConsoleFacts, readings: ConsoleReadings, now: Timestamp,
        keys: KeyTable = .standard, themes: [Theme] = Theme.builtIn, themeIndex: Int = 0
    ) {
        self.facts = facts
        self.keys = facts.isReadOnly ? keys.readOnly : keys
        self.themes = themes.isEmpty ? Theme.builtIn : themes
        self.themeIndex = self.themes.indices.contains(themeIndex) ? themeIndex : 0
        self.readings = readings
        unmasked = readings
        self.now = now
        take(readings)
    }

    package var theme: Theme { themes[themeIndex] }

    /// What the sampler should read now.
    package var interest: Interest {
        Interest(
            list: noun.flatMap {
                $0 == .runbooks
                    ? nil
                    : ListInterest(
                        noun: $0, filter: view($0).filter,
                        grouping: $0 == .driftGroups ? driftGrouping : nil)
            },
            detail: detail?.subject.interest, tailsEvents: pane == .events,
            looksAtHealth: pane == .health)
    }

    /// The actions since the last call, to be carried out in their order.
    package mutating func takeActions() -> [Action] {
        defer { outbox = [] }
        return outbox
    }

    // MARK: What is in view

    /// The noun whose list the pane shows; nil on the overview and where the health is.
    var noun: Noun? {
        switch pane {
        case .overview, .health: nil
        case .lag: .lag
        case .events: .events
        case .runs: .runs
        case .drift: driftGrouping == nil ? .drift : .driftGroups
        case .review: .review
        case .deadLetters: showsClusters ? .clusters : .dlq
        case .breakers: .breakers
        case .alerts: showsAlertGroups ? .alertGroups : .alerts
        case .jobs: .jobs
        case .agents: .agents
        case .mappings: .mappings
        case .engines: .engines
        case .schedule: .schedule
        case .audit: .audit
        case .logs: .logs
        case .runbooks: .runbooks
        }
    }

    var detail: OpenDetail? { details[pane]?.last }

    /// Where the keys go.
    var place: Place { overlay?.place ?? panePlace }

    var panePlace: Place {
        detail?.subject.place ?? noun.map { Place(list: $0) } ?? .overview
    }

    func view(_ noun: Noun) -> ListView { views[noun] ?? ListView() }

    var layout: FrameLayout { FrameLayout(size: size) }

    var context: DrawContext {
        DrawContext(now: now, zone: facts.zone, glyphs: glyphs, contacts: facts.contacts)
    }

    /// The row under the cursor of a list.
    func cursorRow<List: RowList>(_ list: List.Type) -> List.Row? {
        let state = view(List.noun).state
        guard let rows = List.rows(in: self), state.order.indices.contains(state.cursorIndex) else {
            return nil
        }
        let index = state.order[state.cursorIndex]
        return rows.indices.contains(index) ? rows[index] : nil
    }

    func row<List: RowList>(_ list: List.Type, id: RowID) -> List.Row? {
        List.rows(in: self)?.first { List.id(of: $0) == id }
    }

    /// The marked rows in their order, or else the one under the cursor.
    func targetRows<List: RowList>(_ list: List.Type) -> [List.Row] {
        let state = view(List.noun).state
        guard state.hasMarks else { return cursorRow(list).map { [$0] } ?? [] }
        guard let rows = List.rows(in: self) else { return [] }
        return state.order.lazy.filter(rows.indices.contains).map { rows[$0] }
            .filter { state.marks.contains(List.id(of: $0)) }
    }

    // MARK: Changing it

    mutating func update(_ noun: Noun, _ change: (inout ListView) -> Void) {
        change(&views[noun, default: ListView()])
    }

    mutating func say(_ text: String, _ role: Role = .info) {
        notice = Notice(text: text, role: role)
    }

    mutating func send(_ action: Action) {
        outbox.append(action)
        inFlight.append(action)
        say("\(action.words.doing) ...")
    }

    mutating func noteAnswer(to action: Action) {
        if let index = inFlight.firstIndex(of: action) { inFlight.remove(at: index) }
    }
}
