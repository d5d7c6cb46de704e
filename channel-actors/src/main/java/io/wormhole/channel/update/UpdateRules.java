package io.wormhole.channel.update;

import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Computes the position after an update, or says why there is none. Pure: both parties, every
 * replay and every auditor get the same result from the same input.
 */
public final class UpdateRules {
    /** Largest time gas limit of a lock: what a block of the development network can run. */
    public static final long MAXIMUM_TIME_GAS = 50_000_000;

    /** Largest space gas limit of a lock. */
    public static final long MAXIMUM_SPACE_GAS = 1 << 22;

    // Both parties run every step: this bounds the work that one message can cause.
    private static final long TIME_GAS_PER_UPDATE = 200_000_000;

    private static final int RECALLED = 64;

    private final ContractRunner contracts;
    // A side asks when it decides, when it signs, and when it remembers. The position names the
    // channel, and so the terms.
    private final Recall<ChannelPosition, Update, Result> applied = new Recall<>(RECALLED);

    /** Rules that run contract steps by {@code contracts}. */
    public UpdateRules(ContractRunner contracts) {
        this.contracts = contracts;
    }

    /** What an update comes to. */
    public sealed interface Result {
        /** The position after all operations, its nonce one higher. */
        record Moved(ChannelPosition position) implements Result {}

        /** The operation at {@code index} is not possible; nothing changes. */
        record Refused(int index, String reason) implements Result {}
    }

    /** Applies {@code update} to {@code from} under the channel's terms. */
    public Result apply(ChannelTerms terms, ChannelPosition from, Update update) {
        return applied.of(from, update, () -> compute(terms, from, update));
    }

    private Result compute(ChannelTerms terms, ChannelPosition from, Update update) {
        Ledger ledger = new Ledger(from);
        for (int i = 0; i < update.operations().size(); i++) {
            Optional<String> refusal = ledger.apply(update.operations().get(i));
            if (refusal.isPresent()) {
                return new Result.Refused(i, refusal.get());
            }
        }
        return ledger.close(terms);
    }

    /** The money and contracts of one update while its operations are applied one by one. */
    private final class Ledger {
        private final ChannelState before;
        private final List<Amount> balances;
        private final List<ContractLock> locks;
        private final List<ContractInstance> instances;
        private long timeGasLeft = TIME_GAS_PER_UPDATE;

        Ledger(ChannelPosition from) {
            this.before = from.state();
            this.balances = new ArrayList<>(from.state().balances());
            this.locks = new ArrayList<>(from.state().locks());
            this.instances = new ArrayList<>(from.contracts());
        }

        Optional<String> apply(ChannelOperation operation) {
            if (operation instanceof ChannelOperation.Pay pay) {
                return pay(pay);
            } else if (operation instanceof ChannelOperation.Lock lock) {
                return lock(lock);
            } else if (operation instanceof ChannelOperation.TopUp topUp) {
                return topUp(topUp);
            } else if (operation instanceof ChannelOperation.Step step) {
                return step(step);
            } else if (operation instanceof ChannelOperation.Release release) {
                return release(release);
            }
            throw new IllegalStateException("no rule for " + operation.getClass());
        }

        private Optional<String> pay(ChannelOperation.Pay pay) {
            Optional<String> refusal = take(pay.from(), pay.amount());
            if (refusal.isEmpty()) {
                give(1 - pay.from(), pay.amount());
            }
            return refusal;
        }

        private Optional<String> lock(ChannelOperation.Lock lock) {
            // Ids grow with the channel's nonce, so an old step can never meet a new lock.
            if (lock.lockId() <= before.nonce().value() || indexOf(lock.lockId()) >= 0) {
                return Optional.of("lock id " + lock.lockId() + " is used or below the nonce");
            }
            if (locks.size() == ChannelState.MAXIMUM_LOCKS) {
                return Optional.of("all " + ChannelState.MAXIMUM_LOCKS + " locks are in use");
            }
            if (lock.timeGasLimit() > MAXIMUM_TIME_GAS
                    || lock.spaceGasLimit() > MAXIMUM_SPACE_GAS) {
                return Optional.of(
                        "gas limits %d time and %d space, at most %d and %d are allowed"
                                .formatted(
                                        lock.timeGasLimit(),
                                        lock.spaceGasLimit(),
                                        MAXIMUM_TIME_GAS,
                                        MAXIMUM_SPACE_GAS));
            }
            Optional<Hash> codeHash = contracts.codeHash(lock.code());
            if (codeHash.isEmpty()) {
                return Optional.of("the code of lock " + lock.lockId() + " is no contract");
            }
            Optional<String> refusal = take(lock.from(), lock.amount());
            if (refusal.isPresent()) {
                return refusal;
            }
            locks.add(
                    new ContractLock(
                            lock.lockId(),
                            codeHash.get(),
                            contracts.stateHash(lock.contractState()),
                            lock.amount(),
                            lock.refundTo(),
                            lock.timeGasLimit(),
                            lock.spaceGasLimit()));
            instances.add(new ContractInstance(lock.lockId(), lock.code(), lock.contractState()));
            return Optional.empty();
        }

