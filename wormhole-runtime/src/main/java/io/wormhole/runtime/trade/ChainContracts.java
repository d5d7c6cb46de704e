package io.wormhole.runtime.trade;

import io.wormhole.channel.wallet.Payment;
import io.wormhole.isa.contract.AccountCall;
import io.wormhole.isa.contract.AccountMessage;
import io.wormhole.isa.contract.AccountOutcome;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.CodeEntry;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.StateTree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Contracts in accounts of the chain, as one node's operator makes and calls them. */
public final class ChainContracts {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final WormholeNode node;

    /** The contracts that {@code node} can reach. */
    public ChainContracts(WormholeNode node) {
        this.node = node;
    }

    /** A contract as it stands at the head of the chain. */
    public record Standing(ContractEntry entry, Bytes code, Amount balance) {}

    private record Sight(Standing standing, List<Hash> answers) {}

    /**
     * Makes a contract; done when it is final.
     *
     * @param purpose the caller's own name for it; asked again under it, it is made once
     */
    public CompletionStage<Address> create(String purpose, ContractTransaction.Create create) {
        return node.channels()
                .bring(purpose, create, PATIENCE)
                .thenApply(ChainContracts::requireTaken)
                .thenCompose(settled -> node.settlement().inclusionProof(settled.transaction()))
                .thenApply(ChainContracts::address);
    }

    private static Payment.Settled requireTaken(Payment payment) {
        if (payment instanceof Payment.Abandoned refused) {
            throw new Customer.NotPossible(refused.code() + ": " + refused.reason());
        }
        return (Payment.Settled) payment;
    }

    private static Address address(Optional<InclusionProof> proof) {
        Transaction made =
                proof.orElseThrow(() -> new Customer.NotPossible("the block is pruned"))
                        .transaction()
                        .transaction();
        return ContractTransaction.Create.address(made.sender().address(), made.nonce());
    }

    /** What stands at an address; empty where there is no contract. */
    public CompletionStage<Optional<Standing>> find(Address contract) {
        return entry(LedgerKeys.contract(contract), ContractEntry::readFrom)
                .thenCompose(
                        found ->
                                found.isEmpty()
                                        ? CompletableFuture.completedFuture(Optional.empty())
                                        : standing(contract, found.get()).thenApply(Optional::of));
    }

    private CompletionStage<Standing> standing(Address contract, ContractEntry entry) {
        return entry(LedgerKeys.code(entry.codeHash()), CodeEntry::readFrom)
                .thenCombine(
                        node.settlement().account(contract, Certainty.TENTATIVE),
                        (code, account) ->
                                new Standing(
                                        entry,
                                        code.map(CodeEntry::code).orElse(Bytes.EMPTY),
                                        account.map(AccountEntry::balance).orElse(Amount.ZERO)));
    }

    private <T> CompletionStage<Optional<T>> entry(Hash key, Function<CanonicalReader, T> reader) {
        return node.settlementNode()
                .proveEntry(ledger -> ledger.prove(StateTree.ACCOUNTS, key), Certainty.TENTATIVE)
                .thenApply(
                        proven ->
                                proven.proof()
                                        .verify(proven.header().roots())
                                        .proven()
                                        .map(bytes -> CanonicalReader.decode(bytes, reader)));
    }

    /** What stands at an address, or the refusal that there is no contract. */
    public CompletionStage<Standing> require(Address contract) {
        return find(contract)
                .thenApply(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                new Customer.NotPossible(
                                                        "there is no contract at " + contract)));
    }

    /**
     * Sends a message that the contract takes as it stands; done when it is final.
     *
     * @param purpose the caller's own name for it: the same again is the same message
     * @param message what is sent, by what the contract holds
     */
    public CompletionStage<Payment.Settled> call(
            String purpose,
            Address contract,
            GasLimit gas,
            Function<Standing, ContractTransaction.Call> message) {
        return require(contract)
                .thenCombine(node.settlement().finalAnswers(), Sight::new)
                .thenApply(
                        sight -> {
                            ContractTransaction.Call call = message.apply(sight.standing());
                            requireTakes(sight, call, gas);
                            return call;
                        })
                .thenCompose(call -> node.channels().bring(purpose, call, gas, PATIENCE))
                .thenApply(ChainContracts::requireTaken);
    }

    /** What the contract would refuse is not paid for. */
    private void requireTakes(Sight sight, ContractTransaction.Call call, GasLimit gas) {
        AccountOutcome outcome =
                AccountCall.run(
                        ContractCode.load(sight.standing().code()),
                        sight.standing().entry().state(),
                        new AccountMessage(
                                node.operator().address(),
                                node.settlementNode().status().head().height().next(),
                                sight.standing().balance().plus(call.amount()),
                                call.payload(),
                                call.amount(),
                                sight.answers()),
                        gas);
        if (outcome instanceof AccountOutcome.Refused refused) {
            throw new Customer.NotPossible("the contract refuses it: " + refused.detail());
        }
    }

    /**
     * Why the contract refused a message of ours in the block of a call after all: others came
     * first. Empty when it took all.
     */
    public CompletionStage<Optional<String>> refused(Address contract, Payment.Settled call) {
        return node.settlement()
                .transaction(call.transaction())
                .thenCompose(
                        status ->
                                status instanceof TransactionStatus.Included included
                                        ? node.settlementNode().facts(included.block())
                                        : CompletableFuture.completedFuture(List.of()))
                .thenApply(
                        facts ->
                                facts.stream()
                                        .filter(LedgerFact.ContractFailed.class::isInstance)
                                        .map(LedgerFact.ContractFailed.class::cast)
                                        .filter(fact -> fact.contract().equals(contract))
                                        .filter(fact -> fact.by().equals(me()))
                                        .map(LedgerFact.ContractFailed::reason)
                                        .findFirst());
    }

    private Address me() {
        return node.operator().address();
    }
}
