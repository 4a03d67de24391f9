package io.postgresloader.source;

/**
 * Which server answers.
 *
 * @param id its {@code server_uuid}; MariaDB, which has none, its {@code server_uid}, or host name and port
 * @param certain whether another id is surely another server with other data. MariaDB's id goes with the network
 *     interface and the port, so that a recreated container has another id for the same data
 */
public record ServerIdentity(String id, boolean certain) {}
