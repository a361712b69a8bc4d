package storm.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storm.core.sessions.Verified;
import storm.protocol.users.Permission;
import storm.protocol.users.Role;

/// Who may know whom, and what nobody does.
class ArchitectureTest {
    private static final JavaClasses SHIPPED = Modules.shipped();

    private static final String[] SERVERS = {
        Modules.CORE.packages(),
        Modules.STORE.packages(),
        Modules.REST.packages(),
        Modules.WS.packages(),
        Modules.WORKER.packages()
    };
    private static final String STORAGE_KEYS = "storm.store.messagekeys..";

    /// Stands where a front door stands, and brings its own stores.
    private static final String WORKER_BENCH = "storm.bench.worker..";

    /// Runs inside a server: the endpoint without Storm that the gateway is compared with.
    private static final String BARE_ENDPOINT = "storm.bench.bare..";

    private static final String[] MONGODB = {
        "com.mongodb..", "org.bson..", "org.eclipse.jnosql..", "jakarta.nosql..", "jakarta.data.."
    };

    @ParameterizedTest
    @EnumSource
    void everyModuleIsRead(Modules module) {
        assertThat(SHIPPED).as("classes of %s", module).anyMatch(resideInAPackage(module.packages()));
    }

    @ParameterizedTest
    @EnumSource
    void modulesKnowOnlyWhatTheirArrowsAllow(Modules module) {
        hold(noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.strangers())
                .because("arrows go admin, bench -> client -> protocol; rest, worker -> store -> core -> protocol;"
                        + " ws -> core -> protocol; the worker's benchmark -> store, embedded; and nowhere else"));
    }

    @Test
    void onlyTheWorkersBenchmarkKnowsTheServersInside() {
        hold(noClasses()
                .that()
                .resideInAPackage(Modules.BENCH.packages())
                .and()
                .resideOutsideOfPackage(WORKER_BENCH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Modules.STORE.packages(), Modules.CORE.packages(), Modules.EMBEDDED.packages())
                .because("the other scenarios see what users see"));
    }

    @ParameterizedTest
    @EnumSource
    void featuresOfAModuleHaveNoCycles(Modules module) {
        hold(slices().matching(module.features())
                .should()
                .beFreeOfCycles()
                .because("a feature that needs another that needs it back is one feature, or hides a third"));
    }

    @Test
    void onlyTheStoreKnowsMongoDb() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        Modules.PROTOCOL.packages(),
                        Modules.CORE.packages(),
                        Modules.WS.packages(),
                        Modules.CLIENT.packages(),
                        Modules.ADMIN.packages(),
                        Modules.BENCH.packages())
                .and()
                .resideOutsideOfPackage(WORKER_BENCH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MONGODB)
                .because("the gateway and all clients work without the database"));
    }

    @Test
    void onlyTheWorkerCanOpenStoredMessages() {
        assertThat(SHIPPED).as("storage keys").anyMatch(resideInAPackage(STORAGE_KEYS));
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(Modules.WORKER.packages(), STORAGE_KEYS)
                .should()
                .dependOnClassesThat(resideInAPackage(STORAGE_KEYS))
                .because("the worker alone holds the storage key, so a stolen REST process cannot read history"));
    }

    @Test
    void coreKnowsNoFrontDoor() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(Modules.CORE.packages(), Modules.STORE.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "jakarta.websocket..", "jakarta.servlet..")
                .because("REST, gateway and worker use it alike, and its tests need no server"));
    }

    @Test
    void servicesMeetInRedisAlone() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "jakarta.ws.rs.client..", "org.eclipse.microprofile.rest.client..")
                .because("no process calls another over HTTP"));
    }

    @Test
    void clientsKnowNoServerTypes() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        Modules.PROTOCOL.packages(),
                        Modules.CLIENT.packages(),
                        Modules.ADMIN.packages(),
                        Modules.BENCH.packages())
                .and()
                .resideOutsideOfPackages(WORKER_BENCH, BARE_ENDPOINT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..",
                        "jakarta.websocket..",
                        "jakarta.servlet..",
                        "jakarta.enterprise..",
                        "jakarta.inject..",
                        "org.eclipse.microprofile.config..",
                        "redis.clients..")
                .because("they run outside every server"));
    }

    @Test
    void resourcesAndEndpointsOnlyParseCallAndMap() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(Modules.REST.packages(), Modules.WS.packages())
                .and(simpleNameEndingWith("Resource").or(simpleNameEndingWith("Endpoint")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "redis.clients..", "com.mongodb..", "org.bson..", "javax.crypto..", "java.security..")
                .because("stores and ciphers belong to the service that a front door calls"));
    }

    @Test
    void rolesAreAskedForInOnePlace() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVERS)
                .and(not(resideInAPackage("storm.rest.access..")))
                .should()
                .callMethod(Role.class, "may", Permission.class)
                .orShould()
                .callMethod(Role.class, "permissions")
                .orShould()
                .callMethod(Verified.class, "role")
                .because("the access policy decides who may do what, before a resource is reached"));
    }

    @Test
    void jsonIsBoundInOnePlace() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("storm.protocol.json..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.json.bind.JsonbBuilder")
                .orShould()
                .callMethodWhere(target(owner(assignableTo("jakarta.json.bind.Jsonb"))))
                .because("Json knows how ids, enums and sealed types look on the wire"));
    }

    @Test
    void serversLogThroughTheSystemLogger() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..")
                .because("one logging interface, the JDK's, reaches the server's JSON log"));
    }

    @Test
    void serversWriteNothingPastTheLog() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVERS)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("what bypasses the log has no request id and no level"));
    }

    @Test
    void serversTakeTimeFromTheClock() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVERS)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("tests move an injected Clock instead of sleeping"));
    }

    @Test
    void viewsReachNeitherClientNorSocket() {
        hold(noClasses()
                .that()
                .resideInAPackage(Modules.ADMIN.packages())
                .and(simpleNameEndingWith("View"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Modules.CLIENT.packages(), "java.net.http..")
                .because("a view shows its view model and nothing else"));
    }

    @Test
    void viewModelsNeedNoToolkit() {
        hold(noClasses()
                .that()
                .resideInAPackage(Modules.ADMIN.packages())
                .and(simpleNameEndingWith("ViewModel"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "atlantafx..", "org.kordamp..")
                .because("view models are tested without a window"));
    }

    @Test
    void namesSayTheDomainWord() {
        hold(noClasses()
                .should()
                .haveNameMatching(
                        ".*\\.(.*((?<!Trust)Manager|Utils?|Helper|Impl)|(Default|Common|Abstract)[A-Z].*|I[A-Z][a-z].*)")
                .because(
                        "such a name says that the concept has not been found; a trust manager is the JDK's own word"));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = packages(SHIPPED)
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).as("packages without @NullMarked package-info").isEmpty();
    }

    @Test
    void testsDoNotSleep() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .because("a test waits for what it expects, within a bound")
                .allowEmptyShould(true)
                .check(Modules.tests());
    }

    @Test
    void adaptersStayInTheirPackage() {
        hold(classes()
                .that()
                .resideInAPackage("storm.store..")
                .and()
                .haveNameMatching(".*\\.Mongo[A-Za-z]*Store")
                .should()
                .notBePublic()
                .because("callers see the port, not its adapter"));
    }

    /// Checks a rule; modules still without such classes do not make it fail.
    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(SHIPPED);
    }

    private static Stream<JavaPackage> packages(JavaClasses classes) {
        return classes.stream()
                .filter(c -> !c.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .distinct();
    }
}
