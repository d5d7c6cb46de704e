package io.wormhole.oracle.duty;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.Question;

/**
 * What a role sees of an open question.
 *
 * @param question as at the head of the chain
 * @param votes cast so far in the present window
 * @param next the height of the block that comes
 * @param self whose account acts
 * @param terms the network's terms
 * @param left what may still be put up as bonds
 */
public record Sight(
        Question question,
        CastVotes votes,
        BlockHeight next,
        Address self,
        OracleTerms terms,
        Amount left) {}
