package io.risefall.app.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the house: who may know whom inside a module, how full a folder may be, and one name for one thing. */
class HouseTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final int FILES_PER_FOLDER = 25;

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Packaged tests too: the build that packages has them as a jar, the one that only tests as a folder.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.risefall");

    @Test
    void noPackageDependsOnOneThatDependsOnIt() {
        slices().matching("io.risefall.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void noFolderHasMoreFilesThanOneCanKnow() {
        Map<String, Long> files =
                sources("main", "test").collect(groupingBy(HouseTest::folder, TreeMap::new, counting()));
        files.values().removeIf(count -> count <= FILES_PER_FOLDER);
        assertThat(files)
                .as("folders with more than %d files", FILES_PER_FOLDER)
                .isEmpty();
    }

    /** Archives, image builds and editors leave such folders out, wherever they are. */
    @Test
    void noPackageIsCalledAsAFolderOfBuiltFiles() {
        assertThat(sources("main", "test").map(HouseTest::folder).distinct())
                .noneMatch(folder -> Path.of(folder).endsWith("target"));
    }

    @Test
    void noTwoClassesHaveOneName() {
        Map<String, List<String>> folders = sources("main")
                .collect(groupingBy(
                        path -> path.getFileName().toString(), TreeMap::new, mapping(HouseTest::folder, toList())));
        folders.values().removeIf(one -> one.size() == 1);
        assertThat(folders).as("top-level classes of one simple name").isEmpty();
    }

    /** The java files of all modules. */
    private static Stream<Path> sources(String... kinds) {
        List<Path> trees = modules().stream()
                .flatMap(module -> Stream.of(kinds).map(kind -> module.resolve("src/" + kind + "/java")))
                .filter(Files::isDirectory)
                .toList();
        assertThat(trees).as("source trees below %s", ROOT).hasSizeGreaterThanOrEqualTo(5);
        return trees.stream()
                .flatMap(tree -> list(tree, Integer.MAX_VALUE).stream())
                .filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java"));
    }

    private static List<Path> modules() {
        return list(ROOT, 1).stream()
                .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                .toList();
    }

    private static List<Path> list(Path folder, int depth) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folder(Path file) {
        return ROOT.relativize(file.getParent()).toString();
    }
}
