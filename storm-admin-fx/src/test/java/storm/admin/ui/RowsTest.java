package storm.admin.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.StormException;
import storm.protocol.rest.Page;

class RowsTest {
    private final Rows<Integer> rows = new Rows<>(new DirectWork(), new Texts(Locale.ENGLISH));
    private final List<String> asked = new ArrayList<>();

    private Page<Integer> page(int limit, @org.jspecify.annotations.Nullable String cursor, int total) {
        asked.add(String.valueOf(cursor));
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(from + limit, total);
        return new Page<>(IntStream.range(from, to).boxed().toList(), to < total ? String.valueOf(to) : null);
    }

    @Test
    void pagesAreReadOnDemand() {
        rows.show((limit, cursor) -> page(limit, cursor, 250));
        assertThat(rows.items()).hasSize(100);
        assertThat(rows.more().get()).isTrue();

        rows.readMore();
        rows.readMore();
        rows.readMore();

        assertThat(rows.items()).hasSize(250).doesNotHaveDuplicates();
        assertThat(rows.more().get()).isFalse();
        assertThat(asked).containsExactly("null", "100", "200");
    }

    @Test
    void reloadBeginsAtTheFirstPage() {
        rows.show((limit, cursor) -> page(limit, cursor, 250));
        rows.readMore();

        rows.reload();

        assertThat(rows.items()).hasSize(100);
    }

    @Test
    void failureKeepsWhatIsShown() {
        rows.show((limit, cursor) -> page(limit, cursor, 10));

        rows.show((_, _) -> {
            throw StormException.notFound("this");
        });

        assertThat(rows.items()).hasSize(10);
        assertThat(rows.failure().get()).isNotEmpty();
        assertThat(rows.loading().get()).isFalse();
    }

    @Test
    void aHundredThousandRowsArePagedThroughWithoutEverBeingAskedForAtOnce() {
        rows.show((limit, cursor) -> page(limit, cursor, 100_000));
        assertThat(rows.items()).hasSize(100);
        assertThat(asked).hasSize(1);

        while (rows.more().get()) {
            rows.readMore();
        }

        assertThat(rows.items()).hasSize(100_000);
        assertThat(rows.items().getLast()).isEqualTo(99_999);
        assertThat(asked).hasSize(1_000);
    }
}
