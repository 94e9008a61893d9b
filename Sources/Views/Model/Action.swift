import Probes

/// What a key asks the engine to do. Everything else that a key does stays inside the screen.
///
/// One exhaustive switch in the wiring turns an action into a call on the engine's operations.
package enum Action: Sendable, Equatable {
    case approve([ReviewChoice], reason: String)
    case reject([ReviewChoice], reason: String)
    /// Approves alone what needs two people.
    case breakGlass([ReviewChoice], reason: String)
    case lookAgain([Int64], reason: String)
    /// Shows what is personal in a detail, on this screen.
    case reveal(DetailSubject, reason: String)
    case retryLetters([Int64], overrideStale: Bool, inStages: Bool = false)
    case replayEvents([Int64], overrideStale: Bool, dryRun: Bool, reason: String)
    case resolveLetters([Int64], reason: String)
    case resetBreaker(key: String, reason: String)
    case openBreaker(key: String, reason: String)
    case pausePartitions([PartitionChoice], reason: String)
    case resumePartitions([PartitionChoice], reason: String)
    case seekPartitions([PartitionChoice], to: SeekTarget, reason: String)
    case acknowledgeGaps([Int64], reason: String)
    case acknowledgeAlerts([Int64], reason: String)
    case silenceAlerts([Int64], seconds: Int64, reason: String)
    case unsilenceAlerts([Int64], reason: String)
    /// Of a source's files, or of a vendor's items.
    case startRun(source: String, isVendor: Bool = false, dryRun: Bool, reason: String)
    case cancelRuns([Int64], reason: String)
    case acceptRuns([Int64], reason: String)
    case abandonRuns([Int64], reason: String)
    case useFileBefore([Int64], reason: String)
    case revertRun(Int64, dryRun: Bool, reason: String)
    case retryJobs([Int64], reason: String)
    case cancelJobs([Int64], reason: String)
    case removeAgents([String], reason: String)
    case addMapping(MappingChoice, reason: String)
    case changeMapping(Int64, code: String, label: String, reason: String)
    case switchMappings([Int64], on: Bool, reason: String)
    case runScheduled([String], reason: String)
    case pauseScheduled([String], reason: String)
    case resumeScheduled([String], reason: String)
}

/// A review item as it was shown: nobody decides on what they have not seen.
package struct ReviewChoice: Sendable, Equatable {
    package var id: Int64
    package var serviceRowVersion: Int64

    package init(id: Int64, serviceRowVersion: Int64) {
        self.id = id
        self.serviceRowVersion = serviceRowVersion
    }
}

/// A vendor's code and what it is to be called here.
package struct MappingChoice: Sendable, Equatable {
    package var vendor: String
    package var type: String
    package var erpCode: String
    package var ourCode: String
    /// Empty for our code itself.
    package var label: String

    package init(
        vendor: String = "", type: String = "", erpCode: String = "", ourCode: String = "",
        label: String = ""
    ) {
        self.vendor = vendor
        self.type = type
        self.erpCode = erpCode
        self.ourCode = ourCode
        self.label = label
    }
}

package struct PartitionChoice: Sendable, Equatable {
    package var topic: String
    package var partition: Int

    package init(topic: String, partition: Int) {
        self.topic = topic
        self.partition = partition
    }
}

/// What came of an action, as the screen tells it.
package struct ActionReport: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package enum Result: String, Sendable { case done, refused, failed }
        package var id: String
        package var result: Result
        package var message: String

        package init(id: String, result: Result, message: String) {
            self.id = id
            self.result = result
            self.message = message
        }
    }

    package var action: Action
    package var lines: [Line]

    package init(action: Action, lines: [Line]) {
        self.action = action
        self.lines = lines
    }
}
