package io.wormhole.channel.decider;

/**
 * How far an exploration of the protocol goes.
 *
 * @param wishes updates that each side wants
 * @param breaks how often the link breaks or a side crashes
 * @param closes how often a side wishes to close together
 * @param restores how often a side comes back from its oldest copy
 * @param losses how often a side loses what need not be on its disk yet
 * @param disorders how often a message overtakes others, comes twice, or is lost alone
 */
record ExplorerBounds(int wishes, int breaks, int closes, int restores, int losses, int disorders) {
    /** So many updates of each side, and nothing else that happens. */
    static ExplorerBounds wishes(int wishes) {
        return new ExplorerBounds(wishes, 0, 0, 0, 0, 0);
    }

    ExplorerBounds breaks(int most) {
        return new ExplorerBounds(wishes, most, closes, restores, losses, disorders);
    }

    ExplorerBounds closes(int most) {
        return new ExplorerBounds(wishes, breaks, most, restores, losses, disorders);
    }

    ExplorerBounds restores(int most) {
        return new ExplorerBounds(wishes, breaks, closes, most, losses, disorders);
    }

    ExplorerBounds losses(int most) {
        return new ExplorerBounds(wishes, breaks, closes, restores, most, disorders);
    }

    ExplorerBounds disorders(int most) {
        return new ExplorerBounds(wishes, breaks, closes, restores, losses, most);
    }

    /** A number below 2^24 for what is left, to tell states apart. */
    int code() {
        return breaks | (closes << 4) | (restores << 8) | (losses << 12) | (disorders << 16);
    }
}
