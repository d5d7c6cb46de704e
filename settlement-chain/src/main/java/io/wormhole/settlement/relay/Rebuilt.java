package io.wormhole.settlement.relay;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.Block;
import java.util.List;

/** What became of a block in short form. */
public sealed interface Rebuilt {
    /** The block's hash. */
    Hash block();

    /** It is whole again, and all that its header commits to. */
    record Whole(Block content) implements Rebuilt {
        @Override
        public Hash block() {
            return content.hash();
        }
    }

    /** The transactions at these places are not known here. */
    record Lacks(Hash block, List<Integer> places) implements Rebuilt {
        /** Copies the list. */
        public Lacks {
            places = List.copyOf(places);
        }
    }

    /** It cannot be rebuilt from its short form: fetch it whole. */
    record Unfit(Hash block, String reason) implements Rebuilt {}
}
