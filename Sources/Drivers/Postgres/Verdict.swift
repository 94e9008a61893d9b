/// Whose fault an error is, and so what to do with it.
///
/// Classes: PostgreSQL documentation, appendix A.
package enum Verdict: String, Sendable {
    /// A value in a row: narrow the batch to the row at fault.
    case row
    /// The server, the network or somebody's lock: try the whole batch again, count no attempt.
    case infrastructure
    /// The statement, the schema or a privilege: trying again cannot help.
    case permanent

    /// Judges by the five characters of an SQLSTATE; nil (no answer from the server) is
    /// infrastructure.
    package init(sqlstate: String?) {
        guard let sqlstate else {
            self = .infrastructure
            return
        }
        switch sqlstate {
        case "55P03",  // lock_not_available: lock_timeout
            "55006",  // object_in_use: a database or replication slot that somebody holds
            "25P03",  // idle_in_transaction_session_timeout
            "25006":  // read_only_sql_transaction: a standby, or a primary out of disk
            self = .infrastructure
        default:
            self = Self(sqlstateClass: sqlstate.prefix(2))
        }
    }

    private init(sqlstateClass: Substring) {
        switch sqlstateClass {
        case "22",  // data exception
            "23",  // integrity constraint violation
            "P0":  // raise_exception and its kin, from triggers and functions
            self = .row
        case "08",  // connection exception
            "40",  // transaction rollback: deadlock, serialization failure
            "53",  // insufficient resources: disk, memory, connections
            "57",  // operator intervention: shutdown, cancel, timeout
            "58":  // system error outside PostgreSQL
            self = .infrastructure
        default:
            self = .permanent
        }
    }
}
