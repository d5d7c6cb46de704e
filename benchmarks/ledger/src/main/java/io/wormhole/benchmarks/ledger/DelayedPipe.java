package io.wormhole.benchmarks.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A TCP connection on loopback whose bytes arrive later than they were sent, in both directions. */
final class DelayedPipe implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final long delayNanos;

    private record Piece(long dueNanos, byte[] bytes) {}

    DelayedPipe(int target, int delayMillis) throws IOException {
        this.target = target;
        this.delayNanos = delayMillis * 1_000_000L;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "pipe");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                pass(near, far);
                pass(far, near);
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void pass(Socket from, Socket to) {
        LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
        run(() -> read(from, pieces));
        run(() -> write(to, pieces));
    }

    private void read(Socket from, LinkedBlockingQueue<Piece> pieces) {
        byte[] buffer = new byte[16_384];
        try (InputStream in = from.getInputStream()) {
            int count = in.read(buffer);
            while (count > 0) {
                pieces.add(
                        new Piece(System.nanoTime() + delayNanos, Arrays.copyOf(buffer, count)));
                count = in.read(buffer);
            }
        } catch (IOException broken) {
            pieces.add(new Piece(0, new byte[0]));
        }
        pieces.add(new Piece(System.nanoTime(), new byte[0]));
    }

    private static void write(Socket to, LinkedBlockingQueue<Piece> pieces) {
        try (OutputStream out = to.getOutputStream()) {
            Piece piece = pieces.take();
            while (piece.bytes().length > 0) {
                long wait = piece.dueNanos() - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
                out.write(piece.bytes());
                out.flush();
                piece = pieces.take();
            }
        } catch (IOException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
