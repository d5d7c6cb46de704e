package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger tells the world about a transaction: exactly what it did. */
class FactsTest {
    private final Trial trial = Trial.start();

    private void tells(KeyPair sender, TransactionBody body, LedgerFact... facts) {
        SignedTransaction signed = trial.signed(sender, body);
        List<LedgerFact> expected = new ArrayList<>();
        expected.add(new LedgerFact.TransactionApplied(signed.id()));
        expected.addAll(List.of(facts));

        assertThat(trial.accept(signed).facts()).isEqualTo(expected);
    }

    @Test
    void aTransferTellsWhoPaidWhom() {
        Amount some = Amount.of(5);
        tells(
                Alice.KEYS,
                new Transfer(Bob.ADDRESS, some),
                new LedgerFact.Transferred(Alice.ADDRESS, Bob.ADDRESS, some));
    }

    @Test
    void aNewContractIsTold() {
        Nonce nonce = trial.nextNonce(Alice.KEYS);
        Address address = ContractTransaction.Create.address(Alice.ADDRESS, nonce);
        SignedTransaction signed = trial.signed(Alice.KEYS, Puppet.create(Amount.of(5)));

        Outcome.Applied applied = trial.accept(signed);

        assertThat(applied.facts())
                .containsExactly(
                        new LedgerFact.TransactionApplied(signed.id()),
                        new LedgerFact.ContractCreated(
                                address,
                                Alice.ADDRESS,
                                trial.ledger().contract(address).orElseThrow().codeHash()));
    }

    @Test
    void eachStepOfAQuestionIsTold() {
        OracleId id = OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        LedgerFact changed = new LedgerFact.OracleChanged(id);

        tells(
                Alice.KEYS,
                new OracleTransaction.Ask("Is it warm?", new BlockHeight(12), 20),
                changed);
        trial.at(14);
        tells(Alice.KEYS, new OracleTransaction.Give(id, Answer.YES), changed);
        trial.at(14 + trial.parameters().oracles().counterclaimBlocks());
        tells(Bob.KEYS, new OracleTransaction.Settle(id), changed);
    }

    @Test
    void eachStepOfANameIsTold() {
        Name shop = new Name("/bob");
        Amount first = trial.parameters().names().firstBid(shop);
        LedgerFact changed = new LedgerFact.NameChanged(shop);

        tells(Alice.KEYS, new NameTransaction.Bid(shop, first), changed);
        trial.at(trial.height() + trial.parameters().names().auctionBlocks());
        tells(Bob.KEYS, new NameTransaction.Claim(shop, Hash.ZERO), changed);
        tells(Alice.KEYS, new NameTransaction.Update(shop, List.of(), 0), changed);
        tells(Alice.KEYS, new NameTransaction.Transfer(shop, Bob.ADDRESS), changed);
        tells(Bob.KEYS, new NameTransaction.Revoke(shop), changed);
    }

    @Test
    void theEndOfAChannelIsTold() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);

        tells(
                Bob.KEYS,
                deal.mutual(41, 9),
                new LedgerFact.ChannelClosed(deal.id(), List.of(Amount.of(41), Amount.of(9))));
    }

    @Test
    void aDisputeOnAQuestionIsTold() {
        OracleId id = OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        LedgerFact changed = new LedgerFact.OracleChanged(id);
        trial.accept(Alice.KEYS, new OracleTransaction.Ask("Is it warm?", new BlockHeight(12), 20));
        trial.at(14).accept(Alice.KEYS, new OracleTransaction.Give(id, Answer.YES));

        Amount deposit = trial.parameters().oracles().deposit(20);
        tells(Bob.KEYS, new OracleTransaction.Counterclaim(id, Answer.NO, deposit), changed);
        trial.at(15);
        tells(Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.NO), changed);
    }
}
