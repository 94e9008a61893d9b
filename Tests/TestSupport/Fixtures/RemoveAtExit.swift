import FoundationEssentials
import Glibc
import Synchronization

private let folders = Mutex<[String]>([])

/// Removes a folder when this process ends by itself.
func removeAtExit(_ folder: String) {
    let isFirst = folders.withLock { folders in
        folders.append(folder)
        return folders.count == 1
    }
    guard isFirst else { return }
    atexit {
        for folder in folders.withLock({ $0 }) {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
