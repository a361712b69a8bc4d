package storm.rest.access;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/// An application that MicroProfile JWT guards, for tests of the key it verifies with.
@ApplicationPath("/")
@LoginConfig(authMethod = "MP-JWT")
public class WhoAmIApplication extends Application {}
