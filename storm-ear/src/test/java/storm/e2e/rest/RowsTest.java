package storm.e2e.rest;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.users.Permission;

/// Nothing of the contract is without its test.
class RowsTest {
    private final Set<String> shown = shown();

    private static Set<String> shown() {
        JavaClasses tests = new ClassFileImporter().importPackages(RowsTest.class.getPackageName());
        return tests.stream()
                .flatMap(each -> each.getMethods().stream())
                .filter(annotatedWith(Row.class))
                .flatMap(method ->
                        Arrays.stream(method.getAnnotationOfType(Row.class).value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyOperationOfTheCommittedDocumentHasATest() {
        assertThat(Document.committed().rows()).hasSize(38);
        assertThat(shown).containsAll(Document.committed().rows());
    }

    @Test
    void everyPermissionHasATest() {
        assertThat(shown)
                .containsAll(
                        Arrays.stream(Permission.values()).map(Permission::wire).toList());
    }

    @Test
    void everyErrorCodeHasATest() {
        assertThat(shown)
                .containsAll(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }
}
