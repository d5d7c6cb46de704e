package io.wormhole.cluster.settings;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback for servers whose address must be known before they start. They lie below those
 * that systems give to outgoing connections, so that none of these takes one in between.
 */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;
    private static final int MOST_TRIES = 1000;

    private FreePorts() {}

    /** One port. */
    public static int one() throws IOException {
        return some(1).get(0);
    }

    /** Different ports that nobody listens on now; which ones is left to chance. */
    public static List<Integer> some(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                held.add(hold());
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static ServerSocket hold() throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                // Another one, then.
            }
        }
        throw new IOException("no free port from " + LOWEST + " to " + HIGHEST);
    }
}
