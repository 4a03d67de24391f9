package io.postgresloader.config.tables;

import io.postgresloader.model.LoadMode;

/** The values of {@code extraction_strategy:}, a key of the older generator. */
enum ExtractionStrategy {
    FULL_TABLE(LoadMode.FULL),
    INCREMENTAL(LoadMode.INCREMENTAL),
    INCREMENTAL_CHUNKED(LoadMode.INCREMENTAL);

    private final LoadMode load;

    ExtractionStrategy(LoadMode load) {
        this.load = load;
    }

    LoadMode load() {
        return load;
    }
}
