package io.wormhole.isa.bytecode;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Where in its source text each instruction of a module comes from. */
public final class SourceMap {
    private final String text;
    private final Map<String, NavigableMap<Integer, Integer>> starts = new TreeMap<>();

    /** A map to places in {@code text}, empty at first. */
    public SourceMap(String text) {
        this.text = text;
    }

    /** A place in a text, both from 1. */
    public record Position(int line, int column) {
        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    /** Notes that the code of {@code function} from {@code offset} on comes from {@code start}. */
    public void add(String function, int offset, int start) {
        starts.computeIfAbsent(function, name -> new TreeMap<>()).put(offset, start);
    }

    /** Where the instruction at {@code offset} of {@code function} comes from, if it is known. */
    public Optional<Position> find(String function, int offset) {
        return Optional.ofNullable(starts.get(function))
                .flatMap(known -> Optional.ofNullable(known.floorEntry(offset)))
                .map(entry -> position(text, entry.getValue()));
    }

    static Position position(String text, int start) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < start; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, start - lineStart + 1);
    }
}
