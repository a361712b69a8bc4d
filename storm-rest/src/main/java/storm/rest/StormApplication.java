package storm.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/// The JAX-RS application. The WAR's context root is `/api`, so resources answer below `/api/v1`.
@ApplicationPath("/v1")
@LoginConfig(authMethod = "MP-JWT")
public class StormApplication extends Application {}
