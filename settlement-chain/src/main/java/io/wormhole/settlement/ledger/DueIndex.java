package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.OracleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which questions are to be looked at in which block, so that a block looks at no other. An entry
 * stays when its question goes on earlier; whoever takes it out checks that it still holds.
 *
 * <p>Kept in the map of consensus: for each height the number of its entries, and the entries in
 * pages, so that adding one never rewrites more than a page.
 */
final class DueIndex {
    /** Entries in a page. */
    static final int PAGE = 32;

    private DueIndex() {}

    /** How many entries a height has. */
    record Count(long entries) implements Canonical {
        static Count readFrom(CanonicalReader in) {
            return new Count(in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeLong(entries);
        }
    }

    /** Some entries of a height, in the order in which they came. */
    record Page(List<OracleId> oracles) implements Canonical {
        static final Page EMPTY = new Page(List.of());

        Page {
            oracles = List.copyOf(oracles);
        }

        static Page readFrom(CanonicalReader in) {
            return new Page(in.readList(PAGE, OracleId::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeList(oracles);
        }

        Page with(OracleId oracle) {
            List<OracleId> more = new ArrayList<>(oracles);
            more.add(oracle);
            return new Page(more);
        }
    }

    /** The next entry to take out: entries before it are done. */
    record Cursor(BlockHeight height, long entry) implements Canonical {
        static Cursor readFrom(CanonicalReader in) {
            return new Cursor(BlockHeight.readFrom(in), in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(height).writeLong(entry);
        }
    }

    static Count count(Ledger ledger, BlockHeight height) {
        return ledger.get(StateTree.CONSENSUS, LedgerKeys.dueCount(height), Count::readFrom)
                .orElse(new Count(0));
    }

    static Page page(Ledger ledger, BlockHeight height, long page) {
        return ledger.get(StateTree.CONSENSUS, LedgerKeys.duePage(height, page), Page::readFrom)
                .orElse(Page.EMPTY);
    }

    static Optional<Cursor> cursor(Ledger ledger) {
        return ledger.get(StateTree.CONSENSUS, LedgerKeys.DUE_CURSOR, Cursor::readFrom);
    }

    static Ledger withCursor(Ledger ledger, Optional<Cursor> cursor) {
        return ledger.put(StateTree.CONSENSUS, LedgerKeys.DUE_CURSOR, cursor);
    }

    private static Ledger withCount(Ledger ledger, BlockHeight height, Optional<Count> count) {
        return ledger.put(StateTree.CONSENSUS, LedgerKeys.dueCount(height), count);
    }

    private static Ledger withPage(
            Ledger ledger, BlockHeight height, long page, Optional<Page> entries) {
        return ledger.put(StateTree.CONSENSUS, LedgerKeys.duePage(height, page), entries);
    }

    static Ledger add(Ledger ledger, OracleId oracle, BlockHeight due) {
        long entries = count(ledger, due).entries();
        long page = entries / PAGE;
        Page changed = page(ledger, due, page).with(oracle);
        return withCount(
                withPage(ledger, due, page, Optional.of(changed)),
                due,
                Optional.of(new Count(entries + 1)));
    }

    /** Forgets a height whose entries are all done. */
    static Ledger remove(Ledger ledger, BlockHeight height) {
        long entries = count(ledger, height).entries();
        Ledger less = ledger;
        for (long page = 0; page * PAGE < entries; page++) {
            less = withPage(less, height, page, Optional.empty());
        }
        return withCount(less, height, Optional.empty());
    }
}
