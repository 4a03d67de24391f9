package io.postgresloader.type;

import java.util.Arrays;

/**
 * Spatial values as well-known binary (OGC WKB) in {@code bytea}. The source stores a value as the spatial reference in
 * four little-endian bytes, followed by WKB. A reference other than 0 is kept as EWKB, the form of PostGIS: a flag in
 * the type, followed by the reference.
 */
record GeometryMapping() implements TypeMapping {
    private static final int SRID_BYTES = 4;
    /** Byte order and type. */
    private static final int HEADER_BYTES = 5;

    private static final byte SRID_FLAG = 0x20;

    @Override
    public String targetType() {
        return "bytea";
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        if (value.length < SRID_BYTES + HEADER_BYTES) {
            throw new UnstorableValueException("22P03", "the bytes are not a spatial value");
        }
        boolean referenced = (value[0] | value[1] | value[2] | value[3]) != 0;
        out.append(BytesMapping.PREFIX);
        if (referenced) {
            byte[] header = Arrays.copyOfRange(value, SRID_BYTES, SRID_BYTES + HEADER_BYTES);
            boolean littleEndian = header[0] == 1;
            header[littleEndian ? HEADER_BYTES - 1 : 1] |= SRID_FLAG;
            out.appendHex(header, 0, HEADER_BYTES);
            out.appendHex(littleEndian ? value : reversed(value), 0, SRID_BYTES);
            out.appendHex(value, SRID_BYTES + HEADER_BYTES, value.length);
        } else {
            out.appendHex(value, SRID_BYTES, value.length);
        }
    }

    private static byte[] reversed(byte[] value) {
        return new byte[] {value[3], value[2], value[1], value[0]};
    }
}
