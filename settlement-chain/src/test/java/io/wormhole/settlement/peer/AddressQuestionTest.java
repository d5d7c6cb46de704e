package io.wormhole.settlement.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressQuestionTest {
    private final AddressQuestion question = new AddressQuestion();

    /** At its start a node asked twice at once, and banned an honest peer for its second answer. */
    @Test
    void aPeerIsNotAskedAgainBeforeItHasAnswered() {
        assertThat(question.ask()).isTrue();
        assertThat(question.ask()).isFalse();

        assertThat(question.answer()).isTrue();
        assertThat(question.ask()).isTrue();
    }

    @Test
    void eachQuestionTakesOneAnswer() {
        assertThat(question.answer()).isFalse();
        question.ask();

        assertThat(question.answer()).isTrue();
        assertThat(question.answer()).isFalse();
    }
}
