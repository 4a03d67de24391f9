package io.postgresloader.app;

/** How a command prints its answer; the names are what people write. */
enum OutputFormat {
    text,
    json
}
