package io.postgresloader.type;

/** A TIMESTAMP whose values are stored as the wall clock of a zone; the source sends them in UTC. */
record WallClockMapping(TypeMapping mapping, WallClock clock) implements TypeMapping {
    @Override
    public String targetType() {
        return mapping.targetType();
    }

    @Override
    public String select(String quotedColumn) {
        return mapping.select(quotedColumn);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        mapping.encode(clock.fromUtc(value), out);
    }
}
