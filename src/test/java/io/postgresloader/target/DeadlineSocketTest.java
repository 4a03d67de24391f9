package io.postgresloader.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineSocketTest {
    @Test
    void aWriteThatNobodyTakesBreaks() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = connected(server, "200");
                Socket silent = server.accept()) {
            OutputStream out = socket.getOutputStream();
            byte[] bytes = new byte[1 << 20];

            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(bytes);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(silent.isClosed()).isFalse();
        }
    }

    @Test
    void aConnectionThatIsIdleForLongerStays() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = connected(server, "50");
                Socket other = server.accept()) {
            socket.getOutputStream().write(new byte[] {1});
            Thread.sleep(200);
            socket.getOutputStream().write(new byte[] {2});

            assertThat(other.getInputStream().readNBytes(2)).containsExactly(1, 2);
        }
    }

    private static Socket connected(ServerSocket server, String millis) throws IOException {
        return new DeadlineSocketFactory(millis).createSocket(server.getInetAddress(), server.getLocalPort());
    }
}
