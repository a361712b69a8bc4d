package storm.rest;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import storm.rest.access.AccessFilter;
import storm.rest.http.BodyLimit;
import storm.rest.http.EnvelopeFilter;
import storm.rest.http.ErrorMapper;
import storm.rest.http.IdParams;
import storm.rest.http.JsonBodies;

/// Hands our providers to JAX-RS as CDI made them: by itself RESTEasy takes only classes with a constructor without
/// arguments.
@Provider
public class Providers implements Feature {
    private static final List<Class<?>> ALL = List.of(
            AccessFilter.class,
            BodyLimit.class,
            EnvelopeFilter.class,
            ErrorMapper.class,
            IdParams.class,
            JsonBodies.class);

    @Override
    public boolean configure(FeatureContext context) {
        ALL.forEach(provider -> context.register(CDI.current().select(provider).get()));
        return true;
    }
}
