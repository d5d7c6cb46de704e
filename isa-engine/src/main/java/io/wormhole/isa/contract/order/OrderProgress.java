package io.wormhole.isa.contract.order;

/** An order and how many of its cups were delivered and paid. */
public record OrderProgress(OrderTerms terms, int delivered) {
    /** Refuses more cups than ordered, and fewer than none. */
    public OrderProgress {
        if (delivered < 0 || delivered > terms.count()) {
            throw new IllegalArgumentException(
                    delivered + " delivered of " + terms.count() + " ordered");
        }
    }

    /** Whether every cup was delivered. */
    public boolean isComplete() {
        return delivered == terms.count();
    }
}
