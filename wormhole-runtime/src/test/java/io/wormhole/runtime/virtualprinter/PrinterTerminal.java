package io.wormhole.runtime.virtualprinter;

import io.wormhole.runtime.gcode.Checksum;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A human at a terminal: types lines, reads answers. */
final class PrinterTerminal implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    PrinterTerminal(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void numbered(long number, String command) throws IOException {
        raw(Checksum.wrap(number, command) + "\n");
    }

    /** Sends and returns all lines up to and with the next ok. */
    List<String> ask(String command) throws IOException {
        raw(command + "\n");
        return untilOk();
    }

    List<String> untilOk() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (line.startsWith("ok")) {
                return lines;
            }
        }
        throw new IOException("hung up after " + lines);
    }

    /** The next line, or "" when the printer hung up. */
    String line() throws IOException {
        String line = in.readLine();
        return line == null ? "" : line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
