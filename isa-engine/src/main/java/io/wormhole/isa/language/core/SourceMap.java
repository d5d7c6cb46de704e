package io.wormhole.isa.language.core;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Where each instruction of a module comes from. */
public record SourceMap(String file, List<NavigableMap<Integer, Position>> functions) {
    /** Copies the list. */
    public SourceMap {
        functions = List.copyOf(functions);
    }

    /** The place that the instruction at byte {@code offset} of {@code function} stands for. */
    public Optional<Position> at(int function, int offset) {
        if (function < 0 || function >= functions.size()) {
            return Optional.empty();
        }
        Map.Entry<Integer, Position> entry = functions.get(function).floorEntry(offset);
        return Optional.ofNullable(entry).map(Map.Entry::getValue);
    }
}
