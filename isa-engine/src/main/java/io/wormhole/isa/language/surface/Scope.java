package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which names are known at a place of the source, and what they stand for. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Binding> names = new HashMap<>();

    /** Those of the names that begin to mean something here, rather than get another value. */
    private final Set<String> declared = new HashSet<>();

    private final Frame frame;
    private final Block block;

    /** Where a function that begins here is known from, if not from where it stands. */
    private @Nullable Position since;

    private Scope(@Nullable Scope outer, Frame frame, Block block) {
        this.outer = outer;
        this.frame = frame;
        this.block = block;
    }

    /** The steps in which a name that one of them gives has one meaning. */
    private static final class Block {
        private final NameReach reach;
        private final Map<String, Position> usedFromOutside = new HashMap<>();
        private final Map<String, Position> given = new HashMap<>();

        Block(NameReach reach) {
            this.reach = reach;
        }
    }

    /** The function that a place is in: what inner functions use, and what changes. */
    static final class Frame {
        private final @Nullable Frame outer;

        /** Whether its code runs where it stands, as the body of a comprehension does. */
        private final boolean immediate;

        private @Nullable Position since;

        /** Where inner functions use a variable first, and where it changes last. */
        private final Map<String, Position> capturedNames = new TreeMap<>();

        private final Map<String, Position> changedNames = new TreeMap<>();

        /** What the loops change whose bodies are being read. */
        private final Deque<List<String>> loops = new ArrayDeque<>();

        private final Set<String> capturedInLoops = new TreeSet<>();
        private final Set<String> givenSomewhere = new TreeSet<>();

        Frame(@Nullable Frame outer, boolean immediate) {
            this.outer = outer;
            this.immediate = immediate;
        }

        /** Whether a variable of {@code owner} is seen here only while its function runs on. */
        private boolean runsWithin(Frame owner) {
            Frame here = this;
            while (here != owner && here.immediate && here.outer != null) {
                here = here.outer;
            }
            return here == owner;
        }

        /** A branch or a loop gives {@code name} a value, if it is run. */
        void givenSomewhere(String name) {
            givenSomewhere.add(name);
        }

        /** Whether a branch or a loop of this function, or of one around it, gives it a value. */
        boolean isGivenSomewhere(String name) {
            return givenSomewhere.contains(name) || (outer != null && outer.isGivenSomewhere(name));
        }

        void changed(String name, Position at) {
            changedNames.merge(name, at, Frame::later);
        }

        private static Position later(Position one, Position other) {
            return one.isBefore(other) ? other : one;
        }

        /** Begins the body of a loop in which {@code names} change from round to round. */
        void loopBegins(List<String> names) {
            loops.push(names);
        }

        void loopEnds() {
            loops.pop();
        }

        /** Where a use at {@code at} in this function counts for variables of {@code owner}. */
        private Position seenFrom(Frame owner, Position at) {
            Position first = at;
            for (Frame here = this; here != owner && here != null; here = here.outer) {
                Position begin = here.since;
                first = begin != null && begin.isBefore(first) ? begin : first;
            }
            return first;
        }

        private void captured(String name, Position at) {
            capturedNames.merge(name, at, (one, other) -> one.isBefore(other) ? one : other);
            if (loops.stream().anyMatch(names -> names.contains(name))) {
                capturedInLoops.add(name);
            }
        }

        /** A variable that changes after inner functions see it: they would see it change. */
        Optional<Map.Entry<String, Position>> seenChanging() {
            return changedNames.entrySet().stream()
                    .filter(entry -> changesLater(entry.getKey(), entry.getValue()))
                    .findFirst();
        }

        private boolean changesLater(String name, Position changed) {
            Position seen = capturedNames.get(name);
            return seen != null && (capturedInLoops.contains(name) || !changed.isBefore(seen));
        }
    }

    /** What a name stands for. */
    sealed interface Binding {}

    record OfVariable(Variable variable, Frame frame) implements Binding {}

    /** A function; {@code home} is where it stands, {@code frame} that of the one around it. */
    record OfFunction(
            FunctionId function, List<Pattern> parameters, Scope home, Optional<Frame> frame)
            implements Binding {
        int arity() {
            return parameters.size();
        }
    }

    record OfConstant(Expression.Literal literal) implements Binding {}

    record OfComputed(FunctionId function) implements Binding {}

    /** A variable of a function that is declared and has no value yet. */
    record OfNothing(Frame frame) implements Binding {}

    static Scope top(NameReach reach) {
        return new Scope(null, new Frame(null, false), new Block(reach));
    }

    Scope inside() {
        return new Scope(this, frame, block);
    }

    /** The scope of a branch, or of the body of a loop or function. */
    Scope block() {
        boolean own = block.reach == NameReach.BLOCK;
        return new Scope(this, frame, own ? new Block(block.reach) : block);
    }

    Scope function() {
        Frame inner = new Frame(frame, false);
        inner.since = since;
        return new Scope(this, inner, new Block(block.reach));
    }

    /** This scope, where functions count as known from {@code place} on. */
    Scope since(Position place) {
        Scope same = inside();
        same.since = place;
        return same;
    }

    /** The scope of a function that is run where it stands. */
    Scope immediate() {
        return new Scope(this, new Frame(frame, true), new Block(block.reach));
    }

    Frame frame() {
        return frame;
    }

    void put(String name, Binding binding) {
        names.put(name, binding);
    }

    /** This scope with one more variable of this function. */
    Scope with(String name, Variable variable) {
        Scope more = inside();
        more.put(name, new OfVariable(variable, frame));
        return more;
    }

    /** {@code name} begins to mean {@code binding} here, whatever it means outside. */
    void declare(String name, Binding binding) {
        put(name, binding);
        declared.add(name);
    }

    Optional<Binding> find(String name) {
        return home(name).map(scope -> scope.names.get(name));
    }

    private Optional<Scope> home(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.names.containsKey(name)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    /**
     * A step gives {@code name} a meaning in this block.
     *
     * @throws RefusedSource where it means something else in the same block, or is given twice
     */
    void give(String name, Position at) {
        Position used = block.usedFromOutside.get(name);
        if (used != null) {
            throw usedBefore(name, used, at);
        }
        Position before = block.given.putIfAbsent(name, at);
        if (block.reach == NameReach.BLOCK && before != null && !before.equals(at)) {
            throw new RefusedSource(at, "there is a " + name + " already", "give it another name");
        }
    }

    private static RefusedSource usedBefore(String name, Position used, Position given) {
        return new RefusedSource(
                used,
                name
                        + " means here what is given in line "
                        + given.line()
                        + ", which is not there"
                        + " yet",
                "move it up, or give one of the two another name");
    }

    /** Notes that {@code name} comes from outside of the blocks between here and {@code home}. */
    private void note(String name, Scope home, Position at) {
        for (Scope scope = this; scope != null && scope != home; scope = scope.outer) {
            boolean later = !frame.runsWithin(scope.frame);
            boolean counts = later || scope.block.reach != NameReach.ONWARD;
            if (scope.block != home.block && counts) {
                Position given = scope.block.given.get(name);
                if (given != null) {
                    throw usedBefore(name, at, given);
                }
                scope.block.usedFromOutside.putIfAbsent(name, at);
            }
        }
    }

    /** What {@code name} stands for where it is used. */
    Optional<Binding> use(String name, Position at) {
        Optional<Scope> home = home(name);
        home.ifPresent(scope -> note(name, scope, at));
        Optional<Binding> found = home.map(scope -> scope.names.get(name));
        if (found.isPresent()
                && found.get() instanceof OfVariable local
                && !frame.runsWithin(local.frame())) {
            local.frame().captured(name, frame.seenFrom(local.frame(), at));
        }
        return found;
    }

    /** The variable of this very function that is called so. */
    Optional<Variable> own(String name) {
        return find(name)
                .filter(found -> found instanceof OfVariable local && local.frame() == frame)
                .map(found -> ((OfVariable) found).variable());
    }

    /** Whether a function inside this very function is called so. */
    boolean isOwnFunction(String name) {
        return find(name)
                .filter(
                        found ->
                                found instanceof OfFunction local
                                        && local.frame().filter(frame::equals).isPresent())
                .isPresent();
    }

    /** Whether a variable of this very function is called so that has no value yet. */
    boolean isOwnWithoutValue(String name) {
        return find(name)
                .filter(found -> found instanceof OfNothing none && none.frame() == frame)
                .isPresent();
    }

    /**
     * The variable of this very function that is called so in {@code target}, with the value that
     * it has here: not one of an inner block that hides it.
     */
    Optional<Variable> ownOf(String name, Scope target) {
        Binding latest = null;
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Binding here = scope.names.get(name);
            latest = latest == null ? here : latest;
            if (scope.declared.contains(name)) {
                if (target.isWithin(scope.block)) {
                    break;
                }
                latest = null;
            }
        }
        return latest instanceof OfVariable local && local.frame() == frame
                ? Optional.of(local.variable())
                : Optional.empty();
    }

    private boolean isWithin(Block other) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.block == other) {
                return true;
            }
        }
        return false;
    }

    /** All names known here, for advice on misspelt ones. */
    List<String> known() {
        List<String> all = new ArrayList<>();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            all.addAll(scope.names.keySet());
        }
        return all;
    }
}
