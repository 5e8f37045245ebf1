package io.risefall.app;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom inside a module; between modules the build bans it. */
class HouseTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Packaged tests too: the build that packages has them as a jar, the one that only tests as a folder.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.risefall");

    @Test
    void noPackageDependsOnOneThatDependsOnIt() {
        slices().matching("io.risefall.(**)").should().beFreeOfCycles().check(HOUSE);
    }
}
