package storm.store.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.TestDatabase;
import storm.store.pages.PageRequest;
import storm.store.readmarkers.ReadMarkerStore;

class ChannelStoreIT {
    private final TestDatabase mongo = new TestDatabase();
    private final ChannelStore channels = ChannelStore.in(mongo.database(), Clock.systemUTC());
    private final ReadMarkerStore markers = new ReadMarkerStore(mongo.database());
    private final UserId ann = user();
    private final UserId bea = user();

    @BeforeEach
    void createIndexes() {
        channels.createIndexes();
        markers.createIndexes();
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    private static UserId user() {
        return new UserId(new ObjectId().toHexString());
    }

    private StoredChannel channel() {
        return channels.insert("room " + UUID.randomUUID(), "", ann);
    }

    @Test
    void creatorIsTheFirstMember() {
        assertThat(channel().members()).containsExactly(ann);
    }

    @RepeatedTest(50)
    void memberAddedManyTimesAtOnceIsStoredOnce() {
        ChannelId id = channel().id();

        List<Optional<StoredChannel>> added =
                TestDatabase.race(Collections.nCopies(8, () -> channels.addMember(id, bea)));

        assertThat(added).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(channels.find(id).orElseThrow().members()).containsExactly(ann, bea);
    }

    @RepeatedTest(50)
    void memberRemovedManyTimesAtOnceIsRemovedOnce() {
        ChannelId id = channel().id();

        List<Optional<StoredChannel>> removed =
                TestDatabase.race(Collections.nCopies(4, () -> channels.removeMember(id, ann)));

        assertThat(removed).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(channels.find(id).orElseThrow().members()).isEmpty();
    }

    @RepeatedTest(50)
    void ofRacingCreationsOfANameOneWins() {
        Callable<Boolean> create = () -> {
            try {
                channels.insert("general", "", ann);
                return true;
            } catch (StormException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                return false;
            }
        };

        assertThat(TestDatabase.race(Collections.nCopies(4, create))).containsOnlyOnce(true);
    }

    @Test
    void renameToATakenNameIsAConflict() {
        channels.insert("general", "", ann);
        ChannelId id = channel().id();

        assertThatExceptionOfType(StormException.class)
                .isThrownBy(() -> channels.update(id, new ChannelPatch("general", null, null)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void listShowsOwnChannelsAndArchivedOnesOnRequest() {
        ChannelId open = channel().id();
        ChannelId archived = channel().id();
        channels.update(archived, new ChannelPatch(null, null, true));
        channels.insert("foreign", "", bea);

        assertThat(ids(new ChannelFilter(ann, null, false))).containsExactly(open);
        assertThat(ids(new ChannelFilter(ann, null, true))).containsExactly(archived, open);
        assertThat(ids(new ChannelFilter(null, "FOR", false))).hasSize(1);
        assertThat(ids(new ChannelFilter(null, "f.*", false))).isEmpty();
    }

    private List<ChannelId> ids(ChannelFilter filter) {
        return channels.list(filter, PageRequest.first(10)).items().stream()
                .map(StoredChannel::id)
                .toList();
    }

    @Test
    void buriedChannelIsUnknownAndItsNameFree() {
        ChannelId id = channels.insert("general", "", ann).id();

        assertThat(channels.bury(id)).isPresent();

        assertThat(channels.find(id)).isEmpty();
        assertThat(channels.addMember(id, bea)).isEmpty();
        assertThat(channels.update(id, new ChannelPatch("other", null, null))).isEmpty();
        assertThat(channels.bury(id)).isEmpty();
        assertThat(ids(new ChannelFilter(null, null, true))).isEmpty();
        assertThat(channels.insert("general", "", bea).name()).isEqualTo("general");
    }

    @Test
    void deletionThatACrashCutShortIsFoundAgain() {
        ChannelId id = channel().id();
        mongo.database()
                .getCollection("messages")
                .insertOne(new Document("channelId", new ObjectId(id.value())).append("messageId", "m"));
        markers.advance(ann, id, 3);
        channels.bury(id);

        assertThat(channels.buried(Instant.now().plusSeconds(1))).containsExactly(id);
        channels.removeContents(id);
        channels.remove(id);

        assertThat(channels.buried(Instant.now().plusSeconds(1))).isEmpty();
        for (String collection : List.of("channels", "messages", "read_markers")) {
            assertThat(mongo.database().getCollection(collection).countDocuments())
                    .isZero();
        }
    }

    @Test
    void livingChannelIsNeverRemoved() {
        ChannelId id = channel().id();

        channels.remove(id);

        assertThat(channels.find(id)).isPresent();
    }

    @RepeatedTest(20)
    void readMarkerOnlyMovesUp() {
        ChannelId id = channel().id();

        TestDatabase.race(List.<Callable<Long>>of(
                () -> markers.advance(ann, id, 5),
                () -> markers.advance(ann, id, 9),
                () -> markers.advance(ann, id, 2)));

        assertThat(markers.advance(ann, id, 1)).isEqualTo(9);
        assertThat(markers.of(ann, List.of(id, channel().id())))
                .containsOnlyKeys(id)
                .containsEntry(id, 9L);
        assertThat(markers.of(bea, List.of(id))).isEmpty();
    }
}
