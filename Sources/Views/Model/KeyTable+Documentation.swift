extension KeyTable {
    /// `docs/keys.md`, from the table; a test compares the two.
    package var documentation: String {
        var text = """
            # Keys

            This page is written from the key table in `Sources/Views/Model/`, the one that the
            console itself reads; do not edit it by hand. `?` in the console shows the keys of the
            place where you are, with the reason for each that can do nothing at the moment.

            Keys marked with ! change something beyond the screen. They ask first, say what will
            happen to how many, and are absent with `--read-only`. Pasted text is never a command.


            """
        for section in sections { append(section, to: &text) }
        text += """
            ## Other keys

            A command can be given other keys in the configuration, by the names above:

            ```yaml
            keys:
              retry: [r, F5]
              leave: [Ctrl-q]
            ```

            Names of keys: a character, `Space`, `Enter`, `Tab`, `Esc`, `Backspace`, `Del`, `Ins`,
            `Up`, `Down`, `Left`, `Right`, `Home`, `End`, `PgUp`, `PgDn`, `F1` to `F24`, with
            `Ctrl-`, `Alt-` or `Shift-` before them. A command that changes something cannot be on
            a key that a terminal can send by itself, in an escape sequence: digits, capital
            letters, `[`, `;`, `~` and some others.

            """
        return text
    }

    private var sections: [String] {
        bindings.reduce(into: []) { if !$0.contains($1.section) { $0.append($1.section) } }
    }

    private func append(_ section: String, to text: inout String) {
        text += "## \(section)\n\n| key | command | |\n| --- | --- | --- |\n"
        for binding in bindings where binding.section == section {
            let keys = binding.keys.map { "`\($0)`" }.joined(separator: " ")
            let sign = binding.isChange ? "! " : ""
            text += "| \(keys) | `\(binding.command.rawValue)` | \(sign)\(binding.words) |\n"
        }
        text += "\n"
    }
}
