package storm.rest.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/// Says whom the container took the caller for.
@Path("/whoami")
public class WhoAmI {
    @GET
    @RolesAllowed("member")
    public String name(@Context SecurityContext context) {
        return context.getUserPrincipal().getName();
    }
}
