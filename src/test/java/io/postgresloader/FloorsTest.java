package io.postgresloader;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Packages are floors; imports only go down. */
@AnalyzeClasses(packages = "io.postgresloader", importOptions = DoNotIncludeTests.class)
class FloorsTest {
    @ArchTest
    static final ArchRule IMPORTS_GO_DOWN = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("demo")
            .definedBy("io.postgresloader.demo..")
            .layer("app")
            .definedBy("io.postgresloader.app..")
            .layer("camel")
            .definedBy("io.postgresloader.camel..")
            .layer("load")
            .definedBy("io.postgresloader.load..")
            .layer("source")
            .definedBy("io.postgresloader.source..")
            .layer("target")
            .definedBy("io.postgresloader.target..")
            .layer("tracking")
            .definedBy("io.postgresloader.tracking..")
            .layer("verify")
            .definedBy("io.postgresloader.verify..")
            .layer("analyze")
            .definedBy("io.postgresloader.analyze..")
            .layer("doctor")
            .definedBy("io.postgresloader.doctor..")
            .layer("dbt")
            .definedBy("io.postgresloader.dbt..")
            .layer("monitor")
            .definedBy("io.postgresloader.monitor..")
            .layer("page")
            .definedBy("io.postgresloader.page..")
            .layer("database")
            .definedBy("io.postgresloader.database..")
            .layer("config")
            .definedBy("io.postgresloader.config..")
            .layer("sql")
            .definedBy("io.postgresloader.sql..")
            .layer("type")
            .definedBy("io.postgresloader.type..")
            .layer("model")
            .definedBy("io.postgresloader.model..")
            .whereLayer("demo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("demo")
            .whereLayer("camel")
            .mayOnlyBeAccessedByLayers("demo", "app")
            .whereLayer("load")
            .mayOnlyBeAccessedByLayers("app", "camel", "verify", "doctor", "dbt")
            .whereLayer("verify")
            .mayOnlyBeAccessedByLayers("app", "camel")
            .whereLayer("analyze")
            .mayOnlyBeAccessedByLayers("app", "camel")
            .whereLayer("doctor")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("dbt")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("app", "camel")
            .whereLayer("monitor")
            .mayOnlyBeAccessedByLayers("app", "camel", "page")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("app", "camel", "load", "verify", "analyze", "doctor", "dbt", "monitor")
            .whereLayer("target")
            .mayOnlyBeAccessedByLayers("app", "camel", "load", "verify", "analyze", "doctor", "dbt", "monitor")
            .whereLayer("tracking")
            .mayOnlyBeAccessedByLayers("app", "camel", "load", "verify", "analyze", "doctor", "dbt", "monitor")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers(
                    "app",
                    "camel",
                    "load",
                    "verify",
                    "analyze",
                    "doctor",
                    "dbt",
                    "monitor",
                    "source",
                    "target",
                    "tracking")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers(
                    "demo",
                    "app",
                    "camel",
                    "load",
                    "verify",
                    "analyze",
                    "doctor",
                    "dbt",
                    "monitor",
                    "source",
                    "target",
                    "tracking")
            .whereLayer("sql")
            .mayOnlyBeAccessedByLayers(
                    "demo",
                    "app",
                    "camel",
                    "load",
                    "verify",
                    "analyze",
                    "doctor",
                    "dbt",
                    "monitor",
                    "source",
                    "target",
                    "tracking",
                    "database")
            .whereLayer("type")
            .mayOnlyBeAccessedByLayers(
                    "demo",
                    "app",
                    "camel",
                    "load",
                    "verify",
                    "analyze",
                    "doctor",
                    "dbt",
                    "monitor",
                    "source",
                    "target",
                    "tracking")
            .because("a floor knows only lower floors; move what both need down, or hand it in from above");

    @ArchTest
    static final ArchRule TEMPLATES_ARE_GIVEN_TEXTS = noClasses()
            .that()
            .resideInAPackage("io.postgresloader.page.template..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.postgresloader..").and(not(resideInAPackage("io.postgresloader.page.."))))
            .because("a template only places what the records of package page have ready");

