package io.postgresloader.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.postgresloader.config.tables.TablesSchema;
import io.postgresloader.tracking.Json;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What an editor says of a table list: it reads YAML 1.2, and holds what it read against the schema. */
public final class EditorSchema {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Json.write(TablesSchema.document()));

    private static final LoadSettings YAML = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(1000)
            .build();

    private EditorSchema() {}

    /** The problems of a list that YAML can read; none when it is valid. */
    public static List<String> problems(String list) {
        Object read = new Load(YAML).loadFromString(list);
        return SCHEMA.validate(Json.write(read), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
