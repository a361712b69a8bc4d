package storm.e2e.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisguisesTest {
    @Test
    void aWordIsFoundInBase64WhateverStandsBeforeIt() {
        for (String before : List.of("", "a", "ab", "abc", "abcd")) {
            String text = before + "heron-4711" + "!!";
            String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

            assertThat(new Loot(List.of(new Loot.Item("here", encoded))).placesOf(List.of("heron-4711")))
                    .as("after %s", before)
                    .containsExactly("here");
        }
    }

    @Test
    void anotherTextIsNotTakenForIt() {
        assertThat(new Loot(List.of(new Loot.Item("here", "heron-4712"))).placesOf(List.of("heron-4711")))
                .isEmpty();
    }
}
