package io.postgresloader.source;

import com.mysql.cj.jdbc.result.ResultSetImpl;
import com.mysql.cj.protocol.a.NativePacketPayload;
import com.mysql.cj.protocol.a.result.AbstractBufferRow;
import com.mysql.cj.protocol.a.result.NativeResultset;
import com.mysql.cj.protocol.a.result.TextBufferRow;
import com.mysql.cj.result.Row;
import io.postgresloader.type.RawRow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The current row of a result of the driver's text protocol. One object serves all rows of the result. */
public abstract sealed class DriverRow {
    final RawRow values;

    private DriverRow(int columns) {
        this.values = new RawRow(columns);
    }

    /**
     * The rows as they are in the driver's packets, if this is the driver whose packets are known; by JDBC otherwise.
     *
     * @param rows before or at the first row
     * @param packets false: by JDBC in any case
     */
    public static DriverRow of(ResultSet rows, boolean packets) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        if (packets && PacketFields.known() && rows.isWrapperFor(ResultSetImpl.class)) {
            return new InPacket(rows, rows.unwrap(ResultSetImpl.class), columns);
        }
        return new ByJdbc(rows, columns);
    }

    /** Whether this version of the driver is one whose packets are known. */
    static boolean packetsKnown() {
        return PacketFields.known();
    }

    /** The values of the row on which the result is; valid until this method is called again. */
    public abstract RawRow read() throws SQLException;

    /** Asks JDBC for each value, which copies it. */
    private static final class ByJdbc extends DriverRow {
        private final ResultSet rows;

        ByJdbc(ResultSet rows, int columns) {
            super(columns);
            this.rows = rows;
        }

        @Override
        public RawRow read() throws SQLException {
            for (int column = 0; column < values.columns(); column++) {
                values.set(column, rows.getBytes(column + 1));
            }
            return values;
        }
    }

    /**
     * Points into a copy of the row's packet: the values one after the other, each behind its length, in which 0xFB is
     * NULL (MySQL's protocol, "Text Resultset Row"). The driver reads the next row into the same packet, and Camel moves
     * to the next row before it hands out this one: hence the copy.
     */
    private static final class InPacket extends DriverRow {
        private static final int NULL = 0xFB;

        private final ByJdbc plain;
        private byte[] copy = new byte[1024];
        private final NativeResultset result;

        InPacket(ResultSet rows, NativeResultset result, int columns) {
            super(columns);
            this.plain = new ByJdbc(rows, columns);
            this.result = result;
        }

        @Override
        public RawRow read() throws SQLException {
            Row row = PacketFields.row(result);
            if (!(row instanceof TextBufferRow buffered)) {
                // A short row of a result that is not streamed.
                return plain.read();
            }
            copy(PacketFields.packet(buffered), PacketFields.start(buffered));
            point(copy);
            return values;
        }

        private void copy(NativePacketPayload packet, int start) {
            int size = packet.getPayloadLength() - start;
            if (size > copy.length) {
                copy = new byte[size + size / 8];
            }
            System.arraycopy(packet.getByteBuffer(), start, copy, 0, size);
        }

        private void point(byte[] packet) {
            int at = 0;
            for (int column = 0; column < values.columns(); column++) {
                int first = packet[at++] & 0xFF;
                if (first == NULL) {
                    values.setNull(column);
                    continue;
                }
                int size = first;
                if (first > NULL) {
                    int width = first == 0xFC ? 2 : first == 0xFD ? 3 : 8;
                    size = Math.toIntExact(number(packet, at, width));
                    at += width;
                }
                values.set(column, packet, at, size);
                at += size;
            }
        }

        private static long number(byte[] packet, int at, int width) {
            long number = 0;
            for (int i = width - 1; i >= 0; i--) {
                number = number << 8 | packet[at + i] & 0xFF;
            }
            return number;
        }
    }

    /** The fields of the driver that lead to a row's packet; it has no method for them. */
    private static final class PacketFields {
        private static final VarHandle CURRENT = field(NativeResultset.class, "thisRow", Row.class);
        private static final VarHandle PACKET =
                field(AbstractBufferRow.class, "rowFromServer", NativePacketPayload.class);
        private static final VarHandle START = field(AbstractBufferRow.class, "homePosition", int.class);

        private PacketFields() {}

        /** False: this is another version of the driver. */
        static boolean known() {
            return CURRENT != null && PACKET != null && START != null;
        }

        private static VarHandle field(Class<?> owner, String name, Class<?> type) {
            try {
                return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                        .findVarHandle(owner, name, type);
            } catch (ReflectiveOperationException e) {
                return null;
            }
        }

        static Row row(NativeResultset result) {
            return (Row) CURRENT.get(result);
        }

        static NativePacketPayload packet(AbstractBufferRow row) {
            return (NativePacketPayload) PACKET.get(row);
        }

        static int start(AbstractBufferRow row) {
            return (int) START.get(row);
        }
    }
}
