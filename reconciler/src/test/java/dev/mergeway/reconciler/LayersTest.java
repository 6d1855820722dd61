package dev.mergeway.reconciler;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The module's rows of the layer table: who may use whom, and which library is whose. A new package comes with a row here. */
class LayersTest {
    private static final String HERE = "dev.mergeway.reconciler";

    /** Package | packages of ours that it may use | libraries that it may use. A name without a dot is a package of this module. */
    private static final String TABLE = """
            resource     | /schema.model                                                                                                                                | org.snakeyaml.engine.. tools.jackson..
            run          | /schema.model /webhooks.event resource                                                                                                       |
            index        | /schema /schema.model run                                                                                                                    |
            plan         | /schema.model /webhooks.event run resource                                                                                                   |
            policy       | /schema.model /webhooks.event run resource /schema.blueprint /schema.expression plan                                                         |
            health       | /schema.model /webhooks.event run resource policy plan                                                                                       | org.snakeyaml.engine..
            lifecycle    | /schema.model /webhooks.event run resource health policy plan                                                                                |
            report       | /schema.model /webhooks.event run resource /schema.validate lifecycle health policy plan                                                     | tools.jackson..
            port         | /schema.model /webhooks.event run resource                                                                                                   |
            git          | /schema.model /webhooks.event run resource port                                                                                              | java.io.. java.net.. java.nio.. org.eclipse.jgit..
            forge.rest   | /schema.model /webhooks.event run resource port                                                                                              | java.io.. java.net.. tools.jackson..
            forge.github | /schema.model /webhooks.event run resource port forge.rest                                                                                   | java.io.. java.net tools.jackson..
            forge.gitlab | /schema.model /webhooks.event run resource port forge.rest                                                                                   | java.net tools.jackson..
            forge.gitea  | /schema.model /webhooks.event run resource port forge.rest                                                                                   | java.net tools.jackson..
            forge.local  | /schema.model /webhooks.event run resource port                                                                                              | java.io.. java.nio.. org.slf4j..
            directory    | /schema.model /webhooks.event run resource port                                                                                              | java.io.. java.nio.. org.slf4j.. org.snakeyaml.engine..
            kubernetes   | /schema.model /schema.validate /webhooks.event run resource port                                                                             | java.io.. java.net.. java.nio.. javax.net.ssl.. io.fabric8.. org.slf4j.. tools.jackson..
            store        | /schema.model /webhooks.event run resource port                                                                                              | java.io.. java.nio.. java.sql.. javax.sql.. com.zaxxer.. org.h2.. org.jdbi.. org.slf4j..
            queue        | /schema.model /webhooks.event run resource port lifecycle                                                                                    | java.sql.. javax.sql.. com.github.kagkarlsson.. org.jdbi.. org.slf4j..
            flow         | /schema.model /webhooks.event run resource port index report lifecycle health policy plan /schema /schema.blueprint /schema.validate         | org.slf4j..
            http         | /schema.model /webhooks.event run resource port report lifecycle health policy plan store flow                                               | java.io.. java.net.. io.micrometer.. io.netty.. io.prometheus.. io.vertx.. org.commonmark.. org.slf4j.. tools.jackson..
            cli          | /schema.model /webhooks.event run resource port report lifecycle health policy plan store flow /schema /schema.blueprint /schema.validate    | java.io.. java.nio.. picocli..
            app          | /schema.. /webhooks.. git forge.. directory kubernetes store queue flow http cli port report index lifecycle health policy plan run resource | java.. javax.. io.micrometer.. io.prometheus.. io.vertx.. org.slf4j.. picocli.. tools.jackson..
            """;

    /** What everybody may use: the language's own, without a way out of the process. */
    private static final String[] EVERYBODY = {
        "java.lang..",
        "java.util..",
        "java.time..",
        "java.math..",
        "java.text..",
        "java.nio.charset",
        "java.security..",
        "org.jspecify.."
    };

    /** Reading a resource of our own jar, writing to a writer that was handed in: the types only, never a file. */
    private static final DescribedPredicate<JavaClass> READING = describe(
            "streams, also those in memory, and their failures",
            type -> Set.of(
                            "java.io.IOException",
                            "java.io.UncheckedIOException",
                            "java.io.InputStream",
                            "java.io.ByteArrayInputStream",
                            "java.io.ByteArrayOutputStream",
                            "java.io.DataInputStream",
                            "java.io.DataOutputStream",
                            "java.io.EOFException",
                            "java.io.Serializable",
                            "java.io.Writer",
                            "java.io.StringWriter",
                            "java.io.PrintStream",
                            "java.net.URLEncoder")
                    .contains(type.getName()));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HERE);

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aPackageUsesOnlyWhatItsRowNames(Row row) {
        classes()
                .that()
                .resideInAPackage(row.name())
                .should()
                .onlyDependOnClassesThat(row.allowed())
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsRowAndEveryRowItsClasses() {
        Set<String> rows = Set.copyOf(rows().map(Row::name).toList());
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(rows);
        assertThat(CLASSES).hasSizeGreaterThan(300);
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching(HERE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noGenericExceptionIsThrown() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
    }

    /** Clocks of clusters differ from ours: what a cluster says of time is never compared with our own. */
    @Test
    void neitherAClusterNorHealthIsJudgedByOurClock() {
        noClasses()
                .that()
                .resideInAnyPackage(HERE + ".kubernetes", HERE + ".health")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(target(name("now"))
                        .and(target(owner(resideInAnyPackage("java.time.."))))
                        .as("the time of a clock is asked for"))
                .check(CLASSES);
    }

    private static Stream<Row> rows() {
        return TABLE.lines().map(Row::parse);
    }

    private record Row(String name, List<String> uses, List<String> libraries) {
        static Row parse(String line) {
            String[] cells = line.split("\\|", -1);
            return new Row(
                    full(cells[0].strip()),
                    words(cells[1]).map(Row::full).toList(),
                    words(cells[2]).toList());
        }

        /** This package's own classes, those of the packages it may use, its libraries, and what everybody may use. */
        DescribedPredicate<JavaClass> allowed() {
            Stream<String> packages = Stream.of(
                            Stream.of(name), uses.stream(), libraries.stream(), Arrays.stream(EVERYBODY))
                    .flatMap(each -> each);
            return resideInAnyPackage(packages.toArray(String[]::new))
                    .or(describe(
                            "a primitive or an array of them",
                            type -> type.getPackageName().isEmpty()))
                    .or(READING)
                    .as("are in %s, %s, %s or the plain JDK", name, uses, libraries);
        }

        @Override
        public String toString() {
            return name;
        }

        private static Stream<String> words(String cell) {
            return Arrays.stream(cell.strip().split(" ")).filter(word -> !word.isEmpty());
        }

        private static String full(String name) {
            return name.equals("root")
                    ? HERE
                    : name.startsWith("/") ? "dev.mergeway." + name.substring(1) : HERE + "." + name;
        }
    }
}
