package io.postgresloader.app;

/** The output format of a command. The constants are spelled like the option's values. */
enum OutputFormat {
    text,
    json
}
