package io.wormhole.channel.node;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersTest {
    @ParameterizedTest
    @ValueSource(classes = {PaymentOwner.class, WatchOwner.class})
    void anOwnerInFrontOfAnotherSwallowsNothing(Class<?> front) {
        for (Method method : ChannelOwner.class.getMethods()) {
            assertThatCode(
                            () ->
                                    front.getDeclaredMethod(
                                            method.getName(), method.getParameterTypes()))
                    .as(method.toString())
                    .doesNotThrowAnyException();
        }
    }
}
