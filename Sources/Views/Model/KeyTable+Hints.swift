extension KeyTable {
    /// What can be done now, changing keys first, then the pane's own, then the rest.
    func hints(_ model: ConsoleModel) -> [KeyHints.Hint] {
        let place = model.place
        let available = bindings(in: place).filter {
            $0.hint != nil && !$0.keys.isEmpty && $0.command != .help && $0.command != .leave
                && $0.obstacle(model) == nil
        }
        let others = available.filter { !$0.isChange && $0.command != .palette }
        return
            (available.filter(\.isChange) + others
            + available.filter { $0.command == .palette })
            .map { KeyHints.Hint($0, model) }
    }

    func hint(_ command: Command, _ model: ConsoleModel) -> KeyHints.Hint? {
        binding(command, in: model.place).flatMap { binding in
            binding.hint == nil || binding.keys.isEmpty ? nil : KeyHints.Hint(binding, model)
        }
    }
}

extension KeyHints.Hint {
    fileprivate init(_ binding: KeyBinding, _ model: ConsoleModel) {
        var words = binding.hint ?? ""
        // The words of a switch say what it would do now.
        switch binding.command {
        case .follow:
            let isPaused =
                model.noun == .logs ? model.pausedLog != nil : model.stream.isPaused
            words = isPaused ? "follow" : "pause"
        case .toggleClusters: words = model.showsClusters ? "one by one" : "clusters"
        case .open where model.noun == .clusters: words = "letters"
        case .open where model.noun == .driftGroups: words = "rows"
        case .open where model.noun == .alertGroups:
            if (model.cursorRow(AlertGroupList.self)?.subjects ?? 0) > 1 { words = "its alerts" }
        case .toggleAlertGroups: words = model.showsAlertGroups ? "one by one" : "by rule"
        case .groupDrift: words = model.nextDriftGrouping.map { "by \($0.rawValue)" } ?? "rows"
        case .related:
            if case .event = model.detail?.subject { words = "what it became" }
            if case .drift = model.detail?.subject { words = "held change" }
            if case .job = model.detail?.subject { words = "letter" }
            if case .letter = model.detail?.subject { words = "job" }
        case .mapCode where model.mappingInView?.state != .unmapped: words = "add"
        case .confirm:
            if case .dialog(let dialog) = model.overlay { words = dialog.verb }
        default: break
        }
        self.init(
            key: "\(binding.keys[0])", words: words, isChange: binding.isChange)
    }
}
