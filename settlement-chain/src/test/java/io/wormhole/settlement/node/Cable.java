package io.wormhole.settlement.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection between two nodes that a test can cut and mend; bytes pass unchanged. */
final class Cable implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    /** A cable to a port of loopback. */
    Cable(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        run("cable-" + target, this::accept);
    }

    /** Where to dial. */
    int port() {
        return door.getLocalPort();
    }

    /** From now on nothing passes. */
    void cut() {
        isCut = true;
        ends.forEach(Cable::close);
    }

    /** From now on new connections pass. */
    void mend() {
        isCut = false;
    }

    private static void run(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket near = door.accept();
                if (isCut) {
                    close(near);
                } else {
                    connect(near);
                }
            }
        } catch (IOException closed) {
            ends.forEach(Cable::close);
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            ends.add(near);
            ends.add(far);
            run("cable-out", () -> pass(near, far));
            run("cable-in", () -> pass(far, near));
        } catch (IOException nobodyThere) {
            close(near);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[16_384];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int count = in.read(bytes);
            while (count > 0 && !isCut) {
                out.write(bytes, 0, count);
                out.flush();
                count = in.read(bytes);
            }
        } catch (IOException broken) {
            close(from);
        }
        close(from);
        close(to);
        ends.remove(from);
        ends.remove(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        ends.forEach(Cable::close);
    }
}
