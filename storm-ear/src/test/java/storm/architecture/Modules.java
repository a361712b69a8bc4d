package storm.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The modules of the build: where each lies, which package is its own, and which others it may know.
enum Modules {
    PROTOCOL("storm-shared/protocol", "storm.protocol"),
    CORE("storm-shared/core", "storm.core", PROTOCOL),
    STORE("storm-shared/store", "storm.store", CORE, PROTOCOL),
    CLIENT("storm-shared/client", "storm.client", PROTOCOL),
    EMBEDDED("storm-shared/embedded", "storm.embedded"),
    REST("storm-rest", "storm.rest", STORE, CORE, PROTOCOL),
    WS("storm-ws", "storm.ws", CORE, PROTOCOL),
    WORKER("storm-worker", "storm.worker", STORE, CORE, PROTOCOL),
    ADMIN("storm-admin-fx", "storm.admin", CLIENT, PROTOCOL),
    BENCH("storm-bench", "storm.bench", CLIENT, STORE, CORE, EMBEDDED, PROTOCOL);

    private static final Path ROOT = Path.of(System.getProperty("storm.root", ".."));

    private final String folder;
    private final String ownPackage;
    private final Set<Modules> known;

    Modules(String folder, String ownPackage, Modules... known) {
        this.folder = folder;
        this.ownPackage = ownPackage;
        this.known = Set.of(known);
    }

    /// The module's package and all below it, as an ArchUnit pattern.
    String packages() {
        return ownPackage + "..";
    }

    /// One slice for each feature package, as an ArchUnit pattern.
    String features() {
        return ownPackage + ".(*)..";
    }

    /// The packages of every module that this one may not know.
    String[] strangers() {
        List<String> strangers = new ArrayList<>();
        for (Modules other : values()) {
            if (other != this && !known.contains(other)) {
                strangers.add(other.packages());
            }
        }
        return strangers.toArray(String[]::new);
    }

    /// What the modules ship, read from their output folders.
    static JavaClasses shipped() {
        return read("target/classes");
    }

    static JavaClasses tests() {
        return read("target/test-classes");
    }

    private static JavaClasses read(String output) {
        List<Path> folders = new ArrayList<>();
        for (Modules module : values()) {
            Path classes = ROOT.resolve(module.folder).resolve(output);
            if (Files.isDirectory(classes)) {
                folders.add(classes);
            }
        }
        return new ClassFileImporter().importPaths(folders);
    }
}