        private Optional<String> topUp(ChannelOperation.TopUp topUp) {
            int at = indexOf(topUp.lockId());
            if (at < 0) {
                return noLock(topUp.lockId());
            }
            Optional<String> refusal = take(topUp.from(), topUp.amount());
            if (refusal.isEmpty()) {
                ContractLock lock = locks.get(at);
                locks.set(at, lock.advanced(lock.stateHash(), lock.locked().plus(topUp.amount())));
            }
            return refusal;
        }

        private Optional<String> step(ChannelOperation.Step step) {
            int at = indexOf(step.lockId());
            if (at < 0) {
                return noLock(step.lockId());
            }
            ContractLock lock = locks.get(at);
            timeGasLeft -= lock.timeGasLimit();
            if (timeGasLeft < 0) {
                return Optional.of("the steps of one update may use 200000000 time gas together");
            }
            ContractInstance instance = instances.get(at);
            ContractRunner.StepOutcome outcome = contracts.step(lock, instance, step);
            if (outcome instanceof ContractRunner.StepOutcome.Refused refused) {
                return Optional.of(refused.reason());
            }
            ContractRunner.StepOutcome.Advanced advanced =
                    (ContractRunner.StepOutcome.Advanced) outcome;
            requireConserved(lock, advanced);
            for (int i = 0; i < advanced.payouts().size(); i++) {
                give(i, advanced.payouts().get(i));
            }
            locks.set(
                    at,
                    lock.advanced(
                            contracts.stateHash(advanced.contractState()), advanced.remaining()));
            instances.set(
                    at,
                    new ContractInstance(step.lockId(), instance.code(), advanced.contractState()));
            return Optional.empty();
        }

        private Optional<String> release(ChannelOperation.Release release) {
            int at = indexOf(release.lockId());
            if (at < 0) {
                return noLock(release.lockId());
            }
            ContractLock lock = locks.remove(at);
            instances.remove(at);
            give(lock.refundTo(), lock.locked());
            return Optional.empty();
        }

        Result close(ChannelTerms terms) {
            for (int i = 0; i < balances.size(); i++) {
                Amount reserve = terms.reserve().min(before.balances().get(i));
                if (!balances.get(i).covers(reserve)) {
                    return new Result.Refused(
                            i,
                            "participant %d would keep %s, less than the reserve of %s"
                                    .formatted(i, balances.get(i), reserve));
                }
            }
            locks.sort(Comparator.comparingLong(ContractLock::lockId));
            instances.sort(Comparator.comparingLong(ContractInstance::lockId));
            ChannelState state =
                    new ChannelState(before.channel(), before.nonce().next(), balances, locks);
            if (!state.total().equals(before.total())) {
                throw new IllegalStateException(
                        "value not conserved: " + before.total() + " became " + state.total());
            }
            return new Result.Moved(new ChannelPosition(state, instances));
        }

        private void requireConserved(
                ContractLock lock, ContractRunner.StepOutcome.Advanced advanced) {
            Amount after = Amount.sum(advanced.payouts()).plus(advanced.remaining());
            if (advanced.payouts().size() != balances.size() || !after.equals(lock.locked())) {
                throw new IllegalStateException(
                        "contract of lock %d turned %s into %s"
                                .formatted(lock.lockId(), lock.locked(), after));
            }
        }

        private Optional<String> take(int participant, Amount amount) {
            Amount balance = balances.get(participant);
            if (!balance.covers(amount)) {
                return Optional.of(
                        "participant %d has %s, %s needed".formatted(participant, balance, amount));
            }
            balances.set(participant, balance.minus(amount));
            return Optional.empty();
        }

        private void give(int participant, Amount amount) {
            balances.set(participant, balances.get(participant).plus(amount));
        }

        private int indexOf(long lockId) {
            for (int i = 0; i < locks.size(); i++) {
                if (locks.get(i).lockId() == lockId) {
                    return i;
                }
            }
            return -1;
        }

        private Optional<String> noLock(long lockId) {
            return Optional.of("no contract lock " + lockId);
        }
    }
}
