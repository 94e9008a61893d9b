import CVterm

/// A terminal in memory (libvterm): bytes in, cells out. Belongs to one thread at a time.
package final class TerminalEmulator {
    /// What libvterm tells through callbacks; a class of its own, so that C can point at it.
    private final class Properties {
        var isAlternateScreen = false
        var isCursorVisible = true
        var title = ""
    }

    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private let properties = Properties()
    private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
    private var rows: Int
    private var columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        terminal = vterm_new(Int32(rows), Int32(columns))
        vterm_set_utf8(terminal, 1)
        screen = vterm_obtain_screen(terminal)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: VTermScreenCallbacks())
        callbacks.pointee.settermprop = { property, value, user in
            guard let user, let value else { return 1 }
            let properties = Unmanaged<Properties>.fromOpaque(user).takeUnretainedValue()
            switch property {
            case VTERM_PROP_ALTSCREEN: properties.isAlternateScreen = value.pointee.boolean != 0
            case VTERM_PROP_CURSORVISIBLE: properties.isCursorVisible = value.pointee.boolean != 0
            case VTERM_PROP_TITLE:
                if let title = value.pointee.string { properties.title = String(cString: title) }
            default: break
            }
            return 1
        }
        vterm_screen_set_callbacks(
            screen, callbacks, Unmanaged.passUnretained(properties).toOpaque())
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_reset(screen, 1)
    }

    deinit {
        vterm_free(terminal)
        callbacks.deallocate()
    }

    package func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes {
            _ = vterm_input_write(
                terminal, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
        }
    }

    package func resize(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        vterm_set_size(terminal, Int32(rows), Int32(columns))
    }

    package var picture: TerminalPicture {
        var position = VTermPos()
        vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position)
        return TerminalPicture(
            cells: (0..<rows).map { row in (0..<columns).map { cell(row, $0) } },
            cursorRow: Int(position.row), cursorColumn: Int(position.col),
            isCursorVisible: properties.isCursorVisible,
            isAlternateScreen: properties.isAlternateScreen, title: properties.title)
    }

    private func cell(_ row: Int, _ column: Int) -> TerminalPicture.Cell {
        var cell = VTermScreenCell()
        vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
        var text = ""
        withUnsafeBytes(of: cell.chars) { bytes in
            for value in bytes.bindMemory(to: UInt32.self) {
                // libvterm marks the right half of a wide character by an impossible code point.
                guard value != 0, let scalar = Unicode.Scalar(value) else { break }
                text.unicodeScalars.append(scalar)
            }
            if text.isEmpty, bytes.bindMemory(to: UInt32.self).first == 0 { text = " " }
        }
        return TerminalPicture.Cell(
            text: text, foreground: Int(vterm_shim_index(&cell.fg)),
            background: Int(vterm_shim_index(&cell.bg)), isBold: cell.attrs.bold != 0,
            isUnderlined: cell.attrs.underline != 0, isReverse: cell.attrs.reverse != 0)
    }
}
