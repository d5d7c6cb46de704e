package io.wormhole.runtime.device;

import io.wormhole.runtime.gcode.GcodeLimits;
import io.wormhole.runtime.gcode.GcodeLine;
import io.wormhole.runtime.gcode.GcodeReader;
import io.wormhole.runtime.gcode.GcodeRefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The commands of a part, read from its file in pieces on a thread that may block. It is used by
 * one thread at a time, handed on through futures.
 */
final class LineFeed implements Closeable {
    /** Commands that would break the line between host and printer; no file may hold them. */
    private static final Set<String> HOST_ONLY = Set.of("M108", "M110", "M112", "M410", "M999");

    private final PartRun run;
    private final GcodeReader reader;
    private long index;
    private long commands;

    private LineFeed(PartRun run, GcodeReader reader) {
        this.run = run;
        this.reader = reader;
    }

    /**
     * Opens the file and skips what the printer has already.
     *
     * @throws IOException when the file cannot be read or is not the one that was checked
     */
    static LineFeed open(PartRun run, long skip) throws IOException {
        GcodeReader reader;
        try {
            reader = GcodeReader.open(run.source().file(), GcodeLimits.defaults());
        } catch (GcodeRefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
        LineFeed feed = new LineFeed(run, reader);
        try {
            while (feed.index < skip) {
                feed.next();
            }
        } catch (IOException e) {
            reader.close();
            throw e;
        }
        return feed;
    }

    /** The next commands, fewer than asked for only at the end. */
    List<String> read(int count) throws IOException {
        List<String> lines = new ArrayList<>(count);
        while (lines.size() < count && index < run.numbers().total()) {
            lines.add(next());
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private String next() throws IOException {
        long at = index++;
        long own = run.source().commands();
        if (at < PartRun.BEFORE) {
            return PartRun.prologue(run.part()).get((int) at);
        }
        if (at < PartRun.BEFORE + own) {
            return command();
        }
        if (at == PartRun.BEFORE + own) {
            checkEnd();
        }
        return PartRun.epilogue(run.part()).get((int) (at - PartRun.BEFORE - own));
    }

    private String command() throws IOException {
        try {
            Optional<GcodeLine> line = reader.next();
            if (line.isEmpty()) {
                throw new IOException(changed("it ends after " + commands + " commands"));
            }
            commands++;
            String text = line.get().command();
            int end = text.indexOf(' ');
            if (HOST_ONLY.contains(end < 0 ? text : text.substring(0, end))) {
                throw new IOException(
                        run.source().file() + " holds " + text + ", which only a host may send");
            }
            return text;
        } catch (GcodeRefusedException e) {
            throw new IOException(changed(e.getMessage() + ""), e);
        }
    }

    private void checkEnd() throws IOException {
        try {
            if (reader.next().isPresent()) {
                throw new IOException(changed("it has more than " + commands + " commands"));
            }
        } catch (GcodeRefusedException e) {
            throw new IOException(changed(e.getMessage() + ""), e);
        }
        if (!reader.contentSha256().equals(run.source().contentSha256())) {
            throw new IOException(changed("its hash is another"));
        }
    }

    private String changed(String how) {
        return run.source().file() + " is not the file that was checked: " + how;
    }
}
