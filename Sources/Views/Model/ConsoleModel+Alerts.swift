import Probes

/// From the rules that fire to their alerts, and back.
extension ConsoleModel {
    /// A rule's alerts, listed because somebody opened it.
    struct OpenAlertGroup: Sendable, Equatable {
        var rule: String
        /// It is left once the list has another.
        var filter: String
    }

    /// The rule whose alerts alone are listed.
    var alertGroupInView: OpenAlertGroup? {
        guard noun == .alerts, let open = openAlertGroup, view(.alerts).filter == open.filter else {
            return nil
        }
        return open
    }

    /// Lists the alerts of a rule; of a single one, its details.
    mutating func open(_ group: AlertGroup) {
        guard group.subjects > 1 else { return push(.alert(group.newest.id)) }
        var terms = [view(.alertGroups).filter, "rule:\(FilterLanguage.quoted(group.rule))"]
        if group.state != .resolved { terms.append("!state:resolved") }
        let filter = terms.filter { !$0.isEmpty }.joined(separator: " ")
        openAlertGroup = OpenAlertGroup(rule: group.rule, filter: filter)
        showsAlertGroups = false
        apply(filter: filter, to: .alerts)
        update(.alerts) { $0.state.moveCursor(to: 0) }
        keepListInView()
    }

    /// By rule, or one by one; the filter stays, but for the rule that was opened.
    mutating func toggleAlertGroups() {
        if alertGroupInView == nil {
            let (from, to): (Noun, Noun) =
                showsAlertGroups ? (.alertGroups, .alerts) : (.alerts, .alertGroups)
            let filter = view(from).filter
            if view(to).filter != filter { apply(filter: filter, to: to) }
        }
        openAlertGroup = nil
        showsAlertGroups.toggle()
        keepListInView()
    }
}
