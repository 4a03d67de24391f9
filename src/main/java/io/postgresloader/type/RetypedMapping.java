package io.postgresloader.type;

/** Another target type, on request; the value's text stays, and PostgreSQL converts it or refuses the row. */
record RetypedMapping(String targetType, TypeMapping mapping) implements TypeMapping {
    @Override
    public String select(String quotedColumn) {
        return mapping.select(quotedColumn);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
        mapping.encode(value, out);
    }
}
