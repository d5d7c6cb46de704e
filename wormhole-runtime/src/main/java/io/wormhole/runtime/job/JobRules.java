package io.wormhole.runtime.job;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderProgress;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a job does next from its memory and the channel: pure and level-triggered, so that
 * after any crash the same question gives the same answer.
 */
final class JobRules {
    private JobRules() {}

    /** A running order contract in the channel. */
    record Escrow(ContractLock lock, OrderProgress progress) {}

    /** The job's next step. */
    static JobStep next(JobMemory memory, ChannelMemory channel, KeyPair line, BlockHeight height) {
        if (memory.end().isPresent()) {
            return afterEnd(memory, memory.end().get(), channel);
        }
        if (channel instanceof Ended) {
            boolean complete = memory.printed() == memory.accepted().getCount();
            return new JobStep.End(complete, "the channel is closed");
        }
        if (channel instanceof Disputed) {
            return new JobStep.Wait("the channel is disputed");
        }
        if (!(channel instanceof Open open)) {
            return new JobStep.Wait("the channel is " + channel.phase());
        }
        Optional<Escrow> escrow = escrow(memory, open);
        return escrow.isEmpty()
                ? withoutEscrow(memory, height)
                : withEscrow(memory, escrow.get(), open, line, height);
    }

    private static JobStep afterEnd(JobMemory memory, JobMemory.End end, ChannelMemory channel) {
        if (end.complete() || !(channel instanceof Open open)) {
            return new JobStep.Rest();
        }
        return escrow(memory, open)
                .<JobStep>map(
                        escrow ->
                                new JobStep.GiveBack(
                                        Update.of(
                                                new ChannelOperation.Release(
                                                        escrow.lock().lockId()))))
                .orElseGet(JobStep.Rest::new);
    }

    /** The contract of the job's order, exactly as accepted; others are not ours. */
    static Optional<Escrow> escrow(JobMemory memory, Open open) {
        for (ContractInstance contract : open.standing().position().contracts()) {
            ContractLock lock =
                    open.standing().position().state().lock(contract.lockId()).orElseThrow();
            if (lock.codeHash().equals(OrderContract.codeHash())) {
                OrderProgress progress = OrderContract.parse(contract.state());
                if (serves(memory, open, lock, progress)) {
                    return Optional.of(new Escrow(lock, progress));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean serves(
            JobMemory memory, Open open, ContractLock lock, OrderProgress progress) {
        return progress.terms().orderId().equals(memory.order())
                && progress.terms().pricePerCup().equals(memory.price())
                && progress.terms().count() == memory.accepted().getCount()
                && progress.terms().maker() == open.party().me()
                && !progress.terms().deadline().isBefore(memory.deadline())
                && lock.timeGasLimit() >= OrderContract.GAS.time()
                && lock.spaceGasLimit() >= OrderContract.GAS.space();
    }

    private static JobStep withoutEscrow(JobMemory memory, BlockHeight height) {
        if (memory.paid() == memory.accepted().getCount()) {
            return new JobStep.End(true, "all cups are delivered and paid");
        }
        if (memory.printed() > 0 || memory.attempt() > 0) {
            return new JobStep.End(false, "the escrow is gone");
        }
        // A delivery after the deadline would not be paid: the place is free for others.
        return memory.deadline().isBefore(height)
                ? new JobStep.End(false, "no escrow was locked until block " + memory.deadline())
                : new JobStep.Wait("the customer has not locked the escrow yet");
    }

    private static JobStep withEscrow(
            JobMemory memory, Escrow escrow, Open open, KeyPair line, BlockHeight height) {
        int delivered = escrow.progress().delivered();
        if (memory.paid() < delivered) {
            return new JobStep.NotePaid(delivered);
        }
        if (escrow.progress().isComplete()) {
            return new JobStep.End(true, "all cups are delivered and paid");
        }
        if (memory.printed() > delivered) {
            int part = delivered + 1;
            return new JobStep.AskPayment(
                    part, escrow.lock().lockId(), payment(memory, escrow, open, line, height));
        }
        if (!escrow.lock().locked().covers(memory.price())) {
            return new JobStep.End(false, "the escrow does not cover another cup");
        }
        return memory.attempt() == 0
                ? new JobStep.Begin(delivered + 1, 1)
                : new JobStep.Continue(delivered + 1, memory.attempt());
    }

    // One update pays the cup and escrows the next one.
    private static Update payment(
            JobMemory memory, Escrow escrow, Open open, KeyPair line, BlockHeight height) {
        int part = escrow.progress().delivered() + 1;
        long lockId = escrow.lock().lockId();
        List<ChannelOperation> operations = new ArrayList<>();
        operations.add(
                new ChannelOperation.Step(
                        lockId,
                        open.party().me(),
                        height,
                        delivery(memory, line, open.party().network(), part)));
        boolean last = part == memory.accepted().getCount();
        if (!last && !escrow.lock().locked().covers(memory.price().times(2))) {
            operations.add(
                    new ChannelOperation.TopUp(
                            lockId, escrow.progress().terms().customer(), memory.price()));
        }
        return new Update(operations);
    }

    /** The message that makes the contract pay for a part. */
    static Bytes delivery(JobMemory memory, KeyPair line, NetworkId network, int part) {
        return OrderContract.deliver(
                part, OrderContract.attest(line, network, memory.order(), part));
    }
}
