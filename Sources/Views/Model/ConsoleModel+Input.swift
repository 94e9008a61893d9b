import Probes

/// What comes from the terminal.
extension ConsoleModel {
    /// Takes one input. `instant` is the steady clock, for what is shown only for a while.
    package mutating func handle(
        _ input: ScreenInput, at instant: ContinuousClock.Instant
    ) -> ScreenDirective {
        switch input {
        case .opened(let facts):
            (size, glyphs) = (facts.size, facts.glyphs)
            keepListInView()
            if let text = facts.notice { show(text, .warning, since: instant) }
            return .request(.theme(theme), .title("syncconsole \(self.facts.environment)"))
        case .resized(let size):
            self.size = size
            keepListInView()
            return .redraw
        case .resumed, .woken: return .redraw
        case .tick:
            if let until = notice?.until, until <= instant { notice = nil }
            return .redraw
        case .suspendRefused:
            show(suspendObstacle ?? Self.frozenEngine, .warning, since: instant)
            return .redraw
        case .mouse(let event): return handle(event)
        case .paste(let text):
            paste(text)
            return .redraw
        case .key(let key):
            notice = nil
            let directive = handle(key)
            if notice?.until == nil { notice?.until = instant.advanced(by: Notice.duration) }
            return directive
        }
    }

    static let frozenEngine =
        "Ctrl-Z would freeze an engine that holds partitions and locks; q leaves in order."

    private mutating func show(
        _ text: String, _ role: Role, since instant: ContinuousClock.Instant
    ) {
        notice = Notice(text: text, role: role, until: instant.advanced(by: Notice.duration))
    }

    private mutating func handle(_ key: Key) -> ScreenDirective {
        if layout.isTooSmall {
            // Nothing may be changed by somebody who cannot see it.
            let binding = keys.binding(for: key, in: .panes)
            guard let command = binding?.command, [.leave, .repaint].contains(command) else {
                return .none
            }
            return perform(command)
        }
        if take(key) { return .redraw }
        guard let binding = keys.binding(for: key, in: place) else { return .none }
        return perform(binding)
    }

    /// Does what a binding stands for, or says why that is not possible now.
    mutating func perform(_ binding: KeyBinding) -> ScreenDirective {
        if let obstacle = binding.obstacle(self) {
            say(obstacle, .warning)
            return .redraw
        }
        return perform(binding.command)
    }

    /// Gives a key to the text that is being typed, if one is.
    private mutating func take(_ key: Key) -> Bool {
        switch overlay {
        case .prompt(var prompt):
            guard prompt.field.take(key) else { return false }
            overlay = .prompt(refreshed(&prompt))
            return true
        case .dialog(var dialog):
            guard dialog.take(key) else { return false }
            overlay = .dialog(dialog)
            return true
        case .help, .result, nil: return false
        }
    }

    /// Pasted text is text: outside of a field it is nothing.
    private mutating func paste(_ text: String) {
        switch overlay {
        case .prompt(var prompt):
            prompt.field.paste(text)
            overlay = .prompt(refreshed(&prompt))
        case .dialog(var dialog):
            dialog.paste(text)
            overlay = .dialog(dialog)
        case .help, .result, nil:
            say("Pasted text is never a command; open a prompt first.", .warning)
        }
    }

    private mutating func handle(_ event: MouseEvent) -> ScreenDirective {
        switch event.kind {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press: return press(at: event.position)
        case .release: return .none
        }
        return .redraw
    }

    /// A click puts the cursor on a row; nothing is ever changed by one.
    private mutating func press(at position: Position) -> ScreenDirective {
        let line = position.row - layout.pane.row - 1
        guard overlay == nil, detail == nil, let noun, (0..<layout.listRows).contains(line) else {
            return .none
        }
        let state = view(noun).state
        let index = state.top + line
        guard state.ids.indices.contains(index) else { return .none }
        move(by: index - state.cursorIndex)
        return .redraw
    }
}
