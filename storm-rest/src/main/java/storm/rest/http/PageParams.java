package storm.rest.http;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.rest.Page;
import storm.store.pages.Cursor;
import storm.store.pages.PageRequest;

/// The query parameters of a page.
public class PageParams {
    @QueryParam("limit")
    @Parameter(
            description = "How many at most.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "50"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "`nextCursor` of the page before; without it the first page.")
    @Nullable
    String cursor;

    /// @throws StormException VALIDATION_ERROR
    public PageRequest request() {
        return new PageRequest(limit(), cursor == null ? null : Cursor.decode(cursor));
    }

    /// @throws StormException VALIDATION_ERROR
    public int limit() {
        return PageRequest.first(limit == null ? Page.DEFAULT_LIMIT : number(limit))
                .limit();
    }

    /// As it came, for lists with cursors of their own.
    public @Nullable String cursor() {
        return cursor;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw StormException.invalid("limit", "must be from 1 to " + Page.MAX_LIMIT);
        }
    }
}
