package io.wormhole.channel.decider;

import java.util.ArrayList;
import java.util.List;

/**
 * One side in an exploration; numbers stand for values.
 *
 * @param memory what it knows
 * @param disk what a loss of power may leave of that, oldest first; the last is the memory
 * @param inbox what is on its way to it, in order
 * @param signed every state that it ever signed
 * @param made how many updates it has wanted
 */
record ExplorerSide(int memory, List<Integer> disk, List<Integer> inbox, int signed, int made) {
    static ExplorerSide of(int memory, int signed) {
        return new ExplorerSide(memory, List.of(memory), List.of(), signed, 0);
    }

    /** After a decision; what was forced, or need not be told apart, leaves only that. */
    ExplorerSide moved(int next, boolean forced, int nowSigned) {
        List<Integer> left = new ArrayList<>(forced ? List.of() : disk);
        if (left.isEmpty() || left.get(left.size() - 1) != next) {
            left.add(next);
        }
        return new ExplorerSide(next, List.copyOf(left), inbox, nowSigned, made);
    }

    ExplorerSide with(List<Integer> nowInbox) {
        return new ExplorerSide(memory, disk, List.copyOf(nowInbox), signed, made);
    }

    ExplorerSide hearing(List<Integer> more) {
        List<Integer> all = new ArrayList<>(inbox);
        all.addAll(more);
        return with(all);
    }

    ExplorerSide without(int place) {
        List<Integer> rest = new ArrayList<>(inbox);
        rest.remove(place);
        return with(rest);
    }

    ExplorerSide wishing() {
        return new ExplorerSide(memory, disk, inbox, signed, made + 1);
    }

    /** What a loss of power leaves: the disk up to some decision. */
    ExplorerSide losing(int length) {
        List<Integer> left = disk.subList(0, length);
        return new ExplorerSide(left.get(length - 1), List.copyOf(left), List.of(), signed, made);
    }

    /** Comes back from a copy, and has forgotten what it signed since. */
    ExplorerSide restored(int copy, int nothing) {
        return new ExplorerSide(copy, List.of(copy), List.of(), nothing, made);
    }

    void addTo(Fingerprint fingerprint) {
        fingerprint.add(memory);
        fingerprint.add(disk.size());
        disk.forEach(fingerprint::add);
        fingerprint.add(inbox.size());
        inbox.forEach(fingerprint::add);
        fingerprint.add(signed);
        fingerprint.add(made);
    }
}
