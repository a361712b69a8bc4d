package storm.rest.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.ids.Id;

/// Reads the ids in paths and queries. By itself JAX-RS makes null of a blank one.
@Singleton
public class IdParams implements ParamConverterProvider {
    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return Id.class.isAssignableFrom(type) ? new Converter<>(type) : null;
    }

    private record Converter<T>(Class<T> type) implements ParamConverter<T> {
        /// @throws StormException VALIDATION_ERROR
        @Override
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                Constructor<T> constructor = type.getConstructor(String.class);
                return constructor.newInstance(text);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof StormException refused ? refused : new IllegalStateException(e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString(T id) {
            return String.valueOf(id);
        }
    }
}
