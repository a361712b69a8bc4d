package storm.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/// The JAX-RS application. The WAR's context root is `/api`, so resources answer below `/api/v1`.
@ApplicationPath("/v1")
public class StormApplication extends Application {}
