package io.wormhole.runtime.cli;

import java.util.Locale;

/** Things of a node that are named by 64 hexadecimal digits, and where its API has them. */
enum Known {
    CHANNEL("channels", "the id of a channel"),
    INVOICE("invoices", "the hash of an invoice"),
    PAYMENT("payments", "the hash of a payment"),
    ORDER("orders", "the id of an order"),
    QUESTION("oracles", "the id of a question"),
    DEAL("deals", "the id of a channel"),
    WATCHER("watchers", "the key of a watcher");

    private static final int LONGEST_SHOWN = 80;

    private final String place;
    private final String what;

    Known(String place, String what) {
        this.place = place;
        this.what = what;
    }

    /** The id that somebody typed. */
    String id(String typed) {
        String id = typed.strip().toLowerCase(Locale.ROOT);
        if (!id.matches("[0-9a-f]{64}")) {
            String shown = id.length() > LONGEST_SHOWN ? id.substring(0, LONGEST_SHOWN) + "…" : id;
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "\"%s\" is not %s: that has 64 hexadecimal digits".formatted(shown, what));
        }
        return id;
    }

    /** Where the API has what somebody typed the id of. */
    String path(String typed) {
        return place + "/" + id(typed);
    }
}
