package storm.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShowsTest {
    private static final Path CONTRACT = Path.of("../docs/websocket.md");
    private static final List<String> CHAPTERS =
            List.of("What a client may say", "What the server may say", "Promises", "Close codes");
    private static final Pattern NAME = Pattern.compile("`([a-z_.]+)`|([14][0-9]{3})|\\*\\*([a-z ]+)\\*\\*");

    @Test
    void everyRowAndPromiseOfTheContractIsShownByAnEndToEndTest() throws IOException {
        assertThat(shown()).containsExactlyElementsOf(promised());
    }

    /// What stands in the first column of the contract's tables.
    private static Set<String> promised() throws IOException {
        Set<String> names = new TreeSet<>();
        String chapter = "";
        for (String line : Files.readAllLines(CONTRACT)) {
            if (line.startsWith("## ")) {
                chapter = line.substring(3);
            } else if (CHAPTERS.contains(chapter) && line.startsWith("|") && !line.startsWith("|-")) {
                NAME.matcher(line.split("\\|")[1])
                        .results()
                        .forEach(name -> names.add(name.group().replaceAll("[`*]", "")));
            }
        }
        assertThat(names).hasSizeGreaterThan(30);
        return names;
    }

    private static Set<String> shown() {
        Set<String> names = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter().importPackages("storm.e2e")) {
            each.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith(Shows.class) && method.isAnnotatedWith(Test.class))
                    .forEach(method -> names.addAll(
                            List.of(method.getAnnotationOfType(Shows.class).value())));
        }
        return names;
    }
}
