package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.transaction.TransactionBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every body has exactly one transition, every refusal a code that never changes. */
class TransitionTableTest {
    @Test
    void everyPermittedBodyHasExactlyOneTransition() {
        List<Class<?>> permitted = leaves(TransactionBody.class);

        assertThat(TransitionTable.types()).doesNotHaveDuplicates().hasSize(permitted.size());
        assertThat(permitted).containsAll(TransitionTable.types());
    }

    @Test
    void theCodesOfRefusalsAreStable() {
        List<String> codes =
                leaves(Refusal.class).stream()
                        .map(Class::getSimpleName)
                        .filter(name -> !name.endsWith("Refused"))
                        .sorted()
                        .toList();

        assertThat(codes)
                .containsExactly(
                        "AccountCanPay",
                        "AccountUnknown",
                        "AuctionOver",
                        "AuctionRuns",
                        "BidTooLow",
                        "ChannelEmpty",
                        "ChannelIdUsed",
                        "ChannelNotIn",
                        "ChannelUnchanged",
                        "ChannelUnknown",
                        "CloseNotFinal",
                        "ContractDiffers",
                        "ContractMalformed",
                        "ContractUnknown",
                        "CountdownOutOfRange",
                        "CountdownRuns",
                        "EvidenceNotSigned",
                        "FundsTooLow",
                        "GasBelowLock",
                        "GasLimitTooHigh",
                        "GasPriceTooLow",
                        "GasWithoutContract",
                        "LockUnknown",
                        "NameAuctioned",
                        "NameNotAuctioned",
                        "NameTaken",
                        "NameUnknown",
                        "NonceExpected",
                        "NotAppointed",
                        "NotCoSigned",
                        "NotNameOwner",
                        "NotParticipant",
                        "OracleUnknown",
                        "PartnerFundsTooLow",
                        "PreclaimMissing",
                        "PreclaimOutOfWindow",
                        "PreclaimPending",
                        "ReserveNotCovered",
                        "SignatureInvalid",
                        "StateNotNewer",
                        "TermTooLong",
                        "TooLarge",
                        "TotalDiffers",
                        "TransferOfNothing",
                        "VoteNotPlain");
    }

    @Test
    void aCodeIsTheNameInLowerCaseWithHyphens() {
        assertThat(new Refusal.VoteNotPlain().code()).isEqualTo("vote-not-plain");
    }

    private static List<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        List<Class<?>> found = new ArrayList<>();
        Arrays.stream(type.getPermittedSubclasses()).forEach(sub -> found.addAll(leaves(sub)));
        return found;
    }
}