    @ArchTest
    static final ArchRule A_LOAD_IS_INSPECTED_THEN_PLANNED_THEN_RUN = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("run")
            .definedBy("io.postgresloader.load.run")
            .layer("plan")
            .definedBy("io.postgresloader.load.plan")
            .layer("schema")
            .definedBy("io.postgresloader.load.schema")
            .layer("services")
            .definedBy("io.postgresloader.load")
            .whereLayer("run")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("schema")
            .mayOnlyBeAccessedByLayers("run", "plan")
            .because("a plan changes nothing and knows nothing of how it is applied");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.postgresloader.(*)..")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one, or hide a third below them");

    @ArchTest
    static final ArchRule THE_ROOMS_OF_CONFIG_ARE_APART = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("settings")
            .definedBy("io.postgresloader.config.settings")
            .layer("tables")
            .definedBy("io.postgresloader.config.tables")
            .layer("dbt")
            .definedBy("io.postgresloader.config.dbt")
            .layer("shared")
            .definedBy("io.postgresloader.config")
            .whereLayer("settings")
            .mayOnlyAccessLayers("shared")
            .whereLayer("tables")
            .mayOnlyAccessLayers("shared")
            .whereLayer("dbt")
            .mayOnlyAccessLayers("shared")
            .whereLayer("shared")
            .mayNotAccessAnyLayer()
            .because("settings and the table list are read without each other; what both need belongs into config");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_HAS_A_FLOOR = classes()
            .should()
            .resideInAnyPackage(
                    "io.postgresloader.model",
                    "io.postgresloader.model.progress",
                    "io.postgresloader.config",
                    "io.postgresloader.config.dbt",
                    "io.postgresloader.config.settings",
                    "io.postgresloader.config.tables",
                    "io.postgresloader.sql",
                    "io.postgresloader.type",
                    "io.postgresloader.database",
                    "io.postgresloader.source",
                    "io.postgresloader.target",
                    "io.postgresloader.tracking",
                    "io.postgresloader.load",
                    "io.postgresloader.load.schema",
                    "io.postgresloader.load.plan",
                    "io.postgresloader.load.run",
                    "io.postgresloader.verify",
                    "io.postgresloader.analyze",
                    "io.postgresloader.doctor",
                    "io.postgresloader.dbt",
                    "io.postgresloader.monitor",
                    "io.postgresloader.monitor.change",
                    "io.postgresloader.page",
                    "io.postgresloader.page.template",
                    "io.postgresloader.page.template.part",
                    "io.postgresloader.camel",
                    "io.postgresloader.camel.notify",
                    "io.postgresloader.camel.operate",
                    "io.postgresloader.camel.reload",
                    "io.postgresloader.app",
                    "io.postgresloader.app.progress",
                    "io.postgresloader.demo",
                    "io.postgresloader.demo.benchmark",
                    "io.postgresloader.demo.benchmark.measure",
                    "io.postgresloader.demo.benchmark.report",
                    "io.postgresloader.demo.data",
                    "io.postgresloader.demo.server")
            .because("a package without a floor escapes the other rules; put the class into one of these, or give the"
                    + " new package a floor here and in src/site/markdown/architecture.md");

    @ArchTest
    static final ArchRule SERVERS_AND_DATA_KNOW_NOTHING_OF_THE_LOADER = noClasses()
            .that()
            .resideInAnyPackage("io.postgresloader.demo.server", "io.postgresloader.demo.data")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.postgresloader.demo.server",
                    "io.postgresloader.demo.data",
                    "java..",
                    "io.zonky..",
                    "ch.vorburger..")
            .because("a source that the loader helped to make proves nothing about it");

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_IS_PARSED_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackages("io.postgresloader.app", "io.postgresloader.demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("whatever a command says reaches the lower floors as plain arguments; parse it in package app");

    @ArchTest
    static final ArchRule CAMEL_STAYS_UPSTAIRS = noClasses()
            .that()
            .resideOutsideOfPackages("io.postgresloader.camel..", "io.postgresloader.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("the use cases must be readable, and testable, without Camel; put adapters into package camel");

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_THE_JDK_ONLY = classes()
            .that()
            .resideInAPackage("io.postgresloader.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.postgresloader.model..")
            .because("every other package uses it; a library it needs would be needed everywhere");

    @ArchTest
    static final ArchRule YAML_IS_READ_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("io.postgresloader.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..")
            .because("only package config reports a problem with its file and line");

    @ArchTest
    static final ArchRule SERVERS_ARE_FOR_THE_DEMO = noClasses()
            .that()
            .resideOutsideOfPackage("io.postgresloader.demo.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.zonky..", "ch.vorburger..")
            .because("the runnable jar does not have them; only package demo.server may need them");
}
