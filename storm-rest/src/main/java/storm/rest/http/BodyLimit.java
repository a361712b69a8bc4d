package storm.rest.http;

import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Refuses bodies over 16 KiB: by their announced length before anything else, else while they are read.
@PreMatching
@Priority(1)
@Singleton
public class BodyLimit implements ContainerRequestFilter {
    static final int MAX_BYTES = 16 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > MAX_BYTES) {
            throw tooLarge();
        }
        request.setEntityStream(new Limited(request.getEntityStream()));
    }

    private static StormException tooLarge() {
        return new StormException(ErrorCode.PAYLOAD_TOO_LARGE, "the body may have 16 KiB");
    }

    /// A body that ends in an exception beyond the limit.
    private static final class Limited extends FilterInputStream {
        private int left = MAX_BYTES;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
