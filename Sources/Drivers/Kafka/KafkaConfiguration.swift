import CRdKafka

/// The owner of a `rd_kafka_conf_t`, until a client is started with it.
struct KafkaConfiguration: ~Copyable {
    private let pointer: OpaquePointer
    private let scrubber: SecretScrubber

    /// Sets the driver's `defaults`, then the settings' properties, then what is `fixed`.
    /// - Throws: `KafkaError` naming the first property that is not valid, never its value.
    init(settings: KafkaSettings, defaults: [String: String], fixed: [String: String]) throws {
        pointer = rd_kafka_conf_new()
        scrubber = SecretScrubber(settings)
        for (property, value) in settings.properties.sorted(by: { $0.key < $1.key }) {
            if let only = fixed[property] ?? KafkaSettings.reserved[property], value != only {
                throw KafkaError(
                    .invalidArgument, operation: "configure Kafka",
                    text: "\(property) cannot be changed: it is always \(only)",
                    property: property)
            }
        }
        var merged = defaults
        merged["client.id"] = settings.clientId
        merged["bootstrap.servers"] = settings.brokers.joined(separator: ",")
        // Back within seconds after the brokers are; librdkafka's own limit is 10 s.
        merged["reconnect.backoff.max.ms"] = "2000"
        merged["socket.keepalive.enable"] = "true"
        // A broker that hangs is known as gone after this; librdkafka waits for a minute.
        merged["socket.timeout.ms"] = "15000"
        merged.merge(settings.properties) { _, theirs in theirs }
        merged.merge(fixed) { _, fixed in fixed }
        merged["log.queue"] = "true"
        for (property, value) in merged.sorted(by: { $0.key < $1.key }) {
            try set(property, value)
        }
    }

    deinit { rd_kafka_conf_destroy(pointer) }

    /// Starts a client whose events go to `sink`. Its callbacks hold the sink until
    /// `releaseFromLibrary`, which is to be called once the client has been destroyed.
    consuming func start(
        _ type: rd_kafka_type_t, events: Int32, sink: KafkaEventSink
    ) throws -> OpaquePointer {
        let opaque = Unmanaged.passRetained(sink).toOpaque()
        // rd_kafka_new takes the configuration over only if it succeeds: give it a copy.
        let copy = rd_kafka_conf_dup(pointer)
        rd_kafka_conf_set_opaque(copy, opaque)
        rd_kafka_conf_set_events(copy, events | RD_KAFKA_EVENT_ERROR)
        // The background thread serves the log queue by this callback; what is written before there
        // is a queue, and after, comes here too, and nothing goes to standard error.
        rd_kafka_conf_set_log_cb(copy) { client, level, facility, text in
            guard let client, let opaque = rd_kafka_opaque(client) else { return }
            Unmanaged<KafkaEventSink>.fromOpaque(opaque).takeUnretainedValue()
                .take(level: level, facility: facility, text: text)
        }
        rd_kafka_conf_set_background_event_cb(copy) { _, event, opaque in
            guard let event else { return }
            if let opaque {
                Unmanaged<KafkaEventSink>.fromOpaque(opaque).takeUnretainedValue().take(event)
            }
            rd_kafka_event_destroy(event)
        }
        rd_kafka_conf_interceptor_add_on_new(
            copy, "syncconsole",
            { client, _, opaque, _, _ in
                rd_kafka_interceptor_add_on_broker_state_change(
                    client, "syncconsole",
                    { _, id, _, name, port, state, opaque in
                        guard let opaque, let name, let state else {
                            return RD_KAFKA_RESP_ERR_NO_ERROR
                        }
                        let sink = Unmanaged<KafkaEventSink>.fromOpaque(opaque)
                            .takeUnretainedValue()
                        sink.brokerEntered(
                            String(cString: state), name: "\(String(cString: name)):\(port)",
                            id: id)
                        return RD_KAFKA_RESP_ERR_NO_ERROR
                    }, opaque)
            }, opaque)
        var reason = [CChar](repeating: 0, count: 512)
        guard let client = rd_kafka_new(type, copy, &reason, reason.count) else {
            let code = KafkaErrorCode(rd_kafka_last_error())
            rd_kafka_conf_destroy(copy)
            sink.releaseFromLibrary()
            throw KafkaError(
                code, operation: "start a Kafka client",
                text: scrubber.scrub(String(fromTerminated: reason)))
        }
        return client
    }

    private borrowing func set(_ property: String, _ value: String) throws {
        // The library's own sentence quotes the value, so it is not used.
        var reason = [CChar](repeating: 0, count: 512)
        switch rd_kafka_conf_set(pointer, property, value, &reason, reason.count) {
        case RD_KAFKA_CONF_OK:
            return
        case RD_KAFKA_CONF_UNKNOWN:
            throw KafkaError(
                .invalidArgument, operation: "configure Kafka",
                text: "there is no property \(property)", property: property)
        default:
            throw KafkaError(
                .invalidArgument, operation: "configure Kafka",
                text: "the value of \(property) is not valid", property: property)
        }
    }
}

extension KafkaEventSink {
    /// Gives up the reference that a client's callbacks held: no more of them can come.
    func releaseFromLibrary() { Unmanaged.passUnretained(self).release() }
}

extension String {
    /// What a C function has written into a buffer, up to the zero.
    init(fromTerminated buffer: [CChar]) {
        self.init(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
