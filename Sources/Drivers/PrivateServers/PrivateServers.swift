// PrivateServers
