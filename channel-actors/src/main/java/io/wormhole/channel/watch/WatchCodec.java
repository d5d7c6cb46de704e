package io.wormhole.channel.watch;

import com.google.protobuf.ByteString;
import io.wormhole.channel.proto.WatchAskMessage;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.channel.proto.WatchHoldMessage;
import io.wormhole.channel.proto.WatchReceiptMessage;
import io.wormhole.channel.proto.WatchRefusalMessage;
import io.wormhole.channel.proto.WatchTermsMessage;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Watch messages as frames; what comes in is hostile. */
public final class WatchCodec {
    private static final int MOST_CODE = 64;
    private static final int MOST_TEXT = 2_000;
    private static final long LAST_SECOND = 253_402_300_799L;

    private WatchCodec() {}

    /** A message as frame. */
    public static WatchFrame encode(WatchMessage message) {
        WatchFrame.Builder frame = WatchFrame.newBuilder();
        if (message instanceof WatchMessage.Ask ask) {
            frame.setAsk(WatchAskMessage.newBuilder().setRenew(ask.renew()));
        } else if (message instanceof WatchMessage.Terms terms) {
            frame.setTerms(terms(terms));
        } else if (message instanceof WatchMessage.Hold hold) {
            frame.setHold(hold(hold));
        } else if (message instanceof WatchMessage.Receipt receipt) {
            frame.setReceipt(receipt(receipt.receipt()));
        } else if (message instanceof WatchMessage.Drop drop) {
            frame.setDrop(bytes(drop.hint().bytes()));
        } else if (message instanceof WatchMessage.Fetch fetch) {
            frame.setFetch(bytes(fetch.hint().bytes()));
        } else if (message instanceof WatchMessage.Held held) {
            frame.setHeld(
                    held.held()
                            .map(WatchCodec::hold)
                            .orElseGet(
                                    () ->
                                            WatchHoldMessage.newBuilder()
                                                    .setHint(bytes(held.hint().bytes()))
                                                    .build()));
        } else if (message instanceof WatchMessage.Refused refused) {
            WatchRefusalMessage.Builder field =
                    WatchRefusalMessage.newBuilder()
                            .setCode(refused.code())
                            .setReason(refused.reason())
                            .setNumber(refused.number());
            refused.hint().ifPresent(hint -> field.setHint(bytes(hint.bytes())));
            frame.setRefusal(field);
        }
        return frame.build();
    }

    private static WatchTermsMessage terms(WatchMessage.Terms terms) {
        WatchTermsMessage.Builder field =
                WatchTermsMessage.newBuilder()
                        .setPriceBaseUnits(terms.terms().price().baseUnits())
                        .setPeriodSeconds(terms.terms().period().toSeconds())
                        .setGraceSeconds(terms.terms().grace().toSeconds())
                        .setMostChannels(terms.terms().mostChannels())
                        .setMostBytes(terms.terms().mostBytes())
                        .setHeld(terms.held());
        terms.paidUntil().ifPresent(until -> field.setPaidUntil(until.getEpochSecond()));
        terms.invoice().ifPresent(field::setInvoice);
        return field.build();
    }

    private static WatchReceiptMessage receipt(WatchReceipt receipt) {
        return WatchReceiptMessage.newBuilder()
                .setHint(bytes(receipt.hint().bytes()))
                .setNumber(receipt.number())
                .setDigest(bytes(receipt.digest().bytes()))
                .setUntil(receipt.until().getEpochSecond())
                .setSignature(bytes(receipt.signature().bytes()))
                .build();
    }

    /** What a frame says; throws {@link IllegalArgumentException} when it is malformed. */
    public static WatchMessage decode(WatchFrame frame) {
        return switch (frame.getMessageCase()) {
            case ASK -> new WatchMessage.Ask(frame.getAsk().getRenew());
            case TERMS -> terms(frame.getTerms());
            case HOLD -> hold(frame.getHold());
            case RECEIPT -> new WatchMessage.Receipt(receipt(frame.getReceipt()));
            case DROP -> new WatchMessage.Drop(hash(frame.getDrop()));
            case FETCH -> new WatchMessage.Fetch(hash(frame.getFetch()));
            case HELD -> {
                WatchHoldMessage held = frame.getHeld();
                yield new WatchMessage.Held(
                        hash(held.getHint()),
                        held.getSealed().isEmpty() ? Optional.empty() : Optional.of(hold(held)));
            }
            case REFUSAL -> refusal(frame.getRefusal());
            default -> throw new IllegalArgumentException("a watch frame without content");
        };
    }

    private static WatchMessage.Terms terms(WatchTermsMessage field) {
        WatchTerms terms =
                new WatchTerms(
                        Amount.of(field.getPriceBaseUnits()),
                        seconds(field.getPeriodSeconds()),
                        seconds(field.getGraceSeconds()),
                        field.getMostChannels(),
                        field.getMostBytes());
        return new WatchMessage.Terms(
                terms,
                field.getPaidUntil() == 0
                        ? Optional.empty()
                        : Optional.of(instant(field.getPaidUntil())),
                Math.max(0, field.getHeld()),
                field.getInvoice().isEmpty()
                        ? Optional.empty()
                        : Optional.of(text(field.getInvoice(), MOST_TEXT)));
    }

    private static WatchReceipt receipt(WatchReceiptMessage field) {
        return new WatchReceipt(
                hash(field.getHint()),
                field.getNumber(),
                hash(field.getDigest()),
                instant(field.getUntil()),
                new Signature(bytes(field.getSignature())));
    }

    private static WatchMessage.Refused refusal(WatchRefusalMessage field) {
        return new WatchMessage.Refused(
                field.getHint().isEmpty() ? Optional.empty() : Optional.of(hash(field.getHint())),
                text(field.getCode(), MOST_CODE),
                text(field.getReason(), MOST_TEXT),
                Math.max(0, field.getNumber()));
    }

    /** What is held, as it is stored and said. */
    static WatchHoldMessage hold(WatchMessage.Hold hold) {
        return WatchHoldMessage.newBuilder()
                .setHint(bytes(hold.hint().bytes()))
                .setNumber(hold.number())
                .setSealed(bytes(hold.sealed()))
                .build();
    }

    static WatchMessage.Hold hold(WatchHoldMessage field) {
        return new WatchMessage.Hold(
                hash(field.getHint()), field.getNumber(), bytes(field.getSealed()));
    }

    // Control characters would let a watcher write what it likes into a log or a terminal.
    private static String text(String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters");
        }
        return text.chars()
                .map(letter -> Character.isISOControl(letter) ? ' ' : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(bounded(seconds));
    }

    static Instant instant(long seconds) {
        return Instant.ofEpochSecond(bounded(seconds));
    }

    private static long bounded(long seconds) {
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new IllegalArgumentException("a time of " + seconds + " s");
        }
        return seconds;
    }

    static ByteString bytes(Bytes content) {
        return ByteString.copyFrom(content.toArray());
    }

    static Bytes bytes(ByteString field) {
        return Bytes.of(field.toByteArray());
    }

    static Hash hash(ByteString field) {
        return new Hash(bytes(field));
    }

    static PublicKey key(ByteString field) {
        return new PublicKey(bytes(field));
    }
}
