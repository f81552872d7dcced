package dev.steno;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The house rules: call forward, answer through a type of the called room, keep vendors in their adapters. */
@AnalyzeClasses(packages = "dev.steno", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule no_circles =
            slices().matching("dev.steno.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule transcript_is_plain_values = classes()
            .that()
            .resideInAPackage("dev.steno.transcript")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.steno.transcript");

    @ArchTest
    static final ArchRule live_knows_only_sessions_and_values = noClasses()
            .that()
            .resideInAPackage("dev.steno.live")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.steno.access..",
                    "dev.steno.recognition..",
                    "dev.steno.archive..",
                    "dev.steno.health..",
                    "dev.steno.configuration..");

    @ArchTest
    static final ArchRule access_stands_before_everything = noClasses()
            .that()
            .resideInAPackage("dev.steno.access")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.steno.live..",
                    "dev.steno.session..",
                    "dev.steno.recognition..",
                    "dev.steno.archive..",
                    "dev.steno.health..");

    @ArchTest
    static final ArchRule nobody_calls_back = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.steno.recognition..", "dev.steno.archive..", "dev.steno.configuration..", "dev.steno.quota..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.steno.session..", "dev.steno.live..", "dev.steno.access..", "dev.steno.health..");

    /** They are asked and listened to, and know nothing of it. */
    @ArchTest
    static final ArchRule nobody_knows_the_metrics = noClasses()
            .that()
            .resideOutsideOfPackages("dev.steno.metrics", "dev.steno")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.steno.metrics");

    @ArchTest
    static final ArchRule prometheus_only_in_the_metrics = only("io.prometheus..", "dev.steno.metrics");

    /** Everybody logs through System.Logger. Sphinx itself logs through JUL and has to be quieted there. */
    @ArchTest
    static final ArchRule jul_only_where_logs_are_set_up =
            only("java.util.logging..", "dev.steno.logging", "dev.steno.recognition.sphinx");

    @ArchTest
    static final ArchRule sessions_do_not_know_the_wire = noClasses()
            .that()
            .resideInAPackage("dev.steno.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.steno.live..", "dev.steno.health..");

    /** What doors see names two values of the upstream, and knows nothing else of what is behind it. */
    @ArchTest
    static final ArchRule session_is_what_doors_see = session("", "upstream");

    /** One node's sessions put a client and its recording together, which do not know each other. */
    @ArchTest
    static final ArchRule sessions_join_clients_and_recordings =
            session(".node", "", "attachment", "recording", "mailbox");

    @ArchTest
    static final ArchRule clients_do_not_know_recordings = session(".attachment", "", "mailbox");

    @ArchTest
    static final ArchRule recordings_do_not_know_clients = session(".recording", "", "upstream", "mailbox");

    @ArchTest
    static final ArchRule upstreams_do_not_know_recordings = session(".upstream", "mailbox");

    @ArchTest
    static final ArchRule mailboxes_know_no_session = session(".mailbox");

    /** A package of sessions knows no other one of them than these. */
    private static ArchRule session(String room, String... known) {
        String root = "dev.steno.session";
        String[] allowed = Stream.concat(
                        Stream.of(root + room), Stream.of(known).map(each -> each.isEmpty() ? root : root + "." + each))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + room)
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))));
    }

    @ArchTest
    static final ArchRule ports_do_not_know_their_adapters = noClasses()
            .that()
            .resideOutsideOfPackages("dev.steno.recognition.*", "dev.steno.archive.*", "dev.steno.translation.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.steno.recognition.*", "dev.steno.archive.*", "dev.steno.translation.*");

    @ArchTest
    static final ArchRule websocket_only_in_doors =
            only("jakarta.websocket..", "dev.steno.live", "dev.steno.protocol", "dev.steno.servers");

    /** Whatever depends on how a server is built inside stands in one place, where it is resolved once and reported. */
    @ArchTest
    static final ArchRule reflection_only_in_servers = noClasses()
            .that()
            .resideOutsideOfPackage("dev.steno.servers")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..");

    @ArchTest
    static final ArchRule sphinx_only_in_its_adapter = only("edu.cmu.sphinx..", "dev.steno.recognition.sphinx");

    @ArchTest
    static final ArchRule aws_only_in_its_adapters = only(
            "software.amazon..",
            "dev.steno.aws",
            "dev.steno.recognition.amazon",
            "dev.steno.archive.s3",
            "dev.steno.translation.amazon");

    @ArchTest
    static final ArchRule ejb_only_in_the_s3_archive = only("jakarta.ejb..", "dev.steno.archive.s3");

    @ArchTest
    static final ArchRule lucene_only_in_the_library = only("org.apache.lucene..", "dev.steno.library");

    @ArchTest
    static final ArchRule rest_only_in_the_library = only("jakarta.ws.rs..", "dev.steno.library");

    @ArchTest
    static final ArchRule threads_come_from_one_place = only("jakarta.enterprise.concurrent..", "dev.steno.threads");

    private static ArchRule only(String vendor, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(vendor);
    }
}
