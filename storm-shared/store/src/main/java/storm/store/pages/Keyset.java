package storm.store.pages;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import storm.protocol.rest.Page;
import storm.store.StoreCalls;

/// Reads keyset pages: createdAt descending, then _id descending, stable for equal times and under inserts.
public final class Keyset {
    private static final Bson NEWEST_FIRST = Sorts.descending("createdAt", "_id");

    private Keyset() {}

    /// A page of what passes the filter. One row more than the limit is read, to know whether another page follows.
    public static <T> Page<T> page(
            MongoCollection<Document> rows, Bson filter, PageRequest request, Function<Document, T> reader) {
        return page(rows, filter, new Document(), request, reader);
    }

    /// A page with the fields of a projection, which must keep `createdAt` and `_id`.
    public static <T> Page<T> page(
            MongoCollection<Document> rows,
            Bson filter,
            Bson projection,
            PageRequest request,
            Function<Document, T> reader) {
        List<Document> found = StoreCalls.reaching(() -> rows.find(from(filter, request))
                .projection(projection)
                .sort(NEWEST_FIRST)
                .limit(request.limit() + 1)
                .into(new ArrayList<>()));
        boolean more = found.size() > request.limit();
        List<Document> shown = more ? found.subList(0, request.limit()) : found;
        return new Page<>(
                shown.stream().<T>map(reader).toList(),
                more ? endOf(shown.getLast()).encode() : null);
    }

    private static Bson from(Bson filter, PageRequest request) {
        Cursor after = request.after();
        if (after == null) {
            return filter;
        }
        Date createdAt = Date.from(after.createdAt());
        return and(filter, or(lt("createdAt", createdAt), and(eq("createdAt", createdAt), lt("_id", after.id()))));
    }

    private static Cursor endOf(Document row) {
        return new Cursor(row.getDate("createdAt").toInstant(), row.getObjectId("_id"));
    }
}
