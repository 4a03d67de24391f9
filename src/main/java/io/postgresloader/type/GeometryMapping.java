package io.postgresloader.type;

/** Spatial values as well-known binary (OGC WKB) in {@code bytea}. */
record GeometryMapping() implements TypeMapping {
    @Override
    public String targetType() {
        return "bytea";
    }

    @Override
    public String select(String quotedColumn) {
        return "ST_AsBinary(" + quotedColumn + ") AS " + quotedColumn;
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) {
        out.append(BytesMapping.PREFIX);
        out.appendHex(value);
    }
}
