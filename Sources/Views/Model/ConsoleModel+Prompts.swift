import Probes

/// The filter line and the palette.
extension ConsoleModel {
    mutating func openPrompt(_ purpose: Prompt.Purpose) {
        var text = ""
        if case .filter(let noun) = purpose { text = view(noun).filter }
        var prompt = Prompt(purpose: purpose, field: TextField(text))
        prompt = refreshed(&prompt)
        if case .source = purpose, let source = cursorRow(RunList.self)?.source {
            // Offered, not typed: another name can be typed at once.
            prompt.chosen = prompt.choices.firstIndex { $0.text == source }
        }
        overlay = .prompt(prompt)
    }

    /// The prompt with the suggestions for what is typed.
    func refreshed(_ prompt: inout Prompt) -> Prompt {
        let text = prompt.field.text
        prompt.chosen = nil
        prompt.problem = nil
        switch prompt.purpose {
        case .filter(let noun):
            prompt.choices = FilterLanguage.suggestions(
                noun, text, cursor: prompt.field.charactersBeforeCursor)
            if !prompt.field.trimmed.isEmpty {
                prompt.problem = FilterLanguage.problem(noun, text)
            }
        case .palette:
            let typed = prompt.field.trimmed.lowercased()
            let entries = paletteEntries
            prompt.choices =
                entries.filter { $0.text.hasPrefix(typed) }
                + entries.filter { !$0.text.hasPrefix(typed) && $0.text.contains(typed) }
            if prompt.choices.isEmpty { prompt.problem = "Nothing is called \(typed)." }
        case .source:
            let typed = prompt.field.trimmed.lowercased()
            prompt.choices = sourceChoices.filter { $0.text.lowercased().hasPrefix(typed) }
            if prompt.choices.isEmpty { prompt.problem = "No source is called \(typed)." }
        case .seek(let choices):
            let typed = prompt.field.trimmed.lowercased()
            prompt.choices = seekChoices(choices).filter { $0.text.hasPrefix(typed) }
            if prompt.choices.isEmpty, SeekTarget(prompt.field.trimmed) == nil {
                prompt.problem = Self.seekProblem
            }
        }
        return prompt
    }

    /// Panes first, then themes, then what can be done here.
    var paletteEntries: [Prompt.Choice] {
        Pane.allCases.map { pane in
            Prompt.Choice(text: pane.rawValue, hint: "pane \(pane.title.lowercased())")
        }
            + themes.map { Prompt.Choice(text: "theme \($0.name)", hint: "colours") }
            + keys.bindings(in: panePlace).filter { $0.command.isInPalette }.map {
                Prompt.Choice(text: $0.command.rawValue, hint: $0.words)
            }
    }

    mutating func choose(by step: Int) {
        guard case .prompt(var prompt) = overlay else { return }
        prompt.choose(by: step)
        overlay = .prompt(prompt)
    }

    mutating func completePrompt() {
        guard case .prompt(var prompt) = overlay, let choice = prompt.offered else { return }
        prompt.field.text = choice.text
        overlay = .prompt(refreshed(&prompt))
    }

    mutating func acceptPrompt() -> ScreenDirective {
        guard case .prompt(var prompt) = overlay else { return .none }
        if let chosen = prompt.chosen {
            // A suggestion of the palette is a whole command; one of a filter may be its beginning.
            prompt.field.text = prompt.choices[chosen].text
            if case .filter = prompt.purpose {
                overlay = .prompt(refreshed(&prompt))
                return .redraw
            }
        }
        switch prompt.purpose {
        case .filter(let noun):
            let text = prompt.field.trimmed
            guard text.isEmpty || FilterLanguage.problem(noun, text) == nil else { return .redraw }
            overlay = nil
            apply(filter: text, to: noun)
            return .redraw
        case .source(let isDryRun):
            let typed = prompt.field.trimmed
            let names = sourceChoices.map(\.text)
            guard let source = names.contains(typed) ? typed : prompt.choices.first?.text else {
                return .redraw
            }
            overlay = nil
            show(Confirmation.start(source: source, isDryRun: isDryRun, self))
            return .redraw
        case .seek(let choices):
            guard let target = SeekTarget(prompt.field.trimmed) else {
                prompt.problem = Self.seekProblem
                overlay = .prompt(prompt)
                return .redraw
            }
            overlay = nil
            show(Confirmation.seek(choices, to: target, self))
            return .redraw
        case .palette:
            let typed = prompt.field.trimmed
            guard !typed.isEmpty else {
                overlay = nil
                return .redraw
            }
            let entries = paletteEntries.map(\.text)
            let name = entries.contains(typed) ? typed : prompt.choices.first?.text
            guard let name else { return .redraw }
            overlay = nil
            return performEntry(name)
        }
    }

    private mutating func performEntry(_ name: String) -> ScreenDirective {
        if let pane = Pane(rawValue: name) {
            jumps = []
            show(pane)
            return .redraw
        }
        if let index = themes.firstIndex(where: { "theme \($0.name)" == name }) {
            return useTheme(index)
        }
        guard let command = Command(rawValue: name), let binding = keys.binding(command, in: place)
        else { return .redraw }
        return perform(binding)
    }
}

extension Command {
    /// Moving about by name would only crowd the palette, and panes stand there by themselves.
    fileprivate var isInPalette: Bool {
        switch self {
        case .up, .down, .pageUp, .pageDown, .first, .last, .next, .previous, .palette, .theme:
            false
        case .back, .open, .mark: false
        default: pane == nil
        }
    }
}
