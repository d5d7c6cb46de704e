package io.wormhole.isa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ContractLibraryTest {
    @Test
    void contractIsFoundWhateverItsLanguage() {
        assertThat(ContractLibrary.source("cup-order")).contains("fn contract(");
        assertThat(ContractLibrary.source("prediction-market")).contains("def contract(");
        assertThat(ContractLibrary.module("cup-order").encoded().size()).isPositive();
    }

    @Test
    void nameOfNoContractIsRefused() {
        assertThatThrownBy(() -> ContractLibrary.source("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no contract is shipped as nothing");
    }
}
