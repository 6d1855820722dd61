package dev.mergeway.webhooks;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The module's rows of the layer table. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.mergeway.webhooks");

    @Test
    void packagesUseOnlyWhatTheyMay() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("event")
                .definedBy("..webhooks.event..")
                .layer("verify")
                .definedBy("..webhooks.verify..")
                .layer("decode")
                .definedBy("..webhooks.decode..")
                .layer("server")
                .definedBy("..webhooks.server..")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("verify")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("decode")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("event")
                .mayOnlyBeAccessedByLayers("verify", "decode", "server")
                .check(CLASSES);
        slices().matching("dev.mergeway.webhooks.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheServerTouchesTheNetwork() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("..webhooks.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "java.net.http..", "java.nio.file..", "java.sql..", "org.slf4j..")
                .check(CLASSES);
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
    }
}
