import CRdKafka
import Glibc

/// The name of a message's topic, made into a string once for a run of messages of the same topic.
struct TopicNames {
    private var last = ""
    private var lastBytes: [CChar] = [0]

    mutating func name(of topic: OpaquePointer?) -> String {
        guard let topic, let bytes = rd_kafka_topic_name(topic) else { return "" }
        if strcmp(bytes, lastBytes) != 0 {
            last = String(cString: bytes)
            lastBytes = Array(UnsafeBufferPointer(start: bytes, count: strlen(bytes) + 1))
        }
        return last
    }
}
