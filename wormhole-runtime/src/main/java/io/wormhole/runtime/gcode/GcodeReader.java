package io.wormhole.runtime.gcode;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads a G-code file as a stream of command lines with memory that does not depend on its size.
 *
 * <p>Comments ({@code ;…} and {@code (…)}) and blank lines are skipped and counted. Bytes that no
 * slicer writes (control characters anywhere, anything but ASCII in a command) end the reading with
 * the line and byte where they stand.
 */
public final class GcodeReader implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final GcodeLimits limits;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] command;
    private int position;
    private int limit;
    private long bytesRead;
    private long lineNumber;

    /** Reads from a stream that the reader will close. */
    public GcodeReader(InputStream in, GcodeLimits limits) {
        this.in = in;
        this.limits = limits;
        this.command = new byte[limits.maxCommandBytes()];
        this.digest = sha256();
    }

    /**
     * Opens a file, refusing one that is too large before a byte of it is read.
     *
     * @throws GcodeRefusedException when the file is larger than the limit
     * @throws IOException when the file cannot be opened
     */
    public static GcodeReader open(Path file, GcodeLimits limits)
            throws IOException, GcodeRefusedException {
        long size = Files.size(file);
        if (size > limits.maxFileBytes()) {
            throw tooLarge(size, limits);
        }
        return new GcodeReader(Files.newInputStream(file), limits);
    }

    /**
     * The next command line, or empty at the end of the file.
     *
     * @throws GcodeRefusedException when a limit is exceeded or the bytes are not G-code
     */
    public Optional<GcodeLine> next() throws IOException, GcodeRefusedException {
        while (fill()) {
            lineNumber++;
            if (lineNumber > limits.maxLines()) {
                throw refused(
                        "more than " + limits.maxLines() + " lines", limits.maxLines() + " lines");
            }
            long offset = bytesRead - (limit - position);
            int length = readLine(offset);
            if (length > 0) {
                String text = new String(command, 0, length, StandardCharsets.US_ASCII).strip();
                if (!text.isEmpty()) {
                    return Optional.of(new GcodeLine(lineNumber, offset, unwrapped(text)));
                }
            }
        }
        return Optional.empty();
    }

    /** Text lines read so far, comments and blank ones included. */
    public long linesRead() {
        return lineNumber;
    }

    /** Bytes taken from the stream so far. */
    public long bytesRead() {
        return bytesRead;
    }

    /** SHA-256 of the whole content in hexadecimal; call it once, at the end of the file. */
    public String contentSha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads to the end of the line and returns how many bytes of it are command. */
    private int readLine(long offset) throws IOException, GcodeRefusedException {
        int length = 0;
        long raw = 0;
        boolean comment = false;
        int depth = 0;
        while (fill()) {
            int b = buffer[position++] & 0xff;
            if (b == '\n') {
                return length;
            }
            if (++raw > limits.maxRawLineBytes()) {
                throw refused(
                        "a text line of more than " + limits.maxRawLineBytes() + " bytes",
                        "at most " + limits.maxRawLineBytes() + " bytes in a line");
            }
            if ((b < 0x20 && b != '\t' && b != '\r') || b == 0x7f) {
                throw notText(b, offset + raw - 1);
            }
            if (comment || b == '\r') {
                continue;
            }
            if (b == ';') {
                comment = true;
            } else if (b == '(') {
                depth = 1;
            } else if (depth > 0) {
                depth = b == ')' ? 0 : depth;
            } else if (b >= 0x80) {
                if (!isByteOrderMark(b, offset + raw - 1)) {
                    throw notText(b, offset + raw - 1);
                }
            } else if (length > 0 || b > ' ') {
                if (length == command.length && (b == ' ' || b == '\t')) {
                    continue;
                }
                if (length == command.length) {
                    throw refused(
                            "a command longer than " + command.length + " bytes",
                            "at most " + command.length + " bytes before the comment");
                }
                command[length++] = (byte) b;
            }
        }
        return length;
    }

    private static boolean isByteOrderMark(int b, long at) {
        return (at == 0 && b == 0xef) || (at == 1 && b == 0xbb) || (at == 2 && b == 0xbf);
    }

    private String unwrapped(String text) throws GcodeRefusedException {
        try {
            return Checksum.unwrap(text);
        } catch (NumberFormatException e) {
            throw refused(e.getMessage() + "", "a line without checksum, or with a right one");
        }
    }

    private boolean fill() throws IOException, GcodeRefusedException {
        if (position < limit) {
            return true;
        }
        int count = in.read(buffer, 0, buffer.length);
        if (count <= 0) {
            return false;
        }
        bytesRead += count;
        if (bytesRead > limits.maxFileBytes()) {
            throw tooLarge(bytesRead, limits);
        }
        digest.update(buffer, 0, count);
        position = 0;
        limit = count;
        return true;
    }

    private GcodeRefusedException notText(int b, long at) {
        return refused(
                "byte 0x%02x at offset %d, which is not G-code text".formatted(b, at),
                "printable ASCII in commands, UTF-8 text in comments");
    }

    private GcodeRefusedException refused(String found, String allowed) {
        return new GcodeRefusedException(new GcodeFault(lineNumber, found, allowed));
    }

    private static GcodeRefusedException tooLarge(long bytes, GcodeLimits limits) {
        return new GcodeRefusedException(
                new GcodeFault(
                        0,
                        "at least " + bytes + " bytes",
                        "files of at most " + limits.maxFileBytes() + " bytes"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
