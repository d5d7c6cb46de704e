package io.wormhole.runtime.virtualprinter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A virtual printer on two TCP ports: Marlin's serial protocol, and {@code GET /status} as JSON.
 *
 * <p>It is a printer behind a serial bridge: one host at a time, a new host takes the line from the
 * old one, and the printer does not notice. One thread does everything.
 */
public final class VirtualPrinterServer implements AutoCloseable {
    private static final int OUT_BYTES = 1 << 16;
    private static final int GREETING_BYTES = 1_024;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final HttpServer status;
    private final MarlinFirmware firmware;
    private final PrinterTotals totals;
    private final Thread thread;
    private final ByteBuffer in = ByteBuffer.allocateDirect(SerialInput.RX_BYTES);
    private final byte[] chunk = new byte[SerialInput.RX_BYTES];
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
    private final ConcurrentLinkedQueue<CompletableFuture<ObjectNode>> asked =
            new ConcurrentLinkedQueue<>();
    private Optional<SocketChannel> host = Optional.empty();
    private boolean everConnected;
    private boolean hangUp;
    private volatile boolean open = true;

    private VirtualPrinterServer(
            VirtualPrinterSettings settings,
            PrinterTotals totals,
            ServerSocketChannel listener,
            HttpServer status)
            throws IOException {
        this.totals = totals;
        this.listener = listener;
        this.status = status;
        this.selector = Selector.open();
        this.firmware = new MarlinFirmware(settings, totals, wire());
        this.thread = new Thread(this::serve, "virtual-printer");
    }

    /**
     * Switches a printer on.
     *
     * @throws IOException when a port is taken or the totals cannot be read; the message names
     *     which
     */
    public static VirtualPrinterServer start(VirtualPrinterSettings settings) throws IOException {
        PrinterTotals totals = PrinterTotals.load(settings.totalsFile());
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(settings.bindAddress(), settings.port()));
            listener.configureBlocking(false);
            HttpServer http =
                    HttpServer.create(
                            new InetSocketAddress(settings.bindAddress(), settings.statusPort()),
                            4);
            VirtualPrinterServer server =
                    new VirtualPrinterServer(settings, totals, listener, http);
            http.createContext("/status", server::answer);
            server.begin();
            return server;
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "cannot listen on %s, ports %d and %d: %s"
                            .formatted(
                                    settings.bindAddress(),
                                    settings.port(),
                                    settings.statusPort(),
                                    e.getMessage()),
                    e);
        }
    }

    /** The port of the serial protocol. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** The port of {@code GET /status}. */
    public int statusPort() {
        return status.getAddress().getPort();
    }

    /** What {@code GET /status} answers. */
    public ObjectNode status() {
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        asked.add(answer);
        selector.wakeup();
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the printer", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the printer is off", e);
        }
    }

    /** Waits until the printer is switched off. */
    public void awaitClosed() throws InterruptedException {
        thread.join();
    }

    /** Switches the printer off, as pulling the plug does. */
    @Override
    public void close() {
        open = false;
        selector.wakeup();
        status.stop(0);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() throws IOException {
        listener.register(selector, SelectionKey.OP_ACCEPT);
        firmware.boot(System.nanoTime());
        thread.setDaemon(true);
        thread.start();
        status.start();
    }

    private SerialOutput wire() {
        return new SerialOutput() {
            @Override
            public void line(String text) {
                send(text);
            }

            @Override
            public void hangUp() {
                hangUp = true;
            }
        };
    }

    /** Nobody listens, nobody hears; only the greeting waits for the first host. */
    private void send(String text) {
        int most = host.isPresent() ? OUT_BYTES : everConnected ? 0 : GREETING_BYTES;
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (out.position() + bytes.length + 1 <= most) {
            out.put(bytes).put((byte) '\n');
        }
    }

    private void serve() {
        try (selector;
                listener) {
            while (open) {
                selector.select(millisToSleep());
                if (selector.selectedKeys().stream()
                        .anyMatch(k -> k.isValid() && k.isAcceptable())) {
                    accept();
                }
                selector.selectedKeys().clear();
                read();
                firmware.run(System.nanoTime());
                write();
                answerAsked();
                host.ifPresent(h -> interest(h, SelectionKey.OP_READ, wantsMore()));
            }
            hangUpNow();
        } catch (IOException e) {
            throw new IllegalStateException("the virtual printer broke", e);
        } finally {
            asked.forEach(a -> a.cancel(false));
        }
    }

    private long millisToSleep() {
        long wake = firmware.wakeAt();
        long wait = wake == Long.MAX_VALUE ? Long.MAX_VALUE : wake - System.nanoTime();
        return wait <= 0 ? 1 : Math.min(1_000, wait / 1_000_000 + 1);
    }

    private boolean wantsMore() {
        return firmware.room() > 0 && out.position() < OUT_BYTES / 2;
    }

    /** What the old host said is heard before the new one speaks. */
    private void accept() throws IOException {
        read();
        SocketChannel fresh = listener.accept();
        if (fresh == null) {
            return;
        }
        if (host.isPresent()) {
            hangUpNow();
        }
        fresh.configureBlocking(false);
        fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
        fresh.register(selector, SelectionKey.OP_READ);
        host = Optional.of(fresh);
        everConnected = true;
        totals.connected();
    }

    /** Reads until the line is empty or the firmware has enough to do. */
    private void read() throws IOException {
        boolean more = host.isPresent();
        while (more && wantsMore()) {
            in.clear().limit(Math.min(in.capacity(), firmware.room()));
            int count;
            try {
                count = host.orElseThrow().read(in);
            } catch (IOException e) {
                count = -1;
            }
            if (count < 0) {
                hangUpNow();
                return;
            }
            in.flip().get(chunk, 0, in.limit());
            firmware.receive(chunk, 0, count);
            firmware.run(System.nanoTime());
            if (hangUp) {
                hangUpNow();
                return;
            }
            more = count > 0;
        }
    }

    private void write() throws IOException {
        if (host.isEmpty() || out.position() == 0) {
            return;
        }
        out.flip();
        try {
            host.orElseThrow().write(out);
        } catch (IOException e) {
            hangUpNow();
            return;
        }
        out.compact();
        interest(host.orElseThrow(), SelectionKey.OP_WRITE, out.position() > 0);
    }

    private void interest(SocketChannel channel, int operation, boolean wanted) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            int others = key.interestOps() & ~operation;
            key.interestOps(wanted ? others | operation : others);
        }
    }

    private void hangUpNow() throws IOException {
        hangUp = false;
        if (host.isPresent()) {
            host.get().close();
            host = Optional.empty();
            out.clear();
        }
    }

    private void answerAsked() {
        for (CompletableFuture<ObjectNode> a = asked.poll(); a != null; a = asked.poll()) {
            a.complete(firmware.status());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = status().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
